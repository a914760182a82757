//! Subscriptions: tenants with an issuer of their own.

mod activity;
mod attention;
mod client_registration;
pub mod delete;
mod first_steps;
pub mod list;
pub mod new;
mod new_applications;
pub mod new_initial_token;
pub mod overview;
pub mod registration;
pub mod revoke_initial_token;
pub mod settings;
pub mod switch;

pub use switch::{disable, enable};
