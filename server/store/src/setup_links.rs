//! The one-time link with which the first administrator is made.

use crate::{Conn, Result, Tx};

/// Stores a link by the SHA-256 of its token.
pub async fn insert(tx: &mut Tx, hash: &str, now: i64, expires_at: i64) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO setup_links (hash, created_at, expires_at) VALUES ($1, $2, $3)",
        hash,
        now,
        expires_at
    )?;
    Ok(())
}

/// True for a link that can still be used.
pub async fn is_valid(c: &mut Conn, hash: &str, now: i64) -> Result<bool> {
    let row = sql!(
        c,
        optional(String,),
        "SELECT hash FROM setup_links WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(row.is_some())
}

/// Uses a link. True for exactly one caller.
pub async fn consume(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let won = sql!(
        tx,
        run "UPDATE setup_links SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
        hash,
        now
    )?;
    Ok(won == 1)
}

/// Ends every link: an owner exists, or a new link replaces the old ones.
pub async fn delete_all(tx: &mut Tx) -> Result<()> {
    sql!(tx, run "DELETE FROM setup_links")?;
    Ok(())
}
