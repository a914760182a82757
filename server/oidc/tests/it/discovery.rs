//! Metadata: OpenID Connect Discovery 1.0, RFC 8414, RFC 9207 section 3.

use oidc::discovery::{self, Installation};
use serde_json::{Value, json};

use crate::fixture::{ISSUER, Library, tenant};

#[test]
fn endpoints_are_below_the_issuer() {
    let metadata = discovery::openid(&tenant(), Installation { ui_locales: &["en"], ..Installation::default() });
    assert_eq!(metadata["issuer"], json!(ISSUER));
    for (name, path) in [
        ("authorization_endpoint", "/connect/authorize"),
        ("token_endpoint", "/connect/token"),
        ("userinfo_endpoint", "/connect/userinfo"),
        ("device_authorization_endpoint", "/connect/device_authorization"),
        ("introspection_endpoint", "/connect/introspect"),
        ("revocation_endpoint", "/connect/revocation"),
        ("end_session_endpoint", "/connect/endsession"),
        ("jwks_uri", "/.well-known/jwks.json"),
    ] {
        assert_eq!(metadata[name], json!(format!("{ISSUER}{path}")), "{name}");
    }
}

#[test]
fn it_tells_what_exists_and_no_more() {
    let metadata = discovery::openid(&tenant(), Installation { ui_locales: &["en", "de"], ..Installation::default() });
    for (name, value) in [
        ("response_types_supported", json!(["code"])),
        (
            "response_modes_supported",
            json!(["query", "fragment", "form_post", "query.jwt", "fragment.jwt", "form_post.jwt", "jwt"]),
        ),
        (
            "grant_types_supported",
            json!([
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "urn:ietf:params:oauth:grant-type:device_code",
                "password",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "urn:openid:params:grant-type:ciba"
            ]),
        ),
        ("code_challenge_methods_supported", json!(["S256"])),
        (
            "token_endpoint_auth_methods_supported",
            json!(["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"]),
        ),
        (
            "introspection_endpoint_auth_methods_supported",
            json!(["client_secret_basic", "client_secret_post", "private_key_jwt"]),
        ),
        (
            "id_token_signing_alg_values_supported",
            json!(["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]),
        ),
        (
            "userinfo_signing_alg_values_supported",
            json!(["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]),
        ),
        ("introspection_signing_alg_values_supported", json!(["RS256"])),
        ("subject_types_supported", json!(["public", "pairwise"])),
        ("claims_parameter_supported", json!(true)),
        ("acr_values_supported", json!([oidc::acr::PASSWORD])),
        ("request_parameter_supported", json!(true)),
        ("request_uri_parameter_supported", json!(true)),
        ("require_request_uri_registration", json!(true)),
        ("require_signed_request_object", json!(false)),
        ("backchannel_logout_supported", json!(true)),
        ("backchannel_logout_session_supported", json!(true)),
        ("frontchannel_logout_supported", json!(true)),
        ("frontchannel_logout_session_supported", json!(true)),
        ("authorization_response_iss_parameter_supported", json!(true)),
        ("backchannel_token_delivery_modes_supported", json!(["poll", "ping"])),
        ("prompt_values_supported", json!(["none", "login", "consent", "select_account", "create"])),
        ("ui_locales_supported", json!(["en", "de"])),
    ] {
        assert_eq!(metadata[name], value, "{name}");
    }
    assert_eq!(metadata.get("registration_endpoint"), None);
}

fn list(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[test]
fn scopes_and_claims_are_the_subscriptions_own() {
    let metadata = discovery::openid(&tenant(), Installation { ui_locales: &["en"], ..Installation::default() });
    let scopes = list(&metadata["scopes_supported"]);
    for scope in ["openid", "library", "library-api", "library-api-checked-books", "offline_access"] {
        assert!(scopes.contains(&scope), "{scope}");
    }
    let claims = list(&metadata["claims_supported"]);
    for claim in ["sub", "iss", "auth_time", "library_card", "email_verified"] {
        assert_eq!(claims.iter().filter(|c| **c == claim).count(), 1, "{claim}");
    }
}

#[test]
fn create_is_a_prompt_where_registration_is_open() {
    let mut library = Library::default();
    library.settings.spec.registration = false;
    let metadata = discovery::openid(&library.open(), Installation { ui_locales: &["en"], ..Installation::default() });
    assert!(!list(&metadata["prompt_values_supported"]).contains(&"create"));
}

#[test]
fn oauth_metadata_is_a_part_of_openids() {
    let tenant = tenant();
    let oauth = discovery::oauth(&tenant, Installation { ui_locales: &["en"], ..Installation::default() });
    let openid = discovery::openid(&tenant, Installation { ui_locales: &["en"], ..Installation::default() });
    for (name, value) in oauth.as_object().expect("an object") {
        assert_eq!(&openid[name], value, "{name}");
    }
    assert_eq!(oauth.get("userinfo_endpoint"), None);
}
