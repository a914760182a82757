//! OpenID Connect Core: parameters of the authentication request, and the identity token.

use oidc::ErrorCode;
use oidc::authorize::Prompt;
use oidc::grant::{authorization_code, refresh_token};
use oidc::token;
use serde_json::json;

use crate::fixture::{
    ISSUER, JOHN, NOW, REDIRECT, SESSION, VERIFIER, client, code_row, john, redirected, refresh_row, request, strings,
    tenant,
};

#[test]
fn request_objects_that_nobody_opened_are_refused_by_their_own_errors() {
    let tenant = tenant();
    assert_eq!(redirected(&tenant, &[("request", "a.b.c")]).code, ErrorCode::RequestNotSupported);
    assert_eq!(redirected(&tenant, &[("request_uri", "urn:x")]).code, ErrorCode::RequestUriNotSupported);
    assert_eq!(redirected(&tenant, &[("registration", "{}")]).code, ErrorCode::RegistrationNotSupported);
}

#[test]
fn prompts_are_a_list() {
    let request = request(&tenant(), &[("prompt", "login consent login")]);
    assert_eq!(request.prompts, [Prompt::Login, Prompt::Consent]);
}

#[test]
fn prompt_none_stands_alone_and_others_must_be_known() {
    let tenant = tenant();
    assert_eq!(redirected(&tenant, &[("prompt", "none login")]).code, ErrorCode::InvalidRequest);
    assert_eq!(redirected(&tenant, &[("prompt", "whatever")]).code, ErrorCode::InvalidRequest);
}

#[test]
fn max_age_is_a_whole_number() {
    let tenant = tenant();
    assert_eq!(request(&tenant, &[("max_age", "0")]).max_age, Some(0));
    for bad in ["-1", "+1", "1.5", "x", "99999999999999999999"] {
        assert_eq!(redirected(&tenant, &[("max_age", bad)]).code, ErrorCode::InvalidRequest, "{bad}");
    }
}

#[test]
fn hints_never_fail_a_request() {
    let request = request(
        &tenant(),
        &[
            ("display", "hologram"),
            ("ui_locales", "de <script> en-GB"),
            ("acr_values", "1 2"),
            ("claims_locales", "de"),
            ("login_hint", &"x".repeat(400)),
            ("nonce", ""),
        ],
    );
    assert_eq!(request.display, None);
    assert_eq!(request.ui_locales, strings(&["de", "en-GB"]));
    assert_eq!(request.acr_values, strings(&["1", "2"]));
    assert_eq!(request.login_hint, None);
    assert_eq!(request.nonce, None);
}

#[test]
fn the_claims_parameter_is_an_object_of_objects() {
    let tenant = tenant();
    for bad in ["[", "[]", "1", r#"{"userinfo":[]}"#, r#"{"userinfo":{"name":true}}"#] {
        assert_eq!(redirected(&tenant, &[("claims", bad)]).code, ErrorCode::InvalidRequest, "{bad}");
    }
    let good = r#"{"userinfo":{"name":{"essential":true},"nobody_knows":null},"id_token":{"auth_time":null},"x":1}"#;
    let request = request(&tenant, &[("claims", good)]);
    assert_eq!(request.requested_claims.userinfo, strings(&["name"]));
    assert!(request.requested_claims.id_token.is_empty());
}

#[test]
fn an_essential_acr_that_cannot_be_met_is_told() {
    let tenant = tenant();
    let essential = r#"{"id_token":{"acr":{"essential":true,"values":["urn:x"]}}}"#;
    assert_eq!(redirected(&tenant, &[("claims", essential)]).code, ErrorCode::UnmetAuthenticationRequirements);
    request(&tenant, &[("claims", r#"{"id_token":{"acr":{"values":["urn:x"]}}}"#)]);
}

#[test]
fn the_identity_token_says_who_signed_in_when_and_for_whom() {
    let tenant = tenant();
    let asked = authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: Vec::new(),
        playground_run: None,
    };
    let plan =
        authorization_code::decide(&tenant, &client(&tenant, "my-app"), &asked, &code_row(), Some(&john()), None, NOW)
            .expect("issued");
    let spec = plan.identity_token.as_ref().expect("with openid");
    let application = tenant.application("my-app").expect("there");
    let payload = token::identity_payload(&tenant, application, spec, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    assert_eq!(
        serde_json::Value::Object(payload),
        json!({
            "iss": ISSUER, "sub": JOHN, "aud": "my-app", "iat": NOW, "exp": NOW + 300, "auth_time": NOW - 100,
            "nonce": "n-1", "amr": ["pwd"], "sid": SESSION, "at_hash": "77QmUPtjPfzWtF2AnpK9RQ",
            "name": "John Doe", "preferred_username": "john", "updated_at": NOW - 1000, "library_card": "LC-123456",
        })
    );
}

#[test]
fn a_refreshed_identity_token_keeps_auth_time_and_has_no_nonce() {
    let tenant = tenant();
    let asked = refresh_token::Request { refresh_token: "r".to_owned(), scope: None, resources: Vec::new() };
    let plan =
        refresh_token::decide(&tenant, &client(&tenant, "my-app"), &asked, &refresh_row(), Some(&john()), None, NOW)
            .expect("issued")
            .plan;
    let spec = plan.identity_token.expect("with openid");
    assert_eq!(spec.nonce, None);
    assert_eq!(spec.authentication.auth_time, NOW - 100);
    assert_eq!(spec.issued_at, NOW);
}
