//! Claims: what can be known of a user. Viewers read, editors change.

use model::spec::ClaimSpec;
use model::{Page, PageRequest, Role, Stored};
use store::Conn;
use store::claims::Claim;

use super::place::{check_size, enter, enter_to_change};
use crate::actor::Actor;
use crate::change::{self, Change, Done, Made};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Usage};

/// The custom claims, by display name.
pub async fn custom(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<Stored<ClaimSpec>>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let page = store::claims::page_custom(&mut conn, &subscription.object.id, request).await?;
    Ok(page.map(|claim| claim.object))
}

/// Every claim: the standard ones, then the custom ones, each in the order of forms.
pub async fn all(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<Stored<ClaimSpec>>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    let (standard, custom): (Vec<_>, Vec<_>) = claims.into_iter().partition(|claim| claim.standard);
    Ok(standard.into_iter().chain(custom).map(|claim| claim.object).collect())
}

/// One claim, standard or custom.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Stored<ClaimSpec>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    Ok(find(&mut conn, &subscription.object.id, id).await?.object)
}

/// Defines a custom claim.
pub async fn create(ctx: &Ctx, actor: &Actor, slug: &str, spec: ClaimSpec) -> Result<Made<ClaimSpec>> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let stored = change::claim::create(&mut change, &subscription.object.id, spec).await?;
    Ok(Made { stored, done: change.commit().await? })
}

/// Defines a custom claim and puts it into the identity scope of this name, which is made where there is none.
/// What is wrong with the scope is told at `identity_scope`.
pub async fn create_in_scope(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    spec: ClaimSpec,
    scope: &str,
) -> Result<Made<ClaimSpec>> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let stored = change::claim::create(&mut change, &subscription.object.id, spec).await?;
    let put = change::identity_scope::put(&mut change, &subscription.object.id, scope, &stored.spec.name).await;
    put.map_err(|error| match error {
        Error::Invalid(errors) => errors.at("identity_scope").into(),
        other => other,
    })?;
    Ok(Made { stored, done: change.commit().await? })
}

/// Changes a claim, standard or custom.
pub async fn update(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64, spec: ClaimSpec) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, id).await?;
    change::claim::update(&mut change, &before, version, &spec).await?;
    change.commit().await
}

/// Deletes a custom claim and every value of it. Refused while a scope or an application refers to
/// it; [`usage`] tells beforehand, the number of values included.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let claim = find(change.conn(), &subscription.object.id, id).await?;
    change::claim::delete(&mut change, &claim, version).await?;
    change.commit().await
}

/// What refers to a claim. Values of users come last, as `claim_values` with their number; they
/// do not stand in the way of deleting, but go with the claim.
pub async fn usage(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Vec<Usage>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let claim = find(&mut conn, &subscription.object.id, id).await?;
    let usage = store::claims::usage(&mut conn, &claim.object.id).await?;
    let values = Usage { object_type: "claim_values".to_owned(), name: usage.values.to_string() };
    Ok(usage.used_by.into_iter().map(Usage::from).chain((usage.values > 0).then_some(values)).collect())
}

pub(super) async fn find(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<Claim> {
    let claims = store::claims::list(conn, subscription_id).await?;
    claims.into_iter().find(|claim| claim.object.id == id).ok_or(Error::NotFound)
}
