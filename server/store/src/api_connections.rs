//! API connections: protected APIs. Their scopes are in [`crate::scopes`].

use model::paging::Cursor;
use model::spec::ApiConnectionSpec;
use model::{Page, PageRequest, Stored};

use crate::listing::Listing;
use crate::stored::{StoredRow, encode};
use crate::{Conn, Constraint, Error, Result, Tx, Usage, client_names, key};

/// A protected API. `object.spec.scopes` and `.secret` are not stored with it and come back empty.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiConnection {
    /// Its subscription.
    pub subscription_id: String,
    /// What an administrator wrote.
    pub object: Stored<ApiConnectionSpec>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    subscription_id: String,
    name_key: String,
}

impl Row {
    fn decode(self) -> Result<ApiConnection> {
        Ok(ApiConnection { subscription_id: self.subscription_id, object: self.stored.decode("API connection")? })
    }
}

/// Scopes have rows of their own, and a secret is never written here.
fn stored_form(spec: &ApiConnectionSpec) -> String {
    encode(&ApiConnectionSpec { secret: None, scopes: Vec::new(), ..spec.clone() })
}

fn name_key(spec: &ApiConnectionSpec) -> String {
    key::text(if spec.display_name.is_empty() { &spec.name } else { &spec.display_name })
}

/// Takes a resource indicator, which is one more name of the connection. `Unique(Resource)` when it is taken.
async fn take_resource(tx: &mut Tx, subscription_id: &str, resource: &str) -> Result<()> {
    client_names::take(tx, subscription_id, resource).await.map_err(|error| match error {
        Error::Unique(Constraint::ClientName) => Error::Unique(Constraint::Resource),
        other => other,
    })
}

/// Stores a new connection, without its scopes. `Unique(ClientName)` when an application or a
/// connection has the name, `Unique(Resource)` when its resource indicator is taken.
pub async fn insert(tx: &mut Tx, connection: &ApiConnection) -> Result<()> {
    let object = &connection.object;
    client_names::take(tx, &connection.subscription_id, &object.spec.name).await?;
    if let Some(resource) = &object.spec.resource {
        take_resource(tx, &connection.subscription_id, resource).await?;
    }
    sql!(
        tx,
        run "INSERT INTO api_connections (id, subscription_id, name, name_key, spec, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &object.id,
        &connection.subscription_id,
        &object.spec.name,
        name_key(&object.spec),
        stored_form(&object.spec),
        object.version,
        object.created_at,
        object.updated_at
    )?;
    Ok(())
}

/// By its name.
pub async fn find(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<ApiConnection>> {
    if !key::findable(name) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key
        FROM api_connections WHERE subscription_id = $1 AND name = $2",
        subscription_id,
        name
    )?;
    row.map(Row::decode).transpose()
}

/// All of a subscription, by name.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<ApiConnection>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key
        FROM api_connections WHERE subscription_id = $1 ORDER BY name",
        subscription_id
    )?;
    rows.into_iter().map(Row::decode).collect()
}

/// A page of the list, by what people read. The search also matches names.
pub async fn page(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<ApiConnection>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key
        FROM api_connections WHERE subscription_id = $1 AND (name_key, id) > ($2, $3)
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
    let cursor = |r: &Row| Cursor { key: r.name_key.clone(), id: r.stored.id().to_owned() };
    let page = Page::from_surplus(rows, request.size, cursor);
    Ok(Page { items: page.items.into_iter().map(Row::decode).collect::<Result<_>>()?, next: page.next })
}

/// Writes a connection over the expected version; its scopes stay as they are. False: somebody
/// else was faster, or it is gone. `Unique(Resource)` when its new resource indicator is taken.
pub async fn update(tx: &mut Tx, id: &str, version: i64, spec: &ApiConnectionSpec, now: i64) -> Result<bool> {
    let before = by_id(tx, id).await?;
    let changed = sql!(
        tx,
        run "UPDATE api_connections SET name_key = $3, spec = $4, version = version + 1, updated_at = $5
            WHERE id = $1 AND version = $2",
        id,
        version,
        name_key(spec),
        stored_form(spec),
        now
    )?;
    let Some(before) = before.filter(|_| changed == 1) else { return Ok(false) };
    let (old, new) = (&before.object.spec.resource, &spec.resource);
    if old != new {
        if let Some(old) = old {
            client_names::give_back(tx, &before.subscription_id, old).await?;
        }
        if let Some(new) = new {
            take_resource(tx, &before.subscription_id, new).await?;
        }
    }
    Ok(true)
}

async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<ApiConnection>> {
    let row = sql!(
        tx,
        optional Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key
        FROM api_connections WHERE id = $1",
        id
    )?;
    row.map(Row::decode).transpose()
}

/// Deletes a connection with its scopes and secrets. [`crate::Error::ForeignKey`] while an
/// application may request one of its scopes: see [`usage`].
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    let Some(connection) = by_id(tx, id).await? else { return Ok(false) };
    sql!(tx, run "DELETE FROM scopes WHERE api_connection_id = $1", id)?;
    sql!(tx, run "DELETE FROM api_connections WHERE id = $1", id)?;
    let spec = &connection.object.spec;
    for name in std::iter::once(&spec.name).chain(&spec.resource) {
        client_names::give_back(tx, &connection.subscription_id, name).await?;
    }
    Ok(true)
}

/// Applications that may request a scope of this connection.
pub async fn usage(c: &mut Conn, id: &str) -> Result<Vec<Usage>> {
    sql!(
        c,
        all Usage,
        "SELECT DISTINCT 'application' AS object_type, a.id, a.client_id AS name
        FROM scopes s
            JOIN application_scopes l ON l.scope_id = s.id
            JOIN applications a ON a.id = l.application_id
        WHERE s.api_connection_id = $1 ORDER BY name",
        id
    )
}
