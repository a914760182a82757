//! API connections: protected APIs, with the secrets they introspect with and their scopes.

pub mod delete;
pub mod edit;
pub mod list;
pub mod new;
pub mod remove_secret;
