//! Ending what somebody is as an administrator.

use serde_json::json;

use super::PlaceName;
use super::desk::{Desk, Scope};
use crate::actor::{Actor, INSTALLATION};
use crate::change::unless_changed;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::{rank, user};

/// Takes away every role that the actor manages. Whoever has none left is deleted with their sessions:
/// there is nothing left that they could sign in for.
///
/// # Errors
/// `last-owner`; `Changed` when somebody else changed the administrator meanwhile.
pub async fn remove(ctx: &Ctx, actor: &Actor, id: &str, version: i64) -> Result<()> {
    let mut desk = Desk::open(ctx, actor).await?;
    let target = desk.target(id).await?;
    unless_changed(target.user.version == version)?;
    if rank::owns_installation(&target.roles) {
        desk.keep_an_owner(id).await?;
    }
    let (taken, left): (Vec<_>, Vec<_>) = target.roles.iter().partition(|(scope, _)| rank::manages(&desk.mine, scope));
    for (scope, _) in taken {
        let scope = named(&mut desk, scope).await?;
        desk.write_role(&target.user, &scope, None).await?;
    }
    if left.is_empty() {
        let login = target.user.email.as_deref().unwrap_or(target.user.login());
        desk.record("administrator_removed", &target.user, json!({ "administrator": login })).await?;
        user::delete(ctx, &mut desk.tx, &target.user).await?;
    } else {
        unless_changed(store::users::touch(&mut desk.tx, id, version, ctx.now()).await?)?;
    }
    desk.commit().await
}

/// A managed scope with its name for the log; a subscription that is gone has only its id.
async fn named(desk: &mut Desk<'_>, id: &str) -> Result<Scope> {
    if id == INSTALLATION {
        return Ok(desk.scope(&PlaceName::Installation).await?.unwrap_or(Scope { id: id.into(), name: id.into() }));
    }
    let found = store::subscriptions::find(&mut desk.tx, id).await?;
    let name = found.map_or_else(|| id.to_owned(), |found| found.object.spec.slug);
    Ok(Scope { id: id.to_owned(), name })
}
