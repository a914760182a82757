//! Identity scopes and API scopes: one namespace, one table, two kinds of rows.

mod api;
mod identity;

use model::paging::Cursor;

pub use api::{ApiScope, find_api, insert_api, list_api, page_api, update_api};
pub use identity::{IdentityScope, find_identity, insert_identity, list_identity, page_identity, update_identity};

use crate::stored::StoredRow;
use crate::{Conn, Error, Result, Tx, Usage, key};

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
