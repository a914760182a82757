//! Tokens in the answer to an authorization request (RFC 6749 section 4.2, OpenID Connect Core sections 3.2 and 3.3):
//! no grant type of the token endpoint.

use super::plan::{FrontPlan, Granted};
use super::resource::{self, Aim};
use super::subject;
use crate::authorization_details::still_allowed;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;
use crate::tenant::{Application, Tenant};
use crate::user::{Authentication, UserFacts};

/// Who signed in and agreed, and under which grant.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// Row id of the grant.
    pub grant_id: &'a str,
    /// Who signed in, and how.
    pub authentication: &'a Authentication,
    /// `None` for one who was deleted in this moment.
    pub user: Option<&'a UserFacts>,
    /// The code that goes along.
    pub code: Option<&'a str>,
}

/// What is put beside the code, or instead of it.
///
/// # Errors
/// For a user who is gone, and scopes of which nothing is left.
pub fn decide(
    tenant: &Tenant,
    application: &Application,
    request: &AuthorizationRequest,
    agreed: &Agreed<'_>,
    now: i64,
) -> Result<FrontPlan, OAuthError> {
    let user = subject::active(tenant, agreed.user, &agreed.authentication.user_id)?;
    let scopes = subject::still_allowed(tenant, application, &request.scopes);
    let details = still_allowed(tenant, application, &request.authorization_details);
    if scopes.is_empty() && details.is_empty() {
        return Err(OAuthError::invalid_scope("the application may no longer request any of these scopes"));
    }
    let authentication = request.told(agreed.authentication.clone());
    let Aim { scopes, audience, details } = resource::aim(tenant, &request.resources, &[], scopes, details)?;
    let granted = Granted {
        tenant,
        application,
        user,
        grant_id: agreed.grant_id,
        authentication: &authentication,
        refresh_scopes: Vec::new(),
        refresh_details: Vec::new(),
        scopes,
        audience,
        details,
        resources: &[],
        requested_claims: &request.requested_claims,
        nonce: request.nonce.as_deref(),
        jkt: None,
        x5t: None,
        code: agreed.code,
        begun_at: now,
        now,
    };
    Ok(granted.front(request.response_type))
}
