//! Telling applications that a session has ended (OpenID Connect Back-Channel Logout 1.0): who is to be told,
//! and what came of it.
//!
//! A message is queued by the statement that ends the session, in its transaction ([`crate::sessions`]); nobody
//! else queues one.

use crate::{Conn, Result, Tx};

/// Seconds for which is kept what came of a message.
const MEMORY: i64 = 7 * 86_400;

/// A message to one application about one session.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Logout {
    /// Row id of the session in which the application got something: what it knows that one by comes of it.
    pub sid: String,
    /// Row id of the application.
    pub application_id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Who was signed in; perhaps deleted since.
    pub user_id: String,
    /// Unix seconds of the session's end.
    pub created_at: i64,
    /// Unix seconds: when it is tried next, or, while somebody tries it, when that counts as broken off.
    pub due_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Unix seconds; `None` while it is to be tried again.
    pub finished_at: Option<i64>,
    /// Of the last attempt that failed. A finished message with a reason was given up.
    pub reason: Option<String>,
}

/// Notes that an application got something in a session.
pub(crate) async fn note(tx: &mut Tx, session_id: &str, application_id: &str) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO session_applications (session_id, application_id, sid) VALUES ($1, $2, $1)
            ON CONFLICT (session_id, application_id, sid) DO NOTHING",
        session_id,
        application_id
    )?;
    Ok(())
}

/// Who knows a session: row id of the application, and of the session in which it got something.
pub async fn who_knows(c: &mut Conn, session_id: &str) -> Result<Vec<(String, String)>> {
    sql!(
        c,
        all(String, String),
        "SELECT application_id, sid FROM session_applications WHERE session_id = $1 ORDER BY application_id, sid",
        session_id
    )
}

/// A session takes another's place: who knew that one is told when this one ends.
pub(crate) async fn hand_over(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO session_applications (session_id, application_id, sid)
            SELECT $2, application_id, sid FROM session_applications WHERE session_id = $1
            ON CONFLICT (session_id, application_id, sid) DO NOTHING",
        from,
        to
    )?;
    Ok(())
}

/// Queues what is to be told of a session that this transaction has just ended.
pub(crate) async fn queue(tx: &mut Tx, session_id: &str, now: i64) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO logouts (sid, application_id, subscription_id, user_id, created_at, due_at, attempts)
            SELECT k.sid, k.application_id, s.subscription_id, s.user_id, $2, $2, 0
            FROM sessions s
            JOIN session_applications k ON k.session_id = s.id
            JOIN applications a ON a.id = k.application_id
            WHERE s.id = $1 AND a.backchannel_logout AND a.disabled_at IS NULL
            ON CONFLICT (sid, application_id) DO NOTHING",
        session_id,
        now
    )?;
    Ok(())
}

/// True when there is something to be tried.
pub async fn any_due(c: &mut Conn, now: i64) -> Result<bool> {
    let found =
        sql!(c, optional(String,), "SELECT sid FROM logouts WHERE finished_at IS NULL AND due_at <= $1 LIMIT 1", now)?;
    Ok(found.is_some())
}

/// Takes at most `limit` messages that are due, the longest waiting first. Until `lease_ends` they are this
/// caller's and no other's; an attempt whose outcome nobody writes by then is made again.
pub async fn claim(tx: &mut Tx, now: i64, lease_ends: i64, limit: i64) -> Result<Vec<Logout>> {
    // The condition stands twice: one that another node takes while this waits for it is no longer due.
    sql!(
        tx,
        all Logout,
        "UPDATE logouts SET due_at = $2, attempts = attempts + 1
        WHERE finished_at IS NULL AND due_at <= $1 AND (sid, application_id) IN (
            SELECT sid, application_id FROM logouts WHERE finished_at IS NULL AND due_at <= $1
            ORDER BY due_at LIMIT $3)
        RETURNING sid, application_id, subscription_id, user_id, created_at, due_at, attempts, finished_at, reason",
        now,
        lease_ends,
        limit
    )
}

/// The application has it. False: a later attempt is under way, or was made.
pub async fn deliver(tx: &mut Tx, tried: &Logout, now: i64) -> Result<bool> {
    finish(tx, tried, now, None).await
}

/// It is tried again at `due_at`. False as for [`deliver`].
pub async fn postpone(tx: &mut Tx, tried: &Logout, due_at: i64, reason: &str) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE logouts SET due_at = $4, reason = $5
            WHERE sid = $1 AND application_id = $2 AND attempts = $3 AND finished_at IS NULL",
        &tried.sid,
        &tried.application_id,
        tried.attempts,
        due_at,
        reason
    )?;
    Ok(changed == 1)
}

/// It is not tried again. False as for [`deliver`].
pub async fn give_up(tx: &mut Tx, tried: &Logout, now: i64, reason: &str) -> Result<bool> {
    finish(tx, tried, now, Some(reason)).await
}

async fn finish(tx: &mut Tx, tried: &Logout, now: i64, reason: Option<&str>) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE logouts SET finished_at = $4, reason = $5
            WHERE sid = $1 AND application_id = $2 AND attempts = $3 AND finished_at IS NULL",
        &tried.sid,
        &tried.application_id,
        tried.attempts,
        now,
        reason
    )?;
    Ok(changed == 1)
}

/// The latest messages to an application, the newest first.
pub async fn latest(c: &mut Conn, application_id: &str, limit: i64) -> Result<Vec<Logout>> {
    sql!(
        c,
        all Logout,
        "SELECT sid, application_id, subscription_id, user_id, created_at, due_at, attempts, finished_at, reason
        FROM logouts WHERE application_id = $1 ORDER BY created_at DESC, sid DESC LIMIT $2",
        application_id,
        limit
    )
}

/// Deletes at most `batch` messages that were finished long ago.
pub(crate) async fn sweep(tx: &mut Tx, now: i64, batch: i64) -> Result<u64> {
    sql!(
        tx,
        run "DELETE FROM logouts WHERE (sid, application_id) IN (
                SELECT sid, application_id FROM logouts WHERE finished_at <= $1 LIMIT $2)",
        now - MEMORY,
        batch
    )
}
