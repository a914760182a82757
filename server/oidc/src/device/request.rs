//! What a device asks for.

use model::spec::GrantType;
use serde::{Deserialize, Serialize};

use crate::authorization_details::{self, Detail};
use crate::authorize::{DroppedScope, select_scopes};
use crate::client_auth::AuthenticatedClient;
use crate::error::OAuthError;
use crate::grant::check_grant;
use crate::params::Params;
use crate::tenant::Tenant;

/// A request that passed every check, as it is stored until a person enters its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRequest {
    /// What is granted if a user signs in and agrees.
    pub scopes: Vec<String>,
    /// What was requested beyond that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<DroppedScope>,
    /// What is asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
}

/// Validates a request (RFC 8628 section 3.1). Scopes are treated as at the authorization endpoint.
///
/// # Errors
/// `invalid_request` for repeated parameters, `unauthorized_client` for an application without the grant,
/// `invalid_scope` where no scope is left, `invalid_authorization_details`.
pub fn read(tenant: &Tenant, client: &AuthenticatedClient<'_>, params: &Params) -> Result<DeviceRequest, OAuthError> {
    params.once()?;
    check_grant(client, GrantType::DeviceCode)?;
    let authorization_details = authorization_details::read(params)?;
    let (scopes, dropped) = match (params.get("scope"), &authorization_details) {
        (None, Some(_)) => (Vec::new(), Vec::new()),
        (asked, _) => select_scopes(tenant, client.application, asked)?,
    };
    let authorization_details = authorization_details.unwrap_or_default();
    authorization_details::check(tenant, client.application, &authorization_details)?;
    if scopes.is_empty() && authorization_details.is_empty() {
        return Err(OAuthError::invalid_scope("parameter scope is required"));
    }
    Ok(DeviceRequest { scopes, dropped, authorization_details })
}
