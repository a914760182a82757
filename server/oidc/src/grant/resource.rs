//! Resource indicators (RFC 8707): which of the APIs that a grant covers a token is for.

use crate::authorization_details::Detail;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::tenant::{Connection, Tenant};

/// What a token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Those of the APIs that it is for, and those that belong to no API.
    pub scopes: Vec<String>,
    /// `aud`: each API by what it was asked for by, its resource indicator or its name; else the issuer (RFC 9068
    /// section 3).
    pub audience: Vec<String>,
    /// Those of the APIs that it is for (RFC 9396).
    pub details: Vec<Detail>,
}

/// The `resource` parameters, each once. Section 2: "Multiple resource parameters MAY be used".
pub fn read(params: &Params) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for one in params.all("resource") {
        if !asked.iter().any(|known| known == one) {
            asked.push(one.to_owned());
        }
    }
    asked
}

/// Narrows what is granted. `held` are the resources of the grant, empty where it was asked for without; `asked` are
/// those of this request, empty for all that is held.
///
/// # Errors
/// `invalid_target` for a resource that the grant does not hold, or of which nothing is granted, and where nothing is
/// left of what was granted.
pub fn aim(
    tenant: &Tenant,
    held: &[String],
    asked: &[String],
    scopes: Vec<String>,
    details: Vec<Detail>,
) -> Result<Aim, OAuthError> {
    if held.is_empty() && asked.is_empty() {
        let audience = super::audience(tenant, &scopes, &details);
        return Ok(Aim { scopes, audience, details });
    }
    for resource in asked {
        // Section 2.2: "the authorization server [...] can restrict" a token to what was "originally granted". What was
        // granted in detail is for its API, whatever the resources of the grant (RFC 9396 section 3.2).
        let is_held = held.is_empty() || held.contains(resource) || is_detailed(tenant, resource, &details);
        if !is_held {
            return Err(unknown(resource));
        }
        find(tenant, resource, &scopes, &details)?;
    }
    let named = if asked.is_empty() { held } else { asked };
    // One that was granted and is there no more takes its scopes with it.
    let targets: Vec<(&String, &Connection)> =
        named.iter().filter_map(|one| Some((one, tenant.connection_of_resource(one)?))).collect();
    let is_meant = |scope: &str| {
        let owner = tenant.api_scope_owner(scope);
        owner.is_none_or(|owner| targets.iter().any(|(_, target)| target.id() == owner.id()))
    };
    let scopes: Vec<String> = scopes.into_iter().filter(|scope| is_meant(scope)).collect();
    let is_target_of = |detail: &Detail| targets.iter().any(|(_, target)| target.owns_detail_type(detail.kind()));
    let details: Vec<Detail> = details.into_iter().filter(|one| asked.is_empty() || is_target_of(one)).collect();
    if scopes.is_empty() && details.is_empty() {
        return Err(OAuthError::new(ErrorCode::InvalidTarget, "the resources of the grant are there no more"));
    }
    let is_target = |target: &Connection| has_part(target, &scopes, &details);
    let mut audience: Vec<String> =
        targets.iter().filter(|(_, target)| is_target(target)).map(|(name, _)| (*name).clone()).collect();
    let owners = details.iter().filter_map(|detail| tenant.detail_type(detail.kind())).map(|(owner, _)| owner);
    for owner in owners {
        if owner.named_in(&audience).is_none() {
            audience.push(owner.name().to_owned());
        }
    }
    if audience.is_empty() {
        audience.push(tenant.issuer().to_owned());
    }
    Ok(Aim { scopes, audience, details })
}

/// The API that a resource indicator names, if one of these scopes or authorization details is its own.
///
/// # Errors
/// `invalid_target`, in the same words for one that there is not: what exists is not told to those who may not use it.
pub fn find<'t>(
    tenant: &'t Tenant,
    resource: &str,
    scopes: &[String],
    details: &[Detail],
) -> Result<&'t Connection, OAuthError> {
    let found = tenant.connection_of_resource(resource);
    found.filter(|one| has_part(one, scopes, details)).ok_or_else(|| unknown(resource))
}

fn is_detailed(tenant: &Tenant, resource: &str, details: &[Detail]) -> bool {
    tenant.connection_of_resource(resource).is_some_and(|one| has_part(one, &[], details))
}

/// True for an API of which something is granted.
fn has_part(connection: &Connection, scopes: &[String], details: &[Detail]) -> bool {
    scopes.iter().any(|scope| connection.owns_scope(scope))
        || details.iter().any(|detail| connection.owns_detail_type(detail.kind()))
}

fn unknown(resource: &str) -> OAuthError {
    let text = format!("no granted scope belongs to the resource {resource}, or it is unknown");
    OAuthError::new(ErrorCode::InvalidTarget, text)
}
