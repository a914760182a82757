//! Ids (`jti`) of JWT access tokens that were revoked before their end.

use crate::{Conn, Result, Tx};

/// Notes a revoked token until it would have expired. Twice is the same as once.
pub async fn insert(tx: &mut Tx, jti: &str, subscription_id: &str, expires_at: i64) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO revoked_tokens (jti, subscription_id, expires_at) VALUES ($1, $2, $3)
            ON CONFLICT (jti) DO NOTHING",
        jti,
        subscription_id,
        expires_at
    )?;
    Ok(())
}

/// True for a revoked token.
pub async fn exists(c: &mut Conn, jti: &str) -> Result<bool> {
    Ok(sql!(c, optional(String,), "SELECT jti FROM revoked_tokens WHERE jti = $1", jti)?.is_some())
}
