//! `claims`: individual claims (OpenID Connect Core section 5.5).

use serde_json::{Map, Value};

use super::Checked;
use crate::acr;
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
    let members = || [id_token, userinfo].into_iter().flatten();
    request.requested_claims.subjects = subjects(members().filter_map(|member| member.get("sub")))?;
    let acrs: Vec<&Value> = members().filter_map(|member| member.get("acr")).collect();
    request.requested_claims.acr = !acrs.is_empty();
    for acr in acrs {
        check_acr(acr)?;
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

/// Who must sign in. Section 5.5.1 on `value` and on `values`: "Requests that the Claim be returned with a particular
/// value", or "with one of a set of values". Those of both destinations count.
fn subjects<'a>(asked: impl Iterator<Item = &'a Value>) -> Result<Option<Vec<String>>, OAuthError> {
    let mut expected: Option<Vec<String>> = None;
    for values in asked.filter_map(values) {
        let both = |one: &Vec<String>| one.iter().filter(|sub| values.contains(sub)).cloned().collect();
        expected = Some(expected.as_ref().map_or_else(|| values.clone(), both));
    }
    match expected {
        Some(expected) if expected.is_empty() => {
            Err(OAuthError::new(ErrorCode::LoginRequired, "no user has the sub that claims asks for"))
        }
        expected => Ok(expected),
    }
}

/// Section 5.5.1.1: "If the acr Claim is requested as an Essential Claim [...] with a value or values parameter
/// requesting specific Authentication Context Class Reference values [...], the Authorization Server MUST return an acr
/// Claim Value that matches one of the requested values [...]. If this is an Essential Claim and the requirement cannot
/// be met, then the Authorization Server MUST treat that outcome as a failed authentication attempt." Every sign-in has
/// one of the supported classes, and there is only one so far.
fn check_acr(acr: &Value) -> Result<(), OAuthError> {
    let essential = acr.get("essential").and_then(Value::as_bool).unwrap_or(false);
    let is_met = values(acr).is_none_or(|values| values.iter().any(|one| acr::SUPPORTED.contains(&one.as_str())));
    if !essential || is_met {
        return Ok(());
    }
    let text = "no sign-in here has the acr that claims asks for";
    Err(OAuthError::new(ErrorCode::UnmetAuthenticationRequirements, text))
}

/// The texts of `value` and `values`, where there are such members.
fn values(claim: &Value) -> Option<Vec<String>> {
    let one = claim.get("value").into_iter();
    let many = claim.get("values").into_iter().flat_map(|values| values.as_array().into_iter().flatten());
    let is_asked = claim.get("value").is_some() || claim.get("values").is_some();
    is_asked.then(|| one.chain(many).filter_map(Value::as_str).map(str::to_owned).collect())
}
