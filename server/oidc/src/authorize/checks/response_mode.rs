//! `response_mode`: `query` (the default of the code flow) or `form_post`, plain or as a signed message.
//!
//! `fragment` belongs to the response types that put tokens into the front channel; there are none.

use crate::authorize::ResponseMode;
use crate::error::OAuthError;
use crate::params::Params;
use crate::verified_uri::VerifiedRedirectUri;

/// How the answer travels.
pub fn read(params: &Params, to: &VerifiedRedirectUri) -> Result<ResponseMode, OAuthError> {
    // A repeated one is refused by the next check; its error travels the default way.
    let Some(name) = params.get("response_mode") else { return Ok(ResponseMode::Query) };
    match ResponseMode::parse(name) {
        Some(mode) if mode.is_form() && !to.takes_form_post() => {
            Err(OAuthError::invalid_request("response_mode form_post needs an https redirect_uri"))
        }
        Some(mode) => Ok(mode),
        None => {
            Err(OAuthError::invalid_request("response_mode must be query, form_post, query.jwt, form_post.jwt or jwt"))
        }
    }
}
