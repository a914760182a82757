//! The backchannel authentication endpoint (OpenID Connect Client-Initiated Backchannel Authentication 1.0 section 7): an
//! application names a person, who answers on a page of ours. What becomes of it is the token endpoint's, in
//! [`crate::grant::ciba`].

mod request;
mod response;

pub use request::{Asked, AuthenticationRequest, Delivery, PersonHint, read};
pub use response::response;

/// Seconds in which a person can answer, where the application says nothing.
pub const LIFETIME: i64 = 600;

/// The most that `requested_expiry` gets.
pub const LONGEST: i64 = 3_600;

/// Seconds that an application waits between two questions (section 7.3: "If no value is provided, Clients MUST use 5
/// as the default value").
pub const INTERVAL: i64 = 5;
