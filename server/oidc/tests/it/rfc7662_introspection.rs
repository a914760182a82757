//! Introspection: RFC 7662, and PROTOCOL's rule that a connection sees only its own.

use oidc::grant::AccessTokenData;
use oidc::{Tenant, UserFacts, introspection};
use serde_json::{Value, json};

use crate::fixture::{GRANT, ISSUER, JOHN, Library, NOW, john, strings, tenant};

fn token() -> AccessTokenData {
    AccessTokenData {
        client_id: "my-app".to_owned(),
        user_id: Some(JOHN.to_owned()),
        grant_id: Some(GRANT.to_owned()),
        scopes: strings(&["openid", "library", "library-api-checked-books", "rooms-api"]),
        audience: strings(&["library-api", "rooms-api"]),
        issued_at: NOW - 10,
        expires_at: NOW + 10,
        auth_time: Some(NOW - 100),
        amr: strings(&["pwd"]),
        ..AccessTokenData::default()
    }
}

fn ask(tenant: &Tenant, token: Option<&AccessTokenData>, user: Option<&UserFacts>) -> Value {
    let connection = tenant.connection("library-api").expect("there");
    introspection::answer(tenant, connection, token, Some("jti-1"), user, NOW)
}

fn inactive() -> Value {
    json!({ "active": false })
}

#[test]
fn a_live_token_with_the_connections_scopes_only() {
    assert_eq!(
        ask(&tenant(), Some(&token()), Some(&john())),
        json!({
            "active": true, "iss": ISSUER, "aud": "library-api", "sub": JOHN, "client_id": "my-app",
            "scope": "library-api-checked-books", "token_type": "Bearer", "iat": NOW - 10, "exp": NOW + 10,
            "auth_time": NOW - 100, "amr": ["pwd"], "jti": "jti-1",
        })
    );
}

#[test]
fn everything_else_is_inactive_without_a_word() {
    let open = tenant();
    assert_eq!(ask(&open, None, None), inactive());
    let not_for_it = AccessTokenData { audience: strings(&["rooms-api"]), ..token() };
    assert_eq!(ask(&open, Some(&not_for_it), Some(&john())), inactive());
    let expired = AccessTokenData { expires_at: NOW, ..token() };
    assert_eq!(ask(&open, Some(&expired), Some(&john())), inactive());
    let gone = AccessTokenData { client_id: "gone".to_owned(), ..token() };
    assert_eq!(ask(&open, Some(&gone), Some(&john())), inactive());
    let disabled = Library::with_website(|w| w.disabled = true);
    assert_eq!(ask(&disabled, Some(&token()), Some(&john())), inactive());
}

#[test]
fn an_applications_own_token_needs_no_user() {
    let own = AccessTokenData { user_id: None, grant_id: None, ..token() };
    let answer = ask(&tenant(), Some(&own), None);
    assert_eq!(answer["active"], json!(true));
    assert_eq!(answer["sub"], json!("my-app"));
}

#[test]
fn claims_that_go_into_access_tokens_are_told() {
    let tenant = Library::with_claim("library_card", |c| c.in_access_token = true);
    assert_eq!(ask(&tenant, Some(&token()), Some(&john()))["library_card"], json!("LC-123456"));
    assert_eq!(ask(&tenant, Some(&token()), None), inactive());
    assert_eq!(ask(&tenant, Some(&token()), Some(&UserFacts { enabled: false, ..john() })), inactive());
}
