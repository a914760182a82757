//! The token endpoint: who may redeem what, and how clients prove who they are.

use serde_json::{Value, json};

use super::suite::{Suite, assert_refused, redemption};
use crate::oauth::forge;
use crate::oauth::rsa_signer::RsaSigner;
use crate::oauth::world::Tokens;
use crate::support::app::NOW;

module!(ensure_client_id_in_token_endpoint, |suite| {
    let code = suite.code(&suite.ask()).await;
    let fields = [&redemption(&code)[..], &[("client_id", "museum")]].concat();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_client", "invalid_request"]);
});

module!(ensure_holder_of_key_required, |suite| {
    let code = suite.code(&suite.ask()).await;
    let assertion = suite.assertion(&suite.first, &json!({}));
    let reply = suite.token_with(&assertion, &[], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_request", "invalid_dpop_proof"]);
});

module!(ensure_authorization_code_is_bound_to_client, |suite| {
    let code = suite.code(&suite.ask()).await;
    assert_refused(&suite.token(&suite.second, &redemption(&code)).await, &["invalid_grant"]);
});

module!(attempt_reuse_authorization_code_after_one_second, |suite| {
    let code = suite.code(&suite.ask()).await;
    let tokens = Tokens::of(suite.redeem(&code).await);
    suite.world.app.clock.advance(1);
    assert_refused(&suite.redeem(&code).await, &["invalid_grant"]);
    suite.resource("DPoP", tokens.access(), &json!({})).await.expect(401);
});

module!(attempt_to_use_expired_auth_code, |suite| {
    let code = suite.code(&suite.ask()).await;
    suite.world.app.clock.advance(61);
    assert_refused(&suite.redeem(&code).await, &["invalid_grant"]);
});

/// A token request with an assertion that is not as it must be.
async fn refused_with(suite: &Suite, other: &Value) {
    let code = suite.code(&suite.ask()).await;
    let proof = suite.proof(&suite.first, "/connect/token", &json!({}));
    let reply = suite.token_with(&suite.assertion(&suite.first, other), &[&proof], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_client"]);
}

module!(ensure_client_assertion_in_token_endpoint, |suite| {
    let code = suite.code(&suite.ask()).await;
    let proof = suite.proof(&suite.first, "/connect/token", &json!({}));
    let fields = [&redemption(&code)[..], &[("client_id", "my-app")]].concat();
    assert_refused(&suite.post("/connect/token", &[&proof], &fields).await, &["invalid_client"]);
});

module!(ensure_client_assertion_with_exp_is_5_minutes_in_past_fails, |suite| {
    refused_with(&suite, &json!({ "exp": NOW - 300, "iat": NOW - 400 })).await;
});

module!(ensure_client_assertion_with_wrong_aud_fails, |suite| {
    refused_with(&suite, &json!({ "aud": "https://other.example/" })).await;
});

module!(ensure_client_assertion_with_no_sub_fails, |suite| refused_with(&suite, &json!({ "sub": null })).await);

module!(ensure_signed_client_assertion_with_rs256_fails, |suite| {
    let key = RsaSigner::new();
    let mut world = suite.world.clone();
    world.change(|library| library.application("my-app", &json!({ "jwks": key.jwks() }))).await;
    for (alg, is_good) in [("PS256", true), ("RS256", false)] {
        let claims = forge::decode(&forge::parts(&suite.assertion(&suite.first, &json!({})))[1]);
        let assertion = key.sign(alg, &serde_json::from_slice(&claims).expect("JSON"));
        let reply = suite.push_with(&assertion, &[], &suite.ask()).await;
        if is_good {
            reply.expect(201);
        } else {
            assert_refused(&reply, &["invalid_client"]);
        }
    }
});

module!(refresh_token, |suite| {
    let first = suite.succeeds(&suite.ask()).await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.refresh())];
    assert_refused(&suite.token(&suite.second, &fields).await, &["invalid_grant"]);
    let second = Tokens::of(suite.token(&suite.first, &fields).await);
    suite.resource("DPoP", second.access(), &json!({})).await.expect(200);
});
