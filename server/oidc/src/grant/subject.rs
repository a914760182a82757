//! Looked at again whenever tokens are issued: user, subscription, consent, scopes.

use crate::authorization_details::Detail;
use crate::authorize::RequestedClaims;
use crate::claims;
use crate::consent;
use crate::error::OAuthError;
use crate::scope;
use crate::tenant::{Application, Tenant};
use crate::user::UserFacts;

/// The user of a grant, if still there and enabled.
pub fn active<'u>(tenant: &Tenant, user: Option<&'u UserFacts>, user_id: &str) -> Result<&'u UserFacts, OAuthError> {
    if !tenant.is_enabled() {
        return Err(OAuthError::invalid_grant("the subscription is disabled"));
    }
    let user = user.filter(|u| u.sub == user_id);
    match user {
        None => Err(OAuthError::invalid_grant("the user no longer exists")),
        Some(user) if !user.enabled => Err(OAuthError::invalid_grant("the user is disabled")),
        Some(user) => Ok(user),
    }
}

/// Refuses when the application needs a consent that no longer covers the scopes and claims. For authorization details
/// every application needs one.
pub fn consent(
    tenant: &Tenant,
    application: &Application,
    (scopes, details): (&[String], &[Detail]),
    claims: &RequestedClaims,
    consented: Option<&[String]>,
) -> Result<(), OAuthError> {
    let covered = || consent::covers(consented, &consent::needed(tenant, application, scopes, claims));
    let is_needed = application.spec().require_consent || !details.is_empty();
    if !is_needed || covered() {
        return Ok(());
    }
    Err(OAuthError::invalid_grant("the user's consent was withdrawn"))
}

/// An application receives nothing without what it requires.
pub fn required_claims(
    tenant: &Tenant,
    application: &Application,
    user: &UserFacts,
    now: i64,
) -> Result<(), OAuthError> {
    let missing = claims::missing_required(tenant, application, user, now).required;
    if missing.is_empty() {
        return Ok(());
    }
    let text = format!("the user must give required claims first: {}", missing.join(" "));
    Err(OAuthError::invalid_grant(text))
}

/// The scopes that still exist and that the application may still request.
pub fn still_allowed(tenant: &Tenant, application: &Application, scopes: &[String]) -> Vec<String> {
    let exists = |s: &str| {
        s == scope::OFFLINE_ACCESS || tenant.identity_scope(s).is_some() || tenant.api_scope_owner(s).is_some()
    };
    scopes.iter().filter(|s| exists(s) && application.allows_scope(s)).cloned().collect()
}
