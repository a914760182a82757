//! Making and changing users.

use model::{FieldErrors, Role};
use serde_json::json;
use store::claims::Claim;

use super::{NewUser, UserEdit};
use crate::actor::Actor;
use crate::console::place::enter_to_people;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::passwords;
use crate::user::{self, Definitions, Edit, Verified};

/// Makes a user; the row id comes back. Fields of errors: `username`, `email`, `password`, and the
/// names of claims.
pub async fn create(ctx: &Ctx, actor: &Actor, slug: &str, new: NewUser) -> Result<String> {
    // Everything that can be refused is, before the password costs its hash.
    check_new(ctx, actor, slug, &new).await?.into_result(())?;
    let hash = match &new.password {
        Some(password) => Some(ctx.hasher.hash(password, &ctx.random).await?),
        None => None,
    };
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let subscription_id = &subscription.object.id;
    let claims = store::claims::list(&mut tx, subscription_id).await?;
    let definitions = Definitions::new(subscription_id, &claims);
    let id = user::create(ctx, &mut tx, definitions, &row(&new, hash.as_deref())).await?;
    let names: Vec<&String> = new.claims.iter().map(|(name, _)| name).collect();
    let event = Event { user_id: Some(&id), ..Event::new("user_created", json!({ "claims": names })) };
    event::record(ctx, &mut tx, Some(subscription_id), actor.name(), event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Everything that is wrong with a new user but for what others hold already.
pub async fn check_new(ctx: &Ctx, actor: &Actor, slug: &str, new: &NewUser) -> Result<FieldErrors> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    let mut errors = user::check_new(&Definitions::new(&subscription.object.id, &claims), &row(new, None));
    if let Some(password) = &new.password {
        let own = [new.username.as_deref(), new.email.as_deref()].map(Option::unwrap_or_default);
        errors.check("password", passwords::policy(password, &subscription.object.spec, &own));
    }
    Ok(errors)
}

pub(super) fn row<'a>(new: &'a NewUser, password_hash: Option<&'a str>) -> user::NewUser<'a> {
    user::NewUser {
        username: new.username.as_deref(),
        email: new.email.as_deref(),
        email_verified: new.email_verified,
        password_hash,
        claims: &new.claims,
    }
}

/// Changes names, address and values. A new address is unproven unless this edit says otherwise.
pub async fn update(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64, edit: UserEdit) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let subscription_id = &subscription.object.id;
    let before = user::find(&mut tx, subscription_id, id).await?;
    if before.version != version {
        return Err(Error::Changed);
    }
    let claims: Vec<Claim> = store::claims::list(&mut tx, subscription_id).await?;
    let write = written(&before, &edit);
    let definitions = Definitions::new(subscription_id, &claims);
    let changed = user::edit(ctx, &mut tx, definitions, &before, &write).await?;
    if !changed.is_empty() {
        let event = Event { user_id: Some(id), ..Event::new("user_changed", json!({ "claims": changed })) };
        event::record(ctx, &mut tx, Some(subscription_id), actor.name(), event).await?;
    }
    Ok(tx.commit().await?)
}

/// Everything that is wrong with an edit but for what others hold already.
pub async fn check_edit(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, edit: &UserEdit) -> Result<FieldErrors> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let before = user::find(&mut conn, &subscription.object.id, id).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    Ok(user::check_edit(&Definitions::new(&subscription.object.id, &claims), &before, &written(&before, edit)))
}

fn written<'a>(before: &store::users::User, edit: &'a UserEdit) -> Edit<'a> {
    // A box that was ticked before and still is says nothing of a new address.
    let stays_ticked = before.email_verified && edit.email_verified;
    Edit {
        username: Some(edit.username.as_deref()),
        email: Some(edit.email.as_deref()),
        verified: if stays_ticked { Verified::Keep } else { Verified::Set(edit.email_verified) },
        claims: &edit.claims,
    }
}
