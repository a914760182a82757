//! The code flow by both secret methods, and the identity token that comes of it.

use super::super::suite::{CLIENT, Provider, redemption, request};
use crate::oauth::ask::VERIFIER;
use crate::oauth::forge;
use crate::support::app::encode;

both!(oidcc_server, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request()).await;
    provider.userinfo(&run).await;
});

both!(oidcc_server_client_secret_post, |app| async move {
    let provider = Provider::open(&app).await;
    let ask = request();
    let answer = provider.by_signing_in(&mut provider.browser(), &ask).await;
    let reply = provider.token_by_post(CLIENT, &redemption(&answer.code())).await;
    let run = provider.run_of(&ask, reply).await;
    provider.userinfo(&run).await;
});

both!(oidcc_alternate_happy_flow, |app| async move {
    let provider = Provider::open(&app).await;
    let ask = request().with("scope", "email openid");
    let reversed: Vec<_> = ask.fields().into_iter().rev().collect();
    let mut browser = provider.browser();
    let path = format!("{}?{}", provider.path("authorization_endpoint"), encode(&reversed));
    browser.open(&path).await.expect(200);
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    let run = provider.finish(&ask, &answer).await;
    assert_eq!(provider.userinfo(&run).await["email"], "john.doe@email.com");
});

both!(oidcc_idtoken_signature, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request()).await;
    let header = forge::header(run.tokens.identity());
    assert_eq!(header["alg"], "RS256");
    assert!(header["kid"].as_str().is_some_and(|kid| !kid.is_empty()));
    // Core section 2: members that hold or point at keys "SHOULD NOT" be used.
    assert!(["x5u", "x5c", "jku", "jwk"].iter().all(|member| header.get(member).is_none()), "{header}");
});

// The suite skips it for a provider that does not say it can do without signatures.
both!(oidcc_idtoken_unsigned, |app| async move {
    let provider = Provider::open(&app).await;
    let algs = provider.metadata["id_token_signing_alg_values_supported"].as_array().expect("a list");
    assert!(algs.iter().all(|alg| alg != "none"), "{algs:?}");
});

both!(oidcc_ensure_request_without_nonce_succeeds_for_code_flow, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request().without("nonce")).await;
    assert!(run.identity.get("nonce").is_none());
});

both!(oidcc_ensure_request_with_valid_pkce_succeeds, |app| async move {
    let provider = Provider::open(&app).await;
    let challenge = oidc::digest::sha256_base64url(VERIFIER.as_bytes());
    let ask = request().and("code_challenge", &challenge).and("code_challenge_method", "S256");
    let answer = provider.by_signing_in(&mut provider.browser(), &ask).await;
    let code = answer.code();
    let fields = [&redemption(&code)[..], &[("code_verifier", VERIFIER)]].concat();
    let reply = provider.token(CLIENT, &fields).await;
    provider.run_of(&ask, reply).await;
});
