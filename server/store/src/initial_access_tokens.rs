//! Initial access tokens (RFC 7591 section 3): by which somebody may register an application.

use crate::{Conn, Result, Tx};

/// Seconds for which one that has ended stays in the list.
pub const MEMORY: i64 = 30 * 86_400;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InitialAccessToken {
    /// Row id.
    pub id: String,
    /// Row id.
    pub subscription_id: String,
    /// SHA-256 of the token.
    pub hash: String,
    /// For those who read the list.
    pub name: String,
    /// How often it may be used.
    pub max_uses: i64,
    /// How often it was.
    pub uses: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds.
    pub last_used_at: Option<i64>,
    /// Unix seconds.
    pub revoked_at: Option<i64>,
}

impl InitialAccessToken {
    /// True for one that registers an application now.
    pub fn is_live(&self, now: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at > now && self.uses < self.max_uses
    }
}

/// Stores a new one.
pub async fn insert(tx: &mut Tx, row: &InitialAccessToken) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO initial_access_tokens
                (id, subscription_id, hash, name, max_uses, uses, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
        &row.id,
        &row.subscription_id,
        &row.hash,
        &row.name,
        row.max_uses,
        row.created_at,
        row.expires_at
    )?;
    Ok(())
}

/// Those of a subscription, the newest first.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<InitialAccessToken>> {
    sql!(
        c,
        all InitialAccessToken,
        "SELECT id, subscription_id, hash, name, max_uses, uses, created_at, expires_at, last_used_at, revoked_at
        FROM initial_access_tokens WHERE subscription_id = $1 ORDER BY id DESC",
        subscription_id
    )
}

/// One of a subscription by its row id.
pub async fn find(c: &mut Conn, subscription_id: &str, id: &str) -> Result<Option<InitialAccessToken>> {
    sql!(
        c,
        optional InitialAccessToken,
        "SELECT id, subscription_id, hash, name, max_uses, uses, created_at, expires_at, last_used_at, revoked_at
        FROM initial_access_tokens WHERE id = $2 AND subscription_id = $1",
        subscription_id,
        id
    )
}

/// One of a subscription by its hash, used up or not.
pub async fn find_by_hash(c: &mut Conn, subscription_id: &str, hash: &str) -> Result<Option<InitialAccessToken>> {
    sql!(
        c,
        optional InitialAccessToken,
        "SELECT id, subscription_id, hash, name, max_uses, uses, created_at, expires_at, last_used_at, revoked_at
        FROM initial_access_tokens WHERE hash = $2 AND subscription_id = $1",
        subscription_id,
        hash
    )
}

/// Uses one once more. False: it has ended, or somebody was faster with its last use.
pub async fn consume(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let written = sql!(
        tx,
        run "UPDATE initial_access_tokens SET uses = uses + 1, last_used_at = $2
            WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 AND uses < max_uses",
        id,
        now
    )?;
    Ok(written == 1)
}

/// Ends one. False: it had been ended before.
pub async fn revoke(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let written =
        sql!(tx, run "UPDATE initial_access_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, now)?;
    Ok(written == 1)
}
