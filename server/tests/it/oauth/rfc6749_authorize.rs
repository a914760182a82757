//! The authorization endpoint (RFC 6749 section 3.1, RFC 9700 section 4.1).

use serde_json::json;

use super::ask::{Answer, Ask};
use super::library::CALLBACK;
use super::world::World;
use crate::support::Reply;

/// An error page with a reference, and no way out to anywhere.
#[track_caller]
fn assert_page(reply: &Reply, what: &str) {
    assert_eq!(reply.status, 400, "{what}: {}", reply.header("location"));
    assert_eq!(reply.header("location"), "", "{what}");
    assert!(reply.header("content-type").starts_with("text/html"), "{what}");
    assert!(reply.body.contains("class=\"id\""), "{what}: no reference");
    assert!(!reply.header("content-security-policy").contains("evil"), "{what}");
    assert!(!reply.body.contains("href=\"https://") && !reply.body.contains("action=\"https://"), "{what}");
}

/// Near to the registered one, and not it.
const OTHERS: [&str; 20] = [
    "https://library.example/callback/",
    "https://library.example/callback?x=1",
    "https://library.example/callback#fragment",
    "https://library.example/callback/../callback",
    "https://library.example/callback/..;/x",
    "https://library.example/Callback",
    "https://LIBRARY.example/callback",
    "https://library.example:443/callback",
    "https://library.example:8443/callback",
    "http://library.example/callback",
    "https://user@library.example/callback",
    "https://library.example@evil.example/callback",
    "https://evil.example\\@library.example/callback",
    "https://library.example.evil.example/callback",
    "https://evil.example/https://library.example/callback",
    "//library.example/callback",
    "javascript:alert(1)//https://library.example/callback",
    "JaVaScRiPt:alert(1)",
    "data:text/html,https://library.example/callback",
    " https://library.example/callback",
];

both!(a_redirect_uri_that_is_not_registered_never_redirects, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for other in OTHERS {
        let ask = Ask::of("my-app").with("redirect_uri", other);
        assert_page(&browser.get(&world.authorize(&ask)).await, other);
        assert_page(&browser.get(&world.authorize(&ask.with("prompt", "none"))).await, other);
    }
    assert_page(&browser.get(&world.authorize(&Ask::of("my-app").without("redirect_uri"))).await, "missing");
    // Two of them: neither is meant.
    let two = Ask::of("my-app").and("redirect_uri", "https://evil.example/");
    assert_page(&browser.get(&world.authorize(&two)).await, "repeated");
    let two = Ask::of("my-app").and("redirect_uri", CALLBACK);
    assert_page(&browser.get(&world.authorize(&two)).await, "repeated");
});

both!(an_unknown_client_never_redirects, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for client in ["absent", "MY-APP", "my-app ", "library-api", "my-app\u{e9}"] {
        assert_page(&browser.get(&world.authorize(&Ask::of("my-app").with("client_id", client))).await, client);
    }
    assert_page(&browser.get(&world.authorize(&Ask::of("my-app").without("client_id"))).await, "missing");
    assert_page(&browser.get(&world.authorize(&Ask::of("my-app").and("client_id", "museum"))).await, "repeated");
    assert_page(&browser.get(&world.path("/connect/authorize")).await, "nothing");
});

both!(so_it_is_with_a_post, |app| async move {
    let world = World::open(&app).await;
    for ask in [Ask::of("absent"), Ask::of("my-app").with("redirect_uri", "https://evil.example/")] {
        assert_page(&app.post(&world.path("/connect/authorize"), &ask.fields()).await, &ask.query());
    }
});

both!(the_reference_leads_to_the_cause, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").with("redirect_uri", "https://evil.example/");
    let reply = app.get(&world.authorize(&ask)).await;
    let reference = reply.body.split("class=\"id\">").nth(1).and_then(|rest| rest.split('<').next()).expect("one");
    let subscription = world.subscription_id().await;
    let mut conn = app.ctx.read().await.expect("a connection");
    let found = store::events::by_reference(&mut conn, &subscription, reference).await.expect("asked");
    assert_eq!(found.len(), 1, "{reference}");
    let data: serde_json::Value = found[0].data.decode().expect("JSON");
    assert_eq!(data["redirect_uri"], "https://evil.example/");
});

