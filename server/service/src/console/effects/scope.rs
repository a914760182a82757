//! What a change of a scope does to the applications that may request it.

use model::Role;
use model::spec::IdentityScopeSpec;
use oidc::tenant::Application;

use super::{Deletion, Effect, applications, receives};
use crate::actor::Actor;
use crate::change::detail_type;
use crate::console::place::{enter, in_use};
use crate::console::{api_connections, api_scopes, identity_scopes};
use crate::ctx::Ctx;
use crate::error::Result;

/// Of saving an identity scope as this form has it. Viewers may ask.
pub async fn of_edit(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    unsaved: &IdentityScopeSpec,
) -> Result<Vec<Effect>> {
    let saved = identity_scopes::get(ctx, actor, slug, id).await?.spec;
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(Vec::new()) };
    let tenant = &snap.tenant;
    let may_request = |a: &Application| a.spec().allowed_identity_scopes.contains(&saved.name);
    let lost = saved.claims.iter().filter(|claim| !unsaved.claims.contains(claim) && *claim != "sub");
    let effects = lost.filter_map(|claim| {
        let without = applications(tenant, |a| may_request(a) && !receives(tenant, a, claim, Some(&saved.name)));
        (!without.is_empty()).then(|| Effect::LeavesScope(claim.clone(), without))
    });
    let gained = unsaved.claims.iter().filter(|claim| !saved.claims.contains(claim) && *claim != "sub");
    let gained = gained.filter_map(|claim| {
        let gain = applications(tenant, |a| may_request(a) && !receives(tenant, a, claim, None));
        (!gain.is_empty()).then(|| Effect::Reaches(claim.clone(), gain))
    });
    Ok(effects.chain(gained).collect())
}

/// Of deleting an identity scope. Viewers may ask.
pub async fn of_identity_scope(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let scope = identity_scopes::find(&mut conn, &subscription.object.id, id).await?;
    Ok(Deletion::blocked_by(store::scopes::usage(&mut conn, &scope.object.id).await?))
}

/// Of deleting an API scope. Viewers may ask.
pub async fn of_api_scope(ctx: &Ctx, actor: &Actor, slug: &str, connection: &str, id: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let scope = api_scopes::find(&mut conn, &subscription.object.id, connection, id).await?;
    Ok(Deletion::blocked_by(store::scopes::usage(&mut conn, &scope.object.id).await?))
}

/// Of deleting an API connection with its scopes. Viewers may ask.
pub async fn of_connection(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let connection = api_connections::find(&mut conn, &subscription.object.id, id).await?;
    Ok(Deletion::blocked_by(detail_type::usage_of_connection(&mut conn, &connection).await?))
}

/// Of deleting a connection's type of authorization details. Viewers may ask.
pub async fn of_detail_type(ctx: &Ctx, actor: &Actor, slug: &str, connection: &str, name: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let connection = api_connections::find(&mut conn, &subscription.object.id, connection).await?;
    Ok(Deletion::blocked_by(detail_type::usage(&mut conn, &connection.subscription_id, &[name]).await?))
}
