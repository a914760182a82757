//! Authorization and logout requests on their way through our pages.

use crate::{Conn, JsonText, Result, Tx};

/// A request and how far it got.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Interaction {
    /// SHA-256 of its token, hexadecimal.
    pub hash: String,
    /// Where it goes on.
    pub subscription_id: String,
    /// What kind of request it is.
    pub kind: String,
    /// The validated request; never changes.
    pub request: JsonText,
    /// Which steps are done.
    pub state: JsonText,
    /// Grows by one with each step.
    pub version: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds when its answer was given.
    pub finished_at: Option<i64>,
}

/// Stores a new interaction.
pub async fn insert(tx: &mut Tx, new: &Interaction) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO interactions (hash, subscription_id, kind, request, state, version, created_at, expires_at,
                finished_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &new.hash,
        &new.subscription_id,
        &new.kind,
        &new.request,
        &new.state,
        new.version,
        new.created_at,
        new.expires_at,
        new.finished_at
    )?;
    Ok(())
}

/// By the hash of its token, expired and finished ones too.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<Interaction>> {
    sql!(
        c,
        optional Interaction,
        "SELECT hash, subscription_id, kind, request, state, version, created_at, expires_at, finished_at
        FROM interactions WHERE hash = $1",
        hash
    )
}

/// Moves an interaction on, over the expected version. False: it moved meanwhile, or is finished.
pub async fn update(tx: &mut Tx, hash: &str, version: i64, state: &JsonText) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE interactions SET state = $3, version = version + 1
            WHERE hash = $1 AND version = $2 AND finished_at IS NULL",
        hash,
        version,
        state
    )?;
    Ok(changed == 1)
}

/// Ends an interaction: its answer may be given once. True for exactly one caller.
pub async fn finish(tx: &mut Tx, hash: &str, version: i64, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE interactions SET finished_at = $3, version = version + 1
            WHERE hash = $1 AND version = $2 AND finished_at IS NULL",
        hash,
        version,
        now
    )?;
    Ok(changed == 1)
}
