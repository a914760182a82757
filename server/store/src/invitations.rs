//! Links with which administrators choose a password: at most one for each, by the SHA-256 of its token.

use crate::{Conn, Result, Tx};

/// A link as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Invitation {
    /// Whose password it lets its holder choose.
    pub user_id: String,
    /// SHA-256 of the token, hexadecimal.
    pub hash: String,
    /// Row id of the administrator who made it; `None` at the machine.
    pub made_by: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
}

/// Stores a link, in the place of the one before.
pub async fn put(tx: &mut Tx, new: &Invitation) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO invitations (user_id, hash, made_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id) DO UPDATE SET hash = $2, made_by = $3, created_at = $4, expires_at = $5",
        &new.user_id,
        &new.hash,
        new.made_by.as_deref(),
        new.created_at,
        new.expires_at
    )?;
    Ok(())
}

/// A link that can still be used.
pub async fn find(c: &mut Conn, hash: &str, now: i64) -> Result<Option<Invitation>> {
    sql!(
        c,
        optional Invitation,
        "SELECT user_id, hash, made_by, created_at, expires_at FROM invitations WHERE hash = $1 AND expires_at > $2",
        hash,
        now
    )
}

/// Until when a user has a link that can still be used; unix seconds.
pub async fn until(c: &mut Conn, user_id: &str, now: i64) -> Result<Option<i64>> {
    let row = sql!(
        c,
        optional(i64,),
        "SELECT expires_at FROM invitations WHERE user_id = $1 AND expires_at > $2",
        user_id,
        now
    )?;
    Ok(row.map(|(until,)| until))
}

/// Uses a link up. Something for exactly one caller.
pub async fn consume(tx: &mut Tx, hash: &str, now: i64) -> Result<Option<Invitation>> {
    sql!(
        tx,
        optional Invitation,
        "DELETE FROM invitations WHERE hash = $1 AND expires_at > $2
        RETURNING user_id, hash, made_by, created_at, expires_at",
        hash,
        now
    )
}

/// Takes a user's link back. False: there was none.
pub async fn delete_of_user(tx: &mut Tx, user_id: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM invitations WHERE user_id = $1", user_id)? == 1)
}
