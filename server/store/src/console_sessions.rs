//! The console's own sessions: children of sign-in sessions of the built-in subscription.

use model::Role;

use crate::{Conn, Result, Tx, roles};

/// A console session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleSession {
    /// SHA-256 of the cookie's value, hexadecimal.
    pub hash: String,
    /// The sign-in session it came from.
    pub session_id: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute or so.
    pub last_seen_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
}

/// A console session with what decides whether it still counts and what its administrator may do, read
/// anew at each request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// SHA-256 of the cookie's value, hexadecimal.
    pub hash: String,
    /// The sign-in session it came from.
    pub session_id: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute or so.
    pub last_seen_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of the sign-in.
    pub auth_time: i64,
    /// Unix seconds: the sign-in session's absolute limit.
    pub session_expires_at: i64,
    /// Unix seconds when the sign-in session ended.
    pub session_ended_at: Option<i64>,
    /// The administrator's row id.
    pub user_id: String,
    /// The administrator's subscription.
    pub subscription_id: String,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Unix seconds since when the administrator is disabled.
    pub user_disabled_at: Option<i64>,
    /// Scope and role, by scope.
    #[sqlx(skip)]
    pub roles: Vec<(String, Role)>,
}

/// A session beside one of its administrator's roles.
#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    found: Found,
    scope: Option<String>,
    role: Option<String>,
}

impl Found {
    /// True while the session, its sign-in session and its administrator all count.
    pub fn is_live(&self, now: i64) -> bool {
        self.expires_at > now
            && self.session_expires_at > now
            && self.session_ended_at.is_none()
            && self.user_disabled_at.is_none()
    }
}

/// Stores a new console session.
pub async fn insert(tx: &mut Tx, new: &ConsoleSession) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO console_sessions (hash, session_id, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5)",
        &new.hash,
        &new.session_id,
        new.created_at,
        new.last_seen_at,
        new.expires_at
    )?;
    Ok(())
}

/// By the hash of its cookie, in whatever state: see [`Found::is_live`].
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<Found>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT k.hash, k.session_id, k.created_at, k.last_seen_at, k.expires_at, s.auth_time,
            s.expires_at AS session_expires_at, s.ended_at AS session_ended_at, u.id AS user_id, u.subscription_id,
            u.username, u.email, u.disabled_at AS user_disabled_at, r.subscription_id AS scope, r.role
        FROM console_sessions k JOIN sessions s ON s.id = k.session_id JOIN users u ON u.id = s.user_id
            LEFT JOIN roles r ON r.user_id = u.id
        WHERE k.hash = $1 ORDER BY r.subscription_id",
        hash
    )?;
    let mut found: Option<Found> = None;
    for row in rows {
        let found = found.get_or_insert(row.found);
        if let (Some(scope), Some(role)) = (row.scope, row.role) {
            found.roles.push((scope, roles::parse(&role)?));
        }
    }
    Ok(found)
}

/// Notes when a session was last seen, and until when that keeps it.
pub async fn touch(tx: &mut Tx, hash: &str, now: i64, expires_at: i64) -> Result<()> {
    sql!(
        tx,
        run "UPDATE console_sessions SET last_seen_at = $2, expires_at = $3 WHERE hash = $1",
        hash,
        now,
        expires_at
    )?;
    Ok(())
}

/// Ends a console session. False: there was none.
pub async fn delete(tx: &mut Tx, hash: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM console_sessions WHERE hash = $1", hash)? == 1)
}

/// Ends the console sessions of a sign-in session. Returns how many.
pub async fn delete_of_session(tx: &mut Tx, session_id: &str) -> Result<u64> {
    sql!(tx, run "DELETE FROM console_sessions WHERE session_id = $1", session_id)
}
