//! RP-Initiated Logout 1.0.

use oidc::authorize::SessionFacts;
use oidc::endsession::{self, LogoutPlan, LogoutRequest, Question};
use oidc::verify::{HintClaims, VerifyError};
use oidc::{ErrorCode, OAuthError};

use crate::fixture::{JOHN, NOW, SESSION, params, strings, tenant};

const TARGET: &str = "https://library.example/bye?x=1";

fn hint() -> HintClaims {
    HintClaims {
        sub: JOHN.to_owned(),
        sid: Some(SESSION.to_owned()),
        audience: strings(&["my-app"]),
        expires_at: NOW - 1_000,
    }
}

fn session() -> SessionFacts {
    SessionFacts { id: SESSION.to_owned(), user_id: JOHN.to_owned(), auth_time: NOW - 100, user_enabled: true }
}

fn asked(pairs: &[(&str, &str)]) -> LogoutRequest {
    endsession::read(&params(pairs)).expect("reads")
}

fn decide(
    pairs: &[(&str, &str)],
    hint: Option<&Result<HintClaims, VerifyError>>,
    session: Option<&SessionFacts>,
) -> Result<LogoutPlan, OAuthError> {
    endsession::decide(&tenant(), &asked(pairs), hint, session)
}

#[test]
fn a_hint_of_this_session_even_expired_redirects_without_a_question() {
    let plan = decide(&[("post_logout_redirect_uri", TARGET), ("state", "a b")], Some(&Ok(hint())), Some(&session()))
        .expect("ok");
    assert_eq!(plan.question, Question::Skip);
    assert_eq!(plan.client_id.as_deref(), Some("my-app"));
    assert_eq!(plan.location().as_deref(), Some("https://library.example/bye?x=1&state=a+b"));
}

#[test]
fn without_state_the_target_stays_as_it_is() {
    let plan = decide(&[("post_logout_redirect_uri", TARGET)], Some(&Ok(hint())), Some(&session())).expect("ok");
    assert_eq!(plan.location().as_deref(), Some(TARGET));
}

#[test]
fn no_hint_or_another_sessions_asks_first() {
    assert_eq!(decide(&[], None, Some(&session())).expect("ok").question, Question::Ask);
    for other in [
        HintClaims { sub: "user-mary".to_owned(), ..hint() },
        HintClaims { sid: Some("session-2".to_owned()), ..hint() },
        HintClaims { sid: None, ..hint() },
    ] {
        assert_eq!(decide(&[], Some(&Ok(other)), Some(&session())).expect("ok").question, Question::Ask);
    }
}

#[test]
fn without_a_session_there_is_nothing_to_ask() {
    assert_eq!(decide(&[], None, None).expect("ok").question, Question::Skip);
}

#[test]
fn a_changed_hint_never_redirects() {
    let result = decide(&[("post_logout_redirect_uri", TARGET)], Some(&Err(VerifyError::Signature)), Some(&session()));
    assert_eq!(result.expect_err("refused").code, ErrorCode::InvalidRequest);
}

#[test]
fn the_target_is_compared_exactly() {
    for bad in [
        "https://library.example/bye",
        "https://library.example/bye?x=1&y=2",
        "https://library.example/bye?x=1/",
        "https://LIBRARY.example/bye?x=1",
        "//library.example/bye?x=1",
        "/\\library.example",
        "https://evil.example/",
    ] {
        let result = decide(&[("post_logout_redirect_uri", bad)], Some(&Ok(hint())), Some(&session()));
        assert_eq!(result.expect_err("refused").code, ErrorCode::InvalidRequest, "{bad}");
    }
}

#[test]
fn a_target_needs_a_known_application() {
    let target = ("post_logout_redirect_uri", TARGET);
    assert!(decide(&[target], None, Some(&session())).is_err());
    assert!(decide(&[target, ("client_id", "nobody")], None, Some(&session())).is_err());
    let plan = decide(&[target, ("client_id", "my-app")], None, Some(&session())).expect("ok");
    assert_eq!(plan.question, Question::Ask);
    assert_eq!(plan.location().as_deref(), Some(TARGET));
}

#[test]
fn client_id_and_hint_must_agree() {
    assert!(decide(&[("client_id", "reader")], Some(&Ok(hint())), Some(&session())).is_err());
    assert!(decide(&[("client_id", "my-app")], Some(&Ok(hint())), Some(&session())).is_ok());
}

#[test]
fn a_plan_survives_its_storage() {
    let plan = decide(&[("post_logout_redirect_uri", TARGET)], Some(&Ok(hint())), Some(&session())).expect("ok");
    let json = serde_json::to_string(&plan).expect("writes");
    assert_eq!(serde_json::from_str::<LogoutPlan>(&json).expect("reads"), plan);
    let bare = decide(&[], None, None).expect("ok");
    let json = serde_json::to_string(&bare).expect("writes");
    assert_eq!(serde_json::from_str::<LogoutPlan>(&json).expect("reads"), bare);
}

#[test]
fn repeated_parameters_are_refused() {
    assert!(endsession::read(&params(&[("state", "a"), ("state", "b")])).is_err());
}
