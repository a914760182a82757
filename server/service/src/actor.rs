//! Who asks, and what they may do. Every console use case starts with [`Actor::require`].

use std::sync::Arc;

use model::Role;
use store::subscriptions::Subscription;

use crate::error::{Error, Result};

/// The scope of a role that covers the whole installation.
pub const INSTALLATION: &str = "*";

/// A signed-in administrator with the roles of this moment.
#[derive(Clone, Debug)]
pub struct Admin {
    /// User of the built-in subscription.
    pub user_id: String,
    /// User name or address, for the audit log and the console's header.
    pub name: String,
    /// Subscription id (or [`INSTALLATION`]) and role.
    pub roles: Vec<(String, Role)>,
    /// SHA-256 of the console session's cookie.
    pub session_hash: String,
    /// The subscription that this request is about, once it was read: see [`Actor::inside`].
    pub place: Option<Arc<Subscription>>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody in the console.
    Admin(Admin),
    /// Somebody at the machine's command line.
    Cli,
    /// An application that registers itself (RFC 7591), as far as the subscription lets it.
    Registration,
    /// The server itself (first start, cleaning).
    System,
}

impl Actor {
    /// How the audit log names the actor.
    pub fn name(&self) -> &str {
        match self {
            Self::Admin(admin) => &admin.name,
            Self::Cli => "command line",
            Self::Registration => "client registration",
            Self::System => "system",
        }
    }

    /// The same administrator, for the rest of this request: what is read there does not look the
    /// subscription up again. Changes do, inside their transaction.
    #[must_use]
    pub fn inside(self, subscription: Subscription) -> Self {
        match self {
            Self::Admin(admin) => Self::Admin(Admin { place: Some(Arc::new(subscription)), ..admin }),
            other => other,
        }
    }

    /// The subscription of this slug, where this request has read it.
    pub(crate) fn place(&self, slug: &str) -> Option<&Subscription> {
        match self {
            Self::Admin(admin) => admin.place.as_deref().filter(|place| place.object.spec.slug == slug),
            Self::Cli | Self::Registration | Self::System => None,
        }
    }

    /// The strongest role on a subscription, that of the installation included.
    pub fn role_on(&self, subscription_id: &str) -> Option<Role> {
        match self {
            Self::Admin(admin) => {
                let mine = admin.roles.iter().filter(|(scope, _)| scope == INSTALLATION || scope == subscription_id);
                mine.map(|(_, role)| *role).max()
            }
            Self::Registration => None,
            Self::Cli | Self::System => Some(Role::Owner),
        }
    }

    /// The role on the installation itself.
    pub fn installation_role(&self) -> Option<Role> {
        self.role_on(INSTALLATION)
    }

    /// `None` when every subscription may be seen, else the ids that may.
    pub fn visible_subscriptions(&self) -> Option<Vec<String>> {
        if self.installation_role().is_some() {
            return None;
        }
        match self {
            Self::Admin(admin) => Some(admin.roles.iter().map(|(scope, _)| scope.clone()).collect()),
            // The console's pages are not for it.
            Self::Registration => Some(Vec::new()),
            Self::Cli | Self::System => None,
        }
    }

    /// Checks the role on a subscription. Without any role there the subscription does not exist
    /// for the actor.
    pub fn require(&self, subscription_id: &str, role: Role) -> Result<()> {
        match self.role_on(subscription_id) {
            None => Err(Error::NotFound),
            Some(mine) if mine >= role => Ok(()),
            Some(_) => Err(Error::Forbidden),
        }
    }

    /// Checks the role on the installation.
    pub fn require_installation(&self, role: Role) -> Result<()> {
        match self.installation_role() {
            Some(mine) if mine >= role => Ok(()),
            _ => Err(Error::Forbidden),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admin(roles: &[(&str, Role)]) -> Actor {
        Actor::Admin(Admin {
            user_id: "u".into(),
            name: "n".into(),
            roles: roles.iter().map(|(s, r)| ((*s).to_owned(), *r)).collect(),
            session_hash: String::new(),
            place: None,
        })
    }

    #[test]
    fn a_role_counts_where_it_was_given() {
        let editor = admin(&[("a", Role::Editor)]);
        assert!(editor.require("a", Role::Editor).is_ok());
        assert!(matches!(editor.require("a", Role::Owner), Err(Error::Forbidden)));
        assert!(matches!(editor.require("b", Role::Viewer), Err(Error::NotFound)));
        assert!(matches!(editor.require_installation(Role::Viewer), Err(Error::Forbidden)));
    }

    #[test]
    fn a_role_on_the_installation_counts_everywhere() {
        let viewer = admin(&[(INSTALLATION, Role::Viewer), ("a", Role::Owner)]);
        assert!(viewer.require("b", Role::Viewer).is_ok());
        assert!(matches!(viewer.require("b", Role::Editor), Err(Error::Forbidden)));
        assert!(viewer.require("a", Role::Owner).is_ok());
    }
}
