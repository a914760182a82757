//! Profile Config OP: discovery tells the truth, and enough of it.

use serde_json::Value;

use super::suite::{Provider, Variant};
use crate::oauth::forge;
use crate::support::Setup;

/// Members of the metadata that an OP must have (OpenID Connect Discovery section 3).
const REQUIRED: [&str; 8] = [
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "response_types_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
];

// On an issuer with https, as in production; in the other tests it is loopback's http.
both!(oidcc_discovery_endpoint_verification, Setup::https(), |app| async move {
    let provider = Provider::open(&Variant::code(&app)).await;
    let metadata = &provider.metadata;
    let issuer = metadata["issuer"].as_str().expect("an issuer");
    let url = format!("{}/.well-known/openid-configuration", issuer.strip_prefix(app.origin()).expect("ours"));
    let reply = app.get(&url).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/json");
    assert!(issuer.starts_with("https://") && !issuer.contains(['?', '#']) && !issuer.ends_with('/'), "{issuer}");
    let members = metadata.as_object().expect("an object");
    for required in REQUIRED {
        assert!(members.contains_key(required), "{required}");
    }
    for (name, value) in members {
        // Discovery section 4.2: "Claims with zero elements MUST be omitted from the response."
        assert!(value.as_array().is_none_or(|list| !list.is_empty()), "{name} is empty");
        let is_url = name.ends_with("_endpoint") || name.ends_with("_uri");
        let is_good = |url: &str| url.starts_with("https://") && !url.contains('#');
        assert!(!is_url || value.as_str().is_some_and(is_good), "{name}: {value}");
    }
    let has = |list: &str, value: &str| metadata[list].as_array().is_some_and(|l| l.iter().any(|v| v == value));
    assert!(has("id_token_signing_alg_values_supported", "RS256"));
    assert!(!has("id_token_signing_alg_values_supported", "none"));
    assert!(has("scopes_supported", "openid") && has("response_types_supported", "code"));
    assert!(has("subject_types_supported", "public"));
    assert_eq!(metadata["claims_parameter_supported"], true);
    assert_eq!(metadata["request_parameter_supported"].as_bool(), Some(true));
    assert_eq!(metadata["request_uri_parameter_supported"].as_bool(), Some(true));
    assert_eq!(metadata["require_request_uri_registration"].as_bool(), Some(true));
    assert!(!has("request_object_signing_alg_values_supported", "none"));
    assert_keys(&app.get(provider.path("jwks_uri")).await.expect(200).json());
});

/// Each key has an id of its own, is for signatures, has the size that RFC 7518 section 3.3 demands, and is public.
fn assert_keys(jwks: &Value) {
    let keys = jwks["keys"].as_array().expect("keys");
    let ids: Vec<&str> = keys.iter().map(|key| key["kid"].as_str().expect("a kid")).collect();
    assert!(!ids.is_empty());
    for (at, (key, id)) in keys.iter().zip(&ids).enumerate() {
        assert!(!ids[..at].contains(id), "two keys are called {id}");
        assert_eq!((&key["use"], &key["kty"]), (&Value::from("sig"), &Value::from("RSA")));
        assert!(forge::decode(key["n"].as_str().expect("a modulus")).len() >= 2_048 / 8);
        let private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
        assert!(private.iter().all(|member| key.get(member).is_none()));
    }
}
