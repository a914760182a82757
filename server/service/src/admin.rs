//! The first administrator, and letting a locked-out one back in.
//!
//! There is no default administrator: a link works once, for a day, and only while nobody owns the
//! installation.

use model::{FieldErrors, Problem, Role};
use serde_json::{Value, json};
use store::Tx;
use store::subscriptions::Subscription;

use crate::actor::Actor;
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::installation::SYSTEM;
use crate::passwords;
use crate::sessions;
use crate::user::{self, Definitions, NewUser};

/// Seconds for which a set-up link works.
const LINK_LIFETIME: i64 = 86_400;

/// True once somebody owns the installation.
pub async fn owners_exist(ctx: &Ctx) -> Result<bool> {
    Ok(store::roles::owners_exist(&mut ctx.read().await?).await?)
}

/// A new token for the set-up link; `None` once somebody owns the installation. Each start prints
/// one; those of other nodes and earlier starts go on working for their day.
pub async fn setup_link(ctx: &Ctx) -> Result<Option<String>> {
    let mut tx = ctx.begin().await?;
    if store::roles::owners_exist(&mut tx).await? {
        return Ok(None);
    }
    let token = ctx.random.token()?;
    store::setup_links::insert(&mut tx, &crypto::hash(&token), ctx.now(), ctx.now() + LINK_LIFETIME).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// True for a token whose link still works.
pub async fn is_setup_link(ctx: &Ctx, token: &str) -> Result<bool> {
    let mut conn = ctx.read().await?;
    let valid = store::setup_links::is_valid(&mut conn, &crypto::hash(token), ctx.now()).await?;
    Ok(valid && !store::roles::owners_exist(&mut conn).await?)
}

/// Makes the first owner through the link and signs them in to the built-in subscription; the value
/// of that session's cookie comes back. Fields of errors: `email`, `password`,
/// `password_confirmation`; `NotFound` for a link that does not work any more.
pub async fn redeem_setup(
    ctx: &Ctx,
    token: &str,
    email: &str,
    password: &str,
    confirmation: &str,
    client: &ClientInfo,
) -> Result<String> {
    if !is_setup_link(ctx, token).await? {
        return Err(Error::NotFound);
    }
    let mut errors = check(ctx, email, None, password).await?;
    if password != confirmation {
        errors.add("password_confirmation", Problem::new("password-confirmation"));
    }
    errors.into_result(())?;
    let hash = ctx.hasher.hash(password, &ctx.random).await?;
    let snapshot = ctx.snapshots.get(ctx, SYSTEM).await?;
    let mut tx = ctx.begin().await?;
    // First, so that of two redemptions the second waits here and then finds an owner.
    let system = system_alone(&mut tx).await?;
    let usable = store::setup_links::consume(&mut tx, &crypto::hash(token), ctx.now()).await?;
    if !usable || store::roles::owners_exist(&mut tx).await? {
        return Err(Error::NotFound);
    }
    let id = insert_owner(ctx, &mut tx, &system, (email, None), &hash, &Actor::System).await?;
    let (_, cookie) = sessions::begin(ctx, &mut tx, &snapshot, &id, "pwd", None, client).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// Makes an owner at the command line; the row id comes back. Fields of errors: `email`, `name`,
/// `password`.
pub async fn create_owner(ctx: &Ctx, email: &str, name: Option<&str>, password: &str) -> Result<String> {
    check(ctx, email, name, password).await?.into_result(())?;
    let hash = ctx.hasher.hash(password, &ctx.random).await?;
    let mut tx = ctx.begin().await?;
    let system = system_alone(&mut tx).await?;
    let id = insert_owner(ctx, &mut tx, &system, (email, name), &hash, &Actor::Cli).await?;
    tx.commit().await?;
    Ok(id)
}

/// Lets an administrator in again: a new password, enabled, every earlier session ended, failed
/// sign-ins forgotten. Roles stay as they are. `NotFound` for an unknown address.
pub async fn reset(ctx: &Ctx, email: &str, password: &str) -> Result<()> {
    let mut conn = ctx.read().await?;
    let system = system(&mut conn).await?;
    let found = store::users::find_by_login(&mut conn, &system.object.id, email).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let own = [found.username.as_deref().unwrap_or_default(), email];
    passwords::policy(password, &system.object.spec, &own).map_err(|problem| Error::field("password", problem))?;
    let hash = ctx.hasher.hash(password, &ctx.random).await?;
    let mut tx = ctx.begin().await?;
    // Failed sign-ins are counted anew with each password.
    user::set_password(ctx, &mut tx, &found.id, &hash).await?;
    let found = user::find(&mut tx, &system.object.id, &found.id).await?;
    if found.disabled_at.is_some() {
        user::set_disabled(ctx, &mut tx, &found, false).await?;
    }
    let event = Event { user_id: Some(&found.id), ..Event::new("administrator_reset", json!({})) };
    event::record(ctx, &mut tx, Some(&system.object.id), Actor::Cli.name(), event).await?;
    Ok(tx.commit().await?)
}

/// Everything that is wrong with a new owner, but for a taken address.
async fn check(ctx: &Ctx, email: &str, name: Option<&str>, password: &str) -> Result<FieldErrors> {
    let mut conn = ctx.read().await?;
    let system = system(&mut conn).await?;
    let claims = store::claims::list(&mut conn, &system.object.id).await?;
    let definitions = Definitions::new(&system.object.id, &claims);
    let mut errors = if email.is_empty() {
        FieldErrors::one("email", Problem::new("required"))
    } else {
        user::check_new(&definitions, &row((email, name), &claims_of(name), None))
    };
    let own = [email, name.unwrap_or_default(), &system.object.spec.name];
    errors.check("password", passwords::policy(password, &system.object.spec, &own));
    Ok(errors)
}

async fn insert_owner(
    ctx: &Ctx,
    tx: &mut Tx,
    system: &Subscription,
    (email, name): (&str, Option<&str>),
    hash: &str,
    actor: &Actor,
) -> Result<String> {
    let claims = store::claims::list(tx, &system.object.id).await?;
    let values = claims_of(name);
    let definitions = Definitions::new(&system.object.id, &claims);
    let id = user::create(ctx, tx, definitions, &row((email, name), &values, Some(hash))).await?;
    store::roles::put(tx, &id, store::roles::INSTALLATION, Role::Owner).await?;
    store::setup_links::delete_all(tx).await?;
    let event = Event { user_id: Some(&id), ..Event::new("owner_created", json!({})) };
    event::record(ctx, tx, Some(&system.object.id), actor.name(), event).await?;
    Ok(id)
}

pub(crate) fn claims_of(name: Option<&str>) -> Vec<(String, Value)> {
    name.into_iter().map(|name| ("name".to_owned(), Value::String(name.to_owned()))).collect()
}

/// An owner's address is known to be theirs: who makes one holds the machine.
fn row<'a>(
    (email, _): (&'a str, Option<&str>),
    claims: &'a [(String, Value)],
    password_hash: Option<&'a str>,
) -> NewUser<'a> {
    NewUser { username: None, email: Some(email), email_verified: true, password_hash, claims }
}

pub(crate) async fn system(conn: &mut store::Conn) -> Result<Subscription> {
    let system = store::subscriptions::find_by_slug(conn, SYSTEM).await?;
    system.ok_or_else(|| Error::internal("the built-in subscription is missing"))
}

/// The built-in subscription, whose row is held so that no other transaction makes an owner
/// meanwhile.
pub(crate) async fn system_alone(tx: &mut Tx) -> Result<Subscription> {
    let system = system(tx).await?;
    store::config_version::bump(tx, &system.object.id).await?;
    Ok(system)
}
