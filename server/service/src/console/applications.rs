//! Applications: OAuth clients with their secrets. Viewers read, editors change.

use std::collections::HashSet;

use model::spec::{ApplicationSpec, GrantType};
use model::{Page, PageRequest, Role, SecretPlan, Stored};
use store::Conn;
use store::applications::Application;
use store::secrets::Owner;

use super::place::{check_size, enter, enter_to_change, in_use};
use super::{Created, NewSecret, Saved, SecretView};
use crate::actor::Actor;
use crate::change::secret::SecretOf;
use crate::change::{self, Change, Done};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sector;

/// One application.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationView {
    /// Row and specification.
    pub stored: Stored<ApplicationSpec>,
    /// The console itself, which is derived from settings.
    pub built_in: bool,
    /// The oldest first.
    pub secrets: Vec<SecretView>,
    /// Unix seconds; `None` for one that an administrator made.
    pub registered_itself_at: Option<i64>,
    /// It is called by the address of the document that describes it.
    pub is_document: bool,
}

/// The list, by name.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    request: &PageRequest,
) -> Result<Page<Stored<ApplicationSpec>>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let page = store::applications::page(&mut conn, &subscription.object.id, request).await?;
    Ok(page.map(|application| application.object))
}

/// Row ids of the applications that no administrator made: they registered themselves, or came of a document.
pub async fn came_by_themselves(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<HashSet<String>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let ids = store::client_registrations::applications(&mut conn, &subscription.object.id).await?;
    Ok(ids.into_iter().collect())
}

/// One application with its secrets.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<ApplicationView> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let application = find(&mut conn, &subscription.object.id, id).await?;
    let secrets = store::secrets::list(&mut conn, Owner::Application(id)).await?;
    let registration = store::client_registrations::find(&mut conn, id).await?;
    Ok(ApplicationView {
        is_document: registration.as_ref().is_some_and(|one| one.is_document),
        registered_itself_at: registration.map(|one| one.created_at),
        stored: application.object,
        built_in: application.built_in,
        secrets: SecretView::all(secrets, ctx.now()),
    })
}

/// Row id of the application to try out first: one that people sign in to, where there is one. `None` where
/// nothing is in use. From memory; viewers and above.
pub async fn to_try_out(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Option<String>> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(None) };
    let enabled = snap.tenant.applications().filter(|one| one.is_enabled());
    let first = enabled.min_by_key(|one| (!one.has_grant(GrantType::AuthorizationCode), one.client_id()));
    Ok(first.map(|one| one.id().to_owned()))
}

/// Registers an application. One that proves by a secret who it is gets its first, shown this once.
pub async fn create(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    spec: ApplicationSpec,
) -> Result<Created<ApplicationSpec, Option<String>>> {
    if sector::is_asked(&spec) {
        enter(&mut ctx.read().await?, actor, slug, Role::Editor).await?;
        sector::check(ctx, None, &spec).await?;
    }
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let subscription_id = subscription.object.id;
    change::application::check_targets(change.conn(), &subscription_id, &spec).await?;
    let stored = change::application::create(&mut change, &subscription_id, spec).await?;
    let mut secret = None;
    if stored.spec.has_secret() {
        let owner = Owner::Application(&stored.id);
        let of = SecretOf { subscription_id: &subscription_id, owner, name: &stored.spec.client_id };
        secret = Some(change::secret::generate(&mut change, of, SecretPlan::default()).await?);
    }
    Ok(Created { stored, secret, done: change.commit().await? })
}

/// Changes an application. Whether it is disabled stays as it is: see [`set_disabled`]. One that is set to sign with
/// its secret gets a new one, unless it has one that the server can check with.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    version: i64,
    spec: ApplicationSpec,
) -> Result<Saved> {
    if sector::is_asked(&spec) {
        // Somebody else's server answers: not while a transaction waits.
        let known = {
            let mut conn = ctx.read().await?;
            let subscription = enter(&mut conn, actor, slug, Role::Editor).await?;
            find(&mut conn, &subscription.object.id, id).await?
        };
        sector::check(ctx, Some(&known.object.spec), &spec).await?;
    }
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, id).await?;
    let spec = ApplicationSpec { disabled: before.object.spec.disabled, ..spec };
    change::application::check_targets(change.conn(), &subscription.object.id, &spec).await?;
    change::application::update(&mut change, &before, version, &spec).await?;
    let secret = change::secret::generate_missing(&mut change, secret_of(&before)).await?;
    Ok(Saved { secret, done: change.commit().await? })
}

/// Takes an application out of use, with everything that was granted to it, or back into use.
pub async fn set_disabled(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    version: i64,
    disabled: bool,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, id).await?;
    change::application::set_disabled(&mut change, &before, version, disabled).await?;
    change.commit().await
}

/// Deletes an application with its secrets and everything that was granted to it.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let application = find(change.conn(), &subscription.object.id, id).await?;
    let name = &application.object.spec.client_id;
    change::application::unless_target(change.conn(), &application.subscription_id, name).await?;
    change::application::delete(&mut change, &application, version).await?;
    change.commit().await
}

/// Adds a secret, shown this once. At most five are in use at the same time; one that runs where
/// others can read it has none.
pub async fn new_secret(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, plan: SecretPlan) -> Result<NewSecret> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let application = find(change.conn(), &subscription.object.id, id).await?;
    if !application.object.spec.kind.is_confidential() {
        return Err(Error::field("", model::Problem::new("public-application")));
    }
    if !application.object.spec.has_secret() {
        return Err(Error::field("", model::Problem::new("key-application")));
    }
    let secret = change::secret::generate(&mut change, secret_of(&application), plan).await?;
    Ok(NewSecret { secret, done: change.commit().await? })
}

/// Removes a secret: it is refused from now on.
pub async fn remove_secret(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, secret_id: &str) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let application = find(change.conn(), &subscription.object.id, id).await?;
    change::secret::remove(&mut change, secret_of(&application), secret_id).await?;
    change.commit().await
}

fn secret_of(application: &Application) -> SecretOf<'_> {
    SecretOf {
        subscription_id: &application.subscription_id,
        owner: Owner::Application(&application.object.id),
        name: &application.object.spec.client_id,
    }
}

async fn find(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<Application> {
    let application = store::applications::find(conn, id).await?;
    application.filter(|application| application.subscription_id == subscription_id).ok_or(Error::NotFound)
}
