//! Which claims reach which destination, and why. The one place that decides it: tokens, UserInfo
//! and the console's preview all ask here.

mod assemble;
mod explanation;
mod required;
mod value;

pub use assemble::{Assembled, Destination, Input, assemble};
pub use explanation::{By, Explanation, Outcome, Reason};
pub use required::{Missing, Skippable, counts, missing_required};

/// Claims that the protocol sets in some token of ours (RFC 7519 section 4.1, OpenID Connect Core
/// section 2, RFC 9068, RFC 7662) or that are private to us: a stored claim of such a name is
/// never released, and could not overwrite them if it were.
pub const PROTOCOL_CLAIMS: [&str; 27] = [
    "iss",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
    "act",
    "may_act",
    "cnf",
    "scope",
    "client_id",
    "typ",
    "events",
    "active",
    "token_type",
    "username",
    GRANT_ID,
    USERINFO_CLAIMS,
];

/// Private claim of access tokens: the grant they belong to.
pub const GRANT_ID: &str = "gid";
/// Private claim of access tokens: claims of UserInfo asked for one by one.
pub const USERINFO_CLAIMS: &str = "uic";
