//! Who among administrators may see, give and take which roles. Pure rules.
//!
//! Only owners manage roles: those of the installation all of them, those of a subscription the roles on
//! it. Whoever holds anything on the installation stands above those who hold nothing there.

use model::Role;
use store::Conn;

use crate::actor::{Actor, INSTALLATION};
use crate::error::Result;

/// Scope (a subscription's row id or [`INSTALLATION`]) and role.
pub(crate) type Roles = [(String, Role)];

/// The roles somebody who asks holds at this moment, as the transaction sees them; none any more for
/// somebody disabled meanwhile.
pub(crate) async fn roles_now(conn: &mut Conn, actor: &Actor) -> Result<Vec<(String, Role)>> {
    match actor {
        Actor::Admin(admin) => of_administrator(conn, &admin.user_id).await,
        other => Ok(other.installation_role().map(|role| (INSTALLATION.to_owned(), role)).into_iter().collect()),
    }
}

/// The same of an administrator by row id.
pub(crate) async fn of_administrator(conn: &mut Conn, user_id: &str) -> Result<Vec<(String, Role)>> {
    match store::users::find(conn, user_id).await? {
        Some(user) if user.disabled_at.is_none() => Ok(store::roles::of_user(conn, user_id).await?),
        _ => Ok(Vec::new()),
    }
}

/// True for an owner of this scope, or of the installation.
pub(crate) fn manages(mine: &Roles, scope: &str) -> bool {
    mine.iter().any(|(held, role)| *role == Role::Owner && (held == INSTALLATION || held == scope))
}

/// True when somebody manages anything at all.
pub(crate) fn manages_any(mine: &Roles) -> bool {
    mine.iter().any(|(_, role)| *role == Role::Owner)
}

/// True when these roles are not more than mine: only an owner of the installation touches those who
/// hold something on it.
pub(crate) fn may_touch(mine: &Roles, theirs: &Roles) -> bool {
    manages(mine, INSTALLATION) || theirs.iter().all(|(scope, _)| scope != INSTALLATION)
}

/// True when each of these roles is one that I could give. Whoever lets somebody choose a password could
/// choose it themselves: they must be able to do all that it opens.
pub(crate) fn covers(mine: &Roles, theirs: &Roles) -> bool {
    theirs.iter().all(|(scope, _)| manages(mine, scope))
}

/// True for roles that own the installation.
pub(crate) fn owns_installation(roles: &Roles) -> bool {
    manages(roles, INSTALLATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(roles: &[(&str, Role)]) -> Vec<(String, Role)> {
        roles.iter().map(|(scope, role)| ((*scope).to_owned(), *role)).collect()
    }

    #[test]
    fn an_owner_of_a_subscription_manages_it_alone() {
        let mine = roles(&[("a", Role::Owner), ("b", Role::Editor)]);
        assert!(manages(&mine, "a") && !manages(&mine, "b") && !manages(&mine, INSTALLATION));
        assert!(covers(&mine, &roles(&[("a", Role::Owner)])));
        assert!(!covers(&mine, &roles(&[("a", Role::Viewer), ("b", Role::Viewer)])));
        assert!(may_touch(&mine, &roles(&[("a", Role::Owner), ("b", Role::Owner)])));
    }

    #[test]
    fn who_holds_anything_on_the_installation_stands_above() {
        let mine = roles(&[("a", Role::Owner), (INSTALLATION, Role::Editor)]);
        assert!(!may_touch(&mine, &roles(&[(INSTALLATION, Role::Viewer), ("a", Role::Viewer)])));
        assert!(may_touch(&roles(&[(INSTALLATION, Role::Owner)]), &roles(&[(INSTALLATION, Role::Owner)])));
        assert!(!manages(&roles(&[(INSTALLATION, Role::Editor)]), "a"));
        assert!(!manages_any(&roles(&[(INSTALLATION, Role::Editor)])) && !manages_any(&[]));
    }
}
