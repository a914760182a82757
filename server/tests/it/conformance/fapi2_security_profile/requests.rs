//! What is asked for, and by whom it is refused.

use serde_json::json;

use super::suite::{Suite, assert_refused, request_uri};
use crate::oauth::ask::Answer;
use crate::oauth::library::CALLBACK;
use crate::oauth::world::payload;
use crate::support::Setup;

// On an https issuer: the profile knows no other.
both!(discovery_end_point_verification, Setup::https(), |app| async move {
    let suite = Suite::open(&app).await;
    let path = suite.world.path("/.well-known/openid-configuration");
    let metadata = suite.world.app.get(&path).await.expect(200).json();
    let lists = |name: &str, value: &str| {
        let list = metadata[name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(list.iter().any(|one| one == value), "{name}: {value}");
    };
    assert!(metadata["pushed_authorization_request_endpoint"].as_str().is_some_and(|url| url.starts_with("https://")));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    lists("token_endpoint_auth_methods_supported", "private_key_jwt");
    lists("code_challenge_methods_supported", "S256");
    for alg in ["PS256", "ES256", "EdDSA"] {
        lists("token_endpoint_auth_signing_alg_values_supported", alg);
        lists("dpop_signing_alg_values_supported", alg);
        lists("id_token_signing_alg_values_supported", alg);
    }
});

module!(happy_flow, |suite| {
    let tokens = suite.succeeds(&suite.ask()).await;
    let identity = payload(tokens.identity());
    assert_eq!((&identity["nonce"], &identity["aud"]), (&json!("the nonce"), &json!("my-app")));
});

module!(user_rejects_authentication, |suite| {
    let mut world = suite.world.clone();
    world.change(|library| library.application("my-app", &json!({ "require_consent": true }))).await;
    let mut browser = world.signed_in("john").await;
    let uri = request_uri(suite.push(&suite.ask()).await);
    browser.open(&suite.bring("my-app", &uri)).await.expect(200);
    let here = browser.here.clone();
    let answer = Answer::of(&browser.submit(&here, &[("decision", "deny")]).await);
    assert_eq!((answer.get("error"), answer.get("state")), ("access_denied", "the state"));
    assert_eq!(answer.get("iss"), world.issuer());
});

module!(ensure_authorization_request_without_state_success, |suite| {
    suite.succeeds(&suite.ask().without("state")).await;
});

module!(ensure_authorization_request_without_nonce_success, |suite| {
    let tokens = suite.succeeds(&suite.ask().without("nonce")).await;
    assert_eq!(payload(tokens.identity()).get("nonce"), None);
});

module!(ensure_authorization_request_with_64_char_nonce_success, |suite| {
    let nonce = "n".repeat(64);
    let tokens = suite.succeeds(&suite.ask().with("nonce", &nonce)).await;
    assert_eq!(payload(tokens.identity())["nonce"], nonce);
});

module!(ensure_other_scope_order_succeeds, |suite| {
    suite.succeeds(&suite.ask().with("scope", "profile openid")).await;
});

module!(test_claims_parameter_identity_claims, |suite| {
    let claims = json!({ "id_token": { "name": null }, "userinfo": { "name": { "essential": true } } }).to_string();
    let tokens = suite.succeeds(&suite.ask().with("claims", &claims)).await;
    assert_eq!(payload(tokens.identity())["name"], "John Doe");
    assert_eq!(suite.resource("DPoP", tokens.access(), &json!({})).await.expect(200).json()["name"], "John Doe");
});

// Either is good: to be taken as it is, or to be refused.
module!(ensure_authorization_request_with_long_nonce, |suite| {
    let nonce = "n".repeat(384);
    let tokens = suite.succeeds(&suite.ask().with("nonce", &nonce)).await;
    assert_eq!(payload(tokens.identity())["nonce"], nonce);
});

module!(ensure_authorization_request_with_long_state, |suite| {
    let state = "s".repeat(384);
    let answer = suite.answered(&mut suite.world.signed_in("john").await, &suite.ask().with("state", &state)).await;
    assert_eq!(answer.get("state"), state);
});

module!(state_only_outside_request_object_not_used, |suite| {
    let uri = request_uri(suite.push(&suite.ask().without("state")).await);
    let mut browser = suite.world.signed_in("john").await;
    let answer = Answer::of(&browser.get(&format!("{}&state=outside", suite.bring("my-app", &uri))).await);
    assert!(!answer.code().is_empty() && !answer.names().contains(&"state"), "{answer:?}");
});

module!(ensure_request_object_without_redirect_uri_fails, |suite| {
    assert_refused(&suite.push(&suite.ask().without("redirect_uri")).await, &["invalid_request"]);
});

module!(ensure_redirect_uri_in_authorization_request, |suite| {
    // A scope without `openid`: OAuth alone would let it be left out.
    let ask = suite.ask().with("scope", "books").without("redirect_uri");
    assert_refused(&suite.push(&ask).await, &["invalid_request"]);
});

module!(ensure_registered_redirect_uri, |suite| {
    let other = suite.ask().with("redirect_uri", &format!("{CALLBACK}/unregistered"));
    assert_refused(&suite.push(&other).await, &["invalid_request"]);
});

module!(ensure_unsigned_authorization_request_without_using_par_fails, |suite| {
    let reply = suite.world.signed_in("john").await.get(&suite.world.authorize(&suite.ask())).await;
    let answer = Answer::of(&reply);
    assert_eq!((answer.get("error"), answer.get("code")), ("invalid_request", ""));
});

module!(ensure_response_type_code_idtoken_fails, |suite| {
    let reply = suite.push(&suite.ask().with("response_type", "code id_token")).await;
    assert_refused(&reply, &["unauthorized_client", "unsupported_response_type"]);
});

module!(ensure_response_type_token_fails, |suite| {
    let reply = suite.push(&suite.ask().with("response_type", "token")).await;
    assert_refused(&reply, &["unauthorized_client", "unsupported_response_type"]);
});
