//! Parameters that change a request's meaning and are not supported: refused, never ignored.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

/// OpenID Connect Core section 6: an OP that does not support them returns their own errors.
const UNSUPPORTED: [(&str, ErrorCode, &str); 3] = [
    ("request", ErrorCode::RequestNotSupported, "request objects are not supported"),
    ("request_uri", ErrorCode::RequestUriNotSupported, "request_uri is not supported"),
    ("registration", ErrorCode::RegistrationNotSupported, "the registration parameter is not supported"),
];

/// Refuses them.
pub fn check(context: &Checked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match UNSUPPORTED.iter().find(|(name, ..)| context.params.get(name).is_some()) {
        None => Ok(()),
        Some((_, code, text)) => Err(OAuthError::new(*code, *text)),
    }
}
