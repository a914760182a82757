//! `claims`: individual claims (OpenID Connect Core section 5.5).

use serde_json::{Map, Value};

use super::Checked;
use crate::authorize::{AuthorizationRequest, RequestedClaims};
use crate::error::{ErrorCode, OAuthError};

/// Most claims named for one destination.
const MAX_CLAIMS: usize = 100;

/// Notes which claims are asked for. Whether they are released is decided when a token is made.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let Some(text) = context.params.get("claims") else { return Ok(()) };
    let Ok(Value::Object(asked)) = serde_json::from_str::<Value>(text) else {
        return Err(OAuthError::invalid_request("claims must be a JSON object"));
    };
    let id_token = member(&asked, "id_token")?;
    let userinfo = member(&asked, "userinfo")?;
    if let Some(sub) = id_token.and_then(|m| m.get("sub")).or_else(|| userinfo.and_then(|m| m.get("sub"))) {
        request.requested_claims.sub = sub.get("value").and_then(Value::as_str).map(str::to_owned);
    }
    if id_token.and_then(|m| m.get("acr")).is_some_and(is_unmet_acr) {
        // Section 5.5.1.1: an essential `acr` that cannot be met is "a failed authentication
        // attempt".
        return Err(OAuthError::new(
            ErrorCode::UnmetAuthenticationRequirements,
            "no authentication context class is supported, so an essential acr cannot be met",
        ));
    }
    let RequestedClaims { id_token: for_token, userinfo: for_userinfo, .. } = &mut request.requested_claims;
    for (member, names) in [(id_token, for_token), (userinfo, for_userinfo)] {
        names.extend(member.into_iter().flat_map(Map::keys).filter(|k| context.tenant.claim(k).is_some()).cloned());
    }
    Ok(())
}

fn member<'a>(asked: &'a Map<String, Value>, name: &str) -> Result<Option<&'a Map<String, Value>>, OAuthError> {
    match asked.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(claims)) if claims.len() <= MAX_CLAIMS => {
            // Section 5.5.1: each member's value is null or an object.
            if claims.values().all(|v| v.is_null() || v.is_object()) {
                Ok(Some(claims))
            } else {
                Err(OAuthError::invalid_request("each claim in claims must be null or an object"))
            }
        }
        Some(Value::Object(_)) => Err(OAuthError::invalid_request("claims names too many claims")),
        Some(_) => Err(OAuthError::invalid_request("the members of claims must be objects")),
    }
}

fn is_unmet_acr(acr: &Value) -> bool {
    let essential = acr.get("essential").and_then(Value::as_bool).unwrap_or(false);
    essential && (acr.get("value").is_some() || acr.get("values").is_some())
}
