//! `response_type`: `code`, for applications that may use the code grant.

use model::spec::GrantType;

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

/// Refuses everything else (RFC 9700 section 2.1.2 on tokens in the front channel).
pub fn check(context: &Checked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match context.params.required("response_type")? {
        "code" if context.application.has_grant(GrantType::AuthorizationCode) => Ok(()),
        "code" => Err(OAuthError::new(
            ErrorCode::UnauthorizedClient,
            "the application may not use the grant type authorization_code",
        )),
        _ => Err(OAuthError::new(ErrorCode::UnsupportedResponseType, "response_type must be code")),
    }
}
