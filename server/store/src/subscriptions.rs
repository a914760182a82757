//! Subscriptions: the tenants.

use model::paging::Cursor;
use model::spec::SubscriptionSpec;
use model::{Page, PageRequest, Stored};

use crate::listing::Listing;
use crate::stored::{StoredRow, encode};
use crate::{Conn, Result, Tx, key};

/// Users of a subscription are counted up to here in lists; one more means "more than that".
pub const COUNTED_USERS: i64 = 10_000;

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

/// A line of the list of subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The subscription.
    pub subscription: Subscription,
    /// Applications in it.
    pub applications: i64,
    /// Users in it, at most [`COUNTED_USERS`] + 1.
    pub users: i64,
    /// When somebody signed in last, of the sessions that are still kept.
    pub last_sign_in: Option<i64>,
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
    /// Users, all of them.
    pub users: i64,
}

/// Which subscriptions a list may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visible<'a> {
    /// Every one.
    All,
    /// Those on which this user holds a role of their own.
    ByRole(&'a str),
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

#[derive(sqlx::FromRow)]
struct OverviewRow {
    #[sqlx(flatten)]
    row: Row,
    name_key: String,
    applications: i64,
    users: i64,
    last_sign_in: Option<i64>,
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

/// A page of the list, by name. The search matches names and slugs.
pub async fn page(c: &mut Conn, visible: Visible<'_>, request: &PageRequest) -> Result<Page<Overview>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = match visible {
        Visible::All => every(c, &listing).await?,
        Visible::ByRole(user_id) => by_role(c, user_id, &listing).await?,
    };
    let page = Page::from_surplus(rows, request.size, |r| Cursor {
        key: r.name_key.clone(),
        id: r.row.stored.id().to_owned(),
    });
    let decode = |r: OverviewRow| -> Result<Overview> {
        Ok(Overview {
            subscription: r.row.decode()?,
            applications: r.applications,
            users: r.users,
            last_sign_in: r.last_sign_in,
        })
    };
    Ok(Page { items: page.items.into_iter().map(decode).collect::<Result<_>>()?, next: page.next })
}

async fn every(c: &mut Conn, listing: &Listing) -> Result<Vec<OverviewRow>> {
    sql!(
        c,
        all OverviewRow,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, built_in, config_version, name_key,
            (SELECT COUNT(*) FROM applications a WHERE a.subscription_id = s.id) AS applications,
            (SELECT COUNT(*) FROM (SELECT 1 FROM users u WHERE u.subscription_id = s.id LIMIT $8) counted) AS users,
            (SELECT l.auth_time FROM sessions l WHERE l.subscription_id = s.id ORDER BY l.id DESC LIMIT 1)
                AS last_sign_in
        FROM subscriptions s
        WHERE (name_key, id) > ($1, $2)
            AND ((name_key >= $3 AND name_key < $4) OR (slug >= $5 AND slug < $6))
        ORDER BY name_key, id LIMIT $7",
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit,
        COUNTED_USERS + 1
    )
}

async fn by_role(c: &mut Conn, user_id: &str, listing: &Listing) -> Result<Vec<OverviewRow>> {
    sql!(
        c,
        all OverviewRow,
        "SELECT s.id, version, created_at, updated_at, disabled_at, spec, built_in, config_version, name_key,
            (SELECT COUNT(*) FROM applications a WHERE a.subscription_id = s.id) AS applications,
            (SELECT COUNT(*) FROM (SELECT 1 FROM users u WHERE u.subscription_id = s.id LIMIT $8) counted) AS users,
            (SELECT l.auth_time FROM sessions l WHERE l.subscription_id = s.id ORDER BY l.id DESC LIMIT 1)
                AS last_sign_in
        FROM roles r JOIN subscriptions s ON s.id = r.subscription_id
        WHERE r.user_id = $9 AND (s.name_key, s.id) > ($1, $2)
            AND ((s.name_key >= $3 AND s.name_key < $4) OR (s.slug >= $5 AND s.slug < $6))
        ORDER BY s.name_key, s.id LIMIT $7",
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit,
        COUNTED_USERS + 1,
        user_id
    )
}

/// How many objects it holds.
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
            (SELECT COUNT(*) FROM users WHERE subscription_id = $1) AS users",
        id
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
