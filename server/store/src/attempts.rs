//! Failed sign-ins, counted by a key that the caller makes: one for a user, one for an address.

use crate::{Conn, Result, Tx};

/// How often something failed lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempts {
    /// Failures within the window.
    pub failures: i64,
    /// Unix seconds of the first of them.
    pub window_started_at: i64,
    /// Unix seconds until when to refuse; 0 for not at all.
    pub blocked_until: i64,
}

/// The count of a key; zeros when nothing failed.
pub async fn get(c: &mut Conn, key: &str) -> Result<Attempts> {
    let row = sql!(
        c,
        optional Attempts,
        "SELECT failures, window_started_at, blocked_until FROM attempts WHERE key = $1",
        key
    )?;
    Ok(row.unwrap_or_default())
}

/// Counts a failure and returns the new count, at once for all nodes. Failures older than `window`
/// seconds are forgotten first.
pub async fn record_failure(tx: &mut Tx, key: &str, now: i64, window: i64) -> Result<Attempts> {
    sql!(
        tx,
        one Attempts,
        "INSERT INTO attempts (key, failures, window_started_at, blocked_until) VALUES ($1, 1, $2, 0)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN attempts.window_started_at <= $3 THEN 1 ELSE attempts.failures + 1 END,
            window_started_at = CASE WHEN attempts.window_started_at <= $3 THEN $2
                ELSE attempts.window_started_at END
        RETURNING failures, window_started_at, blocked_until",
        key,
        now,
        now - window
    )
}

/// Refuses a key until a time; never shortens an earlier refusal.
pub async fn block(tx: &mut Tx, key: &str, until: i64) -> Result<()> {
    sql!(tx, run "UPDATE attempts SET blocked_until = $2 WHERE key = $1 AND blocked_until < $2", key, until)?;
    Ok(())
}

/// Takes a count back: what was counted ahead was no failure. Below `limit` nothing is refused any more.
pub async fn take_back(tx: &mut Tx, key: &str, limit: i64) -> Result<()> {
    sql!(
        tx,
        run "UPDATE attempts SET failures = failures - 1,
                blocked_until = CASE WHEN failures - 1 < $2 THEN 0 ELSE blocked_until END
            WHERE key = $1 AND failures > 0",
        key,
        limit
    )?;
    Ok(())
}

/// Forgets the failures of a key: it succeeded.
pub async fn reset(tx: &mut Tx, key: &str) -> Result<()> {
    sql!(tx, run "DELETE FROM attempts WHERE key = $1", key)?;
    Ok(())
}
