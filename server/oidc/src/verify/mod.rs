//! JWTs that come back to us: taken apart strictly, and their claims checked.
//!
//! The order is the caller's duty: [`Jws::parse`], then the signature with the key named by `kid`,
//! then [`access_token()`] or [`identity_token_hint`].

mod access_token;
mod error;
mod hint;
mod jws;
mod parts;

pub use access_token::{AccessTokenClaims, access_token};
pub use error::VerifyError;
pub use hint::{HintClaims, identity_token_hint};
pub use jws::{Header, Jws, MAX_TOKEN};
pub(crate) use parts::parts;

use serde::Deserialize;

/// Seconds by which clocks may differ.
pub const SKEW: i64 = 60;

/// RFC 7519 section 4.1.3: a string or a list of strings.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}
