//! The list of administrators, and one of them.

use model::spec::SubscriptionSpec;
use model::{Page, PageRequest, Role};
use store::administrators::{Administrator, Held, Visible};
use store::{Conn, JsonText};

use super::{AdministratorCard, AdministratorView, HeldRole, PLACES, Where};
use crate::actor::{Actor, INSTALLATION};
use crate::admin;
use crate::console::place::{check_size, enter};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::rank::{self, Roles};

/// The roles by which what somebody reads is judged: those of their session.
fn roles_of(actor: &Actor) -> Vec<(String, Role)> {
    match actor {
        Actor::Admin(admin) => admin.roles.clone(),
        other => other.installation_role().map(|role| (INSTALLATION.to_owned(), role)).into_iter().collect(),
    }
}

/// The administrators over whom the one who asks has a say, by user name, else address. A search
/// matches the beginning of either, and of the name. Owners of anything.
pub async fn page(ctx: &Ctx, actor: &Actor, request: &PageRequest) -> Result<Page<AdministratorCard>> {
    let mine = roles_of(actor);
    let visible = match actor {
        _ if rank::owns_installation(&mine) => Visible::All,
        Actor::Admin(admin) if rank::manages_any(&mine) => Visible::OfOwner(&admin.user_id),
        _ => return Err(Error::Forbidden),
    };
    check_size(request)?;
    list(ctx, &mut ctx.read().await?, &mine, visible, request).await
}

/// Those with a role of their own on one subscription. Its owners.
pub async fn page_in(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<AdministratorCard>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Owner).await?;
    list(ctx, &mut conn, &roles_of(actor), Visible::In(&subscription.object.id), request).await
}

async fn list(
    ctx: &Ctx,
    conn: &mut Conn,
    mine: &Roles,
    visible: Visible<'_>,
    request: &PageRequest,
) -> Result<Page<AdministratorCard>> {
    let system = admin::system(conn).await?.object.id;
    let page = store::administrators::page(conn, &system, visible, ctx.now(), request).await?;
    let ids: Vec<&str> = page.items.iter().map(|one| one.id.as_str()).collect();
    let held = store::administrators::roles_of(conn, &ids).await?;
    let cards: Result<Vec<_>> = page.items.into_iter().map(|one| card(one, &held, mine)).collect();
    Ok(Page { items: cards?, next: page.next })
}

/// One administrator. To somebody who manages none of their roles they do not exist.
pub async fn get(ctx: &Ctx, actor: &Actor, id: &str) -> Result<AdministratorView> {
    let mine = roles_of(actor);
    if !rank::manages_any(&mine) {
        return Err(Error::Forbidden);
    }
    let mut conn = ctx.read().await?;
    let system = admin::system(&mut conn).await?.object.id;
    let found = store::administrators::find(&mut conn, &system, id, ctx.now()).await?.ok_or(Error::NotFound)?;
    let held = store::administrators::roles_of(&mut conn, &[id]).await?;
    let theirs: Vec<(String, Role)> = held.iter().map(|one| (one.scope.clone(), one.role)).collect();
    let version = found.version;
    let card = card(found, &held, &mine)?;
    if card.roles.is_empty() {
        return Err(Error::NotFound);
    }
    let is_self = matches!(actor, Actor::Admin(admin) if admin.user_id == id);
    let may_touch = rank::may_touch(&mine, &theirs);
    let may_link = may_touch && !is_self && card.disabled_at.is_none() && rank::covers(&mine, &theirs);
    Ok(AdministratorView { card, version, is_self, may_touch, may_link })
}

fn card(one: Administrator, held: &[Held], mine: &Roles) -> Result<AdministratorCard> {
    let visible = held.iter().filter(|held| held.user_id == one.id && rank::manages(mine, &held.scope));
    let roles: Result<Vec<HeldRole>> = visible.filter_map(|held| held_role(held).transpose()).collect();
    Ok(AdministratorCard {
        roles: roles?,
        name: one.name.map(|name| name.decode()).transpose()?,
        id: one.id,
        username: one.username,
        email: one.email,
        disabled_at: one.disabled_at,
        last_sign_in: one.last_session.max(one.last_event),
        has_password: one.has_password,
        invited_until: one.invited_until,
    })
}

/// `None` for a role on something that is gone.
pub(crate) fn held_role(held: &Held) -> Result<Option<HeldRole>> {
    let place = match &held.subscription {
        None if held.scope == INSTALLATION => Where::Installation,
        None => return Ok(None),
        Some((slug, spec)) => Where::Subscription { slug: slug.clone(), name: name_of(spec)? },
    };
    Ok(Some(HeldRole { place, role: held.role }))
}

fn name_of(spec: &JsonText) -> Result<String> {
    Ok(spec.decode::<SubscriptionSpec>()?.name)
}

/// Slugs and names of the subscriptions on which the one who asks may give roles, by name: at most one
/// more than [`PLACES`].
pub async fn places(ctx: &Ctx, actor: &Actor) -> Result<Vec<(String, String)>> {
    let mine = roles_of(actor);
    let owner = match actor {
        _ if rank::owns_installation(&mine) => None,
        Actor::Admin(admin) if rank::manages_any(&mine) => Some(admin.user_id.as_str()),
        _ => return Err(Error::Forbidden),
    };
    let limit = i64::try_from(PLACES + 1).unwrap_or(i64::MAX);
    let found = store::administrators::places(&mut ctx.read().await?, owner, limit).await?;
    found.into_iter().map(|(slug, spec)| Ok((slug, name_of(&spec)?))).collect()
}
