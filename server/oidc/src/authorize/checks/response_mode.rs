//! `response_mode`: `query` (the default of the code flow) or `form_post`.
//!
//! `fragment` belongs to the response types that put tokens into the front channel; there are none.

use crate::authorize::ResponseMode;
use crate::error::OAuthError;
use crate::params::Params;
use crate::verified_uri::VerifiedRedirectUri;

/// How the answer travels.
pub fn read(params: &Params, to: &VerifiedRedirectUri) -> Result<ResponseMode, OAuthError> {
    match params.get("response_mode") {
        // A repeated one is refused by the next check; its error travels the default way.
        None | Some("query") => Ok(ResponseMode::Query),
        Some("form_post") if to.takes_form_post() => Ok(ResponseMode::FormPost),
        Some("form_post") => Err(OAuthError::invalid_request("response_mode form_post needs an https redirect_uri")),
        Some(_) => Err(OAuthError::invalid_request("response_mode must be query or form_post")),
    }
}
