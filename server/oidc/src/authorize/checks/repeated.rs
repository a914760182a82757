//! RFC 6749 section 3.1: "Request and response parameters MUST NOT be included more than once."

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;

/// Refuses duplicates.
pub fn check(context: &Checked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    context.params.once()
}
