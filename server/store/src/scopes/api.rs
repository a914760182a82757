//! API scopes.

use model::spec::ApiScopeSpec;
use model::{Page, PageRequest, Stored};

use super::{Row, find, list, title, update};
use crate::listing::Listing;
use crate::stored::encode;
use crate::{Conn, Result, Tx, key};

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

/// An API scope by its name.
pub async fn find_api(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<ApiScope>> {
    let row = find(c, subscription_id, name).await?;
    row.filter(|row| !row.is_identity()).map(Row::api).transpose()
}

/// All API scopes of a subscription, in their order.
pub async fn list_api(c: &mut Conn, subscription_id: &str) -> Result<Vec<ApiScope>> {
    let rows = list(c, subscription_id).await?;
    rows.into_iter().filter(|row| !row.is_identity()).map(Row::api).collect()
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

/// Writes an API scope over the expected version. False: somebody else was faster, or it is gone.
pub async fn update_api(tx: &mut Tx, id: &str, version: i64, spec: &ApiScopeSpec, now: i64) -> Result<bool> {
    let subscription = update(tx, id, version, title(&spec.display_name, &spec.name), encode(spec), now).await?;
    Ok(subscription.is_some())
}
