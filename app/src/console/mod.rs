//! The pages of administrators. One file per page; a folder per kind of object.

pub mod api_scopes;
pub mod applications;
pub mod audit;
pub mod branding;
pub mod call;
pub mod claims;
pub mod connections;
pub mod failed;
pub mod failures;
pub mod frame;
pub mod header;
pub mod identity_scopes;
pub mod keys;
pub mod language;
pub mod nav;
pub mod place;
pub mod preview;
pub mod scopes;
pub mod search;
pub mod secrets;
pub mod sessions;
pub mod setup;
pub mod shortcuts;
pub mod sign_out;
pub mod subscriptions;
pub mod task;
pub mod told;
pub mod users;
pub mod words;

pub use frame::Sheet;
pub use nav::Tab;
pub use place::Place;
