//! Parameters that change a request's meaning and are not supported: refused, never ignored.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

/// OpenID Connect Core section 6: an OP that does not support them returns their own errors. Request objects are opened
/// before ([`crate::authorize::request_object`]): one that is still here was not.
const UNSUPPORTED: [(&str, ErrorCode, &str); 3] = [
    ("request", ErrorCode::RequestNotSupported, "the request object was not opened"),
    ("request_uri", ErrorCode::RequestUriNotSupported, "the request_uri was not followed"),
    ("registration", ErrorCode::RegistrationNotSupported, "the registration parameter is not supported"),
];

/// Refuses them.
pub fn check(context: &Checked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match UNSUPPORTED.iter().find(|(name, ..)| context.params.get(name).is_some()) {
        None => Ok(()),
        Some((_, code, text)) => Err(OAuthError::new(*code, *text)),
    }
}
