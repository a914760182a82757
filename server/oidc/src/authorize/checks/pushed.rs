//! Applications whose requests come by way of the server only (RFC 9126 section 6).

use super::Checked;
use crate::authorize::{AuthorizationRequest, Origin};
use crate::error::OAuthError;

/// Refuses a request that the browser could have changed. A run of the console's playground was put together by the
/// server itself, and is known to the letter.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let demanded = context.application.spec().require_pushed_authorization_requests;
    if demanded && !matches!(context.origin, Origin::Pushed) && request.playground_run.is_none() {
        return Err(OAuthError::invalid_request("the application must push its authorization requests"));
    }
    Ok(())
}
