//! The code flow by both secret methods, and the identity token that comes of it.

use crate::conformance::suite::{CLIENT, Provider, Variant, redemption};
use crate::oauth::ask::VERIFIER;
use crate::oauth::forge;
use crate::support::app::encode;

pub async fn oidcc_server(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request()).await;
    provider.userinfo(&run).await;
}

pub async fn oidcc_server_client_secret_post(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request();
    let answer = provider.by_signing_in(&mut provider.browser(), &ask).await;
    let reply = provider.token_by_post(CLIENT, &redemption(&answer.code())).await;
    let run = provider.run_of(&ask, reply).await;
    provider.userinfo(&run).await;
}

pub async fn oidcc_alternate_happy_flow(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request().with("scope", "email openid");
    let reversed: Vec<_> = ask.fields().into_iter().rev().collect();
    let mut browser = provider.browser();
    let path = format!("{}?{}", provider.path("authorization_endpoint"), encode(&reversed));
    browser.open(&path).await.expect(200);
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    let run = provider.finish(&ask, &answer).await;
    assert_eq!(provider.userinfo(&run).await["email"], "john.doe@email.com");
}

pub async fn oidcc_idtoken_signature(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request()).await;
    let header = forge::header(run.tokens.identity());
    assert_eq!(header["alg"], "RS256");
    assert!(header["kid"].as_str().is_some_and(|kid| !kid.is_empty()));
    // Core section 2: members that hold or point at keys "SHOULD NOT" be used.
    assert!(["x5u", "x5c", "jku", "jwk"].iter().all(|member| header.get(member).is_none()), "{header}");
}

// The suite skips it for a provider that does not say it can do without signatures.
pub async fn oidcc_idtoken_unsigned(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let algs = provider.metadata["id_token_signing_alg_values_supported"].as_array().expect("a list");
    assert!(algs.iter().all(|alg| alg != "none"), "{algs:?}");
}

pub async fn oidcc_ensure_request_without_nonce_succeeds_for_code_flow(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request().without("nonce")).await;
    assert!(run.identity.get("nonce").is_none());
}

// Where an identity token goes through the browser.
pub async fn oidcc_ensure_request_without_nonce_fails(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let answer = provider.silently(&mut provider.browser(), &provider.request().without("nonce")).await;
    assert_eq!((answer.get("error"), answer.get("code"), answer.get("id_token")), ("invalid_request", "", ""));
}

pub async fn oidcc_ensure_request_with_valid_pkce_succeeds(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let challenge = oidc::digest::sha256_base64url(VERIFIER.as_bytes());
    let ask = provider.request().and("code_challenge", &challenge).and("code_challenge_method", "S256");
    let answer = provider.by_signing_in(&mut provider.browser(), &ask).await;
    let code = answer.code();
    let fields = [&redemption(&code)[..], &[("code_verifier", VERIFIER)]].concat();
    let reply = provider.token(CLIENT, &fields).await;
    provider.run_of(&ask, reply).await;
}
