//! Whether a user can get in: password, disabling, deleting, sessions.

use model::paging::MAX_PAGE_SIZE;
use model::{PageRequest, Problem, Role};
use serde_json::json;
use store::Tx;
use store::subscriptions::Subscription;
use store::users::User;

use crate::actor::Actor;
use crate::console::place::enter_to_people;
use crate::console::sessions::{self, SessionView};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::{passwords, user};

/// Sets a password that obeys the policy, and ends the user's sessions and grants.
pub async fn set_password(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, password: &str) -> Result<()> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let found = user::find(&mut conn, &subscription.object.id, id).await?;
    drop(conn);
    let own = [found.username.as_deref(), found.email.as_deref()].map(Option::unwrap_or_default);
    passwords::policy(password, &subscription.object.spec, &own)
        .map_err(|problem| Error::field("password", problem))?;
    let hash = ctx.hasher.hash(password, &ctx.random).await?;
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let found = user::find(&mut tx, &subscription.object.id, id).await?;
    user::set_password(ctx, &mut tx, &found.id, &hash).await?;
    record(ctx, &mut tx, actor, &found, "password_set").await?;
    Ok(tx.commit().await?)
}

/// Takes a user out, with their sessions and grants, or lets them in again.
pub async fn set_disabled(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64, disabled: bool) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let (subscription, found) = enter_to_edit(&mut tx, actor, slug, id, version).await?;
    if found.disabled_at.is_some() == disabled {
        return Ok(());
    }
    if disabled {
        keep_an_owner(&mut tx, &subscription, &found).await?;
    }
    user::set_disabled(ctx, &mut tx, &found, disabled).await?;
    let kind = if disabled { "user_disabled" } else { "user_enabled" };
    record(ctx, &mut tx, actor, &found, kind).await?;
    Ok(tx.commit().await?)
}

/// Deletes a user with everything they hold.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let (subscription, found) = enter_to_edit(&mut tx, actor, slug, id, version).await?;
    keep_an_owner(&mut tx, &subscription, &found).await?;
    user::delete(ctx, &mut tx, &found).await?;
    record(ctx, &mut tx, actor, &found, "user_deleted").await?;
    Ok(tx.commit().await?)
}

/// A user's live sessions, the newest first; at most as many as a page shows.
pub async fn sessions(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Vec<SessionView>> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let found = user::find(&mut conn, &subscription.object.id, id).await?;
    let request = PageRequest { size: MAX_PAGE_SIZE, ..PageRequest::default() };
    let page = store::sessions::page_of_user(&mut conn, &found.id, ctx.now(), &request).await?;
    sessions::views(ctx, &mut conn, &subscription, page.items).await
}

/// One of a user's live sessions.
pub async fn session(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, session_id: &str) -> Result<SessionView> {
    let session = sessions::get(ctx, actor, slug, session_id).await?;
    if session.user_id == id { Ok(session) } else { Err(Error::NotFound) }
}

/// Ends one of a user's sessions with everything granted in it.
pub async fn end_session(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, session_id: &str) -> Result<()> {
    let mut conn = ctx.read().await?;
    enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let session = store::sessions::find(&mut conn, session_id).await?;
    drop(conn);
    if session.is_none_or(|session| session.user_id != id) {
        return Err(Error::NotFound);
    }
    sessions::end(ctx, actor, slug, session_id).await
}

async fn enter_to_edit(tx: &mut Tx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<(Subscription, User)> {
    let subscription = enter_to_people(tx, actor, slug, Role::Editor).await?;
    let found = user::find(tx, &subscription.object.id, id).await?;
    if found.version == version { Ok((subscription, found)) } else { Err(Error::Changed) }
}

/// Somebody must be able to let others in.
async fn keep_an_owner(tx: &mut Tx, subscription: &Subscription, user: &User) -> Result<()> {
    if !subscription.built_in {
        return Ok(());
    }
    // Two owners who remove each other at the same moment wait for each other here.
    store::config_version::bump(tx, &subscription.object.id).await?;
    let owns = |(scope, role): &(String, Role)| scope == store::roles::INSTALLATION && *role == Role::Owner;
    let is_owner = store::roles::of_user(tx, &user.id).await?.iter().any(owns);
    if is_owner && !store::roles::other_owners_exist(tx, &user.id).await? {
        return Err(Error::field("", Problem::new("last-owner")));
    }
    Ok(())
}

async fn record(ctx: &Ctx, tx: &mut Tx, actor: &Actor, user: &User, kind: &str) -> Result<()> {
    let event = Event { user_id: Some(&user.id), ..Event::new(kind, json!({})) };
    event::record(ctx, tx, Some(&user.subscription_id), actor.name(), event).await
}
