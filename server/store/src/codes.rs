//! Authorization codes (RFC 6749 section 4.1.2), by SHA-256: each redeemed once.

use crate::{Conn, JsonText, Result, Tx};

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Code {
    /// SHA-256 of the code, hexadecimal.
    pub hash: String,
    /// Its grant.
    pub grant_id: String,
    /// What it stands for.
    pub data: JsonText,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of its redemption.
    pub consumed_at: Option<i64>,
}

/// What came of redeeming a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consumed {
    /// This caller redeemed it, and no other ever will.
    Won(Code),
    /// It was redeemed before: revoke the grant and commit that.
    Replayed {
        /// The grant to revoke.
        grant_id: String,
    },
    /// Never issued, expired, or long forgotten.
    Unknown,
}

/// Stores a new code.
pub async fn insert(tx: &mut Tx, new: &Code) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO codes (hash, grant_id, data, created_at, expires_at, consumed_at)
            VALUES ($1, $2, $3, $4, $5, $6)",
        &new.hash,
        &new.grant_id,
        &new.data,
        new.created_at,
        new.expires_at,
        new.consumed_at
    )?;
    Ok(())
}

/// By its hash, consumed and expired ones too: to look before redeeming.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<Code>> {
    sql!(
        c,
        optional Code,
        "SELECT hash, grant_id, data, created_at, expires_at, consumed_at FROM codes WHERE hash = $1",
        hash
    )
}

/// Redeems a code, once among all nodes.
pub async fn consume(tx: &mut Tx, hash: &str, now: i64) -> Result<Consumed> {
    let won = sql!(
        tx,
        optional Code,
        "UPDATE codes SET consumed_at = $2 WHERE hash = $1 AND consumed_at IS NULL AND expires_at > $2
        RETURNING hash, grant_id, data, created_at, expires_at, consumed_at",
        hash,
        now
    )?;
    if let Some(code) = won {
        return Ok(Consumed::Won(code));
    }
    let before = find(tx, hash).await?.filter(|code| code.consumed_at.is_some());
    Ok(before.map_or(Consumed::Unknown, |code| Consumed::Replayed { grant_id: code.grant_id }))
}
