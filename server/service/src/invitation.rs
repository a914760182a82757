//! Choosing a password with a one-time link: for an administrator who was invited, or who lost it.
//!
//! A link opens no more than its maker could give: it counts only while that administrator still owns
//! every place on which the invited one holds a role.

use model::{FieldErrors, Problem, Role};
use serde_json::json;
use store::Conn;
use store::invitations::Invitation;
use store::users::User;

use crate::admin;
use crate::console::administrators::{HeldRole, held_role};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::{passwords, rank, user};

/// Seconds for which a link works.
pub const LIFETIME: i64 = 72 * 3_600;

/// What the holder of a link is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// What they will sign in with.
    pub login: String,
    /// Who made the link; `None` at the machine.
    pub invited_by: Option<String>,
    /// What they may do.
    pub roles: Vec<HeldRole>,
    /// They had a password before.
    pub had_password: bool,
    /// Fewest characters of the new one.
    pub password_min_length: i64,
}

/// What a token's link is for; `None` for one that does not work, or not any more.
pub async fn open(ctx: &Ctx, token: &str) -> Result<Option<InvitationView>> {
    let mut conn = ctx.read().await?;
    let found = store::invitations::find(&mut conn, &crypto::hash(token), ctx.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let Some(user) = usable(&mut conn, &found).await? else { return Ok(None) };
    let invited_by = match &found.made_by {
        Some(id) => store::users::find(&mut conn, id).await?,
        None => None,
    };
    let system = crate::admin::system(&mut conn).await?;
    let held = store::administrators::roles_of(&mut conn, &[&user.id]).await?;
    let roles: Result<Vec<HeldRole>> = held.iter().filter_map(|held| held_role(held).transpose()).collect();
    Ok(Some(InvitationView {
        login: login(&user).to_owned(),
        invited_by: invited_by.as_ref().map(|user| login(user).to_owned()),
        roles: roles?,
        had_password: user.password_hash.is_some(),
        password_min_length: system.object.spec.password_min_length,
    }))
}

/// Uses a link: the password is set, the user's sessions end. They sign in with it next, as anybody does,
/// so that the link is no way round whatever else a sign-in asks for.
///
/// # Errors
/// Fields `password`, `password_confirmation`; `NotFound` for a link that does not work any more.
pub async fn redeem(ctx: &Ctx, token: &str, password: &str, confirmation: &str) -> Result<()> {
    let mut conn = ctx.read().await?;
    let hash = crypto::hash(token);
    let found = store::invitations::find(&mut conn, &hash, ctx.now()).await?.ok_or(Error::NotFound)?;
    let user = usable(&mut conn, &found).await?.ok_or(Error::NotFound)?;
    let system = admin::system(&mut conn).await?;
    drop(conn);
    let own = [user.username.as_deref(), user.email.as_deref(), Some(&system.object.spec.name)];
    let own = own.map(Option::unwrap_or_default);
    let mut errors = FieldErrors::default();
    errors.check("password", passwords::policy(password, &system.object.spec, &own));
    if password != confirmation {
        errors.add("password_confirmation", Problem::new("password-confirmation"));
    }
    errors.into_result(())?;
    let password_hash = ctx.hasher.hash(password, &ctx.random).await?;
    let mut tx = ctx.begin().await?;
    // Roles stand still until this is done.
    admin::system_alone(&mut tx).await?;
    let found = store::invitations::consume(&mut tx, &hash, ctx.now()).await?.ok_or(Error::NotFound)?;
    let user = usable(&mut tx, &found).await?.ok_or(Error::NotFound)?;
    user::set_password(ctx, &mut tx, &user.id, &password_hash).await?;
    let event = Event { user_id: Some(&user.id), ..Event::new("invitation_used", json!({})) };
    event::record(ctx, &mut tx, Some(&user.subscription_id), login(&user), event).await?;
    Ok(tx.commit().await?)
}

fn login(user: &User) -> &str {
    user.email.as_deref().unwrap_or(user.login())
}

/// The user a link is for, as long as they are an administrator and its maker could make it now.
async fn usable(conn: &mut Conn, invitation: &Invitation) -> Result<Option<User>> {
    let Some(user) = store::users::find(conn, &invitation.user_id).await? else { return Ok(None) };
    let theirs: Vec<(String, Role)> = store::roles::of_user(conn, &user.id).await?;
    if user.disabled_at.is_some() || theirs.is_empty() {
        return Ok(None);
    }
    let counts = match &invitation.made_by {
        Some(maker) => rank::covers(&rank::of_administrator(conn, maker).await?, &theirs),
        None => true,
    };
    Ok(counts.then_some(user))
}
