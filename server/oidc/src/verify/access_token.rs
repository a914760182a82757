//! A JWT access token of our own.

use serde::Deserialize;
use serde_json::Value;

use super::{Audience, Jws, SKEW, VerifyError};
use crate::authorization_details::Detail;
use crate::grant::{AccessTokenData, Actor, MayAct};
use crate::scope;
use crate::token::ACCESS_TOKEN_TYPE;

/// What the token says. Whether it, its grant, its user or its application was revoked or disabled
/// since is for the database to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessTokenClaims {
    /// Its id, for the list of revoked ones.
    pub jti: String,
    /// What it stands for.
    pub data: AccessTokenData,
}

/// Times are whole numbers: a string or a fraction is refused, never skipped (RFC 7519 section 2
/// has `NumericDate` a number; CVE-2026-25537 was a reader that skipped).
#[derive(Deserialize)]
struct Payload {
    iss: String,
    sub: String,
    aud: Audience,
    client_id: String,
    iat: i64,
    exp: i64,
    nbf: Option<i64>,
    jti: String,
    #[serde(default)]
    scope: String,
    auth_time: Option<i64>,
    #[serde(default)]
    amr: Vec<String>,
    acr: Option<String>,
    // `claims::GRANT_ID` and `claims::USERINFO_CLAIMS`.
    gid: Option<String>,
    #[serde(default)]
    uic: Vec<String>,
    #[serde(default)]
    authorization_details: Vec<Detail>,
    cnf: Option<Confirmation>,
    act: Option<Actor>,
    may_act: Option<MayAct>,
}

/// RFC 9449 section 6.1, RFC 8705 section 3.1. A confirmation of another kind would be one that we did not issue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    jkt: Option<String>,
    #[serde(rename = "x5t#S256")]
    x5t: Option<String>,
}

/// Checks an access token whose signature was found right.
///
/// # Errors
/// RFC 9068 section 4: another kind, another issuer, expired, or claims that are not ours.
pub fn access_token(jws: &Jws<'_>, issuer: &str, now: i64) -> Result<AccessTokenClaims, VerifyError> {
    if jws.header.typ.as_deref() != Some(ACCESS_TOKEN_TYPE) {
        return Err(VerifyError::Kind);
    }
    let payload: Payload =
        serde_json::from_value(Value::Object(jws.payload.clone())).map_err(|_| VerifyError::Claims)?;
    if payload.iss != issuer {
        return Err(VerifyError::Issuer);
    }
    if now >= payload.exp {
        return Err(VerifyError::Expired);
    }
    let earliest = now + SKEW;
    if payload.iat > earliest || payload.nbf.is_some_and(|nbf| nbf > earliest) {
        return Err(VerifyError::NotYetValid);
    }
    let (jkt, x5t) = match payload.cnf {
        Some(Confirmation { jkt: None, x5t: None }) => return Err(VerifyError::Claims),
        Some(Confirmation { jkt, x5t }) => (jkt, x5t),
        None => (None, None),
    };
    // A user's token belongs to a grant; one without is an application's own.
    let user_id = payload.gid.is_some().then_some(payload.sub);
    Ok(AccessTokenClaims {
        jti: payload.jti,
        data: AccessTokenData {
            client_id: payload.client_id,
            user_id,
            grant_id: payload.gid,
            scopes: scope::parse(&payload.scope).map_err(|_| VerifyError::Claims)?,
            audience: payload.aud.into_vec(),
            authorization_details: payload.authorization_details,
            issued_at: payload.iat,
            expires_at: payload.exp,
            auth_time: payload.auth_time,
            amr: payload.amr,
            acr: payload.acr,
            userinfo_claims: payload.uic,
            jkt,
            x5t,
            actor: payload.act,
            may_act: payload.may_act,
        },
    })
}
