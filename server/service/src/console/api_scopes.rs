//! API scopes: permissions inside an API connection. Viewers read, editors change.

use std::collections::HashMap;

use model::spec::ApiScopeSpec;
use model::{Role, Stored};
use store::Conn;
use store::scopes::ApiScope;

use super::api_connections;
use super::place::{enter, enter_to_change};
use crate::actor::Actor;
use crate::change::{self, Change, Done, Made};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Usage};

/// A scope as an application's form offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiScopeOption {
    /// The scope.
    pub scope: ApiScopeSpec,
    /// Display name of its connection.
    pub connection: String,
}

/// Every API scope, by connection; the scope of a connection's own name first.
pub async fn all(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<ApiScopeOption>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let connections = store::api_connections::list(&mut conn, &subscription.object.id).await?;
    let mut by_connection: HashMap<String, Vec<ApiScopeSpec>> = HashMap::new();
    for scope in store::scopes::list_api(&mut conn, &subscription.object.id).await? {
        by_connection.entry(scope.api_connection_id).or_default().push(scope.object.spec);
    }
    let mut options = Vec::new();
    for connection in connections {
        let mut scopes = by_connection.remove(&connection.object.id).unwrap_or_default();
        scopes.sort_by_key(|scope| scope.name != connection.object.spec.name);
        let title = connection.object.spec.display_name;
        options.extend(scopes.into_iter().map(|scope| ApiScopeOption { scope, connection: title.clone() }));
    }
    Ok(options)
}

/// One scope of a connection.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, connection_id: &str, id: &str) -> Result<Stored<ApiScopeSpec>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    Ok(find(&mut conn, &subscription.object.id, connection_id, id).await?.object)
}

/// Defines a scope inside a connection.
pub async fn create(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    connection_id: &str,
    spec: ApiScopeSpec,
) -> Result<Made<ApiScopeSpec>> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let connection = api_connections::find(change.conn(), &subscription.object.id, connection_id).await?;
    let stored = change::api_scope::create(&mut change, &connection, spec).await?;
    Ok(Made { stored, done: change.commit().await? })
}

/// Changes a scope's words.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    connection_id: &str,
    id: &str,
    version: i64,
    spec: ApiScopeSpec,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, connection_id, id).await?;
    change::api_scope::update(&mut change, &before, version, &spec).await?;
    change.commit().await
}

/// Deletes a scope that no application may request; never the one of the connection's own name.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, connection_id: &str, id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let connection = api_connections::find(change.conn(), &subscription.object.id, connection_id).await?;
    let scope = find(change.conn(), &subscription.object.id, connection_id, id).await?;
    change::api_scope::delete(&mut change, &connection, &scope, version).await?;
    change.commit().await
}

/// Applications that may request it.
pub async fn usage(ctx: &Ctx, actor: &Actor, slug: &str, connection_id: &str, id: &str) -> Result<Vec<Usage>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let scope = find(&mut conn, &subscription.object.id, connection_id, id).await?;
    let used_by = store::scopes::usage(&mut conn, &scope.object.id).await?;
    Ok(used_by.into_iter().map(Usage::from).collect())
}

pub(super) async fn find(conn: &mut Conn, subscription_id: &str, connection_id: &str, id: &str) -> Result<ApiScope> {
    let scopes = store::scopes::list_api(conn, subscription_id).await?;
    let mine = scopes.into_iter().find(|scope| scope.api_connection_id == connection_id && scope.object.id == id);
    mine.ok_or(Error::NotFound)
}
