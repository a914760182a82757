//! Sign-in sessions of a subscription's users. Viewers see them, editors end them; those of the
//! administrators are for owners.

use std::collections::HashMap;

use model::{Page, PageRequest, Role};
use serde_json::json;
use store::Conn;
use store::sessions::Session;
use store::subscriptions::Subscription;

use super::place::{check_size, enter_to_people};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// Row id.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// User name or address.
    pub user_name: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute or so.
    pub last_seen_at: i64,
    /// Unix seconds: the absolute limit.
    pub expires_at: i64,
    /// The browser's own description.
    pub user_agent: String,
}

/// The live sessions, the newest first.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<SessionView>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let page = store::sessions::page(&mut conn, &subscription.object.id, ctx.now(), request).await?;
    Ok(Page { items: views(ctx, &mut conn, &subscription, page.items).await?, next: page.next })
}

/// A live session.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<SessionView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let session = store::sessions::find(&mut conn, id).await?;
    let live = session
        .filter(|s| s.subscription_id == subscription.object.id && s.ended_at.is_none() && s.expires_at > ctx.now());
    views(ctx, &mut conn, &subscription, live.into_iter().collect()).await?.pop().ok_or(Error::NotFound)
}

/// Ends a session with everything granted in it.
pub async fn end(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let session = store::sessions::find(&mut tx, id).await?;
    let session = session.filter(|session| session.subscription_id == subscription.object.id);
    let session = session.ok_or(Error::NotFound)?;
    if store::sessions::end(&mut tx, id, ctx.now()).await? {
        store::grants::revoke_of_session(&mut tx, id, ctx.now()).await?;
        let event = Event { user_id: Some(&session.user_id), ..Event::new("session_ended", json!({})) };
        event::record(ctx, &mut tx, Some(&subscription.object.id), actor.name(), event).await?;
    }
    Ok(tx.commit().await?)
}

/// Rows as people see them, without those that were unused for too long.
pub(super) async fn views(
    ctx: &Ctx,
    conn: &mut Conn,
    subscription: &Subscription,
    sessions: Vec<Session>,
) -> Result<Vec<SessionView>> {
    let idle = subscription.object.spec.session_idle_lifetime;
    let used: Vec<Session> = sessions.into_iter().filter(|session| session.last_seen_at + idle > ctx.now()).collect();
    let mut ids: Vec<&str> = used.iter().map(|session| session.user_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let users = store::users::find_some(conn, &ids).await?;
    let names: HashMap<&str, &str> = users.iter().map(|user| (user.id.as_str(), user.login())).collect();
    let view = |session: Session| SessionView {
        user_name: names.get(session.user_id.as_str()).copied().unwrap_or_default().to_owned(),
        id: session.id,
        user_id: session.user_id,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        expires_at: session.expires_at,
        user_agent: session.user_agent,
    };
    Ok(used.into_iter().map(view).collect())
}
