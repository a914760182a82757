//! The pages of administrators. One file per page; a folder per kind of object.

pub mod about;
pub mod administrators;
pub mod api_scopes;
pub mod applications;
pub mod audit;
pub mod call;
pub mod claims;
pub mod connections;
pub mod failures;
pub mod frame;
pub mod header;
pub mod health;
pub mod identity_scopes;
pub mod invitation;
pub mod keys;
pub mod link;
pub mod nav;
pub mod place;
pub mod scopes;
pub mod secrets;
pub mod sessions;
pub mod setup;
pub mod sign_out;
pub mod subscriptions;
pub mod task;
pub mod users;
pub mod words;

pub use frame::Sheet;
pub use nav::{Tab, Way};
pub use place::Place;
