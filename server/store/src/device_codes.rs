//! Device codes (RFC 8628), by SHA-256: each answered once, and redeemed once.

use crate::{Conn, JsonText, Result, Tx};

/// A device that waits, or waited.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeviceCode {
    /// SHA-256 of the code, hexadecimal.
    pub hash: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// SHA-256 of the code that people enter, hexadecimal.
    pub user_code_hash: String,
    /// What the device asked for.
    pub request: JsonText,
    /// Seconds that it must wait between two questions.
    pub poll_interval: i64,
    /// Unix seconds of its last question.
    pub polled_at: Option<i64>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of a no.
    pub denied_at: Option<i64>,
    /// Row id of the grant: a yes.
    pub grant_id: Option<String>,
    /// Who granted what.
    pub data: Option<JsonText>,
    /// Unix seconds when tokens were issued for it.
    pub consumed_at: Option<i64>,
}

/// Stores a new code. False: another device of the subscription shows the same code to people.
pub async fn insert(tx: &mut Tx, new: &DeviceCode) -> Result<bool> {
    let inserted = sql!(
        tx,
        run "INSERT INTO device_codes (hash, subscription_id, application_id, user_code_hash, request, poll_interval,
                polled_at, created_at, expires_at, denied_at, grant_id, data, consumed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (subscription_id, user_code_hash) DO NOTHING",
        &new.hash,
        &new.subscription_id,
        &new.application_id,
        &new.user_code_hash,
        &new.request,
        new.poll_interval,
        new.polled_at,
        new.created_at,
        new.expires_at,
        new.denied_at,
        new.grant_id.as_deref(),
        new.data.as_ref(),
        new.consumed_at
    )?;
    Ok(inserted == 1)
}

/// By its hash, in whatever state.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<DeviceCode>> {
    sql!(
        c,
        optional DeviceCode,
        "SELECT hash, subscription_id, application_id, user_code_hash, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at
        FROM device_codes WHERE hash = $1",
        hash
    )
}

/// The device of a subscription that shows a code to people, while it waits for an answer.
pub async fn find_waiting(
    c: &mut Conn,
    subscription_id: &str,
    user_code_hash: &str,
    now: i64,
) -> Result<Option<DeviceCode>> {
    sql!(
        c,
        optional DeviceCode,
        "SELECT hash, subscription_id, application_id, user_code_hash, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at
        FROM device_codes
        WHERE subscription_id = $1 AND user_code_hash = $2 AND denied_at IS NULL AND grant_id IS NULL
            AND expires_at > $3",
        subscription_id,
        user_code_hash,
        now
    )
}

/// The same as [`find`], and kept from changing until the transaction is over: questions of one device are
/// answered one after the other, on however many nodes.
pub async fn hold(tx: &mut Tx, hash: &str) -> Result<Option<DeviceCode>> {
    sql!(
        tx,
        optional DeviceCode,
        "UPDATE device_codes SET polled_at = polled_at WHERE hash = $1
        RETURNING hash, subscription_id, application_id, user_code_hash, request, poll_interval, polled_at,
            created_at, expires_at, denied_at, grant_id, data, consumed_at",
        hash
    )
}

/// Notes that a device asked, and how long it must wait from now on.
pub async fn note_poll(tx: &mut Tx, hash: &str, now: i64, interval: i64) -> Result<()> {
    sql!(tx, run "UPDATE device_codes SET polled_at = $2, poll_interval = $3 WHERE hash = $1", hash, now, interval)?;
    Ok(())
}

/// Answers yes, with a grant and what it is of. False: it was answered before, or has expired.
pub async fn grant(tx: &mut Tx, hash: &str, grant_id: &str, data: &JsonText, now: i64) -> Result<bool> {
    let answered = sql!(
        tx,
        run "UPDATE device_codes SET grant_id = $2, data = $3
            WHERE hash = $1 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $4",
        hash,
        grant_id,
        data,
        now
    )?;
    Ok(answered == 1)
}

/// Answers no. False: it was answered before, or has expired.
pub async fn deny(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let answered = sql!(
        tx,
        run "UPDATE device_codes SET denied_at = $2
            WHERE hash = $1 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(answered == 1)
}

/// Redeems a code that was granted. True for exactly one caller among all nodes.
pub async fn consume(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let won = sql!(
        tx,
        run "UPDATE device_codes SET consumed_at = $2
            WHERE hash = $1 AND consumed_at IS NULL AND grant_id IS NOT NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(won == 1)
}
