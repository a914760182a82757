//! `resource` (RFC 8707 section 2.1): the APIs that tokens may be for. Scopes of others are dropped.

use super::Checked;
use crate::authorize::{AuthorizationRequest, DropReason, DroppedScope};
use crate::error::OAuthError;
use crate::grant::resource;

/// Notes the resources.
///
/// Section 2: "The authorization server [...] can reject requests with `invalid_target`" for what "the client is not
/// allowed" to ask for: where nothing of an API is left, no token is for it. RFC 9396 section 3.2: "The resource parameter
/// does not have any impact on the way the AS processes the `authorization_details` authorization request parameter", so
/// those stay, whatever API they are for.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let asked = resource::read(context.params);
    if asked.is_empty() {
        return Ok(());
    }
    let mut targets = Vec::new();
    for one in &asked {
        targets.push(resource::find(context.tenant, one, &request.scopes, &request.authorization_details)?.id());
    }
    let of_others = |scope: &String| {
        let owner = context.tenant.api_scope_owner(scope);
        owner.is_some_and(|owner| !targets.contains(&owner.id()))
    };
    let (dropped, kept) = std::mem::take(&mut request.scopes).into_iter().partition(of_others);
    let dropped: Vec<String> = dropped;
    request.scopes = kept;
    let reason = DropReason::OtherResource;
    request.dropped.extend(dropped.into_iter().map(|scope| DroppedScope { scope, reason }));
    request.resources = asked;
    Ok(())
}
