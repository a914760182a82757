//! OpenID Connect RP-Initiated Logout 1.0.

use model::spec::SigningAlg;

use super::ask::Ask;
use super::library::BYE;
use super::world::{Tokens, World};
use crate::support::app::encode;
use crate::support::{Browser, Reply};

/// A browser of `john` and the identity token of its session.
async fn signed_in(world: &World) -> (Browser, String) {
    let mut browser = world.signed_in("john").await;
    let code = world.ask(&mut browser, &Ask::of("my-app")).await.code();
    let hint = Tokens::of(world.redeem(&code).await).identity().to_owned();
    (browser, hint)
}

/// Follows a logout request to its page, or to where it redirects.
async fn request(world: &World, browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    browser.open(&world.path(&format!("/connect/endsession?{}", encode(fields)))).await
}

async fn is_signed_in(world: &World, browser: &mut Browser) -> bool {
    world.ask(browser, &Ask::of("my-app").with("prompt", "none")).await.get("error").is_empty()
}

both!(a_hint_of_this_session_needs_no_question, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, hint) = signed_in(&world).await;
    let cookie = browser.cookies[&world.cookie()].clone();
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE), ("state", "s & t")];
    let reply = request(&world, &mut browser, &fields).await.expect(303);
    assert_eq!(reply.header("location"), format!("{BYE}?state=s+%26+t"));
    assert!(!browser.cookies.contains_key(&world.cookie()));
    // Not only the cookie: the session itself is over.
    browser.cookies.insert(world.cookie(), cookie);
    assert!(!is_signed_in(&world, &mut browser).await);
});

both!(an_expired_hint_counts_and_a_post_does_the_same, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, hint) = signed_in(&world).await;
    app.clock.advance(7_200);
    // As another site's form comes: without a cookie.
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE)];
    let posted = app.post(&world.path("/connect/endsession"), &fields).await.expect(303);
    let reply = browser.open(posted.header("location")).await.expect(303);
    assert_eq!(reply.header("location"), BYE);
    assert!(!is_signed_in(&world, &mut browser).await);
});

both!(without_a_hint_the_user_is_asked, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, _) = signed_in(&world).await;
    let fields = [("client_id", "my-app"), ("post_logout_redirect_uri", BYE)];
    for fields in [&[][..], &fields[..1], &fields[..]] {
        request(&world, &mut browser, fields).await.expect(200);
        assert!(browser.here.contains("/sign-out?i="), "{}", browser.here);
        assert!(is_signed_in(&world, &mut browser).await);
    }
    let page = request(&world, &mut browser, &fields).await.expect(200);
    // The page's form leads, by a redirect, to the application.
    assert!(page.header("content-security-policy").contains("form-action 'self' https:"));
    let here = browser.here.clone();
    let reply = browser.submit(&here, &[]).await.expect(303);
    assert_eq!(reply.header("location"), BYE);
    assert!(!is_signed_in(&world, &mut browser).await);
});

both!(a_hint_whose_key_nobody_keeps_is_none, |app| async move {
    let dialect = serde_json::json!({ "dialect": "connect" });
    let world = World::with(&app, |library| library.application("my-app", &dialect)).await;
    let (mut browser, hint) = signed_in(&world).await;
    let fields =
        [("id_token_hint", hint.as_str()), ("client_id", "my-app"), ("post_logout_redirect_uri", BYE), ("state", "s")];
    request(&world, &mut browser, &fields).await.expect(200);
    assert!(is_signed_in(&world, &mut browser).await, "such a hint proves nothing: the user is asked");
    request(&world, &mut browser, &fields).await.expect(200);
    let here = browser.here.clone();
    let reply = browser.submit(&here, &[]).await.expect(303);
    assert_eq!(reply.header("location"), format!("{BYE}?state=s"));
    // For any other application it is a bad hint, as before.
    let (mut browser, _) = signed_in(&world).await;
    let museum = [fields[0], ("client_id", "museum"), fields[2]];
    request(&world, &mut browser, &museum).await.expect(200);
    let here = browser.here.clone();
    assert!(!browser.submit(&here, &[]).await.header("location").starts_with(BYE));
});

both!(a_hint_of_another_session_or_user_asks_first, |app| async move {
    let world = World::open(&app).await;
    let (_, other_session) = signed_in(&world).await;
    let mut mary = world.signed_in("mary").await;
    let (mut john, _) = signed_in(&world).await;
    for browser in [&mut mary, &mut john] {
        let fields = [("id_token_hint", other_session.as_str()), ("post_logout_redirect_uri", BYE)];
        request(&world, browser, &fields).await.expect(200);
        assert!(is_signed_in(&world, browser).await);
    }
});

