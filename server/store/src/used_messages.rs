//! Signed messages that count once, by their hash.

use crate::{Result, Tx};

/// Remembers a message until its end (unix seconds). False: it was used before.
pub async fn insert(tx: &mut Tx, hash: &str, expires_at: i64) -> Result<bool> {
    let written = sql!(
        tx,
        run "INSERT INTO used_messages (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
        hash,
        expires_at
    )?;
    Ok(written == 1)
}
