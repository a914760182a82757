//! Sign-ins that an administrator tried out from the console. Each is that administrator's alone.

use crate::{Conn, JsonText, Result, Tx};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Run {
    /// Row id.
    pub id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// Row id of the administrator who started it.
    pub administrator_id: String,
    /// SHA-256 of the request's `state`, hexadecimal; `None` for a run without a browser.
    pub state_hash: Option<String>,
    /// SHA-256 of the whole authorization request, hexadecimal.
    pub request_hash: Option<String>,
    /// Verifier and nonce, sealed; gone once the run is answered.
    pub sealed: Option<String>,
    /// What was seen so far.
    pub record: JsonText,
    /// Of the refusal that ended it.
    pub reference: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of its answer.
    pub consumed_at: Option<i64>,
}

/// Stores a new run.
pub async fn insert(tx: &mut Tx, new: &Run) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO playground_runs (id, subscription_id, application_id, administrator_id, state_hash,
                request_hash, sealed, record, reference, created_at, expires_at, consumed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &new.id,
        &new.subscription_id,
        &new.application_id,
        &new.administrator_id,
        new.state_hash.as_deref(),
        new.request_hash.as_deref(),
        new.sealed.as_deref(),
        &new.record,
        new.reference.as_deref(),
        new.created_at,
        new.expires_at,
        new.consumed_at
    )?;
    Ok(())
}

/// By id, in whatever state.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Run>> {
    sql!(
        c,
        optional Run,
        "SELECT id, subscription_id, application_id, administrator_id, state_hash, request_hash, sealed, record,
            reference, created_at, expires_at, consumed_at
        FROM playground_runs WHERE id = $1",
        id
    )
}

/// By the hash of its `state`, in whatever state.
pub async fn find_by_state(c: &mut Conn, state_hash: &str) -> Result<Option<Run>> {
    sql!(
        c,
        optional Run,
        "SELECT id, subscription_id, application_id, administrator_id, state_hash, request_hash, sealed, record,
            reference, created_at, expires_at, consumed_at
        FROM playground_runs WHERE state_hash = $1",
        state_hash
    )
}

/// What an administrator tried out with one application, the newest first.
pub async fn newest(c: &mut Conn, administrator_id: &str, application_id: &str, limit: i64) -> Result<Vec<Run>> {
    sql!(
        c,
        all Run,
        "SELECT id, subscription_id, application_id, administrator_id, state_hash, request_hash, sealed, record,
            reference, created_at, expires_at, consumed_at
        FROM playground_runs WHERE administrator_id = $1 AND application_id = $2 ORDER BY id DESC LIMIT $3",
        administrator_id,
        application_id,
        limit
    )
}

/// Takes the answer of a run that is under way, and forgets what was sealed for it. True for exactly one
/// caller.
pub async fn consume(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let won = sql!(
        tx,
        run "UPDATE playground_runs SET consumed_at = $2, sealed = NULL
            WHERE id = $1 AND consumed_at IS NULL AND expires_at > $2",
        id,
        now
    )?;
    Ok(won == 1)
}

/// Saves what was seen.
pub async fn save(tx: &mut Tx, id: &str, record: &JsonText) -> Result<()> {
    sql!(tx, run "UPDATE playground_runs SET record = $2 WHERE id = $1", id, record)?;
    Ok(())
}

/// Notes under which reference the authorization endpoint refused a run that is under way.
pub async fn note_reference(tx: &mut Tx, id: &str, reference: &str) -> Result<()> {
    sql!(tx, run "UPDATE playground_runs SET reference = $2 WHERE id = $1 AND consumed_at IS NULL", id, reference)?;
    Ok(())
}

/// Keeps an administrator's newest runs only. Returns how many went.
pub async fn keep_newest(tx: &mut Tx, administrator_id: &str, keep: i64) -> Result<u64> {
    sql!(
        tx,
        run "DELETE FROM playground_runs WHERE administrator_id = $1 AND id NOT IN (
                SELECT id FROM playground_runs WHERE administrator_id = $1 ORDER BY id DESC LIMIT $2)",
        administrator_id,
        keep
    )
}
