//! OpenID Connect Session Management 1.0 section 2. What the frame makes of it is tried in a browser
//! (`end2end/tests/session.spec.ts`).

use oidc::digest::sha256_hex;
use oidc::discovery::{self, Installation};
use oidc::respond::AuthorizationResponse;
use oidc::session_state::BrowserState;
use serde_json::json;

use crate::fixture::{ISSUER, Library, redirection, request, tenant};

/// `session_state` of an answer to `my-app`.
fn said(state: BrowserState, salt: &str) -> String {
    let request = request(&tenant(), &[]);
    let to = redirection(&request);
    let response =
        AuthorizationResponse::success(ISSUER, to, vec![("code", "code".into())]).watched("my-app", to, state, salt);
    assert!(response.browser_state.is_some());
    response.parameters.into_iter().find(|(name, _)| *name == "session_state").expect("a session_state").1
}

#[test]
fn session_state_is_a_salted_hash_of_client_origin_and_browser_state() {
    let state = BrowserState::of_cookie("the cookie");
    let hashed = |state: &str| sha256_hex(format!("my-app https://library.example {state} salt").as_bytes());
    assert_eq!(said(state.clone(), "salt"), format!("{}.salt", hashed(state.value().expect("a state"))));
    assert_eq!(said(BrowserState::nobody(), "salt"), format!("{}.salt", hashed("")));
    assert_ne!(said(state.clone(), "salt"), said(state, "pepper"));
}

#[test]
fn a_browser_state_tells_nothing_and_changes_with_the_cookie() {
    let state = BrowserState::of_cookie("the cookie");
    assert_eq!(state, BrowserState::of_session(&sha256_hex(b"the cookie")));
    assert_ne!(state, BrowserState::of_cookie("another"));
    let shown = state.value().expect("a state");
    assert!(shown != sha256_hex(b"the cookie") && !shown.contains("cookie"), "{shown}");
}

#[test]
fn the_frame_is_announced_only_where_it_is() {
    let announced = |on| {
        let mut library = Library::default();
        library.settings.spec.session_management = on;
        discovery::openid(&library.open(), Installation { ui_locales: &["en"], ..Installation::default() })
            .get("check_session_iframe")
            .cloned()
    };
    assert_eq!(announced(false), None);
    assert_eq!(announced(true), Some(json!(format!("{ISSUER}/connect/checksession"))));
}
