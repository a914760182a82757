//! `response_mode`: `query` (the default of the code flow) or `form_post`.
//!
//! `fragment` belongs to the response types that put tokens into the front channel; there are none.

use super::Checked;
use crate::authorize::{AuthorizationRequest, ResponseMode};
use crate::error::OAuthError;

/// Notes how the answer travels.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    request.response_mode = match context.params.get("response_mode") {
        // A repeated one is refused by the next check; its error travels the default way.
        None | Some("query") => ResponseMode::Query,
        Some("form_post") if request.redirect_uri.takes_form_post() => ResponseMode::FormPost,
        Some("form_post") => {
            return Err(OAuthError::invalid_request("response_mode form_post needs an https redirect_uri"));
        }
        Some(_) => return Err(OAuthError::invalid_request("response_mode must be query or form_post")),
    };
    Ok(())
}
