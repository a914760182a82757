//! An identity token of our own that comes back as `id_token_hint`.

use serde::Deserialize;
use serde_json::Value;

use super::{Audience, Jws, VerifyError};

/// What a hint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintClaims {
    /// The user.
    pub sub: String,
    /// The session.
    pub sid: Option<String>,
    /// The application it was issued to.
    pub audience: Vec<String>,
    /// Unix seconds; may be past.
    pub expires_at: i64,
}

#[derive(Deserialize)]
struct Payload {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    #[expect(dead_code, reason = "required, and of the right type")]
    iat: i64,
    sid: Option<String>,
}

/// Checks an identity token whose signature was found right. Its expiry is not looked at:
/// RP-Initiated Logout section 2: "The OP SHOULD accept ID Tokens when the RP identified by the ID
/// Token's aud claim and/or sid claim has a current session or had a recent session at the OP, even
/// when the exp time has passed."
///
/// # Errors
/// Another kind, another issuer, or claims that are not ours.
pub fn identity_token_hint(jws: &Jws<'_>, issuer: &str) -> Result<HintClaims, VerifyError> {
    if jws.header.typ.as_deref().is_some_and(|typ| typ != "jwt") {
        return Err(VerifyError::Kind);
    }
    let payload: Payload =
        serde_json::from_value(Value::Object(jws.payload.clone())).map_err(|_| VerifyError::Claims)?;
    if payload.iss != issuer {
        return Err(VerifyError::Issuer);
    }
    Ok(HintClaims { sub: payload.sub, sid: payload.sid, audience: payload.aud.into_vec(), expires_at: payload.exp })
}
