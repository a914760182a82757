//! The public keys of an application, as a JWK Set (RFC 7517 section 5).

use serde_json::{Value, json};

use crate::problem::{FieldErrors, Problem};
use crate::redirect_uri;
use crate::spec::{ApplicationType, EncryptionAlg};

/// Most keys of one application: two are enough for changing over.
const MAX_KEYS: usize = 10;
/// Members of a JWK of which each tells a secret (RFC 7518 section 6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// True for a key with which somebody could sign.
pub fn is_private(key: &Value) -> bool {
    PRIVATE.iter().any(|name| key.get(name).is_some())
}

/// Looks at the shape of a set, and that nothing in it is secret. Whether a key can be used is for those to say who
/// check signatures.
pub fn check(set: &Value) -> Result<(), Problem> {
    let keys = set.get("keys").and_then(Value::as_array).ok_or_else(|| Problem::new("jwks"))?;
    if keys.iter().any(is_private) {
        return Err(Problem::new("jwks-private"));
    }
    if keys.len() > MAX_KEYS {
        return Err(Problem::new("jwks-many").with("max", MAX_KEYS));
    }
    let is_key = |key: &Value| key.get("kty").is_some_and(Value::is_string);
    if keys.is_empty() || !keys.iter().all(is_key) { Err(Problem::new("jwks")) } else { Ok(()) }
}

/// Reads what somebody pasted: a set, or a single key, which becomes a set.
pub fn parse(text: &str) -> Result<Value, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|_| Problem::new("jwks"))?;
    Ok(if value.get("kty").is_some() { json!({ "keys": [value] }) } else { value })
}

/// True for a key that may be one for encryption by an algorithm (RFC 7517 sections 4.1 to 4.4, RFC 7518 section 4.1).
/// Whether its numbers are good is for those to say who encrypt.
pub fn may_encrypt(key: &Value, alg: EncryptionAlg) -> bool {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    let by_kind = match alg {
        EncryptionAlg::RsaOaep256 => text("kty") == Some("RSA"),
        EncryptionAlg::EcdhEs | EncryptionAlg::EcdhEsA256Kw => {
            text("kty") == Some("EC") && matches!(text("crv"), Some("P-256" | "P-384"))
        }
        EncryptionAlg::A256Kw => false,
    };
    by_kind && text("use").is_none_or(|used| used == "enc") && text("alg").is_none_or(|said| said == alg.as_str())
}

/// Checks keys that are in the settings (`jwks`) or at an address (`jwks_uri`), and tells what is wrong at these fields.
///
/// RFC 7591 section 2: "The `jwks_uri` and `jwks` parameters MUST NOT both be present in the same request or response."
pub fn check_either(jwks: Option<&Value>, jwks_uri: Option<&str>, errors: &mut FieldErrors) {
    if let Some(set) = jwks {
        errors.check("jwks", check(set));
    }
    let Some(uri) = jwks_uri else { return };
    if jwks.is_some() {
        errors.add("jwks_uri", Problem::new("jwks-twice"));
    }
    // It is fetched by HTTP, whoever has the keys.
    if let Err(problem) = redirect_uri::registrable(uri, ApplicationType::Web) {
        errors.add("jwks_uri", problem.with("value", uri));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(set: &Value) -> Option<String> {
        check(set).err().map(|problem| problem.code)
    }

    #[test]
    fn a_set_has_keys_and_no_secret() {
        let key = json!({ "kty": "EC", "crv": "P-256", "x": "x", "y": "y" });
        assert_eq!(code(&json!({ "keys": [key] })), None);
        for bad in [json!([]), json!({}), json!({ "keys": [] }), json!({ "keys": [1] }), json!({ "keys": [{}] })] {
            assert_eq!(code(&bad).as_deref(), Some("jwks"), "{bad}");
        }
        let private = json!({ "keys": [{ "kty": "EC", "d": "secret" }] });
        assert_eq!(code(&private).as_deref(), Some("jwks-private"));
        assert_eq!(code(&json!({ "keys": vec![key; 11] })).as_deref(), Some("jwks-many"));
    }

    #[test]
    fn a_single_key_becomes_a_set() {
        assert_eq!(parse(r#"{"kty": "RSA"}"#), Ok(json!({ "keys": [{ "kty": "RSA" }] })));
        assert_eq!(parse(r#"{"keys": []}"#), Ok(json!({ "keys": [] })));
        assert_eq!(parse("-----BEGIN PUBLIC KEY-----").map_err(|problem| problem.code), Err("jwks".to_owned()));
    }
}
