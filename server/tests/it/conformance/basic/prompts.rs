//! Who is asked to sign in, when, and who is not.

use super::super::suite::{Provider, assert_page, request};

both!(oidcc_prompt_login, |app| async move {
    let provider = Provider::open(&app).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &request()).await;
    provider.pass(2);
    // The suite wants to see a picture of the second sign-in page.
    let ask = request().with("prompt", "login");
    assert_page(&provider.open_request(&mut browser, &ask).await.expect(200));
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
    assert!(second.identity["auth_time"].as_i64() > first.identity["auth_time"].as_i64());
});

both!(oidcc_prompt_none_not_logged_in, |app| async move {
    let provider = Provider::open(&app).await;
    let answer = provider.silently(&mut provider.browser(), &request().with("prompt", "none")).await;
    assert_eq!((answer.get("error"), answer.get("code")), ("login_required", ""));
});

both!(oidcc_prompt_none_logged_in, |app| async move {
    let provider = Provider::open(&app).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &request()).await;
    provider.pass(2);
    let ask = request().with("prompt", "none");
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    for same in ["sub", "auth_time"] {
        assert_eq!(second.identity[same], first.identity[same], "{same}");
    }
});

both!(oidcc_max_age_1, |app| async move {
    let provider = Provider::open(&app).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &request()).await;
    provider.pass(2);
    let second = provider.run_in(&mut browser, &request().with("max_age", "1")).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
    assert!(second.identity["auth_time"].as_i64() > first.identity["auth_time"].as_i64());
});

both!(oidcc_max_age_10000, |app| async move {
    let provider = Provider::open(&app).await;
    let mut browser = provider.browser();
    let ask = request().with("max_age", "10000");
    let first = provider.run_in(&mut browser, &ask).await;
    provider.pass(2);
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    for same in ["sub", "auth_time"] {
        assert_eq!(second.identity[same], first.identity[same], "{same}");
    }
});

both!(oidcc_id_token_hint, |app| async move {
    let provider = Provider::open(&app).await;
    let mut browser = provider.browser();
    let first = provider.run_in(&mut browser, &request()).await;
    let ask = request().with("prompt", "none").and("id_token_hint", first.tokens.identity());
    let answer = provider.silently(&mut browser, &ask).await;
    let second = provider.finish(&ask, &answer).await;
    assert_eq!(second.identity["sub"], first.identity["sub"]);
});

both!(oidcc_login_hint, |app| async move {
    let provider = Provider::open(&app).await;
    let ask = request().and("login_hint", "john@library.example");
    let mut browser = provider.browser();
    let page = provider.open_request(&mut browser, &ask).await.expect(200);
    assert!(page.body.contains("value=\"john@library.example\""), "{}", page.body);
    // Who signs in is not the hint's to say.
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    provider.finish(&ask, &answer).await;
});
