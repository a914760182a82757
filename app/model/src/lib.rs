//! Types, forms and their validation, shared by the browser and the server.
//!
//! No I/O, no clock, no randomness: everything here is a pure function of its input.
//! Patterns are full-match Rust regular expressions and are checked on the server.

pub mod address;
pub mod canonical;
pub mod claim_type;
pub mod claim_value;
pub mod colour;
pub mod day;
pub mod difference;
pub mod form;
pub mod issuer;
pub mod link;
pub mod local_path;
pub mod name;
pub mod naming;
pub mod paging;
pub mod playground;
pub mod preset;
pub mod problem;
pub mod public_keys;
pub mod redirect_uri;
pub mod role;
pub mod secret_plan;
pub mod spec;
pub mod standard_claims;
pub mod stored;

pub use form::FormData;
pub use paging::{Page, PageRequest};
pub use problem::{FieldError, FieldErrors, Problem};
pub use role::Role;
pub use secret_plan::SecretPlan;
pub use stored::Stored;
