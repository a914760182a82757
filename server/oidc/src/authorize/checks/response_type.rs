//! `response_type`: `code`, for applications that may use the code grant, and what else an application has switched on.

use model::spec::{GrantType, ResponseType};

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

/// The parameter, as far as it can be read: an error travels as the answer would have.
pub fn read(params: &Params) -> ResponseType {
    params.get("response_type").and_then(ResponseType::read).unwrap_or_default()
}

/// Notes it. RFC 9700 section 2.1.2 on tokens in the front channel: "clients SHOULD NOT use the implicit grant [...] or
/// other response types issuing access tokens in the authorization response", so nobody has them by default.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let Some(asked) = ResponseType::read(context.params.required("response_type")?) else {
        return Err(OAuthError::new(ErrorCode::UnsupportedResponseType, "this response_type is not supported"));
    };
    if !context.application.spec().response_types.contains(&asked) {
        let text = format!("the application may not use the response type {}", asked.as_str());
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, text));
    }
    if asked.has_code() && !context.application.has_grant(GrantType::AuthorizationCode) {
        let text = "the application may not use the grant type authorization_code";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, text));
    }
    request.response_type = asked;
    Ok(())
}
