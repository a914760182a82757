//! Where an administrator works, after the role was checked.

use std::sync::Arc;

use model::paging::MAX_PAGE_SIZE;
use model::{PageRequest, Problem, Role};
use store::Conn;
use store::subscriptions::Subscription;

use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// The subscription of this slug, for somebody with at least this role on it. To everybody else
/// without a role it does not exist.
pub(super) async fn enter(conn: &mut Conn, actor: &Actor, slug: &str, role: Role) -> Result<Subscription> {
    // What only viewers need is read: for one request, the subscription is what it was at its beginning.
    let subscription = match actor.place(slug).filter(|_| role == Role::Viewer) {
        Some(known) => known.clone(),
        None => store::subscriptions::find_by_slug(conn, slug).await?.ok_or(Error::NotFound)?,
    };
    actor.require(&subscription.object.id, role)?;
    Ok(subscription)
}

/// As [`enter`], to change configuration. That of the built-in subscription is the server's own.
pub(super) async fn enter_to_change(conn: &mut Conn, actor: &Actor, slug: &str) -> Result<Subscription> {
    let subscription = enter(conn, actor, slug, Role::Editor).await?;
    if subscription.built_in { Err(Error::Forbidden) } else { Ok(subscription) }
}

/// As [`enter`], to see or change users. Those of the built-in subscription are the administrators:
/// whoever could edit them could take their roles, so only owners may.
pub(super) async fn enter_to_people(conn: &mut Conn, actor: &Actor, slug: &str, role: Role) -> Result<Subscription> {
    let subscription = enter(conn, actor, slug, role).await?;
    if subscription.built_in {
        actor.require(&subscription.object.id, Role::Owner)?;
    }
    Ok(subscription)
}

/// The configuration of a subscription that was entered; `None` for one that is out of use, where nothing
/// is issued and nobody is asked.
pub(super) async fn in_use(ctx: &Ctx, subscription: &Subscription) -> Result<Option<Arc<Snapshot>>> {
    match ctx.snapshots.as_of(ctx, subscription).await {
        Err(Error::OutOfUse { .. }) => Ok(None),
        snap => snap.map(Some),
    }
}

/// Refuses a page of no rows, or of more than a list shows.
pub(super) fn check_size(request: &PageRequest) -> Result<()> {
    if (1..=MAX_PAGE_SIZE).contains(&request.size) {
        return Ok(());
    }
    Err(Error::field("size", Problem::new("between").with("min", 1).with("max", MAX_PAGE_SIZE)))
}
