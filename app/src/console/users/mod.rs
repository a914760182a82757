//! Users: people who sign in to the subscription's applications.

pub mod consents;
pub mod delete;
pub mod edit;
pub mod end_session;
pub mod fields;
pub mod history;
pub mod import;
pub mod list;
pub mod new;
pub mod password;
pub mod sessions;
pub mod switch;
mod tabs;
pub mod withdraw_consent;

pub use switch::{disable, enable};
pub use tabs::{UserPart, UserTabs};

use service::console::UserView;

/// What a user is called: the claim `name`, else the sign-in name, else the address.
pub fn called(user: &UserView) -> String {
    let name = user.claims.iter().find(|(claim, _)| claim.name == "name");
    let name = name.and_then(|(_, value)| value.as_ref()?.as_str().map(str::to_owned));
    name.or_else(|| user.username.clone()).or_else(|| user.email.clone()).unwrap_or_else(|| user.id.clone())
}
