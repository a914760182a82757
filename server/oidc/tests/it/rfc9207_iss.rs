//! RFC 9207: `iss` in authorization responses.

use oidc::authorize;
use oidc::respond::AuthorizationResponse;

use crate::fixture::{ISSUER, authorize_params, redirection, request, tenant};

#[test]
fn a_success_carries_iss() {
    let response =
        AuthorizationResponse::success(ISSUER, redirection(&request(&tenant(), &[])), vec![("code", "c".into())]);
    assert!(response.parameters.contains(&("iss", ISSUER.to_owned())));
}

#[test]
fn an_error_carries_iss_and_state() {
    let Err(refusal) = authorize::validate(&tenant(), &authorize_params(&[("response_type", "token")])) else {
        panic!()
    };
    let response = refusal.respond(ISSUER).expect("told to the application");
    let names: Vec<_> = response.parameters.iter().map(|(n, _)| *n).collect();
    assert_eq!(names, ["error", "error_description", "state", "iss"]);
}

#[test]
fn a_code_is_not_in_debug_output() {
    let response =
        AuthorizationResponse::success(ISSUER, redirection(&request(&tenant(), &[])), vec![("code", "canary".into())]);
    assert!(!format!("{response:?}").contains("canary"));
}