/// Near to the registered one, and not it.
const OTHERS: [&str; 10] = [
    "https://evil.example/",
    "https://library.example/bye/",
    "https://library.example/bye?x",
    "https://library.example/bye#x",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://library.example\\@evil.example/bye",
    "javascript:alert(1)",
    "/account",
];

both!(a_target_that_is_not_registered_leads_nowhere, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, hint) = signed_in(&world).await;
    for other in OTHERS {
        let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", other)];
        let page = request(&world, &mut browser, &fields).await.expect(200);
        assert!(!page.body.contains("evil.example") && !page.body.contains("javascript:"), "{other}");
        assert!(is_signed_in(&world, &mut browser).await, "{other}");
    }
    // Saying yes signs out, and stays here.
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", OTHERS[0])];
    request(&world, &mut browser, &fields).await.expect(200);
    let here = browser.here.clone();
    let reply = browser.post(&here, &[]).await.expect(303);
    assert_eq!(reply.header("location"), world.path("/signed-out"));
    // So it is for somebody who is not signed in at all.
    for other in OTHERS {
        let fields = [("client_id", "my-app"), ("post_logout_redirect_uri", other)];
        request(&world, &mut app.browser(), &fields).await.expect(200);
    }
});

both!(white_space_and_control_characters_are_no_way_out, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, hint) = signed_in(&world).await;
    for other in
        ["/\t/evil.example", "https://library.example/bye\t", "\n//evil.example", "https://library.example/bye "]
    {
        let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", other)];
        let reply = request(&world, &mut browser, &fields).await;
        assert!([200, 400].contains(&reply.status.as_u16()), "{other:?}: {}", reply.status);
        assert!(!reply.body.contains("evil.example"), "{other:?}");
        assert!(is_signed_in(&world, &mut browser).await, "{other:?}");
    }
});

both!(a_changed_hint_leads_nowhere, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let (mut browser, hint) = signed_in(&world).await;
    let (_, foreign) = signed_in(&yours).await;
    let bent: Vec<String> = super::forge::bent(&hint).into_iter().step_by(8).collect();
    for wrong in bent.iter().chain(&super::forge::unsigned(&hint)).chain([&foreign]) {
        let fields = [("id_token_hint", wrong.as_str()), ("post_logout_redirect_uri", BYE)];
        request(&world, &mut browser, &fields).await.expect(200);
        assert!(is_signed_in(&world, &mut browser).await, "{wrong}");
    }
    let fields = [("id_token_hint", hint.as_str()), ("client_id", "museum"), ("post_logout_redirect_uri", BYE)];
    request(&world, &mut browser, &fields).await.expect(200);
    assert!(is_signed_in(&world, &mut browser).await);
});

both!(nobody_signed_in_needs_no_question, |app| async move {
    let world = World::open(&app).await;
    let (_, hint) = signed_in(&world).await;
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE)];
    let reply = request(&world, &mut app.browser(), &fields).await.expect(303);
    assert_eq!(reply.header("location"), BYE);
    let mut browser = app.browser();
    request(&world, &mut browser, &[]).await.expect(200);
    assert_eq!(browser.here, world.path("/signed-out"));
});

both!(a_request_that_is_too_long_is_not_kept_and_ends_the_session_all_the_same, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, _) = signed_in(&world).await;
    let long = "x".repeat(9_000);
    let page = request(&world, &mut browser, &[("client_id", "my-app"), ("id_token_hint", &long)]).await.expect(200);
    assert!(page.body.contains("could not be verified"), "{}", page.body);
    let here = browser.here.clone();
    browser.submit(&here, &[]).await.expect(200);
    assert!(!is_signed_in(&world, &mut browser).await);
});

both!(a_hint_outlives_the_key_that_signed_it, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, hint) = signed_in(&world).await;
    service::console::keys::rotate(&app.ctx, &service::Actor::Cli, world.slug(), SigningAlg::Rs256)
        .await
        .expect("rotated");
    // The old key has left the JWKS; the session, used now and then, lives for two weeks.
    for _ in 0..30 {
        app.clock.advance(3_600);
        assert!(is_signed_in(&world, &mut browser).await);
        service::housekeeping::run_once(&app.ctx).await.expect("swept");
    }
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE)];
    let reply = request(&world, &mut browser, &fields).await.expect(303);
    assert_eq!(reply.header("location"), BYE);
});
