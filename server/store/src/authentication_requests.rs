//! Requests for somebody's sign-in by an application (OpenID Connect CIBA), by SHA-256 of their ids: each answered once, and
//! redeemed once.

use crate::{Conn, JsonText, Result, Tx};

/// A request that waits for its person, or waited.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuthenticationRequest {
    /// SHA-256 of `auth_req_id`, hexadecimal.
    pub hash: String,
    /// By which the person's page finds it.
    pub id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// Row id of the person.
    pub user_id: String,
    /// What the application asked for.
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
    /// Sealed: what the application is told when there is an answer.
    pub ping_sealed: Option<String>,
}

/// Stores a new one.
pub async fn insert(tx: &mut Tx, new: &AuthenticationRequest) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO authentication_requests (hash, id, subscription_id, application_id, user_id, request,
                poll_interval, created_at, expires_at, ping_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &new.hash,
        &new.id,
        &new.subscription_id,
        &new.application_id,
        &new.user_id,
        &new.request,
        new.poll_interval,
        new.created_at,
        new.expires_at,
        new.ping_sealed.as_deref()
    )?;
    Ok(())
}

/// How many of an application wait for a person. Asked with the person's row held, so that no more are made meanwhile.
pub async fn count_waiting(c: &mut Conn, application_id: &str, user_id: &str, now: i64) -> Result<i64> {
    let (count,) = sql!(
        c,
        one(i64,),
        "SELECT COUNT(*) FROM authentication_requests
        WHERE application_id = $1 AND user_id = $2 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $3",
        application_id,
        user_id,
        now
    )?;
    Ok(count)
}

/// Those that wait for a person, the oldest first.
pub async fn waiting_for(c: &mut Conn, user_id: &str, now: i64) -> Result<Vec<AuthenticationRequest>> {
    sql!(
        c,
        all AuthenticationRequest,
        "SELECT hash, id, subscription_id, application_id, user_id, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at, ping_sealed
        FROM authentication_requests
        WHERE user_id = $1 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $2
        ORDER BY created_at, id",
        user_id,
        now
    )
}

/// By what stands in the address of its page, in whatever state.
pub async fn find_by_id(c: &mut Conn, id: &str) -> Result<Option<AuthenticationRequest>> {
    sql!(
        c,
        optional AuthenticationRequest,
        "SELECT hash, id, subscription_id, application_id, user_id, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at, ping_sealed
        FROM authentication_requests WHERE id = $1",
        id
    )
}

/// By its hash, and kept from changing until the transaction is over: questions about one are answered one after the
/// other, on however many nodes.
pub async fn hold(tx: &mut Tx, hash: &str) -> Result<Option<AuthenticationRequest>> {
    sql!(
        tx,
        optional AuthenticationRequest,
        "UPDATE authentication_requests SET polled_at = polled_at WHERE hash = $1
        RETURNING hash, id, subscription_id, application_id, user_id, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at, ping_sealed",
        hash
    )
}

/// Notes that the application asked, and how long it must wait from now on.
pub async fn note_poll(tx: &mut Tx, hash: &str, now: i64, interval: i64) -> Result<()> {
    sql!(
        tx,
        run "UPDATE authentication_requests SET polled_at = $2, poll_interval = $3 WHERE hash = $1",
        hash,
        now,
        interval
    )?;
    Ok(())
}

/// Answers yes, with a grant and what it is of; in ping mode the application is to be told now. False: it was answered
/// before, or has expired.
pub async fn grant(tx: &mut Tx, hash: &str, grant_id: &str, data: &JsonText, now: i64) -> Result<bool> {
    let answered = sql!(
        tx,
        run "UPDATE authentication_requests SET grant_id = $2, data = $3,
                ping_due_at = CASE WHEN ping_sealed IS NULL THEN NULL ELSE CAST($4 AS BIGINT) END
            WHERE hash = $1 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $4",
        hash,
        grant_id,
        data,
        now
    )?;
    Ok(answered == 1)
}

/// Answers no, and the same.
pub async fn deny(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let answered = sql!(
        tx,
        run "UPDATE authentication_requests SET denied_at = $2,
                ping_due_at = CASE WHEN ping_sealed IS NULL THEN NULL ELSE CAST($2 AS BIGINT) END
            WHERE hash = $1 AND denied_at IS NULL AND grant_id IS NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(answered == 1)
}

/// Redeems one that was granted. True for exactly one caller among all nodes.
pub async fn consume(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let won = sql!(
        tx,
        run "UPDATE authentication_requests SET consumed_at = $2
            WHERE hash = $1 AND consumed_at IS NULL AND grant_id IS NOT NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(won == 1)
}

/// What is to be told to an application.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Ping {
    /// SHA-256 of `auth_req_id`.
    pub hash: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// Sealed: what it is told.
    pub ping_sealed: String,
    /// How often it was tried, this time included.
    pub ping_attempts: i64,
}

/// Takes the one that is due first, and moves it on by so many seconds: no other node tries it meanwhile.
pub async fn take_due(tx: &mut Tx, now: i64, until: i64) -> Result<Option<Ping>> {
    sql!(
        tx,
        optional Ping,
        "UPDATE authentication_requests SET ping_due_at = $2, ping_attempts = ping_attempts + 1
        WHERE ping_due_at <= $1 AND hash = (
            SELECT hash FROM authentication_requests WHERE ping_due_at <= $1 ORDER BY ping_due_at LIMIT 1)
        RETURNING hash, subscription_id, application_id, ping_sealed, ping_attempts",
        now,
        until
    )
}

/// It was told, or is given up: nothing of it is kept.
pub async fn end_ping(tx: &mut Tx, hash: &str) -> Result<()> {
    sql!(tx, run "UPDATE authentication_requests SET ping_sealed = NULL, ping_due_at = NULL WHERE hash = $1", hash)?;
    Ok(())
}

/// Is anything to be told? Without waiting for anybody.
pub async fn any_due(c: &mut Conn, now: i64) -> Result<bool> {
    let found =
        sql!(c, optional(String,), "SELECT hash FROM authentication_requests WHERE ping_due_at <= $1 LIMIT 1", now)?;
    Ok(found.is_some())
}

/// By its hash, in whatever state.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<AuthenticationRequest>> {
    sql!(
        c,
        optional AuthenticationRequest,
        "SELECT hash, id, subscription_id, application_id, user_id, request, poll_interval, polled_at, created_at,
            expires_at, denied_at, grant_id, data, consumed_at, ping_sealed
        FROM authentication_requests WHERE hash = $1",
        hash
    )
}
