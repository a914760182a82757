//! The end user's way from an application's request to its answer.
//!
//! Every page is derived from stored state and the browser's own session; no step can be skipped by
//! calling a later URL, and an interaction's handle alone is worth nothing.

mod advance;
mod authorize;
mod backchannel;
mod consent;
mod consent_detail;
mod device;
mod elsewhere;
mod interaction;
mod open;
mod pushed;
mod register;
mod request_object;
mod required_claims;
mod respond;
mod sign_in;

pub use crate::password_proof::SignInRefused;
pub use authorize::{Authorized, authorize, authorize_posted, resume};
pub use backchannel::{Waiting, begin_answer, decide_backchannel, waiting};
pub use consent::decide_consent;
pub use consent_detail::{ConsentDetail, ConsentField};
pub(crate) use device::user_code_hash;
pub use device::{decide_device, enter_user_code, readable_user_code};
pub(crate) use open::user_name;
pub use open::{AskedClaim, ConsentScope, Destination, Flow, Source, Step, open, path_of};
pub use register::register;
pub use required_claims::{SKIP, submit_claims};
pub use sign_in::{SignedIn, sign_in};

pub use oidc::respond::AuthorizationResponse;
pub use oidc::session_state::BrowserState;

/// Where the browser goes next.
#[derive(Clone, Debug)]
pub enum Next {
    /// A page of ours: path relative to the issuer, with its query.
    Page(String),
    /// Back to the application.
    Client(AuthorizationResponse),
}
