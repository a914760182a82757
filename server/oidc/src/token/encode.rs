//! JWS compact serialization up to the signature (RFC 7515 section 7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use serde_json::{Map, Value, json};

/// RFC 9068 section 2.1: `typ` of a JWT access token, so that it is never taken for another kind.
pub const ACCESS_TOKEN_TYPE: &str = "at+jwt";

/// JOSE header (RFC 7515 section 4.1). A key that is a secret has no id.
pub fn header(alg: SigningAlg, typ: &str, kid: Option<&str>) -> Value {
    let alg = alg.as_str();
    match kid {
        Some(kid) => json!({ "alg": alg, "typ": typ, "kid": kid }),
        None => json!({ "alg": alg, "typ": typ }),
    }
}

/// What is signed: header and payload, joined by a dot.
pub fn signing_input(header: &Value, payload: &Map<String, Value>) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(header.to_string());
    text.push('.');
    // A map of JSON values: writing it cannot fail.
    URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(payload).unwrap_or_default(), &mut text);
    text
}
