//! Proofs of possession, and codes and tokens that are bound to their key.

use serde_json::json;

use super::suite::{Suite, assert_refused, redemption, request_uri};
use crate::oauth::ask::Answer;
use crate::oauth::world::Tokens;
use crate::support::app::NOW;

module!(access_token_type_header_case_sensitivity, |suite| {
    let tokens = suite.succeeds(&suite.ask()).await;
    for scheme in ["dpop", "DPOP", "dPoP"] {
        suite.resource(scheme, tokens.access(), &json!({})).await.expect(200);
    }
});

module!(check_dpop_proof_nbf_exp, |suite| {
    let code = suite.code(&suite.ask()).await;
    let times = json!({ "nbf": NOW - 5, "exp": NOW + 60 });
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/token", &times));
    let tokens = Tokens::of(suite.token_with(&assertion, &[&proof], &redemption(&code)).await);
    suite.resource("DPoP", tokens.access(), &times).await.expect(200);
});

async fn proof_of(suite: &Suite, seconds: i64) {
    let code = suite.code(&suite.ask()).await;
    let times = json!({ "iat": suite.now() + seconds });
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/token", &times));
    let tokens = Tokens::of(suite.token_with(&assertion, &[&proof], &redemption(&code)).await);
    suite.resource("DPoP", tokens.access(), &times).await.expect(200);
}

module!(ensure_dpop_proof_with_iat_10_seconds_before_succeeds, |suite| proof_of(&suite, -10).await);

module!(ensure_dpop_proof_with_iat_10_seconds_after_succeeds, |suite| proof_of(&suite, 10).await);

module!(ensure_mismatched_dpop_jkt_fails, |suite| {
    let ask = suite.ask().with("dpop_jkt", &suite.second.proofs.thumbprint());
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/par", &json!({})));
    let reply = suite.push_with(&assertion, &[&proof], &ask).await;
    assert_refused(&reply, &["invalid_request", "invalid_dpop_proof"]);
});

module!(ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt, |suite| {
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.second, "/connect/par", &json!({})));
    let uri = request_uri(suite.push_with(&assertion, &[&proof], &suite.ask()).await);
    let code = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await).code();
    assert_refused(&suite.redeem(&code).await, &["invalid_grant", "invalid_dpop_proof"]);
});

module!(ensure_token_endpoint_fails_with_mismatched_dpop_jkt, |suite| {
    let code = suite.code(&suite.ask().with("dpop_jkt", &suite.second.proofs.thumbprint())).await;
    assert_refused(&suite.redeem(&code).await, &["invalid_grant", "invalid_dpop_proof"]);
});

module!(ensure_dpop_proof_at_par_endpoint_binding_success, |suite| {
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/par", &json!({})));
    let uri = request_uri(suite.push_with(&assertion, &[&proof], &suite.ask()).await);
    let code = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await).code();
    suite.redeem(&code).await.expect(200);
});

module!(ensure_dpop_auth_code_binding_success, |suite| {
    suite.succeeds(&suite.ask().with("dpop_jkt", &suite.first.proofs.thumbprint())).await;
});

module!(dpop_negative_tests, |suite| {
    let code = suite.code(&suite.ask()).await;
    let path = "/connect/token";
    for other in [
        json!({ "htm": "GET" }),
        json!({ "htu": suite.url("/connect/userinfo") }),
        json!({ "iat": NOW - 600 }),
        json!({ "iat": NOW + 600 }),
        json!({ "jti": "" }),
    ] {
        let proof = suite.proof(&suite.first, path, &other);
        let assertion = suite.assertion(&suite.first, &json!({}));
        let reply = suite.token_with(&assertion, &[&proof], &redemption(&code)).await;
        assert_refused(&reply, &["invalid_dpop_proof"]);
    }
    let two = [suite.proof(&suite.first, path, &json!({})), suite.proof(&suite.first, path, &json!({}))];
    let assertion = suite.assertion(&suite.first, &json!({}));
    let reply = suite.token_with(&assertion, &[&two[0], &two[1]], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_dpop_proof"]);
    let tokens = Tokens::of(suite.redeem(&code).await);
    suite.resource("Bearer", tokens.access(), &json!({})).await.expect(401);
    suite.resource("DPoP", tokens.access(), &json!({ "ath": "AAAA" })).await.expect(401);
    suite.resource("DPoP", tokens.access(), &json!({ "htm": "POST" })).await.expect(401);
});
