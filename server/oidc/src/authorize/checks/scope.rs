//! `scope`: unknown and disallowed ones are dropped, and why is recorded.

use super::Checked;
use crate::authorize::{AuthorizationRequest, DropReason, DroppedScope};
use crate::error::OAuthError;
use crate::scope::{self, OFFLINE_ACCESS};

/// RFC 6749 section 3.3: "The authorization server MAY fully or partially ignore the scope
/// requested by the client [...]. If the client omits the scope parameter [...], the authorization
/// server MUST either process the request using a pre-defined default value or fail the request
/// indicating an invalid scope."
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let text = context.params.get("scope").ok_or_else(|| OAuthError::invalid_scope("parameter scope is required"))?;
    for name in scope::parse(text)? {
        let known = name == OFFLINE_ACCESS
            || context.tenant.identity_scope(&name).is_some()
            || context.tenant.api_scope_owner(&name).is_some();
        if !known {
            request.dropped.push(DroppedScope { scope: name, reason: DropReason::Unknown });
        } else if context.application.allows_scope(&name) {
            request.scopes.push(name);
        } else {
            request.dropped.push(DroppedScope { scope: name, reason: DropReason::NotAllowed });
        }
    }
    if request.scopes.is_empty() {
        return Err(OAuthError::invalid_scope("the application may not request any of these scopes"));
    }
    Ok(())
}
