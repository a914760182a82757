//! Deletes what has expired, in batches small enough that nobody waits for them.

use crate::{Result, Tx, logouts, signing_keys};

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

async fn issued(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let codes = sql!(
        tx,
        run "DELETE FROM codes WHERE hash IN (SELECT hash FROM codes WHERE expires_at <= $1 LIMIT $2)",
        now - CODE_MEMORY,
        batch
    )?;
    let device_codes = sql!(
        tx,
        run "DELETE FROM device_codes WHERE hash IN (SELECT hash FROM device_codes WHERE expires_at <= $1 LIMIT $2)",
        now - CODE_MEMORY,
        batch
    )?;
    let refresh_tokens = sql!(
        tx,
        run "DELETE FROM refresh_tokens
            WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let access_tokens = sql!(
        tx,
        run "DELETE FROM access_tokens
            WHERE hash IN (SELECT hash FROM access_tokens WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let revoked_tokens = sql!(
        tx,
        run "DELETE FROM revoked_tokens WHERE jti IN (SELECT jti FROM revoked_tokens WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let messages = sql!(
        tx,
        run "DELETE FROM used_messages
            WHERE hash IN (SELECT hash FROM used_messages WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let requests = sql!(
        tx,
        run "DELETE FROM pushed_requests
            WHERE hash IN (SELECT hash FROM pushed_requests WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let grants = sql!(
        tx,
        run "DELETE FROM grants WHERE id IN (SELECT id FROM grants WHERE expires_at <= $1 LIMIT $2)",
        now - CODE_MEMORY,
        batch
    )?;
    Ok(codes + device_codes + refresh_tokens + access_tokens + revoked_tokens + messages + requests + grants)
}

async fn signed_in(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let interactions = sql!(
        tx,
        run "DELETE FROM interactions WHERE hash IN (SELECT hash FROM interactions WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let console_sessions = sql!(
        tx,
        run "DELETE FROM console_sessions
            WHERE hash IN (SELECT hash FROM console_sessions WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
    let sessions = sql!(
        tx,
        run "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= $1 LIMIT $2)",
        now,
        batch
    )?;
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
    Ok(interactions + console_sessions + sessions + attempts + runs + logouts)
}

async fn keys(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    let signing_keys = sql!(
        tx,
        run "DELETE FROM signing_keys WHERE id IN (SELECT id FROM signing_keys WHERE expires_at <= $1 LIMIT $2)",
        now - signing_keys::MEMORY,
        batch
    )?;
    let setup_links = sql!(tx, run "DELETE FROM setup_links WHERE expires_at <= $1", now)?;
    let invitations = sql!(tx, run "DELETE FROM invitations WHERE expires_at <= $1", now)?;
    Ok(signing_keys + setup_links + invitations)
}
