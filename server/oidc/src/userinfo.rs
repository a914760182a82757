//! UserInfo (OpenID Connect Core section 5.3). Reading the token is [`crate::bearer`]'s.

use serde_json::{Map, Value, json};

use crate::bearer::BearerRefusal;
use crate::claims::{self, Destination};
use crate::dialect;
use crate::error::{ErrorCode, OAuthError};
use crate::grant::AccessTokenData;
use crate::scope::{self, OPENID};
use crate::tenant::Tenant;
use crate::user::UserFacts;

/// The claims for a live access token; unknown, expired and revoked ones are the caller's to refuse
/// by [`unknown_token`]. `user` is `None` for a deleted user.
///
/// # Errors
/// `invalid_token` when user, application or subscription is no longer in use, `insufficient_scope`
/// without `openid`.
pub fn answer(
    tenant: &Tenant,
    token: &AccessTokenData,
    user: Option<&UserFacts>,
    now: i64,
) -> Result<Map<String, Value>, BearerRefusal> {
    if now >= token.expires_at {
        return Err(unknown_token());
    }
    let application = tenant
        .application(&token.client_id)
        .filter(|a| a.is_enabled() && tenant.is_enabled())
        .ok_or_else(|| BearerRefusal::invalid_token("the application is no longer in use"))?;
    let Some(user_id) = &token.user_id else {
        return Err(insufficient("the access token is not about a user"));
    };
    if !scope::contains(&token.scopes, OPENID) {
        return Err(insufficient("the access token does not have the scope openid"));
    }
    let user = user
        .filter(|u| u.enabled && &u.sub == user_id)
        .ok_or_else(|| BearerRefusal::invalid_token("the user is no longer in use"))?;
    let input = claims::Input {
        tenant,
        user,
        application,
        granted_scopes: &token.scopes,
        requested: &token.userinfo_claims,
        destination: Destination::UserInfo,
    };
    let mut claims = dialect::userinfo(application, claims::assemble(&input).claims);
    // Section 5.3.2: "The sub (subject) Claim MUST always be returned in the UserInfo Response."
    claims.insert("sub".to_owned(), json!(tenant.subject_for(application, &user.sub)));
    Ok(claims)
}

/// The claims as the payload of a JWT. Section 5.3.2: "If signed, the UserInfo Response MUST contain the Claims `iss`
/// (issuer) and `aud` (audience) as members." They say nothing of the user, so they overwrite, never the reverse.
pub fn jwt_payload(tenant: &Tenant, client_id: &str, mut claims: Map<String, Value>) -> Map<String, Value> {
    claims.insert("iss".to_owned(), json!(tenant.issuer()));
    claims.insert("aud".to_owned(), json!(client_id));
    claims
}

/// RFC 6750 section 3.1: "The access token provided is expired, revoked, malformed, or invalid for
/// other reasons."
pub fn unknown_token() -> BearerRefusal {
    BearerRefusal::invalid_token("the access token is unknown, expired or revoked")
}

fn insufficient(description: &'static str) -> BearerRefusal {
    BearerRefusal::Error(OAuthError::new(ErrorCode::InsufficientScope, description))
}
