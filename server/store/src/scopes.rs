//! Identity scopes and API scopes: one namespace, one table, two kinds of rows.

use model::paging::Cursor;
use model::spec::{ApiScopeSpec, IdentityScopeSpec};
use model::{Page, PageRequest, Stored};

use crate::listing::Listing;
use crate::stored::{StoredRow, encode};
use crate::{Conn, Error, NameKind, Result, Tx, Usage, key};

/// A name that lets claims out.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityScope {
    /// Its subscription.
    pub subscription_id: String,
    /// Place at consent and in files.
    pub position: i64,
    /// What an administrator wrote.
    pub object: Stored<IdentityScopeSpec>,
}

/// A permission inside an API connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiScope {
    /// Its subscription.
    pub subscription_id: String,
    /// Its connection.
    pub api_connection_id: String,
    /// Place at consent and in files.
    pub position: i64,
    /// What an administrator wrote.
    pub object: Stored<ApiScopeSpec>,
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    subscription_id: String,
    name_key: String,
    api_connection_id: Option<String>,
    position: i64,
}

impl Row {
    pub(crate) fn is_identity(&self) -> bool {
        self.api_connection_id.is_none()
    }

    pub(crate) fn identity(self) -> Result<IdentityScope> {
        Ok(IdentityScope {
            subscription_id: self.subscription_id,
            position: self.position,
            object: self.stored.decode("identity scope")?,
        })
    }

    pub(crate) fn api(self) -> Result<ApiScope> {
        Ok(ApiScope {
            subscription_id: self.subscription_id,
            api_connection_id: self.api_connection_id.ok_or(Error::Corrupt { what: "API scope" })?,
            position: self.position,
            object: self.stored.decode("API scope")?,
        })
    }

    fn cursor(&self) -> Cursor {
        Cursor { key: self.name_key.clone(), id: self.stored.id().to_owned() }
    }
}

/// Stores a new identity scope with its claims. `Unique(ScopeName)` when the name is taken;
/// [`Error::UnknownName`] for a claim that does not exist.
pub async fn insert_identity(tx: &mut Tx, scope: &IdentityScope) -> Result<()> {
    let object = &scope.object;
    sql!(
        tx,
        run "INSERT INTO scopes (id, subscription_id, name, name_key, api_connection_id, position, spec, version,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9)",
        &object.id,
        &scope.subscription_id,
        &object.spec.name,
        key::text(title(&object.spec.display_name, &object.spec.name)),
        scope.position,
        encode(&object.spec),
        object.version,
        object.created_at,
        object.updated_at
    )?;
    set_claims(tx, &scope.subscription_id, &object.id, &object.spec.claims).await
}

/// Stores a new API scope. `Unique(ScopeName)` when the name is taken.
pub async fn insert_api(tx: &mut Tx, scope: &ApiScope) -> Result<()> {
    let object = &scope.object;
    sql!(
        tx,
        run "INSERT INTO scopes (id, subscription_id, name, name_key, api_connection_id, position, spec, version,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &object.id,
        &scope.subscription_id,
        &object.spec.name,
        key::text(title(&object.spec.display_name, &object.spec.name)),
        &scope.api_connection_id,
        scope.position,
        encode(&object.spec),
        object.version,
        object.created_at,
        object.updated_at
    )?;
    Ok(())
}

/// An identity scope by its name.
pub async fn find_identity(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<IdentityScope>> {
    let row = find(c, subscription_id, name).await?;
    row.filter(Row::is_identity).map(Row::identity).transpose()
}

/// An API scope by its name.
pub async fn find_api(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<ApiScope>> {
    let row = find(c, subscription_id, name).await?;
    row.filter(|row| !row.is_identity()).map(Row::api).transpose()
}

async fn find(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<Row>> {
    if !key::findable(name) {
        return Ok(None);
    }
    sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, api_connection_id, position
        FROM scopes WHERE subscription_id = $1 AND name = $2",
        subscription_id,
        name
    )
}

/// All identity scopes of a subscription, in their order.
pub async fn list_identity(c: &mut Conn, subscription_id: &str) -> Result<Vec<IdentityScope>> {
    let rows = list(c, subscription_id).await?;
    rows.into_iter().filter(Row::is_identity).map(Row::identity).collect()
}

/// All API scopes of a subscription, in their order.
pub async fn list_api(c: &mut Conn, subscription_id: &str) -> Result<Vec<ApiScope>> {
    let rows = list(c, subscription_id).await?;
    rows.into_iter().filter(|row| !row.is_identity()).map(Row::api).collect()
}

pub(crate) async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<Row>> {
    sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, api_connection_id, position
        FROM scopes WHERE subscription_id = $1 ORDER BY position, id",
        subscription_id
    )
}

/// A page of the identity scopes, by what people read. The search also matches names.
pub async fn page_identity(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<IdentityScope>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, api_connection_id, position
        FROM scopes WHERE subscription_id = $1 AND api_connection_id IS NULL AND (name_key, id) > ($2, $3)
            AND ((name_key >= $4 AND name_key < $5) OR (name >= $6 AND name < $7))
        ORDER BY name_key, id LIMIT $8",
        subscription_id,
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit
    )?;
    let page = Page::from_surplus(rows, request.size, Row::cursor);
    Ok(Page { items: page.items.into_iter().map(Row::identity).collect::<Result<_>>()?, next: page.next })
}

