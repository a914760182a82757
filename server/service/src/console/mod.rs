//! What administrators do, one file per object. Each use case checks the role first; to somebody
//! without a role on a subscription nothing in it exists.

pub mod administrators;
pub mod api_connections;
pub mod api_scopes;
pub mod applications;
pub mod audit;
pub mod branding;
pub mod choices;
pub mod claims;
pub mod compliance;
pub mod duplicate;
pub mod effects;
pub mod exchanges;
pub mod failures;
pub mod health;
pub mod history;
pub mod identity_scopes;
pub mod initial_access_tokens;
mod key_age;
pub mod keys;
pub mod last_change;
pub mod logouts;
pub mod overview;
mod place;
pub mod playground;
pub mod preview;
pub mod preview_subject;
pub mod search;
pub mod sessions;
pub mod sign_in_failures;
pub mod subscriptions;
pub mod users;

pub use administrators::{AdministratorCard, AdministratorView};
pub use api_connections::{ConnectionCard, ConnectionView};
pub use api_scopes::ApiScopeOption;
pub use applications::ApplicationView;
pub use audit::{AuditFilter, AuditRow};
pub use branding::LogoEdit;
pub use history::{ChangeView, PastView, RestoreView, RevisionView};
pub use initial_access_tokens::{InitialTokenView, NewInitialToken};
pub use key_age::KeyAge;
pub use keys::{KeyView, Rehearsal};
pub use logouts::{LogoutState, LogoutView};
pub use sessions::SessionView;
pub use store::subscriptions::{COUNTED_USERS, Counts};
pub use subscriptions::{SubscriptionCard, SubscriptionView};
pub use users::{NewUser, UserCard, UserEdit, UserView};

use model::Stored;

pub use crate::change::{Done, Made};

/// A new object, with the secret that is shown this once.
#[derive(Clone)]
pub struct Created<T, S = String> {
    /// The object.
    pub stored: Stored<T>,
    /// 256 random bits, or `None` for an application that keeps no secret.
    pub secret: S,
    /// By which it can be undone.
    pub done: Done,
}

/// One more secret, shown this once.
#[derive(Clone)]
pub struct NewSecret {
    /// 256 random bits.
    pub secret: String,
    /// By which it can be undone.
    pub done: Done,
}

/// What became of a saved object, with the secret that the change made necessary.
#[derive(Clone)]
pub struct Saved {
    /// Shown this once.
    pub secret: Option<String>,
    /// By which it can be undone.
    pub done: Done,
}

impl std::fmt::Debug for Saved {
    /// The secret stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Saved").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NewSecret {
    /// The secret stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSecret").finish_non_exhaustive()
    }
}

impl<T: std::fmt::Debug, S> std::fmt::Debug for Created<T, S> {
    /// The secret stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("stored", &self.stored).finish_non_exhaustive()
    }
}

/// A secret of an application or an API connection, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretView {
    /// Row id.
    pub id: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds; `None` for one that stays.
    pub expires_at: Option<i64>,
    /// Unix seconds, to the minute or so.
    pub last_used_at: Option<i64>,
    /// Accepted now.
    pub is_live: bool,
}

impl SecretView {
    fn all(rows: Vec<store::secrets::Secret>, now: i64) -> Vec<Self> {
        let view = |row: store::secrets::Secret| {
            let is_live = crate::change::secret::is_live(&row, now);
            let store::secrets::Secret { id, created_at, expires_at, last_used_at, .. } = row;
            Self { id, created_at, expires_at, last_used_at, is_live }
        };
        rows.into_iter().map(view).collect()
    }
}
