//! Changing what an administrator may do, and where.

use model::{FieldErrors, Problem, Role};

use super::RoleChange;
use super::desk::Desk;
use crate::actor::{Actor, INSTALLATION};
use crate::change::unless_changed;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::rank;
use crate::refusal::unknown;

/// Gives and takes roles. Places that are not named stay as they are.
///
/// # Errors
/// `unknown` at the field of a place that does not exist or is not the actor's; `no-role-left`,
/// `last-owner`; `Changed` when somebody else changed the administrator meanwhile.
pub async fn set_roles(ctx: &Ctx, actor: &Actor, id: &str, version: i64, changes: &[RoleChange]) -> Result<()> {
    let mut desk = Desk::open(ctx, actor).await?;
    let target = desk.target(id).await?;
    unless_changed(target.user.version == version)?;
    let (mut after, mut errors, mut todo) = (target.roles.clone(), FieldErrors::default(), Vec::new());
    for change in changes {
        let Some(scope) = desk.scope(&change.place).await? else {
            errors.add(&change.field, unplaced(&change.place));
            continue;
        };
        let before = after.iter().position(|(held, _)| *held == scope.id);
        if before.map(|at| after[at].1) == change.role {
            continue;
        }
        if let Some(at) = before {
            after.remove(at);
        }
        after.extend(change.role.map(|role| (scope.id.clone(), role)));
        todo.push((scope, change.role));
    }
    errors.into_result(())?;
    if after.is_empty() {
        return Err(Error::field("", Problem::new("no-role-left")));
    }
    let owned = |roles: &[(String, Role)]| rank::owns_installation(roles);
    if owned(&target.roles) && !owned(&after) {
        desk.keep_an_owner(id).await?;
    }
    for (scope, role) in &todo {
        desk.write_role(&target.user, scope, *role).await?;
    }
    if !todo.is_empty() {
        unless_changed(store::users::touch(&mut desk.tx, id, version, ctx.now()).await?)?;
    }
    desk.commit().await
}

/// Why there is no such place.
pub(super) fn unplaced(place: &super::PlaceName) -> Problem {
    match place {
        super::PlaceName::Installation => unknown(INSTALLATION),
        super::PlaceName::Subscription(slug) => unknown(slug),
    }
}
