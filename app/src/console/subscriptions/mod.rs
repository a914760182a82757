//! Subscriptions: tenants with an issuer of their own.

mod activity;
mod attention;
pub mod delete;
mod first_steps;
pub mod list;
pub mod new;
mod new_applications;
pub mod overview;
pub mod settings;
pub mod switch;

pub use switch::{disable, enable};