/// A page of a connection's scopes, by what people read. The search also matches names.
pub async fn page_api(c: &mut Conn, api_connection_id: &str, request: &PageRequest) -> Result<Page<ApiScope>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, api_connection_id, position
        FROM scopes WHERE api_connection_id = $1 AND (name_key, id) > ($2, $3)
            AND ((name_key >= $4 AND name_key < $5) OR (name >= $6 AND name < $7))
        ORDER BY name_key, id LIMIT $8",
        api_connection_id,
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit
    )?;
    let page = Page::from_surplus(rows, request.size, Row::cursor);
    Ok(Page { items: page.items.into_iter().map(Row::api).collect::<Result<_>>()?, next: page.next })
}

/// The position after the last scope: where a new one goes.
pub async fn next_position(c: &mut Conn, subscription_id: &str) -> Result<i64> {
    let (next,) = sql!(
        c,
        one(i64,),
        "SELECT COALESCE(MAX(position), 0) + 1 FROM scopes WHERE subscription_id = $1",
        subscription_id
    )?;
    Ok(next)
}

/// Writes an identity scope and its claims over the expected version. False: somebody else was
/// faster, or it is gone. [`Error::UnknownName`] for a claim that does not exist.
pub async fn update_identity(tx: &mut Tx, id: &str, version: i64, spec: &IdentityScopeSpec, now: i64) -> Result<bool> {
    let subscription = update(tx, id, version, title(&spec.display_name, &spec.name), encode(spec), now).await?;
    let Some(subscription_id) = subscription else { return Ok(false) };
    set_claims(tx, &subscription_id, id, &spec.claims).await?;
    Ok(true)
}

/// Writes an API scope over the expected version. False: somebody else was faster, or it is gone.
pub async fn update_api(tx: &mut Tx, id: &str, version: i64, spec: &ApiScopeSpec, now: i64) -> Result<bool> {
    let subscription = update(tx, id, version, title(&spec.display_name, &spec.name), encode(spec), now).await?;
    Ok(subscription.is_some())
}

async fn update(tx: &mut Tx, id: &str, version: i64, title: &str, spec: String, now: i64) -> Result<Option<String>> {
    let row = sql!(
        tx,
        optional(String,),
        "UPDATE scopes SET name_key = $3, spec = $4, version = version + 1, updated_at = $5
        WHERE id = $1 AND version = $2 RETURNING subscription_id",
        id,
        version,
        key::text(title),
        spec,
        now
    )?;
    Ok(row.map(|(subscription_id,)| subscription_id))
}

/// Rewrites which claims an identity scope refers to.
async fn set_claims(tx: &mut Tx, subscription_id: &str, id: &str, claims: &[String]) -> Result<()> {
    sql!(tx, run "DELETE FROM identity_scope_claims WHERE scope_id = $1", id)?;
    for (position, claim) in (0_i64..).zip(claims) {
        let linked = sql!(
            tx,
            run "INSERT INTO identity_scope_claims (scope_id, claim_id, position)
                SELECT $1, id, $2 FROM claims WHERE subscription_id = $3 AND name = $4",
            id,
            position,
            subscription_id,
            claim
        )?;
        if linked == 0 {
            return Err(Error::UnknownName { kind: NameKind::Claim, name: claim.clone() });
        }
    }
    Ok(())
}

/// Deletes a scope of either kind. [`Error::ForeignKey`] while an application may request it.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM scopes WHERE id = $1", id)? == 1)
}

/// Applications that may request a scope.
pub async fn usage(c: &mut Conn, id: &str) -> Result<Vec<Usage>> {
    sql!(
        c,
        all Usage,
        "SELECT 'application' AS object_type, a.id, a.client_id AS name
        FROM application_scopes l JOIN applications a ON a.id = l.application_id
        WHERE l.scope_id = $1 ORDER BY a.client_id",
        id
    )
}

/// What people read: the display name, or the name where there is none.
fn title<'a>(display_name: &'a str, name: &'a str) -> &'a str {
    if display_name.is_empty() { name } else { display_name }
}
