//! Applications: OAuth clients.

mod allowing;
pub mod delete;
pub mod duplicate;
pub mod edit;
pub mod exchanges;
pub mod fields;
pub mod list;
mod logout;
pub mod logouts;
pub mod new;
pub mod options;
pub mod playground;
mod presentation;
pub mod preview;
mod proofs;
pub mod quick_start;
pub mod remove_secret;
pub mod required;
mod response_types;
mod sign_in;
mod subject;
pub mod switch;
pub mod tokens;

pub use allowing::{any_application, way_to_allow};
pub use switch::{disable, enable};
