//! Use cases: load, let `oidc` and `model` decide, save, in one transaction.
//!
//! Clock, randomness and settings come in through [`Ctx`]. Nothing here knows HTTP or HTML.

pub mod account;
pub mod activity;
pub mod actor;
pub mod admin;
pub mod apply;
mod attempts;
pub mod branding;
mod change;
pub mod client;
pub mod client_registration;
pub mod clock;
mod compliance;
pub mod config;
pub mod console;
pub mod console_session;
pub mod crypto;
pub mod ctx;
pub mod cursor;
pub mod error;
pub mod event;
mod facts;
pub mod flow;
pub mod history;
pub mod housekeeping;
pub mod incident;
pub mod installation;
pub mod invitation;
pub mod keys;
pub mod last_used;
pub mod logouts;
pub mod metadata;
pub mod network;
pub mod outgoing;
pub mod passwords;
pub mod picture;
mod places;
pub mod playground;
mod proof;
mod published_keys;
pub mod random;
mod rank;
mod refusal;
mod request_objects;
pub mod revision;
pub mod sessions;
pub mod sign_out;
pub mod snapshot;
mod tenant;
pub mod tokens;
pub mod user;

pub use actor::{Actor, Admin};
pub use config::Config;
pub use ctx::Ctx;
pub use error::{Error, Result};
