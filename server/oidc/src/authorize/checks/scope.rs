//! `scope`: unknown and disallowed ones are dropped, and why is recorded.

use super::Checked;
use crate::authorize::{AuthorizationRequest, DropReason, DroppedScope};
use crate::error::OAuthError;
use crate::scope::{self, OFFLINE_ACCESS};

/// Dropped scopes that are kept with their reasons.
const MAX_DROPPED: usize = 20;

/// RFC 6749 section 3.3: "The authorization server MAY fully or partially ignore the scope
/// requested by the client [...]. If the client omits the scope parameter [...], the authorization
/// server MUST either process the request using a pre-defined default value or fail the request
/// indicating an invalid scope."
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let text = context.params.get("scope").ok_or_else(|| OAuthError::invalid_scope("parameter scope is required"))?;
    let mut drop = |scope: String, reason| {
        // For explaining only; a stranger's request is not kept at any length.
        if request.dropped.len() < MAX_DROPPED {
            request.dropped.push(DroppedScope { scope, reason });
        }
    };
    for name in scope::parse(text)? {
        let known = name == OFFLINE_ACCESS
            || context.tenant.identity_scope(&name).is_some()
            || context.tenant.api_scope_owner(&name).is_some();
        if !known {
            drop(name, DropReason::Unknown);
        } else if context.application.allows_scope(&name) {
            request.scopes.push(name);
        } else {
            drop(name, DropReason::NotAllowed);
        }
    }
    if request.scopes.is_empty() {
        return Err(OAuthError::invalid_scope("the application may not request any of these scopes"));
    }
    Ok(())
}
