//! Administrators: users of the built-in subscription with roles. Owners manage them, each within what
//! they own (see [`crate::rank`]); to an owner of some subscriptions other places do not exist.

mod desk;
mod invite;
mod link;
mod read;
mod remove;
mod roles;

use model::Role;

pub use invite::invite;
pub use link::{new_link, withdraw_link};
pub(crate) use read::held_role;
pub use read::{get, page, page_in, places};
pub use remove::remove;
pub use roles::set_roles;

/// Places that a form offers to choose from; beyond that, their slug is typed.
pub const PLACES: usize = 100;

/// Where a role counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// Everywhere.
    Installation,
    /// In one subscription.
    Subscription {
        /// Name in addresses.
        slug: String,
        /// Name for people.
        name: String,
    },
}

/// A role that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// Where it counts.
    pub place: Where,
    /// What they may do there.
    pub role: Role,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdministratorCard {
    /// Row id.
    pub id: String,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// What they are called.
    pub name: Option<String>,
    /// Unix seconds since when they are disabled.
    pub disabled_at: Option<i64>,
    /// Unix seconds, as far back as sessions and the log reach.
    pub last_sign_in: Option<i64>,
    /// Has chosen a password.
    pub has_password: bool,
    /// Unix seconds until which a link to choose one works.
    pub invited_until: Option<i64>,
    /// The roles that the asking administrator manages, that on the installation first.
    pub roles: Vec<HeldRole>,
}

impl AdministratorCard {
    /// What they sign in with.
    pub fn login(&self) -> &str {
        self.email.as_deref().or(self.username.as_deref()).unwrap_or(&self.id)
    }

    /// For headings: the name, else what they sign in with.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.login())
    }
}

/// One administrator, as the one who asks may see and change them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdministratorView {
    /// Who.
    pub card: AdministratorCard,
    /// For forms.
    pub version: i64,
    /// The one who asks.
    pub is_self: bool,
    /// Their roles may be changed.
    pub may_touch: bool,
    /// A link to choose a password may be made for them.
    pub may_link: bool,
}

/// Where a role is to count, as a form says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceName {
    /// Everywhere.
    Installation,
    /// In the subscription of this slug.
    Subscription(String),
}

/// A role to be given, or with `None` to be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChange {
    /// Field of the form, for errors.
    pub field: String,
    /// Where.
    pub place: PlaceName,
    /// Which.
    pub role: Option<Role>,
}

/// Somebody to become an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAdministrator {
    /// What they will sign in with.
    pub email: String,
    /// What they are called.
    pub name: Option<String>,
    /// Where the role counts.
    pub place: PlaceName,
    /// What they may do there.
    pub role: Role,
}

/// Somebody who is an administrator now.
#[derive(Clone)]
pub struct Invited {
    /// Row id.
    pub id: String,
    /// Token of the link with which they choose a password; `None` for somebody who can sign in already.
    pub token: Option<String>,
}

impl std::fmt::Debug for Invited {
    /// The token stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invited").field("id", &self.id).finish_non_exhaustive()
    }
}
