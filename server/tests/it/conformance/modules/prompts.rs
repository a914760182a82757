//! Who is asked to sign in, when, and who is not.

use crate::conformance::suite::{Provider, Variant, assert_page};

pub async fn oidcc_prompt_login(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &provider.request()).await;
    provider.pass(2);
    // The suite wants to see a picture of the second sign-in page.
    let ask = provider.request().with("prompt", "login");
    assert_page(&provider.open_request(&mut browser, &ask).await.expect(200));
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
    assert!(second.identity["auth_time"].as_i64() > first.identity["auth_time"].as_i64());
}

pub async fn oidcc_prompt_none_not_logged_in(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let answer = provider.silently(&mut provider.browser(), &provider.request().with("prompt", "none")).await;
    assert_eq!((answer.get("error"), answer.get("code")), ("login_required", ""));
}

pub async fn oidcc_prompt_none_logged_in(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &provider.request()).await;
    provider.pass(2);
    let ask = provider.request().with("prompt", "none");
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    for same in ["sub", "auth_time"] {
        assert_eq!(second.identity[same], first.identity[same], "{same}");
    }
}

pub async fn oidcc_max_age_1(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &provider.request()).await;
    provider.pass(2);
    let second = provider.run_in(&mut browser, &provider.request().with("max_age", "1")).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
    assert!(second.identity["auth_time"].as_i64() > first.identity["auth_time"].as_i64());
}

pub async fn oidcc_max_age_10000(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    let ask = provider.request().with("max_age", "10000");
    let first = provider.run_in(&mut browser, &ask).await;
    provider.pass(2);
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    for same in ["sub", "auth_time"] {
        assert_eq!(second.identity[same], first.identity[same], "{same}");
    }
}

pub async fn oidcc_id_token_hint(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &provider.request()).await;
    let ask = provider.request().with("prompt", "none").and("id_token_hint", first.tokens.identity());
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
}

pub async fn oidcc_login_hint(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request().and("login_hint", "john@library.example");
    let mut browser = provider.browser();
    let page = provider.open_request(&mut browser, &ask).await.expect(200);
    assert!(page.body.contains("value=\"john@library.example\""), "{}", page.body);
    // Who signs in is not the hint's to say.
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    provider.finish(&ask, &answer).await;
}
