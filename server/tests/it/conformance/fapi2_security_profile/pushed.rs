//! Pushed authorization requests.

use axum::body::Body;
use axum::extract::Request;
use serde_json::json;

use super::suite::{assert_refused, redemption, request_uri};
use crate::oauth::ask::{Answer, VERIFIER};

module!(par_attempt_reuse_request_uri, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    let mut browser = suite.world.signed_in("john").await;
    Answer::of(&browser.get(&suite.bring("my-app", &uri)).await).code();
    let again = browser.get(&suite.bring("my-app", &uri)).await;
    assert!(again.status.is_client_error() || !Answer::of(&again).get("error").is_empty(), "{}", again.status);
});

module!(par_attempt_to_use_expired_request_uri, |suite| {
    let reply = suite.push(&suite.ask()).await;
    let seconds = reply.json()["expires_in"].as_i64().expect("seconds");
    assert!(seconds < 600, "{seconds}");
    let uri = request_uri(reply);
    suite.world.app.clock.advance(seconds);
    suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await.expect(400);
});

module!(par_ensure_jwt_client_assertion_with_iat_nbf_8_seconds_in_the_future_is_accepted, |suite| {
    let soon = suite.now() + 8;
    let assertion = suite.assertion(&suite.first, &json!({ "iat": soon, "nbf": soon }));
    suite.push_with(&assertion, &[], &suite.ask()).await.expect(201);
});

module!(par_ensure_jwt_client_assertion_with_iat_nbf_over_60_seconds_in_the_future_fails, |suite| {
    let later = suite.now() + 70;
    let assertion = suite.assertion(&suite.first, &json!({ "iat": later, "nbf": later, "exp": later + 60 }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_ensure_request_uri_is_bound_to_client, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    suite.world.signed_in("john").await.get(&suite.bring("museum", &uri)).await.expect(400);
});

module!(par_reject_request_uri_in_par_authorization_form_params, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    let reply = suite.push(&suite.ask().with("request_uri", &uri)).await;
    assert_refused(&reply, &["invalid_request"]);
});

module!(par_reject_invalid_http_verb, |suite| {
    for method in ["GET", "PUT"] {
        let request = Request::builder().method(method).uri(suite.world.path("/connect/par"));
        let reply = suite.world.app.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.status, 405, "{method}");
    }
});

module!(par_ensure_pkce_required, |suite| {
    assert_refused(&suite.push(&suite.ask().without_challenge()).await, &["invalid_request"]);
});

module!(par_ensure_pkce_code_verifier_required, |suite| {
    let code = suite.code(&suite.ask()).await;
    let fields: Vec<_> = redemption(&code).into_iter().filter(|(name, _)| *name != "code_verifier").collect();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_grant"]);
});

module!(par_incorrect_pkce_code_verifier_rejected, |suite| {
    let code = suite.code(&suite.ask()).await;
    let other = "another-verifier-of-more-than-forty-three-characters";
    let fields: Vec<_> = redemption(&code);
    let fields: Vec<_> =
        fields.into_iter().map(|(name, value)| (name, if name == "code_verifier" { other } else { value })).collect();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_grant"]);
});

module!(par_ensure_plain_pkce_rejected, |suite| {
    let ask = suite.ask().with("code_challenge", VERIFIER).with("code_challenge_method", "plain");
    assert_refused(&suite.push(&ask).await, &["invalid_request"]);
});

module!(par_without_duplicate_parameters, |suite| {
    // The browser brings nothing but `client_id` and `request_uri`, as everywhere here.
    let uri = request_uri(suite.push(&suite.ask()).await);
    let answer = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await);
    suite.redeem(&answer.code()).await.expect(200);
});

module!(par_endpoint_as_audience_fails, |suite| {
    let assertion = suite.assertion(&suite.first, &json!({ "aud": suite.url("/connect/par") }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_endpoint_as_array_audience_fails, |suite| {
    let many = json!({ "aud": [suite.world.issuer(), suite.url("/connect/par"), suite.url("/connect/token")] });
    let assertion = suite.assertion(&suite.first, &many);
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_token_endpoint_as_audience_fails, |suite| {
    let assertion = suite.assertion(&suite.first, &json!({ "aud": suite.url("/connect/token") }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});
