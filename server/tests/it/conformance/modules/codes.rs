//! A code works once; a refresh token works for its client.

use crate::conformance::suite::{CLIENT, CLIENT2, Provider, Variant, redemption};
use crate::oauth::world::{Tokens, assert_error};

/// Uses a code a second time, so many seconds after the first.
async fn reuse_after(variant: &Variant, seconds: i64) {
    let provider = Provider::open(variant).await;
    let ask = provider.request();
    let answer = provider.by_signing_in(&mut provider.browser(), &ask).await;
    let run = provider.finish(&ask, &answer).await;
    provider.userinfo(&run).await;
    provider.pass(seconds);
    assert_error(&provider.redeem(&answer.code()).await, 400, "invalid_grant");
    // RFC 6749 section 4.1.2: what the first use gave "SHOULD" be revoked.
    provider.userinfo_with(run.tokens.access()).await.expect(401);
}

pub async fn oidcc_codereuse(variant: Variant) {
    reuse_after(&variant, 0).await;
}

pub async fn oidcc_codereuse_30seconds(variant: Variant) {
    reuse_after(&variant, 30).await;
}

pub async fn oidcc_refresh_token(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    // Where `offline_access` is listed, the suite asks for it, with the prompt that Core section 11 wants.
    let scopes = provider.metadata["scopes_supported"].as_array().expect("a list");
    assert!(scopes.iter().any(|scope| scope == "offline_access"));
    let ask = provider.request().with("scope", "openid offline_access").with("prompt", "consent");
    let answer = provider.by_agreeing(&mut browser, &ask).await;
    let first = provider.finish(&ask, &answer).await;
    provider.pass(1);
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.tokens.refresh())];
    let second = Tokens::of(provider.token(CLIENT, &fields).await);
    // OpenID Connect Core section 12.2.
    let identity = provider.verified(second.identity(), CLIENT.0).await;
    for same in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(identity[same], first.identity[same], "{same}");
    }
    assert!(identity["iat"].as_i64() > first.identity["iat"].as_i64());
    assert_ne!(second.access(), first.tokens.access());
    provider.userinfo_with(second.access()).await.expect(200);
    // The second client cannot use what the first was given.
    let fields = [("grant_type", "refresh_token"), ("refresh_token", second.refresh())];
    assert_error(&provider.token(CLIENT2, &fields).await, 400, "invalid_grant");
    provider.token(CLIENT, &fields).await.expect(200);
    let own = provider.request_of(CLIENT2);
    let answer = provider.silently(&mut browser, &own).await;
    provider.token(CLIENT2, &redemption(&answer.code())).await.expect(200);
}
