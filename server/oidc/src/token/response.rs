//! The answer of the token endpoint (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3).

use serde::Serialize;

use crate::authorization_details::Detail;
use crate::grant::TokenPlan;
use crate::scope;

/// Sent as JSON, with `Cache-Control: no-store`. `Debug` hides the tokens.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authorization_details: Vec<Detail>,
}

impl TokenResponse {
    /// The tokens that were made from a plan. What was granted is always told: RFC 6749 section
    /// 5.1 requires `scope` where it differs from the request.
    pub fn new(
        plan: &TokenPlan,
        access_token: String,
        identity_token: Option<String>,
        refresh_token: Option<String>,
    ) -> Self {
        Self {
            access_token,
            // RFC 9449 section 5: "token_type of DPoP MUST be included in the access token response to signal to the
            // client that the access token was bound to its DPoP key".
            token_type: plan.access_token.data.token_type(),
            expires_in: plan.access_token.lifetime,
            refresh_token,
            id_token: identity_token,
            scope: scope::join(&plan.scopes),
            // RFC 9396 section 7: "the AS MUST also return the authorization_details as granted by the resource owner
            // and assigned to the respective access token".
            authorization_details: plan.access_token.data.authorization_details.clone(),
        }
    }
}

impl std::fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenResponse({}, {} s)", self.scope, self.expires_in)
    }
}
