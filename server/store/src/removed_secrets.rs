//! Secrets that were removed, or went with their owner, as they were stored, kept as long as the audit log so
//! that undo can put them back.

use crate::secrets::Secret;
use crate::{Conn, Result, Tx};

/// Keeps a secret that is about to go; one that was kept before is kept as it is now.
pub async fn insert(tx: &mut Tx, secret: &Secret, now: i64) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO removed_secrets (id, subscription_id, application_id, api_connection_id, hash, sealed,
                created_at, expires_at, last_used_at, removed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (id) DO UPDATE SET removed_at = excluded.removed_at, last_used_at = excluded.last_used_at",
        &secret.id,
        &secret.subscription_id,
        secret.application_id.as_deref(),
        secret.api_connection_id.as_deref(),
        &secret.hash,
        secret.sealed.as_deref(),
        secret.created_at,
        secret.expires_at,
        secret.last_used_at,
        now
    )?;
    Ok(())
}

/// Those of a subscription, the oldest first.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<Secret>> {
    sql!(
        c,
        all Secret,
        "SELECT id, subscription_id, application_id, api_connection_id, hash, sealed, created_at, expires_at,
                last_used_at
        FROM removed_secrets WHERE subscription_id = $1 ORDER BY id",
        subscription_id
    )
}

/// Forgets one, which is accepted again or will never be. False: it was forgotten before.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM removed_secrets WHERE id = $1", id)? == 1)
}
