//! What a device asks for.

use model::spec::GrantType;
use serde::{Deserialize, Serialize};

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
}

/// Validates a request (RFC 8628 section 3.1). Scopes are treated as at the authorization endpoint.
///
/// # Errors
/// `invalid_request` for repeated parameters, `unauthorized_client` for an application without the grant,
/// `invalid_scope` where no scope is left.
pub fn read(tenant: &Tenant, client: &AuthenticatedClient<'_>, params: &Params) -> Result<DeviceRequest, OAuthError> {
    params.once()?;
    check_grant(client, GrantType::DeviceCode)?;
    let (scopes, dropped) = select_scopes(tenant, client.application, params.get("scope"))?;
    Ok(DeviceRequest { scopes, dropped })
}
