//! Grants: what was granted once, the family of all that is issued from it. Revoking a grant
//! revokes its family.

use crate::{Conn, Result, Tx, logouts};

/// A grant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Grant {
    /// Row id.
    pub id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// Who granted; `None` where the application acts for itself.
    pub user_id: Option<String>,
    /// The session it was granted in, while that is kept.
    pub session_id: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, not before the last of its tokens.
    pub expires_at: i64,
    /// Unix seconds.
    pub revoked_at: Option<i64>,
}

/// Stores a new grant. Its user is one of the application's from now on, also when the grant is long
/// gone: see [`crate::compliance`]. The application is told when the session ends.
pub async fn insert(tx: &mut Tx, new: &Grant) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO grants (id, subscription_id, application_id, user_id, session_id, created_at, expires_at,
                revoked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &new.id,
        &new.subscription_id,
        &new.application_id,
        new.user_id.as_deref(),
        new.session_id.as_deref(),
        new.created_at,
        new.expires_at,
        new.revoked_at
    )?;
    if let Some(user_id) = &new.user_id {
        sql!(
            tx,
            run "INSERT INTO application_users (application_id, user_id) VALUES ($1, $2)
                ON CONFLICT (application_id, user_id) DO NOTHING",
            &new.application_id,
            user_id
        )?;
    }
    match &new.session_id {
        Some(session_id) => logouts::note(tx, session_id, &new.application_id).await,
        None => Ok(()),
    }
}

/// By id, revoked and expired ones too.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Grant>> {
    sql!(
        c,
        optional Grant,
        "SELECT id, subscription_id, application_id, user_id, session_id, created_at, expires_at, revoked_at
        FROM grants WHERE id = $1",
        id
    )
}

/// Grants of a user that count, the newest first.
pub async fn live_of_user(c: &mut Conn, user_id: &str, now: i64) -> Result<Vec<Grant>> {
    sql!(
        c,
        all Grant,
        "SELECT id, subscription_id, application_id, user_id, session_id, created_at, expires_at, revoked_at
        FROM grants WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC",
        user_id,
        now
    )
}

/// True when something was granted to an application in a session since a time.
pub async fn any_since(c: &mut Conn, session_id: &str, application_id: &str, since: i64) -> Result<bool> {
    let found = sql!(
        c,
        optional(String,),
        "SELECT id FROM grants WHERE session_id = $1 AND application_id = $2 AND created_at >= $3 LIMIT 1",
        session_id,
        application_id,
        since
    )?;
    Ok(found.is_some())
}

/// Users who granted an application something that counts, at most `limit`.
pub async fn count_live_users(c: &mut Conn, application_id: &str, now: i64, limit: i64) -> Result<i64> {
    let (users,) = sql!(
        c,
        one(i64,),
        "SELECT COUNT(*) FROM (
            SELECT DISTINCT user_id FROM grants
            WHERE application_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND user_id IS NOT NULL LIMIT $3
        ) counted",
        application_id,
        now,
        limit
    )?;
    Ok(users)
}

/// Keeps a grant for longer; never for shorter.
pub async fn extend(tx: &mut Tx, id: &str, expires_at: i64) -> Result<()> {
    sql!(tx, run "UPDATE grants SET expires_at = $2 WHERE id = $1 AND expires_at < $2", id, expires_at)?;
    Ok(())
}

/// Revokes a grant with its family. False: it was revoked before, or is gone.
pub async fn revoke(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    Ok(sql!(tx, run "UPDATE grants SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, now)? == 1)
}

/// Revokes all that a user granted. Returns how many.
pub async fn revoke_of_user(tx: &mut Tx, user_id: &str, now: i64) -> Result<u64> {
    sql!(tx, run "UPDATE grants SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL", user_id, now)
}

/// Revokes what a user granted to one application. Returns how many.
pub async fn revoke_of_user_and_application(tx: &mut Tx, user_id: &str, application_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE grants SET revoked_at = $3 WHERE user_id = $1 AND application_id = $2 AND revoked_at IS NULL",
        user_id,
        application_id,
        now
    )
}

/// Revokes all that was granted to an application. Returns how many.
pub async fn revoke_of_application(tx: &mut Tx, application_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE grants SET revoked_at = $2 WHERE application_id = $1 AND revoked_at IS NULL",
        application_id,
        now
    )
}

/// Revokes all that was granted in a session. Returns how many.
pub async fn revoke_of_session(tx: &mut Tx, session_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE grants SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL",
        session_id,
        now
    )
}

/// Revokes all that was granted in a subscription. Returns how many.
pub async fn revoke_of_subscription(tx: &mut Tx, subscription_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE grants SET revoked_at = $2 WHERE subscription_id = $1 AND revoked_at IS NULL",
        subscription_id,
        now
    )
}
