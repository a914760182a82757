//! Subscriptions: the tenants.

mod page;

use model::Stored;
use model::spec::SubscriptionSpec;

pub use page::{COUNTED_USERS, Overview, Visible, page};

use crate::stored::{StoredRow, encode};
use crate::{Conn, Result, Tx, key};

/// A tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// What an administrator wrote.
    pub object: Stored<SubscriptionSpec>,
    /// The subscription `system`, which cannot be deleted.
    pub built_in: bool,
    /// Moves with every change to anything inside.
    pub config_version: i64,
}

/// How many objects a subscription holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Applications.
    pub applications: i64,
    /// API connections.
    pub api_connections: i64,
    /// API scopes.
    pub api_scopes: i64,
    /// Identity scopes.
    pub identity_scopes: i64,
    /// Custom claims.
    pub custom_claims: i64,
    /// Users, at most [`COUNTED_USERS`] + 1.
    pub users: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    built_in: bool,
    config_version: i64,
}

impl Row {
    fn decode(self) -> Result<Subscription> {
        Ok(Subscription {
            object: self.stored.decode("subscription")?,
            built_in: self.built_in,
            config_version: self.config_version,
        })
    }
}

/// Stores a new subscription as given. `Unique(SubscriptionSlug)` when the slug is taken.
pub async fn insert(tx: &mut Tx, subscription: &Subscription) -> Result<()> {
    let object = &subscription.object;
    sql!(
        tx,
        run "INSERT INTO subscriptions (id, slug, name_key, built_in, spec, version, config_version, created_at,
                updated_at, disabled_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &object.id,
        &object.spec.slug,
        key::text(&object.spec.name),
        subscription.built_in,
        encode(&object.spec),
        object.version,
        subscription.config_version,
        object.created_at,
        object.updated_at,
        object.disabled_at
    )?;
    Ok(())
}

/// By its slug.
pub async fn find_by_slug(c: &mut Conn, slug: &str) -> Result<Option<Subscription>> {
    if !key::findable(slug) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, built_in, config_version
        FROM subscriptions WHERE slug = $1",
        slug
    )?;
    row.map(Row::decode).transpose()
}

/// By its id.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Subscription>> {
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, built_in, config_version
        FROM subscriptions WHERE id = $1",
        id
    )?;
    row.map(Row::decode).transpose()
}

/// Slugs of all subscriptions but the built-in one, in their order: for export.
pub async fn slugs(c: &mut Conn) -> Result<Vec<String>> {
    let rows = sql!(c, all(String,), "SELECT slug FROM subscriptions WHERE NOT built_in ORDER BY slug")?;
    Ok(rows.into_iter().map(|(slug,)| slug).collect())
}

/// How many objects it holds. Counting stops early where there are very many.
pub async fn counts(c: &mut Conn, id: &str) -> Result<Counts> {
    sql!(
        c,
        one Counts,
        "SELECT
            (SELECT COUNT(*) FROM applications WHERE subscription_id = $1) AS applications,
            (SELECT COUNT(*) FROM api_connections WHERE subscription_id = $1) AS api_connections,
            (SELECT COUNT(*) FROM scopes WHERE subscription_id = $1 AND api_connection_id IS NOT NULL) AS api_scopes,
            (SELECT COUNT(*) FROM scopes WHERE subscription_id = $1 AND api_connection_id IS NULL) AS identity_scopes,
            (SELECT COUNT(*) FROM claims WHERE subscription_id = $1 AND NOT standard) AS custom_claims,
            (SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE subscription_id = $1 ORDER BY sort_key, id LIMIT $2) counted)
                AS users",
        id,
        COUNTED_USERS + 1
    )
}

/// Writes new settings over the expected version. False: somebody else was faster, or it is gone.
/// The slug stays.
pub async fn update(tx: &mut Tx, id: &str, version: i64, spec: &SubscriptionSpec, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE subscriptions SET name_key = $3, spec = $4, version = version + 1, updated_at = $5
            WHERE id = $1 AND version = $2",
        id,
        version,
        key::text(&spec.name),
        encode(spec),
        now
    )?;
    Ok(changed == 1)
}

/// Takes it out of use (`Some(since)`) or back into use, over the expected version.
pub async fn set_disabled(tx: &mut Tx, id: &str, version: i64, since: Option<i64>, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE subscriptions SET disabled_at = $3, version = version + 1, updated_at = $4
            WHERE id = $1 AND version = $2",
        id,
        version,
        since,
        now
    )?;
    Ok(changed == 1)
}

/// Notes when somebody last signed in: ids and unix seconds, at most once a minute for each.
pub async fn touch_last_sign_in(tx: &mut Tx, signed_in: &[(String, i64)]) -> Result<()> {
    // In one order on every node, or two of them could wait for each other.
    let mut signed_in: Vec<_> = signed_in.iter().collect();
    signed_in.sort();
    for (id, at) in signed_in {
        sql!(
            tx,
            run "UPDATE subscriptions SET last_sign_in_at = $2 WHERE id = $1 AND COALESCE(last_sign_in_at, 0) < $2",
            id,
            *at
        )?;
    }
    Ok(())
}

/// Deletes it with everything inside. Revisions and events stay. False: it was not there, or is
/// the built-in one.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    let found = sql!(tx, optional(String,), "SELECT id FROM subscriptions WHERE id = $1 AND NOT built_in", id)?;
    if found.is_none() {
        return Ok(false);
    }
    // Applications and users take what was issued to them along; the rest in the order of references.
    sql!(tx, run "DELETE FROM applications WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM users WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM scopes WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM api_connections WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM claims WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM client_names WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM signing_keys WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM roles WHERE subscription_id = $1", id)?;
    sql!(tx, run "DELETE FROM subscriptions WHERE id = $1", id)?;
    Ok(true)
}
