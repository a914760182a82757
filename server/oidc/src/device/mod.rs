//! The device authorization endpoint (RFC 8628 sections 3.1 and 3.2): a device asks for a code that a
//! person enters elsewhere. What becomes of it is the token endpoint's, in [`crate::grant::device_code`].

mod request;
mod response;
mod user_code;

pub use request::{DeviceRequest, read};
pub use response::response;
pub use user_code::UserCode;

/// Seconds in which a person can enter the code, and a device can ask what became of it.
pub const LIFETIME: i64 = 600;

/// Seconds that a device waits between two questions (RFC 8628 section 3.2: "If no value is provided, clients
/// MUST use 5 as the default").
pub const INTERVAL: i64 = 5;
