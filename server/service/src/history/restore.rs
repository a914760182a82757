//! Making an object what it was before or after one revision, whatever happened to it since.

use serde_json::{Map, Value};
use store::Conn;
use store::revisions::Revision;

use super::plan::{map, spec};
use crate::change::gone::Gone;
use crate::change::object::{self, Object};
use crate::change::subscription::DISABLED;
use crate::change::{Change, api_connection};
use crate::error::{Error, Result};
use crate::revision::{Action, ObjectType};

/// Which of a revision's two versions is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the change found.
    Before,
    /// What the change left.
    After,
}

/// An object as it was, beside what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    pub(crate) kind: ObjectType,
    pub(crate) id: String,
    pub(crate) name: String,
    /// What it was.
    pub(crate) wanted: Map<String, Value>,
    /// What it is; `None` when it is gone.
    pub(crate) now: Option<Map<String, Value>>,
}

/// Finds it. [`Error::NotFound`] for a revision without such a version.
pub(crate) async fn target(
    conn: &mut Conn,
    subscription_id: &str,
    change_id: &str,
    revision_id: &str,
    side: Side,
) -> Result<Target> {
    let revisions = store::revisions::of_change(conn, subscription_id, change_id).await?;
    let row = revisions.into_iter().find(|row| row.id == revision_id).ok_or(Error::NotFound)?;
    let kind = ObjectType::parse(&row.object_type).filter(|kind| *kind != ObjectType::SigningKey);
    let kind = kind.ok_or(Error::NotFound)?;
    let text = match side {
        Side::Before => row.before.as_ref(),
        Side::After => row.after.as_ref(),
    };
    let mut wanted = spec(kind, text)?.ok_or(Error::NotFound)?;
    let now = Object::find(conn, subscription_id, kind, &row.object_id).await?.map(|object| map(object.spec()));
    if kind == ObjectType::Subscription
        && let Some(disabled) = now.as_ref().and_then(|now| now.get(DISABLED))
    {
        // Not every revision of it says whether it is out of use; that then stays as it is.
        wanted.entry(DISABLED).or_insert(disabled.clone());
    }
    Ok(Target { kind, id: row.object_id, name: row.object_name, wanted, now })
}

/// Does it.
pub(crate) async fn restore(change: &mut Change<'_>, subscription_id: &str, target: Target) -> Result<()> {
    let wanted = Value::Object(target.wanted);
    if let Some(standing) = Object::find(change.conn(), subscription_id, target.kind, &target.id).await? {
        return standing.put(change, wanted).await;
    }
    let last = store::revisions::last_of_object(change.conn(), subscription_id, &target.id).await?;
    let gone = Gone::of(&last.ok_or(Error::NotFound)?)?;
    object::revive(change, target.kind, &gone, wanted).await?;
    if target.kind == ObjectType::ApiConnection {
        revive_scopes(change, subscription_id, &gone).await?;
    }
    Ok(())
}

/// The scopes that went with a connection come back with it.
async fn revive_scopes(change: &mut Change<'_>, subscription_id: &str, connection: &Gone) -> Result<()> {
    let with_it = store::revisions::of_change(change.conn(), subscription_id, &connection.deleted_by).await?;
    let is_scope =
        |row: &&Revision| row.object_type == ObjectType::ApiScope.as_str() && row.action == Action::Delete.as_str();
    for row in with_it.iter().filter(is_scope) {
        let scope = Gone::of(row)?;
        if scope.connection() != Some(&connection.object_id) {
            continue;
        }
        if let Some(spec) = spec(ObjectType::ApiScope, row.before.as_ref())? {
            object::revive(change, ObjectType::ApiScope, &scope, Value::Object(spec)).await?;
        }
    }
    if let Some(standing) = object::find_connection(change.conn(), subscription_id, &connection.object_id).await? {
        api_connection::ensure_own_scope(change, &standing).await?;
    }
    Ok(())
}
