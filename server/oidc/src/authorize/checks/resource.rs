//! `resource` (RFC 8707 section 2.1): the APIs that tokens may be for. Scopes of others are dropped.

use super::Checked;
use crate::authorize::{AuthorizationRequest, DropReason, DroppedScope};
use crate::error::{ErrorCode, OAuthError};
use crate::grant::resource;

/// Notes the resources.
///
/// Section 2: "The authorization server [...] can reject requests with `invalid_target`" for what "the client is not
/// allowed" to ask for: where no scope of an API is left, no token is for it.
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
    // What a person would be asked about is not dropped without a word.
    for detail in &request.authorization_details {
        let owner = context.tenant.detail_type(detail.kind()).map(|(owner, _)| owner.id());
        if owner.is_none_or(|owner| !targets.contains(&owner)) {
            let text = format!("authorization details of the type {} are for another resource", detail.kind());
            return Err(OAuthError::new(ErrorCode::InvalidTarget, text));
        }
    }
    let (dropped, kept) = std::mem::take(&mut request.scopes).into_iter().partition(of_others);
    let dropped: Vec<String> = dropped;
    request.scopes = kept;
    let reason = DropReason::OtherResource;
    request.dropped.extend(dropped.into_iter().map(|scope| DroppedScope { scope, reason }));
    request.resources = asked;
    Ok(())
}