both!(only_the_port_of_a_loopback_address_may_differ, |app| async move {
    let uris = json!({ "redirect_uris": ["http://127.0.0.1/cb"] });
    let world = World::with(&app, |library| library.application("my-app", &uris)).await;
    let mut browser = world.signed_in("john").await;
    let ask = |uri: &str| world.authorize(&Ask::of("my-app").with("redirect_uri", uri));
    let reply = browser.get(&ask("http://127.0.0.1:51004/cb")).await.expect(303);
    assert!(reply.header("location").starts_with("http://127.0.0.1:51004/cb?code="));
    for other in ["http://127.0.0.1:51004/other", "http://127.0.0.2/cb", "http://localhost:51004/cb"] {
        assert_page(&browser.get(&ask(other)).await, other);
    }
});

both!(other_mistakes_are_told_to_the_application, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    let good = Ask::of("my-app");
    for (ask, error) in [
        (good.clone().without("response_type"), "invalid_request"),
        (good.clone().with("response_type", "token"), "unsupported_response_type"),
        (good.clone().without("scope"), "invalid_scope"),
        (good.clone().with("scope", "unknown"), "invalid_scope"),
        (good.clone().with("response_mode", "web_message"), "invalid_request"),
        (good.clone().with("request", "e30.e30."), "request_not_supported"),
        (good.clone().with("request_uri", "https://evil.example/r"), "request_uri_not_supported"),
        (good.clone().with("prompt", "none login"), "invalid_request"),
        (good.clone().with("max_age", "-1"), "invalid_request"),
    ] {
        let answer = world.ask(&mut browser, &ask).await;
        assert_eq!((answer.get("error"), answer.get("code")), (error, ""), "{}", ask.query());
        assert_eq!(answer.get("state"), "the state");
    }
});

both!(a_repeated_parameter_is_refused, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for name in ["response_type", "scope", "nonce", "code_challenge", "prompt", "response_mode"] {
        let ask = Ask::of("my-app").with(name, "x").and(name, "y");
        assert_eq!(world.ask(&mut browser, &ask).await.get("error"), "invalid_request", "{name}");
    }
    // Which of two states is meant is nobody's guess.
    let answer = world.ask(&mut browser, &Ask::of("my-app").and("state", "other")).await;
    assert_eq!((answer.get("error"), answer.get("state")), ("invalid_request", ""));
    // Several resources mean several APIs; these are none.
    let answer = world.ask(&mut browser, &Ask::of("my-app").and("resource", "a:b").and("resource", "c:d")).await;
    assert_eq!(answer.get("error"), "invalid_target");
});

both!(scopes_that_are_not_allowed_are_dropped, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").with("scope", "openid address unknown books");
    let tokens = world.redeem(&world.code(&ask).await).await.expect(200).json();
    assert_eq!(tokens["scope"], "openid books");
});

both!(a_post_is_answered_by_a_get_of_ours, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    // As another site's form comes: without a cookie, from another origin.
    let posted = app.post(&world.path("/connect/authorize"), &Ask::of("my-app").fields()).await.expect(303);
    assert!(posted.header("location").starts_with(&world.path("/continue?i=")), "{}", posted.header("location"));
    assert_eq!(posted.header("set-cookie"), "");
    let answer = Answer::of(&browser.get(posted.header("location")).await);
    assert_eq!(world.redeem(&answer.code()).await.status, 200);
});

both!(order_and_unknown_parameters_do_not_matter, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").without("response_type").with("extra", "1").with("display", "page");
    let ask = ask.with("scope", "books openid").with("acr_values", "x").with("claims_locales", "sv");
    let ask = ask.with("ui_locales", "sv en").without("nonce").and("response_type", "code");
    assert!(!world.code(&ask).await.is_empty());
});
