//! All SQL of the product, for SQLite and PostgreSQL alike. Nothing else in the tree writes SQL.
//!
//! Query functions are free functions: reads take a [`Conn`], writes a [`Tx`] (which is a [`Conn`]
//! too). No clock and no randomness: ids, hashes and times come from the caller.

#[macro_use]
mod statement;
mod bulk;
mod engine;
mod error;
mod group;
mod json;
mod key;
mod listing;
pub mod logouts;
mod migrate;
mod open;
mod stored;
mod usage;

// The installation and its tenants.
pub mod activity;
pub mod config_version;
pub mod health;
pub mod images;
pub mod installation;
pub mod signing_keys;
pub mod snapshot;
pub mod subscriptions;

// Configuration inside a subscription.
pub mod api_connections;
pub mod applications;
pub mod attention;
pub mod claims;
mod client_names;
pub mod client_registrations;
pub mod finding;
pub mod initial_access_tokens;
pub mod removed_secrets;
pub mod scopes;
pub mod secrets;

// People.
pub mod administrators;
pub mod claim_values;
pub mod compliance;
pub mod consents;
pub mod invitations;
pub mod roles;
pub mod setup_links;
pub mod users;

// Being signed in.
pub mod attempts;
pub mod authentication_requests;
pub mod console_sessions;
pub mod interactions;
pub mod playground_runs;
pub mod pushed_requests;
pub mod sessions;

// What was issued.
pub mod access_tokens;
pub mod codes;
pub mod device_codes;
pub mod grants;
pub mod refresh_tokens;
pub mod revoked_tokens;
pub mod tokens;
pub mod used_messages;

// What happened, and what may go.
pub mod audit_log;
pub mod cleaning;
pub mod events;
pub mod revisions;
pub mod undone_changes;

pub use engine::{Conn, Options, Store, Tx};
pub use error::{Cause, Constraint, Error, NameKind, Result};
pub use json::JsonText;
pub use migrate::{MIGRATIONS, Migration};
pub use usage::Usage;
