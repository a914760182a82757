//! Subscriptions: the list, one of them, and their beginning and end.

use model::spec::{SigningAlg, SubscriptionSpec};
use model::{Page, PageRequest, Role, Stored};
use store::subscriptions::{Counts, Visible};

use super::place::{check_size, enter};
use crate::actor::Actor;
use crate::change::{self, Change, Done, Made};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionCard {
    /// Row id.
    pub id: String,
    /// Part of the issuer.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// What applications know it by.
    pub issuer: String,
    /// Unix seconds since when it is out of use.
    pub disabled_at: Option<i64>,
    /// For forms.
    pub version: i64,
    /// The subscription whose users are the administrators.
    pub built_in: bool,
    /// How many.
    pub applications: i64,
    /// How many, counted to [`store::subscriptions::COUNTED_USERS`] and one more for "more".
    pub users: i64,
    /// Unix seconds.
    pub last_sign_in: Option<i64>,
}

/// One subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionView {
    /// Row and settings.
    pub stored: Stored<SubscriptionSpec>,
    /// What applications know it by.
    pub issuer: String,
    /// What the asking administrator may do here.
    pub role: Role,
    /// The subscription whose users are the administrators.
    pub built_in: bool,
}

/// The subscriptions that the administrator has a role on, by name.
pub async fn page(ctx: &Ctx, actor: &Actor, request: &PageRequest) -> Result<Page<SubscriptionCard>> {
    check_size(request)?;
    let visible = match actor {
        Actor::Admin(admin) if actor.installation_role().is_none() => Visible::ByRole(&admin.user_id),
        _ => Visible::All,
    };
    let page = store::subscriptions::page(&mut ctx.read().await?, visible, request).await?;
    Ok(page.map(|row| {
        let object = row.subscription.object;
        SubscriptionCard {
            issuer: ctx.issuer(&object.spec.slug),
            id: object.id,
            slug: object.spec.slug,
            name: object.spec.name,
            disabled_at: object.disabled_at,
            version: object.version,
            built_in: row.subscription.built_in,
            applications: row.applications,
            users: row.users,
            last_sign_in: row.last_sign_in,
        }
    }))
}

/// One subscription. Viewers and above.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<SubscriptionView> {
    Ok(arrive(ctx, actor, slug).await?.1)
}

/// As [`get`], with the actor who has arrived there: the other reads of one request spare themselves
/// looking the subscription up.
pub async fn arrive(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<(Actor, SubscriptionView)> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let view = SubscriptionView {
        issuer: ctx.issuer(slug),
        role: actor.role_on(&subscription.object.id).ok_or(Error::NotFound)?,
        built_in: subscription.built_in,
        stored: subscription.object.clone(),
    };
    Ok((actor.clone().inside(subscription), view))
}

/// The sizes of its lists. Viewers and above.
pub async fn counts(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Counts> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    Ok(store::subscriptions::counts(&mut conn, &subscription.object.id).await?)
}

/// Makes a subscription, with a signing key, the standard claims and the scopes of its preset.
/// Editors of the installation and above.
pub async fn create(ctx: &Ctx, actor: &Actor, spec: SubscriptionSpec) -> Result<Made<SubscriptionSpec>> {
    actor.require_installation(Role::Editor)?;
    // Before the key, which takes a moment to make.
    spec.validate()?;
    let key = keys::generate(ctx, SigningAlg::default()).await?;
    let mut change = Change::begin(ctx, actor).await?;
    let stored = change::subscription::create(&mut change, spec, &key).await?;
    Ok(Made { stored, done: change.commit().await? })
}

/// Changes the settings. Editors and above; of the built-in one, owners.
pub async fn update(ctx: &Ctx, actor: &Actor, slug: &str, version: i64, spec: SubscriptionSpec) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let before = enter(change.conn(), actor, slug, Role::Editor).await?;
    if before.built_in {
        actor.require(&before.object.id, Role::Owner)?;
    }
    change::subscription::update(&mut change, &before, version, &spec).await?;
    change.commit().await
}

/// Takes a subscription out of use, which ends its sessions and grants, or back into use. Editors
/// and above.
pub async fn set_disabled(ctx: &Ctx, actor: &Actor, slug: &str, version: i64, disabled: bool) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let before = enter(change.conn(), actor, slug, Role::Editor).await?;
    change::subscription::set_disabled(&mut change, &before, version, disabled).await?;
    change.commit().await
}

/// Deletes a subscription with everything in it, users included. Owners.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter(change.conn(), actor, slug, Role::Owner).await?;
    change::subscription::delete(&mut change, &subscription, version).await?;
    change.commit().await
}
