//! Sign-in sessions: a browser signed in to one subscription. Whatever ends one also queues what applications
//! are told of it ([`logouts`]).

use model::{Page, PageRequest};

use crate::{Conn, JsonText, Result, Tx, listing, logouts};

/// A session. Its cookie is stored by SHA-256 only.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// Row id; also the source of `sid`.
    pub id: String,
    /// SHA-256 of the cookie's value, hexadecimal.
    pub hash: String,
    /// Where it is signed in.
    pub subscription_id: String,
    /// Who signed in.
    pub user_id: String,
    /// Unix seconds of the sign-in.
    pub auth_time: i64,
    /// Authentication methods (RFC 8176), a JSON list.
    pub amr: JsonText,
    /// The browser's own description.
    pub user_agent: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute or so.
    pub last_seen_at: i64,
    /// Unix seconds: the absolute limit.
    pub expires_at: i64,
    /// Unix seconds of sign-out, or of whatever else ended it.
    pub ended_at: Option<i64>,
}

/// Stores a new session.
pub async fn insert(tx: &mut Tx, new: &Session) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO sessions (id, hash, subscription_id, user_id, auth_time, amr, user_agent, created_at,
                last_seen_at, expires_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &new.id,
        &new.hash,
        &new.subscription_id,
        &new.user_id,
        new.auth_time,
        &new.amr,
        &new.user_agent,
        new.created_at,
        new.last_seen_at,
        new.expires_at,
        new.ended_at
    )?;
    Ok(())
}

/// By the hash of its cookie, ended and expired ones too.
pub async fn find_by_hash(c: &mut Conn, hash: &str) -> Result<Option<Session>> {
    sql!(
        c,
        optional Session,
        "SELECT id, hash, subscription_id, user_id, auth_time, amr, user_agent, created_at, last_seen_at, expires_at,
            ended_at
        FROM sessions WHERE hash = $1",
        hash
    )
}

/// By id, ended and expired ones too.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Session>> {
    sql!(
        c,
        optional Session,
        "SELECT id, hash, subscription_id, user_id, auth_time, amr, user_agent, created_at, last_seen_at, expires_at,
            ended_at
        FROM sessions WHERE id = $1",
        id
    )
}

/// Notes when sessions were last seen: id and unix seconds, at most once a minute for each.
pub async fn touch(tx: &mut Tx, seen: &[(String, i64)]) -> Result<()> {
    // In one order on every node, or two of them could wait for each other.
    let mut seen: Vec<_> = seen.iter().collect();
    seen.sort();
    for (id, at) in seen {
        sql!(tx, run "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", id, *at)?;
    }
    Ok(())
}

/// Renews a session at a new authentication: a new cookie, time and methods. False: it has ended.
pub async fn renew(tx: &mut Tx, id: &str, hash: &str, auth_time: i64, amr: &JsonText, expires_at: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE sessions SET hash = $2, auth_time = $3, last_seen_at = $3, amr = $4, expires_at = $5
            WHERE id = $1 AND ended_at IS NULL",
        id,
        hash,
        auth_time,
        amr,
        expires_at
    )?;
    Ok(changed == 1)
}

/// Says, at once for all nodes, that a session lives, and keeps it from being ended until the
/// transaction is over. False: it has ended or expired.
pub async fn hold(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let held = sql!(
        tx,
        run "UPDATE sessions SET last_seen_at = last_seen_at WHERE id = $1 AND ended_at IS NULL AND expires_at > $2",
        id,
        now
    )?;
    Ok(held == 1)
}

/// Ends a user's oldest sessions beyond so many. Returns how many.
pub async fn end_beyond(tx: &mut Tx, user_id: &str, keep: i64, now: i64) -> Result<u64> {
    let ended = sql!(
        tx,
        all(String,),
        "UPDATE sessions SET ended_at = $3 WHERE user_id = $1 AND ended_at IS NULL AND id NOT IN (
            SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT $2)
        RETURNING id",
        user_id,
        keep,
        now
    )?;
    tell(tx, &ended, now).await
}

/// Ends a session. False: it had ended before.
pub async fn end(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let ended = finish(tx, id, now).await?;
    if ended {
        logouts::queue(tx, id, now).await?;
    }
    Ok(ended)
}

/// Ends a session whose place another one of the same user takes: who knew it is told when that one ends.
/// False as for [`end`].
pub async fn replace(tx: &mut Tx, id: &str, successor: &str, now: i64) -> Result<bool> {
    let ended = finish(tx, id, now).await?;
    if ended {
        logouts::hand_over(tx, id, successor).await?;
    }
    Ok(ended)
}

/// After the rows are written: until then somebody may still be granted something (see [`hold`]).
async fn tell(tx: &mut Tx, ended: &[(String,)], now: i64) -> Result<u64> {
    for (id,) in ended {
        logouts::queue(tx, id, now).await?;
    }
    Ok(ended.len() as u64)
}

async fn finish(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    Ok(sql!(tx, run "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", id, now)? == 1)
}

/// Ends a user's sessions, but for the one given. Returns how many.
pub async fn end_all_of_user(tx: &mut Tx, user_id: &str, except: Option<&str>, now: i64) -> Result<u64> {
    let ended = sql!(
        tx,
        all(String,),
        "UPDATE sessions SET ended_at = $3 WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING id",
        user_id,
        except.unwrap_or_default(),
        now
    )?;
    tell(tx, &ended, now).await
}

/// Ends every session of a subscription. Returns how many. Nobody is told: a subscription out of use publishes
/// no keys, so no application could verify it.
pub async fn end_all_of_subscription(tx: &mut Tx, subscription_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE sessions SET ended_at = $2 WHERE subscription_id = $1 AND ended_at IS NULL",
        subscription_id,
        now
    )
}

/// A page of a subscription's live sessions, the newest first.
pub async fn page(c: &mut Conn, subscription_id: &str, now: i64, request: &PageRequest) -> Result<Page<Session>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Session,
        "SELECT id, hash, subscription_id, user_id, auth_time, amr, user_agent, created_at, last_seen_at, expires_at,
            ended_at
        FROM sessions WHERE subscription_id = $1 AND id < $2 AND ended_at IS NULL AND expires_at > $3
        ORDER BY id DESC LIMIT $4",
        subscription_id,
        below,
        now,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |s| listing::by_id(&s.id)))
}

/// A page of a user's live sessions, the newest first.
pub async fn page_of_user(c: &mut Conn, user_id: &str, now: i64, request: &PageRequest) -> Result<Page<Session>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Session,
        "SELECT id, hash, subscription_id, user_id, auth_time, amr, user_agent, created_at, last_seen_at, expires_at,
            ended_at
        FROM sessions WHERE user_id = $1 AND id < $2 AND ended_at IS NULL AND expires_at > $3
        ORDER BY id DESC LIMIT $4",
        user_id,
        below,
        now,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |s| listing::by_id(&s.id)))
}
