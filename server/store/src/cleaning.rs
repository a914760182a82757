//! Deletes what has expired, in batches small enough that nobody waits for them.

use crate::{Result, Tx, initial_access_tokens, logouts, pushed_requests, signing_keys};

/// Seconds for which a redeemed code, of a device too, is remembered, so that a late replay still revokes its family.
const CODE_MEMORY: i64 = 86_400;
/// Seconds for which failed sign-ins are kept: longer than any window.
const ATTEMPT_MEMORY: i64 = 7 * 86_400;
/// Seconds for which what a run of the playground showed is kept: it holds values of a person's claims.
const RUN_MEMORY: i64 = 86_400;
/// Seconds for which counts of hours and of days are kept: a little longer than they are shown.
const HOUR_MEMORY: i64 = 2 * 86_400;
const DAY_MEMORY: i64 = 32 * 86_400;

/// Deletes at most `batch` rows of each kind. Returns how many it deleted: call again, in a new
/// transaction, until that is 0. Events go, removed secrets, and pictures that nothing refers to, that
/// are older than `events_before`.
pub async fn sweep(tx: &mut Tx, now: i64, events_before: i64, batch: i64) -> Result<u64> {
    let expired = issued(tx, now, batch).await? + signed_in(tx, now, batch).await? + keys(tx, now, batch).await?;
    let secrets = sql!(
        tx,
        run "DELETE FROM removed_secrets
            WHERE id IN (SELECT id FROM removed_secrets WHERE removed_at < $1 ORDER BY removed_at LIMIT $2)",
        events_before,
        batch
    )?;
    let counts = activity(tx, now, batch).await?;
    let kept = events(tx, events_before, batch).await? + images(tx, events_before, batch).await?;
    Ok(expired + secrets + counts + kept)
}

/// The condition stands twice: one that is taken up again while this waits for it stays.
async fn images(tx: &mut Tx, before: i64, batch: i64) -> Result<u64> {
    sql!(
        tx,
        run "DELETE FROM images WHERE unused_at < $1
            AND (subscription_id, hash) IN (SELECT subscription_id, hash FROM images WHERE unused_at < $1 LIMIT $2)",
        before,
        batch
    )
}

async fn activity(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let mut deleted = 0;
    for (span, memory) in [("hour", HOUR_MEMORY), ("day", DAY_MEMORY)] {
        deleted += sql!(
            tx,
            run "DELETE FROM activity WHERE (subscription_id, span, starts_at) IN (
                    SELECT subscription_id, span, starts_at FROM activity WHERE span = $1 AND starts_at < $2 LIMIT $3)",
            span,
            now - memory,
            batch
        )?;
    }
    Ok(deleted)
}

/// Ids are in the order of time, so that the oldest are found without looking at the others.
async fn events(tx: &mut Tx, before: i64, batch: i64) -> Result<u64> {
    sql!(
        tx,
        run "DELETE FROM events WHERE at < $1 AND id IN (SELECT id FROM events ORDER BY id LIMIT $2)",
        before,
        batch
    )
}

/// Deletes at most `$batch` rows of a table, found by their key, that ended at `$end` or before.
macro_rules! expired {
    ($tx:expr, $table:literal, $key:literal, $end:expr, $batch:expr) => {
        sql!(
            $tx,
            run concat!(
                "DELETE FROM ", $table, " WHERE ", $key, " IN (SELECT ", $key, " FROM ", $table,
                " WHERE expires_at <= $1 LIMIT $2)"
            ),
            $end,
            $batch
        )
    };
}

async fn issued(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    Ok(expired!(tx, "codes", "hash", now - CODE_MEMORY, batch)?
        + expired!(tx, "device_codes", "hash", now - CODE_MEMORY, batch)?
        + expired!(tx, "authentication_requests", "hash", now - CODE_MEMORY, batch)?
        + expired!(tx, "refresh_tokens", "hash", now, batch)?
        + expired!(tx, "access_tokens", "hash", now, batch)?
        + expired!(tx, "revoked_tokens", "jti", now, batch)?
        + expired!(tx, "used_messages", "hash", now, batch)?
        + expired!(tx, "pushed_requests", "hash", now - pushed_requests::MEMORY, batch)?
        + expired!(tx, "grants", "id", now - CODE_MEMORY, batch)?)
}

async fn signed_in(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let sessions = expired!(tx, "interactions", "hash", now, batch)?
        + expired!(tx, "console_sessions", "hash", now, batch)?
        + expired!(tx, "sessions", "id", now, batch)?;
    let attempts = sql!(
        tx,
        run "DELETE FROM attempts WHERE key IN (
                SELECT key FROM attempts WHERE window_started_at <= $1 AND blocked_until <= $2 LIMIT $3)",
        now - ATTEMPT_MEMORY,
        now,
        batch
    )?;
    let runs = sql!(
        tx,
        run "DELETE FROM playground_runs WHERE id IN (
                SELECT id FROM playground_runs WHERE created_at <= $1 LIMIT $2)",
        now - RUN_MEMORY,
        batch
    )?;
    let logouts = logouts::sweep(tx, now, batch).await?;
    Ok(sessions + attempts + runs + logouts)
}

async fn keys(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let signing_keys = expired!(tx, "signing_keys", "id", now - signing_keys::MEMORY, batch)?;
    let setup_links = sql!(tx, run "DELETE FROM setup_links WHERE expires_at <= $1", now)?;
    let invitations = sql!(tx, run "DELETE FROM invitations WHERE expires_at <= $1", now)?;
    let initial = expired!(tx, "initial_access_tokens", "id", now - initial_access_tokens::MEMORY, batch)?;
    Ok(signing_keys + setup_links + invitations + initial)
}
