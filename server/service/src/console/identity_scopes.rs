//! Identity scopes: names that let claims out. Viewers read, editors change.

use model::spec::IdentityScopeSpec;
use model::{Page, PageRequest, Role, Stored};
use store::Conn;
use store::scopes::IdentityScope;

use super::place::{check_size, enter, enter_to_change};
use crate::actor::Actor;
use crate::change::{self, Change, Done, Made};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Usage};

/// The list, by display name.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    request: &PageRequest,
) -> Result<Page<Stored<IdentityScopeSpec>>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let page = store::scopes::page_identity(&mut conn, &subscription.object.id, request).await?;
    Ok(page.map(|scope| scope.object))
}

/// Every identity scope, in the order of consent pages.
pub async fn all(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<Stored<IdentityScopeSpec>>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let scopes = store::scopes::list_identity(&mut conn, &subscription.object.id).await?;
    Ok(scopes.into_iter().map(|scope| scope.object).collect())
}

/// One identity scope.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Stored<IdentityScopeSpec>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    Ok(find(&mut conn, &subscription.object.id, id).await?.object)
}

/// Defines an identity scope.
pub async fn create(ctx: &Ctx, actor: &Actor, slug: &str, spec: IdentityScopeSpec) -> Result<Made<IdentityScopeSpec>> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let stored = change::identity_scope::create(&mut change, &subscription.object.id, spec).await?;
    Ok(Made { stored, done: change.commit().await? })
}

/// Changes an identity scope.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    version: i64,
    spec: IdentityScopeSpec,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, id).await?;
    change::identity_scope::update(&mut change, &before, version, &spec).await?;
    change.commit().await
}

/// Deletes an identity scope that no application may request.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let scope = find(change.conn(), &subscription.object.id, id).await?;
    change::identity_scope::delete(&mut change, &scope, version).await?;
    change.commit().await
}

/// Applications that may request it.
pub async fn usage(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Vec<Usage>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let scope = find(&mut conn, &subscription.object.id, id).await?;
    let used_by = store::scopes::usage(&mut conn, &scope.object.id).await?;
    Ok(used_by.into_iter().map(Usage::from).collect())
}

pub(super) async fn find(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<IdentityScope> {
    let scopes = store::scopes::list_identity(conn, subscription_id).await?;
    scopes.into_iter().find(|scope| scope.object.id == id).ok_or(Error::NotFound)
}
