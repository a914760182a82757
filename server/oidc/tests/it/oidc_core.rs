//! OpenID Connect Core: parameters of the authentication request, and the identity token.

use oidc::ErrorCode;
use oidc::acr::PASSWORD;
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
    let wished = request(&tenant, &[("claims", r#"{"id_token":{"acr":{"values":["urn:x"]}}}"#)]);
    assert!(wished.requested_claims.acr);
    for met in [
        format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{PASSWORD}"}}}}}}"#),
        format!(r#"{{"userinfo":{{"acr":{{"essential":true,"values":["urn:x","{PASSWORD}"]}}}}}}"#),
        r#"{"id_token":{"acr":{"essential":true}}}"#.to_owned(),
        r#"{"id_token":{"acr":null}}"#.to_owned(),
    ] {
        assert!(request(&tenant, &[("claims", &met)]).requested_claims.acr, "{met}");
    }
    assert!(!request(&tenant, &[("claims", r#"{"id_token":{"auth_time":null}}"#)]).requested_claims.acr);
}

#[test]
fn how_well_somebody_signed_in_is_told_to_those_who_ask() {
    let tenant = tenant();
    let acr_of = |asked: &[(&str, &str)], amr: &[&str]| {
        let request = request(&tenant, asked);
        let to = request.answer_to.redirection().expect("a redirect");
        let mut signed_in = code_row().data.authentication;
        (signed_in.amr, signed_in.acr) = (strings(amr), None);
        request.code_data(to, signed_in).authentication.acr
    };
    let password = Some(PASSWORD.to_owned());
    assert_eq!(acr_of(&[], &["pwd"]), None);
    assert_eq!(acr_of(&[("acr_values", "1 2")], &["pwd"]), password);
    assert_eq!(acr_of(&[("claims", r#"{"id_token":{"acr":null}}"#)], &["pwd"]), password);
    assert_eq!(acr_of(&[("acr_values", PASSWORD)], &["fed"]), None);
}

#[test]
fn the_subject_can_be_one_of_several() {
    let tenant = tenant();
    let subjects = |claims: &str| request(&tenant, &[("claims", claims)]).requested_claims.subjects;
    assert_eq!(subjects(r#"{"id_token":{"sub":null}}"#), None);
    assert_eq!(subjects(r#"{"id_token":{"sub":{"essential":true}}}"#), None);
    assert_eq!(subjects(r#"{"id_token":{"sub":{"value":"a"}}}"#), Some(strings(&["a"])));
    assert_eq!(subjects(r#"{"userinfo":{"sub":{"values":["a","b"]}}}"#), Some(strings(&["a", "b"])));
    let both = r#"{"userinfo":{"sub":{"values":["a","b"]}},"id_token":{"sub":{"value":"b"}}}"#;
    assert_eq!(subjects(both), Some(strings(&["b"])));
    for nobody in [
        r#"{"userinfo":{"sub":{"value":"a"}},"id_token":{"sub":{"value":"b"}}}"#,
        r#"{"id_token":{"sub":{"values":[]}}}"#,
        r#"{"id_token":{"sub":{"value":1}}}"#,
    ] {
        assert_eq!(redirected(&tenant, &[("claims", nobody)]).code, ErrorCode::LoginRequired, "{nobody}");
    }
    // As it was stored by the release before.
    let mut stored: serde_json::Value = serde_json::from_str(&request(&tenant, &[]).to_stored()).expect("JSON");
    stored["requested_claims"] = json!({ "sub": "a" });
    let read = oidc::authorize::AuthorizationRequest::from_stored(&stored.to_string()).expect("reads");
    assert_eq!(read.requested_claims.subjects, Some(strings(&["a"])));
}

#[test]
fn the_identity_token_says_who_signed_in_when_and_for_whom() {
    let tenant = tenant();
    let asked = authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    };
    let plan =
        authorization_code::decide(&tenant, &client(&tenant, "my-app"), &asked, &code_row(), Some(&john()), None, NOW)
            .expect("issued");
    let spec = plan.identity_token.as_ref().expect("with openid");
    let application = tenant.application("my-app").expect("there");
    let payload =
        token::identity_payload(&tenant, application, spec, Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"));
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
    let asked =
        refresh_token::Request { refresh_token: "r".to_owned(), scope: None, resources: Vec::new(), details: None };
    let plan =
        refresh_token::decide(&tenant, &client(&tenant, "my-app"), &asked, &refresh_row(), Some(&john()), None, NOW)
            .expect("issued")
            .plan;
    let spec = plan.identity_token.expect("with openid");
    assert_eq!(spec.nonce, None);
    assert_eq!(spec.authentication.auth_time, NOW - 100);
    assert_eq!(spec.issued_at, NOW);
}
