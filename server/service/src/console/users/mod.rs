//! Users of a subscription. Viewers see them, editors change them; the users of the built-in
//! subscription are the administrators, for owners only.

mod access;
mod consents;
mod edit;
mod history;
pub mod import;
mod read;

use model::spec::ClaimSpec;
use serde_json::Value;

pub use access::{delete, end_session, session, sessions, set_disabled, set_password};
pub use consents::{ConsentView, consent, consents, withdraw_consent};
pub use edit::{check_edit, check_new, create, update};
pub use history::{HistoryRow, history};
pub use read::{get, page};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserCard {
    /// Row id, which is also the `sub`.
    pub id: String,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// The claim `name`.
    pub name: Option<String>,
    /// Unix seconds since when they are disabled.
    pub disabled_at: Option<i64>,
    /// Unix seconds.
    pub created_at: i64,
}

/// One user.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    /// Row id, which is also the `sub`.
    pub id: String,
    /// For forms.
    pub version: i64,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Proven by mail, or said by an administrator.
    pub email_verified: bool,
    /// Unix seconds since when they are disabled.
    pub disabled_at: Option<i64>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Can sign in with a password.
    pub has_password: bool,
    /// Every claim that can be typed, in the order of forms, with the value held.
    pub claims: Vec<(ClaimSpec, Option<Value>)>,
}

/// A user to be made.
#[derive(Clone)]
pub struct NewUser {
    /// Sign-in name, without `@`.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// The administrator knows that it is theirs.
    pub email_verified: bool,
    /// Without one they cannot sign in yet.
    pub password: Option<String>,
    /// Values by claim.
    pub claims: Vec<(String, Value)>,
}

/// An edit. Claims that it does not name stay; `None` removes a value.
#[derive(Clone)]
pub struct UserEdit {
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// A box that is ticked with this edit says that the address is proven; one that merely stays
    /// ticked while the address changes does not.
    pub email_verified: bool,
    /// Values by claim.
    pub claims: Vec<(String, Option<Value>)>,
}
