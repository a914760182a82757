//! JWS compact serialization up to the signature (RFC 7515 section 7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use serde_json::{Map, Value, json};

/// RFC 9068 section 2.1: `typ` of a JWT access token, so that it is never taken for another kind.
pub const ACCESS_TOKEN_TYPE: &str = "at+jwt";

/// Header of an access token.
pub fn access_header(alg: SigningAlg, kid: &str) -> Value {
    json!({ "alg": alg.as_str(), "typ": ACCESS_TOKEN_TYPE, "kid": kid })
}

/// Header of an identity token.
pub fn identity_header(alg: SigningAlg, kid: &str) -> Value {
    json!({ "alg": alg.as_str(), "typ": "JWT", "kid": kid })
}

/// What is signed: header and payload, joined by a dot.
pub fn signing_input(header: &Value, payload: &Map<String, Value>) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(header.to_string());
    text.push('.');
    // A map of JSON values: writing it cannot fail.
    URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(payload).unwrap_or_default(), &mut text);
    text
}
