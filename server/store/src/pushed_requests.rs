//! Authorization requests that an application pushed (RFC 9126).

use crate::{Conn, Result, Tx};

/// Seconds that one is kept after its end: whoever brought it in time may answer pages for an hour, and is looked at then.
pub(crate) const MEMORY: i64 = 2 * 3_600;

/// A pushed request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PushedRequest {
    /// SHA-256 of what the browser brings.
    pub hash: String,
    /// Row id.
    pub subscription_id: String,
    /// Row id of the application that pushed it, and the only one it is good for.
    pub application_id: String,
    /// The parameters, urlencoded.
    pub request: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of its use.
    pub used_at: Option<i64>,
    /// SHA-256 of the handle of the interaction that was answered with it.
    pub used_by: Option<String>,
}

/// Stores one.
pub async fn insert(tx: &mut Tx, row: &PushedRequest) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO pushed_requests (hash, subscription_id, application_id, request, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)",
        &row.hash,
        &row.subscription_id,
        &row.application_id,
        &row.request,
        row.created_at,
        row.expires_at
    )?;
    Ok(())
}

/// One by its hash, used or not, expired or not.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<PushedRequest>> {
    sql!(
        c,
        optional PushedRequest,
        "SELECT hash, subscription_id, application_id, request, created_at, expires_at, used_at, used_by
        FROM pushed_requests WHERE hash = $1",
        hash
    )
}

/// Marks one as used by an interaction, which may use it again. False: another one was faster, or it is gone.
pub async fn consume(tx: &mut Tx, hash: &str, interaction_hash: &str, now: i64) -> Result<bool> {
    let written = sql!(
        tx,
        run "UPDATE pushed_requests SET used_at = $3, used_by = $2
            WHERE hash = $1 AND (used_at IS NULL OR used_by = $2)",
        hash,
        interaction_hash,
        now
    )?;
    Ok(written == 1)
}
