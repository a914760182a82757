//! Access tokens that count only while they are stored: references, and the dialects whose JWTs
//! are looked up by hash. By SHA-256.

use crate::{Conn, JsonText, Result, Tx};

/// A stored access token.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccessToken {
    /// SHA-256 of the token, hexadecimal.
    pub hash: String,
    /// Its subscription.
    pub subscription_id: String,
    /// Row id of the application.
    pub application_id: String,
    /// Whose token it is; `None` where the application acts for itself.
    pub user_id: Option<String>,
    /// Its grant; `None` for client credentials.
    pub grant_id: Option<String>,
    /// What it stands for.
    pub data: JsonText,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds.
    pub revoked_at: Option<i64>,
}

/// A stored access token with what else decides whether it counts, read in one statement.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// The token.
    #[sqlx(flatten)]
    pub token: AccessToken,
    /// Its grant was revoked.
    pub grant_revoked: bool,
    /// Its user is disabled.
    pub user_disabled: bool,
}

impl Found {
    /// True while nothing ended it. Whether its application and subscription are enabled is in
    /// their snapshot.
    pub fn is_live(&self, now: i64) -> bool {
        self.token.expires_at > now && self.token.revoked_at.is_none() && !self.grant_revoked && !self.user_disabled
    }
}

/// Stores a new token. False: one with the same hash was issued before.
pub async fn insert(tx: &mut Tx, new: &AccessToken) -> Result<bool> {
    let inserted = sql!(
        tx,
        run "INSERT INTO access_tokens (hash, subscription_id, application_id, user_id, grant_id, data, created_at,
                expires_at, revoked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (hash) DO NOTHING",
        &new.hash,
        &new.subscription_id,
        &new.application_id,
        new.user_id.as_deref(),
        new.grant_id.as_deref(),
        &new.data,
        new.created_at,
        new.expires_at,
        new.revoked_at
    )?;
    Ok(inserted == 1)
}

/// By its hash, in whatever state: see [`Found::is_live`].
pub async fn find_by_hash(c: &mut Conn, hash: &str) -> Result<Option<Found>> {
    sql!(
        c,
        optional Found,
        "SELECT t.hash, t.subscription_id, t.application_id, t.user_id, t.grant_id, t.data, t.created_at, t.expires_at,
            t.revoked_at, g.revoked_at IS NOT NULL AS grant_revoked, u.disabled_at IS NOT NULL AS user_disabled
        FROM access_tokens t LEFT JOIN grants g ON g.id = t.grant_id LEFT JOIN users u ON u.id = t.user_id
        WHERE t.hash = $1",
        hash
    )
}

/// Revokes one token. False: it was revoked before, or is gone.
pub async fn revoke(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let changed =
        sql!(tx, run "UPDATE access_tokens SET revoked_at = $2 WHERE hash = $1 AND revoked_at IS NULL", hash, now)?;
    Ok(changed == 1)
}

/// Revokes the tokens of a grant. Returns how many.
pub async fn revoke_of_grant(tx: &mut Tx, grant_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE access_tokens SET revoked_at = $2 WHERE grant_id = $1 AND revoked_at IS NULL",
        grant_id,
        now
    )
}

/// Revokes the tokens of an application, those of client credentials too. Returns how many.
pub async fn revoke_of_application(tx: &mut Tx, application_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE access_tokens SET revoked_at = $2 WHERE application_id = $1 AND revoked_at IS NULL",
        application_id,
        now
    )
}
