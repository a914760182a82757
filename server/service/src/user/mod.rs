//! Users and what they hold: the rules shared by registration, the account page, the console and
//! `apply`. Everything here runs inside the caller's transaction; who may do it is the caller's
//! question, and the caller writes the event.

mod access;
mod create;
mod definitions;
mod edit;
mod import;
mod values;

pub use access::{delete, set_disabled, set_password};
pub(crate) use create::taken;
pub use create::{NewUser, check_new, create};
pub use definitions::Definitions;
pub(crate) use edit::find;
pub use edit::{Edit, Verified, check_edit, edit, replace_claims, set_claims};
pub(crate) use import::{Candidate, compare, insert_all, meanwhile};
pub(crate) use values::EMAIL;
