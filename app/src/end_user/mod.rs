//! The pages that end users see on the way to an application, and their account. No script: the one
//! exception is the page that posts the answer to an application by itself.

pub mod account;
pub mod brand;
pub mod claims;
pub mod consent;
mod consent_detail;
pub mod device;
pub mod expired;
pub mod form_post;
pub mod frame;
pub mod language;
pub mod login;
pub mod register;
pub mod requests;
pub mod resume;
pub mod sign_out;
pub mod signed_out;
pub mod way;

pub use brand::Brand;
pub use frame::Card;
pub use way::{Way, answer};
