//! `response_mode`: `query` (the default of the code flow), `fragment` (the one of tokens) or `form_post`, plain or as a
//! signed message.

use model::spec::ResponseType;

use crate::authorize::ResponseMode;
use crate::error::OAuthError;
use crate::params::Params;
use crate::verified_uri::VerifiedRedirectUri;

/// How the answer travels.
pub fn read(
    params: &Params,
    response_type: ResponseType,
    to: &VerifiedRedirectUri,
) -> Result<ResponseMode, OAuthError> {
    // A repeated one is refused by the next check; its error travels the default way.
    let Some(name) = params.get("response_mode") else { return Ok(ResponseMode::usual(response_type)) };
    match ResponseMode::parse(name, response_type) {
        Some(mode) if mode.is_form() && !to.takes_form_post() => {
            Err(OAuthError::invalid_request("response_mode form_post needs an https redirect_uri"))
        }
        // Multiple Response Type Encoding Practices section 5 has tokens "not returned in the query", and JWT Secured
        // Authorization Response Mode section 2.3.1 has the same of a message that is signed only.
        Some(mode) if mode.is_query() && response_type.is_front() => {
            Err(OAuthError::invalid_request("tokens do not travel in a query: response_mode fragment or form_post"))
        }
        Some(mode) => Ok(mode),
        None => {
            let known: Vec<&str> = ResponseMode::names().collect();
            Err(OAuthError::invalid_request(format!("response_mode must be one of {}", known.join(", "))))
        }
    }
}
