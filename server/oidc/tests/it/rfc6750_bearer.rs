//! Bearer tokens at UserInfo: RFC 6750, OpenID Connect Core section 5.3.

use oidc::bearer::{self, BearerRefusal};
use oidc::grant::AccessTokenData;
use oidc::{ErrorCode, Params, UserFacts, userinfo};
use serde_json::{Value, json};

use crate::fixture::{GRANT, JOHN, Library, NOW, john, params, strings, tenant};

fn read(headers: &[&str], body: &[(&str, &str)]) -> Result<String, BearerRefusal> {
    let headers: Vec<&[u8]> = headers.iter().map(|h| h.as_bytes()).collect();
    bearer::read(&headers, &params(body)).map(|presented| presented.token)
}

#[test]
fn in_the_header_or_in_the_body() {
    assert_eq!(read(&["Bearer abc.def-~+/=="], &[]), Ok("abc.def-~+/==".to_owned()));
    assert_eq!(read(&["bearer abc"], &[]), Ok("abc".to_owned()));
    assert_eq!(read(&[], &[("access_token", "abc")]), Ok("abc".to_owned()));
}

#[test]
fn no_token_gets_a_bare_challenge() {
    for headers in [&[][..], &["Basic abc"], &[""]] {
        assert_eq!(read(headers, &[]), Err(BearerRefusal::NoToken));
    }
    assert_eq!(BearerRefusal::NoToken.status(), 401);
    assert_eq!(BearerRefusal::NoToken.challenge("https://id.example"), "Bearer realm=\"https://id.example\"");
}

#[test]
fn two_methods_and_malformed_tokens_are_invalid_requests() {
    for (headers, body) in [
        (&["Bearer a"][..], &[("access_token", "b")][..]),
        (&["Bearer a", "Bearer b"], &[]),
        (&[], &[("access_token", "a"), ("access_token", "b")]),
        (&["Bearer "], &[]),
        (&["Bearer"], &[]),
        (&["Bearer a b"], &[]),
        (&["Bearer \"a\""], &[]),
    ] {
        let refusal = read(headers, body).expect_err("refused");
        assert_eq!(refusal.status(), 400, "{headers:?}");
    }
    assert!(bearer::read(&[b"\xff"], &Params::default()).is_err());
}

fn token() -> AccessTokenData {
    AccessTokenData {
        client_id: "my-app".to_owned(),
        user_id: Some(JOHN.to_owned()),
        grant_id: Some(GRANT.to_owned()),
        scopes: strings(&["openid", "library"]),
        expires_at: NOW + 10,
        ..AccessTokenData::default()
    }
}

fn code(refusal: &BearerRefusal) -> (ErrorCode, u16) {
    (refusal.error().expect("with an error").code, refusal.status())
}

#[test]
fn userinfo_tells_sub_and_the_scopes_claims() {
    let answer = userinfo::answer(&tenant(), &token(), Some(&john()), NOW).expect("answered");
    assert_eq!(Value::Object(answer), json!({ "sub": JOHN, "library_card": "LC-123456" }));
}

#[test]
fn userinfo_tells_claims_asked_for_by_name() {
    let token = AccessTokenData { userinfo_claims: strings(&["name"]), scopes: strings(&["openid"]), ..token() };
    let answer = userinfo::answer(&tenant(), &token, Some(&john()), NOW).expect("answered");
    assert_eq!(Value::Object(answer), json!({ "sub": JOHN, "name": "John Doe" }));
}

#[test]
fn userinfo_needs_openid_and_a_user() {
    let tenant = tenant();
    let plain = AccessTokenData { scopes: strings(&["library"]), ..token() };
    let refused = userinfo::answer(&tenant, &plain, Some(&john()), NOW).expect_err("refused");
    assert_eq!(code(&refused), (ErrorCode::InsufficientScope, 403));
    let own = AccessTokenData { user_id: None, ..token() };
    let refused = userinfo::answer(&tenant, &own, None, NOW).expect_err("refused");
    assert_eq!(code(&refused), (ErrorCode::InsufficientScope, 403));
}

#[test]
fn userinfo_ends_with_token_user_application_and_subscription() {
    let invalid = (ErrorCode::InvalidToken, 401);
    let ask = |tenant: &oidc::Tenant, token: &AccessTokenData, user: Option<&UserFacts>| {
        code(&userinfo::answer(tenant, token, user, NOW).expect_err("refused"))
    };
    let open = tenant();
    assert_eq!(ask(&open, &AccessTokenData { expires_at: NOW, ..token() }, Some(&john())), invalid);
    assert_eq!(ask(&open, &token(), None), invalid);
    assert_eq!(ask(&open, &token(), Some(&UserFacts { enabled: false, ..john() })), invalid);
    assert_eq!(ask(&Library::with_website(|w| w.disabled = true), &token(), Some(&john())), invalid);
    let mut closed = Library::default();
    closed.settings.disabled_at = Some(NOW);
    assert_eq!(ask(&closed.open(), &token(), Some(&john())), invalid);
}

#[test]
fn the_challenge_names_the_error() {
    let challenge = userinfo::unknown_token().challenge("r");
    assert!(challenge.starts_with("Bearer realm=\"r\", error=\"invalid_token\", error_description=\""), "{challenge}");
}
