//! `scope`: unknown and disallowed ones are dropped, and why is recorded.

use super::Checked;
use crate::authorization_details::PARAMETER;
use crate::authorize::{AuthorizationRequest, DropReason, DroppedScope};
use crate::error::OAuthError;
use crate::scope::{self, OFFLINE_ACCESS};
use crate::tenant::{Application, Tenant};

/// Dropped scopes that are kept with their reasons.
const MAX_DROPPED: usize = 20;

/// Notes what is granted, and what is not.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let asked = context.params.get("scope");
    // RFC 9396 section 3: `authorization_details` can be all that a request asks for.
    if asked.is_none() && context.params.get(PARAMETER).is_some() {
        return Ok(());
    }
    (request.scopes, request.dropped) = select(context.tenant, context.application, asked)?;
    Ok(())
}

/// Of the `scope` parameter of a request, what is granted and what is dropped.
///
/// RFC 6749 section 3.3: "The authorization server MAY fully or partially ignore the scope
/// requested by the client [...]. If the client omits the scope parameter [...], the authorization
/// server MUST either process the request using a pre-defined default value or fail the request
/// indicating an invalid scope."
///
/// # Errors
/// `invalid_scope` where it is absent, cannot be read, or nothing of it is left.
pub fn select(
    tenant: &Tenant,
    application: &Application,
    asked: Option<&str>,
) -> Result<(Vec<String>, Vec<DroppedScope>), OAuthError> {
    let text = asked.ok_or_else(|| OAuthError::invalid_scope("parameter scope is required"))?;
    let (mut scopes, mut dropped) = (Vec::new(), Vec::new());
    let mut drop = |scope: String, reason| {
        // For explaining only; a stranger's request is not kept at any length.
        if dropped.len() < MAX_DROPPED {
            dropped.push(DroppedScope { scope, reason });
        }
    };
    for name in scope::parse(text)? {
        let known =
            name == OFFLINE_ACCESS || tenant.identity_scope(&name).is_some() || tenant.api_scope_owner(&name).is_some();
        if !known {
            drop(name, DropReason::Unknown);
        } else if application.allows_scope(&name) {
            scopes.push(name);
        } else {
            drop(name, DropReason::NotAllowed);
        }
    }
    if scopes.is_empty() {
        return Err(OAuthError::invalid_scope("the application may not request any of these scopes"));
    }
    Ok((scopes, dropped))
}
