//! Refresh tokens, by SHA-256: each use replaces a token by its successor (RFC 9700 section 4.14).

use crate::{Conn, JsonText, Result, Tx};

/// A refresh token.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RefreshToken {
    /// SHA-256 of the token, hexadecimal.
    pub hash: String,
    /// Its grant.
    pub grant_id: String,
    /// What it stands for.
    pub data: JsonText,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of its use.
    pub consumed_at: Option<i64>,
    /// Unix seconds.
    pub revoked_at: Option<i64>,
    /// The token that replaced it.
    pub successor_hash: Option<String>,
}

/// What came of using a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consumed {
    /// This caller used it, and no other ever will.
    Won(RefreshToken),
    /// It was used before: a retry within the grace (see [`replace_successor`]), else a theft:
    /// revoke the grant and commit that.
    Replayed(RefreshToken),
    /// It was revoked unused.
    Revoked(RefreshToken),
    /// Never issued, expired, or long forgotten.
    Unknown,
}

/// Stores a new refresh token.
pub async fn insert(tx: &mut Tx, new: &RefreshToken) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO refresh_tokens (hash, grant_id, data, created_at, expires_at, consumed_at, revoked_at,
                successor_hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &new.hash,
        &new.grant_id,
        &new.data,
        new.created_at,
        new.expires_at,
        new.consumed_at,
        new.revoked_at,
        new.successor_hash.as_deref()
    )?;
    Ok(())
}

/// By its hash, in whatever state.
pub async fn find(c: &mut Conn, hash: &str) -> Result<Option<RefreshToken>> {
    sql!(
        c,
        optional RefreshToken,
        "SELECT hash, grant_id, data, created_at, expires_at, consumed_at, revoked_at, successor_hash
        FROM refresh_tokens WHERE hash = $1",
        hash
    )
}

/// Those that were granted in a session and can be used, at most a thousand.
pub async fn live_of_session(c: &mut Conn, session_id: &str, now: i64) -> Result<Vec<RefreshToken>> {
    sql!(
        c,
        all RefreshToken,
        "SELECT t.hash, t.grant_id, t.data, t.created_at, t.expires_at, t.consumed_at, t.revoked_at, t.successor_hash
        FROM grants g JOIN refresh_tokens t ON t.grant_id = g.id
        WHERE g.session_id = $1 AND g.revoked_at IS NULL AND t.consumed_at IS NULL AND t.revoked_at IS NULL
            AND t.expires_at > $2
        LIMIT 1000",
        session_id,
        now
    )
}

/// Uses a token, once among all nodes, and names its successor.
pub async fn consume(tx: &mut Tx, hash: &str, successor_hash: &str, now: i64) -> Result<Consumed> {
    let won = sql!(
        tx,
        optional RefreshToken,
        "UPDATE refresh_tokens SET consumed_at = $2, successor_hash = $3
        WHERE hash = $1 AND consumed_at IS NULL AND revoked_at IS NULL AND expires_at > $2
        RETURNING hash, grant_id, data, created_at, expires_at, consumed_at, revoked_at, successor_hash",
        hash,
        now,
        successor_hash
    )?;
    if let Some(token) = won {
        return Ok(Consumed::Won(token));
    }
    look(tx, hash, now).await.map(|seen| match seen {
        // Alive, although the statement above did not find it so: issued in between, so nobody can know it yet.
        Consumed::Won(_) => Consumed::Unknown,
        other => other,
    })
}

/// What using a token would come to, without using it: for one that stays, until [`renew`].
pub async fn look(c: &mut Conn, hash: &str, now: i64) -> Result<Consumed> {
    Ok(match find(c, hash).await? {
        Some(token) if token.consumed_at.is_some() => Consumed::Replayed(token),
        Some(token) if token.revoked_at.is_some() => Consumed::Revoked(token),
        Some(token) if token.expires_at > now => Consumed::Won(token),
        _ => Consumed::Unknown,
    })
}

/// Moves the end of a token that stays after its use, as if it had been issued now. False: it was revoked, used up or
/// has ended meanwhile.
pub async fn renew(tx: &mut Tx, hash: &str, expires_at: i64, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE refresh_tokens SET created_at = $3, expires_at = $2
            WHERE hash = $1 AND consumed_at IS NULL AND revoked_at IS NULL AND expires_at > $3",
        hash,
        expires_at,
        now
    )?;
    Ok(changed == 1)
}

/// A retry within the grace: revokes the unused successor and names another. True for exactly one
/// caller; false when the successor was used or replaced meanwhile, and then nothing changed.
pub async fn replace_successor(tx: &mut Tx, hash: &str, old: &str, new: &str, now: i64) -> Result<bool> {
    let renamed = sql!(
        tx,
        run "UPDATE refresh_tokens SET successor_hash = $3
            WHERE hash = $1 AND successor_hash = $2 AND EXISTS (
                SELECT 1 FROM refresh_tokens s WHERE s.hash = $2 AND s.consumed_at IS NULL AND s.revoked_at IS NULL)",
        hash,
        old,
        new
    )?;
    if renamed == 0 {
        return Ok(false);
    }
    let revoked = sql!(
        tx,
        run "UPDATE refresh_tokens SET revoked_at = $2 WHERE hash = $1 AND consumed_at IS NULL AND revoked_at IS NULL",
        old,
        now
    )?;
    if revoked == 1 {
        return Ok(true);
    }
    // Used between the two statements: as it was.
    sql!(tx, run "UPDATE refresh_tokens SET successor_hash = $2 WHERE hash = $1", hash, old)?;
    Ok(false)
}

/// Revokes one token. False: it was used or revoked before.
pub async fn revoke(tx: &mut Tx, hash: &str, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE refresh_tokens SET revoked_at = $2 WHERE hash = $1 AND consumed_at IS NULL AND revoked_at IS NULL",
        hash,
        now
    )?;
    Ok(changed == 1)
}

/// Revokes the tokens of a grant. Returns how many.
pub async fn revoke_of_grant(tx: &mut Tx, grant_id: &str, now: i64) -> Result<u64> {
    sql!(
        tx,
        run "UPDATE refresh_tokens SET revoked_at = $2 WHERE grant_id = $1 AND revoked_at IS NULL",
        grant_id,
        now
    )
}
