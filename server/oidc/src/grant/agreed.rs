//! What a user agreed to without a browser that comes back with a code: for a device, by saying the password, or
//! earlier, where somebody else says who the user is.

use model::spec::GrantType;

use super::plan::{Granted, TokenPlan};
use super::resource::Aim;
use super::{check_grant, resource, subject};
use crate::authorization_details::{Detail, PARAMETER, narrow, refused, still_allowed};
use crate::authorize::RequestedClaims;
use crate::client_auth::{AuthMethod, AuthenticatedClient};
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::scope;
use crate::tenant::{Application, Tenant};
use crate::user::{Authentication, UserFacts};

/// May this application ask at all? Only one that proves who it is: whoever has its name could ask otherwise.
///
/// # Errors
/// `unauthorized_client`.
pub(super) fn check_client(client: &AuthenticatedClient<'_>, grant: GrantType) -> Result<(), OAuthError> {
    check_grant(client, grant)?;
    if client.method != AuthMethod::None {
        return Ok(());
    }
    let text = format!("a public application may not use the grant type {}", grant.as_str());
    Err(OAuthError::new(ErrorCode::UnauthorizedClient, text))
}

/// Authorization details are agreed to each time, on a page; here there is none.
///
/// # Errors
/// `invalid_authorization_details`.
pub(super) fn refuse_details(params: &Params) -> Result<(), OAuthError> {
    if params.get(PARAMETER).is_some() {
        return Err(refused("authorization details need somebody who agrees to them on a page"));
    }
    Ok(())
}

/// The scopes of a token request that is all there is.
///
/// RFC 6749 section 3.3: "If the client omits the scope parameter when requesting authorization, the authorization
/// server MUST either process the request using a pre-defined default value or fail the request indicating an invalid
/// scope."
///
/// # Errors
/// `invalid_scope`.
pub(super) fn scopes(
    tenant: &Tenant,
    application: &Application,
    asked: Option<&str>,
) -> Result<Vec<String>, OAuthError> {
    let asked = scope::parse(asked.ok_or_else(|| OAuthError::invalid_scope("scope is required"))?)?;
    let allowed = subject::still_allowed(tenant, application, &asked);
    match asked.iter().find(|one| !scope::contains(&allowed, one)) {
        None => Ok(asked),
        Some(other) => {
            Err(OAuthError::invalid_scope(format!("scope {other} is unknown or not allowed for this application")))
        }
    }
}

/// The grant.
#[derive(Clone, Copy)]
pub(super) struct Agreed<'a> {
    /// Row id.
    pub grant_id: &'a str,
    /// Who signed in, and how.
    pub authentication: &'a Authentication,
    /// All that was agreed to.
    pub scopes: &'a [String],
    /// The same in detail.
    pub details: &'a [Detail],
    /// What the user agreed to earlier, for good.
    pub consented: Option<&'a [String]>,
}

/// What this token request wants of it.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Of the APIs, those that the token is for; none for all.
    pub resources: &'a [String],
    /// Of the details, those that the token is for; `None` for all.
    pub details: Option<&'a [Detail]>,
}

/// What it is good for, for a user who is there and has given what is required.
pub(super) fn plan(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    agreed: Agreed<'_>,
    wanted: Wanted<'_>,
    user: &UserFacts,
    now: i64,
) -> Result<TokenPlan, OAuthError> {
    let application = client.application;
    let scopes = subject::still_allowed(tenant, application, agreed.scopes);
    let refresh_details = still_allowed(tenant, application, agreed.details);
    if scopes.is_empty() && refresh_details.is_empty() {
        return Err(OAuthError::invalid_scope("the application may no longer request any of these scopes"));
    }
    let requested_claims = RequestedClaims::default();
    subject::consent(tenant, application, (&scopes, &refresh_details), &requested_claims, agreed.consented)?;
    let refresh_scopes = scopes.clone();
    let details = narrow(wanted.details, &refresh_details)?;
    let Aim { scopes, audience, details } = resource::aim(tenant, &[], wanted.resources, scopes, details)?;
    let granted = Granted {
        tenant,
        application,
        user,
        grant_id: agreed.grant_id,
        authentication: agreed.authentication,
        scopes,
        audience,
        details,
        refresh_scopes,
        refresh_details,
        resources: &[],
        requested_claims: &requested_claims,
        nonce: None,
        jkt: client.jkt,
        x5t: client.x5t,
        code: None,
        begun_at: now,
        now,
    };
    Ok(granted.plan())
}
