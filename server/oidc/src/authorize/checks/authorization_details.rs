//! `authorization_details` (RFC 9396 section 3): what is asked for in objects.

use super::Checked;
use crate::authorization_details;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;

/// Notes them: all or none, since a person is asked about what was asked for.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let details = authorization_details::read(context.params)?.unwrap_or_default();
    authorization_details::check(context.tenant, context.application, &details)?;
    if request.scopes.is_empty() && details.is_empty() {
        return Err(OAuthError::invalid_scope("parameter scope is required"));
    }
    request.authorization_details = details;
    Ok(())
}
