//! Links with which administrators choose a password: made, made anew, taken back.

use serde_json::json;
use store::invitations::Invitation;
use store::users::User;

use super::desk::{Desk, Target};
use crate::actor::Actor;
use crate::change::unless_changed;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::invitation::LIFETIME;
use crate::rank;

/// A new link for somebody who lost the password or the first link, which stops working. The token is
/// shown once; when it is used, their sessions end.
pub async fn new_link(ctx: &Ctx, actor: &Actor, id: &str, version: i64) -> Result<String> {
    let mut desk = Desk::open(ctx, actor).await?;
    let target = linkable(&mut desk, id).await?;
    unless_changed(target.user.version == version)?;
    let token = make(&mut desk, &target.user).await?;
    desk.commit().await?;
    Ok(token)
}

/// Takes a link back before it is used.
pub async fn withdraw_link(ctx: &Ctx, actor: &Actor, id: &str) -> Result<()> {
    let mut desk = Desk::open(ctx, actor).await?;
    let target = linkable(&mut desk, id).await?;
    if store::invitations::delete_of_user(&mut desk.tx, id).await? {
        desk.record("invitation_withdrawn", &target.user, json!({})).await?;
    }
    desk.commit().await
}

/// Whoever makes the link could use it: so all that it opens must be theirs to give, and their own
/// password is changed with the present one only.
async fn linkable(desk: &mut Desk<'_>, id: &str) -> Result<Target> {
    let target = desk.target(id).await?;
    if desk.is_self(id) || target.user.disabled_at.is_some() || !rank::covers(&desk.mine, &target.roles) {
        return Err(Error::Forbidden);
    }
    Ok(target)
}

/// Writes a link in the place of an older one.
pub(super) async fn make(desk: &mut Desk<'_>, user: &User) -> Result<String> {
    let token = desk.ctx.random.token()?;
    let now = desk.ctx.now();
    let made_by = match desk.actor {
        Actor::Admin(admin) => Some(admin.user_id.clone()),
        _ => None,
    };
    let invitation = Invitation {
        user_id: user.id.clone(),
        hash: crypto::hash(&token),
        made_by,
        created_at: now,
        expires_at: now + LIFETIME,
    };
    store::invitations::put(&mut desk.tx, &invitation).await?;
    desk.record("invitation_made", user, json!({})).await?;
    Ok(token)
}
