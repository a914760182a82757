//! Who calls the token, introspection and revocation endpoints (RFC 6749 section 2.3).
//!
//! [`read()`] takes the credentials out of a request; [`application`] and [`connection`] look whether
//! they are right. Credentials in a query string are [`crate::Params::refuse_credentials`]'s.

mod assertion;
mod basic;
mod read;
mod verify;

pub use assertion::{ASSERTION_TYPE, Expected, Used};
pub use read::{AuthMethod, Presented, read};
pub use verify::{
    AuthenticatedClient, AuthenticatedConnection, ClientSecret, application, by_assertion, by_certificate, connection,
    connection_by_assertion, vouched,
};
