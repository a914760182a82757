//! Grant type `client_credentials` (RFC 6749 section 4.4): an application acts for itself.

use model::spec::GrantType;
use serde_json::Map;

use super::check_grant;
use super::data::AccessTokenData;
use super::plan::{AccessTokenSpec, TokenPlan};
use super::resource::{self, Aim};
use crate::authorization_details::{self, Detail};
use crate::client_auth::{AuthMethod, AuthenticatedClient};
use crate::dialect;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::scope;
use crate::tenant::Tenant;

/// The request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// API scopes; when absent, every allowed one, or none beside authorization details.
    pub scope: Option<String>,
    /// The APIs that the token is for; all whose scopes it has when there are none (RFC 8707).
    pub resources: Vec<String>,
    /// What is asked for in objects (RFC 9396 section 6).
    pub details: Option<Vec<Detail>>,
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        Ok(Self {
            scope: params.get("scope").map(str::to_owned),
            resources: resource::read(params),
            details: authorization_details::read(params)?,
        })
    }
}

/// Decides what the application gets: an access token for APIs; no identity token, since nobody
/// signed in, and no refresh token (RFC 6749 section 4.4.3: "A refresh token SHOULD NOT be
/// included").
///
/// # Errors
/// `invalid_scope` for scopes that are not API scopes of this application, `invalid_authorization_details`.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    now: i64,
) -> Result<TokenPlan, OAuthError> {
    let application = client.application;
    check_grant(client, GrantType::ClientCredentials)?;
    // Section 4.4: "The client credentials grant type MUST only be used by confidential clients."
    if client.method == AuthMethod::None {
        let text = "a public application may not use the grant type client_credentials";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, text));
    }
    let spec = application.spec();
    let allowed = |scope: &str| {
        tenant.api_scope_owner(scope).is_some() && spec.allowed_api_scopes.iter().any(|allowed| allowed == scope)
    };
    let details = request.details.clone().unwrap_or_default();
    authorization_details::check(tenant, application, &details)?;
    let scopes = match request.scope.as_deref() {
        // Who says in detail what a token is for wants no other.
        None if !details.is_empty() => Vec::new(),
        None => spec.allowed_api_scopes.iter().filter(|s| allowed(s)).cloned().collect(),
        Some(text) => {
            let asked = scope::parse(text)?;
            if let Some(other) = asked.iter().find(|s| !allowed(s)) {
                let text = format!("scope {other} is not an API scope of this application");
                return Err(OAuthError::invalid_scope(text));
            }
            asked
        }
    };
    let Aim { scopes, audience, details } = resource::aim(tenant, &[], &request.resources, scopes, details)?;
    let data = AccessTokenData {
        client_id: application.client_id().to_owned(),
        audience,
        authorization_details: details,
        scopes: scopes.clone(),
        issued_at: now,
        expires_at: now + spec.access_token_lifetime,
        jkt: client.jkt.map(str::to_owned),
        x5t: client.x5t.map(str::to_owned),
        ..AccessTokenData::default()
    };
    Ok(TokenPlan {
        grant_id: None,
        application_id: application.id().to_owned(),
        user_id: None,
        session_id: None,
        scopes,
        access_token: AccessTokenSpec {
            format: spec.format(),
            is_stored: dialect::is_stored(application),
            lifetime: spec.access_token_lifetime,
            data,
            claims: Map::new(),
        },
        identity_token: None,
        refresh_token: None,
    })
}
