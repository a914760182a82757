//! API connections: protected APIs, with the secrets they introspect with and their scopes.

pub mod delete;
pub mod edit;
pub mod list;
pub mod new;
pub mod new_secret;
pub mod remove_secret;
pub mod rotate_secret;
