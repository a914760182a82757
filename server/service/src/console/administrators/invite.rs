//! Making somebody an administrator.

use model::{FieldErrors, Problem, claim_value};
use store::users::User;

use super::desk::Desk;
use super::roles::unplaced;
use super::{Invited, NewAdministrator, link};
use crate::actor::Actor;
use crate::admin::claims_of;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::rank;
use crate::user::{self, Definitions, NewUser};

/// Gives a role to the person of this address. Somebody new becomes a user of the built-in subscription
/// without a password, and gets a link to choose one; whoever can sign in already needs none.
///
/// # Errors
/// Fields `email`, `name`, `subscription`: `required`, `email`, `taken`, `unknown`, and
/// `administrator-there` for somebody who holds a role there already.
pub async fn invite(ctx: &Ctx, actor: &Actor, new: &NewAdministrator) -> Result<Invited> {
    let mut desk = Desk::open(ctx, actor).await?;
    let (email, name) = (new.email.trim(), new.name.as_deref());
    let claims = claims_of(name);
    let row =
        NewUser { username: None, email: Some(email), email_verified: false, password_hash: None, claims: &claims };
    let system = desk.system.object.id.clone();
    let definitions = store::claims::list(&mut desk.tx, &system).await?;
    let definitions = Definitions::new(&system, &definitions);
    let mut errors = match email {
        "" => FieldErrors::one("email", Problem::new("required")),
        _ => user::check_new(&definitions, &row),
    };
    let scope = desk.scope(&new.place).await?;
    if scope.is_none() {
        errors.add("subscription", unplaced(&new.place));
    }
    errors.into_result(())?;
    let scope = scope.ok_or(Error::NotFound)?;
    debug_assert!(claim_value::email(email).is_ok(), "found by its address");
    let known = store::users::find_by_login(&mut desk.tx, &system, email).await?;
    let (found, is_new) = if let Some(found) = known {
        (present(&mut desk, found, &scope.id).await?, false)
    } else {
        let id = user::create(ctx, &mut desk.tx, definitions, &row).await?;
        (user::find(&mut desk.tx, &system, &id).await?, true)
    };
    desk.write_role(&found, &scope, Some(new.role)).await?;
    let token =
        if is_new || may_link(&mut desk, &found).await? { Some(link::make(&mut desk, &found).await?) } else { None };
    if !is_new {
        store::users::touch(&mut desk.tx, &found.id, found.version, ctx.now()).await?;
    }
    desk.commit().await?;
    Ok(Invited { id: found.id, token })
}

/// Somebody who has this address already and may get the role.
async fn present(desk: &mut Desk<'_>, found: User, scope: &str) -> Result<User> {
    let roles = store::roles::of_user(&mut desk.tx, &found.id).await?;
    let refused = |problem| Err(Error::field("email", problem));
    if found.disabled_at.is_some() {
        return refused(Problem::new("taken"));
    }
    if !rank::may_touch(&desk.mine, &roles) || roles.iter().any(|(held, _)| held == scope) {
        return refused(Problem::new("administrator-there"));
    }
    Ok(found)
}

/// Somebody known who has never chosen a password, and over whom the actor has the whole say.
async fn may_link(desk: &mut Desk<'_>, found: &User) -> Result<bool> {
    let roles = store::roles::of_user(&mut desk.tx, &found.id).await?;
    Ok(found.password_hash.is_none() && !desk.is_self(&found.id) && rank::covers(&desk.mine, &roles))
}
