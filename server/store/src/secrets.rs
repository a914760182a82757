//! Secrets of applications and API connections: SHA-256 only, but where the server signs with one.

use crate::{Conn, Result, Tx};

/// A stored secret.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Secret {
    /// Row id.
    pub id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// The application it belongs to, unless it is a connection's.
    pub application_id: Option<String>,
    /// The API connection it belongs to, unless it is an application's.
    pub api_connection_id: Option<String>,
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// The secret itself, sealed, where the server has to sign with it.
    pub sealed: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds; `None` for one that stays.
    pub expires_at: Option<i64>,
    /// Unix seconds, to the minute or so.
    pub last_used_at: Option<i64>,
}

/// Whose secrets are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// An application, by its row id.
    Application(&'a str),
    /// An API connection, by its row id.
    ApiConnection(&'a str),
}

/// Stores a new secret.
pub async fn insert(tx: &mut Tx, new: &Secret) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO secrets (id, subscription_id, application_id, api_connection_id, hash, sealed, created_at,
                expires_at, last_used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &new.id,
        &new.subscription_id,
        new.application_id.as_deref(),
        new.api_connection_id.as_deref(),
        &new.hash,
        new.sealed.as_deref(),
        new.created_at,
        new.expires_at,
        new.last_used_at
    )?;
    Ok(())
}

/// Secrets of one owner, the oldest first, expired ones too.
pub async fn list(c: &mut Conn, owner: Owner<'_>) -> Result<Vec<Secret>> {
    match owner {
        Owner::Application(id) => sql!(
            c,
            all Secret,
            "SELECT id, subscription_id, application_id, api_connection_id, hash, sealed, created_at, expires_at,
                last_used_at
            FROM secrets WHERE application_id = $1 ORDER BY id",
            id
        ),
        Owner::ApiConnection(id) => sql!(
            c,
            all Secret,
            "SELECT id, subscription_id, application_id, api_connection_id, hash, sealed, created_at, expires_at,
                last_used_at
            FROM secrets WHERE api_connection_id = $1 ORDER BY id",
            id
        ),
    }
}

/// All secrets of a subscription, the oldest first.
pub async fn list_of_subscription(c: &mut Conn, subscription_id: &str) -> Result<Vec<Secret>> {
    sql!(
        c,
        all Secret,
        "SELECT id, subscription_id, application_id, api_connection_id, hash, sealed, created_at, expires_at,
                last_used_at
        FROM secrets WHERE subscription_id = $1 ORDER BY id",
        subscription_id
    )
}

/// Sets when a secret stops being accepted. False: it is gone.
pub async fn expire(tx: &mut Tx, id: &str, expires_at: i64) -> Result<bool> {
    Ok(sql!(tx, run "UPDATE secrets SET expires_at = $2 WHERE id = $1", id, expires_at)? == 1)
}

/// Deletes a secret. False: it is gone.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM secrets WHERE id = $1", id)? == 1)
}

/// Notes when secrets were last used: id and unix seconds, at most once a minute for each.
pub async fn touch_last_used(tx: &mut Tx, used: &[(String, i64)]) -> Result<()> {
    // In one order on every node, or two of them could wait for each other.
    let mut used: Vec<_> = used.iter().collect();
    used.sort();
    for (id, at) in used {
        sql!(
            tx,
            run "UPDATE secrets SET last_used_at = $2 WHERE id = $1 AND COALESCE(last_used_at, 0) < $2",
            id,
            *at
        )?;
    }
    Ok(())
}
