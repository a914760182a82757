//! Signing keys of a subscription. The private half is sealed before it comes here.

use crate::{Conn, JsonText, Result, Tx};

/// Seconds for which a key is kept after it left the JWKS, to read old identity tokens as hints: longer
/// than anybody stays signed in.
pub(crate) const MEMORY: i64 = 90 * 86_400;

/// A key pair. Published from creation; signs from `activates_at` until `retires_at`; leaves the
/// JWKS at `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SigningKey {
    /// Row id, which is also the key id (`kid`).
    pub id: String,
    /// Its subscription.
    pub subscription_id: String,
    /// JWS algorithm.
    pub alg: String,
    /// Public key as a JWK.
    pub public_jwk: JsonText,
    /// Private key, sealed under the master key.
    pub private_sealed: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub activates_at: i64,
    /// Unix seconds.
    pub retires_at: Option<i64>,
    /// Unix seconds.
    pub expires_at: Option<i64>,
}

/// Stores a new key.
pub async fn insert(tx: &mut Tx, new: &SigningKey) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO signing_keys (id, subscription_id, alg, public_jwk, private_sealed, created_at, activates_at,
                retires_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &new.id,
        &new.subscription_id,
        &new.alg,
        &new.public_jwk,
        &new.private_sealed,
        new.created_at,
        new.activates_at,
        new.retires_at,
        new.expires_at
    )?;
    Ok(())
}

/// Keys of a subscription, the first to sign first.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<SigningKey>> {
    sql!(
        c,
        all SigningKey,
        "SELECT id, subscription_id, alg, public_jwk, private_sealed, created_at, activates_at, retires_at, expires_at
        FROM signing_keys WHERE subscription_id = $1 ORDER BY activates_at, id",
        subscription_id
    )
}

/// True when any key is stored at all: then the master key must be the one that sealed them.
pub async fn any(c: &mut Conn) -> Result<bool> {
    Ok(sql!(c, optional(String,), "SELECT id FROM signing_keys LIMIT 1")?.is_some())
}

/// Says when a key stops signing and when it leaves the JWKS. False: it is gone or already retires.
pub async fn retire(tx: &mut Tx, id: &str, retires_at: i64, expires_at: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE signing_keys SET retires_at = $2, expires_at = $3 WHERE id = $1 AND retires_at IS NULL",
        id,
        retires_at,
        expires_at
    )?;
    Ok(changed == 1)
}

/// For how long the keys of one algorithm will go on signing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Lifetime {
    /// Slug of the subscription.
    pub slug: String,
    /// JWS algorithm.
    pub alg: String,
    /// Unix seconds since when the newest key signs, or from when on it will.
    pub newest: i64,
    /// Unix seconds; `i64::MAX` where no end is set.
    pub signs_until: i64,
}

/// Lifetimes of a subscription's keys, one for each algorithm.
pub async fn lifetimes(c: &mut Conn, subscription_id: &str, now: i64) -> Result<Vec<Lifetime>> {
    sql!(
        c,
        all Lifetime,
        "SELECT s.slug, k.alg, MAX(k.activates_at) AS newest, MAX(COALESCE(k.retires_at, $3)) AS signs_until
        FROM signing_keys k JOIN subscriptions s ON s.id = k.subscription_id
        WHERE k.subscription_id = $1 AND (k.expires_at IS NULL OR k.expires_at > $2)
        GROUP BY s.slug, k.alg ORDER BY k.alg",
        subscription_id,
        now,
        i64::MAX
    )
}

/// Of all subscriptions in use, those keys that stop signing by `until`, or have signed since `since` or
/// longer.
pub async fn ending(c: &mut Conn, now: i64, until: i64, since: i64, limit: i64) -> Result<Vec<Lifetime>> {
    sql!(
        c,
        all Lifetime,
        "SELECT s.slug, k.alg, MAX(k.activates_at) AS newest, MAX(COALESCE(k.retires_at, $5)) AS signs_until
        FROM signing_keys k JOIN subscriptions s ON s.id = k.subscription_id
        WHERE s.disabled_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $1)
        GROUP BY s.slug, k.alg
        HAVING MAX(COALESCE(k.retires_at, $5)) <= $2 OR MAX(k.activates_at) <= $3
        ORDER BY s.slug, k.alg LIMIT $4",
        now,
        until,
        since,
        limit,
        i64::MAX
    )
}
