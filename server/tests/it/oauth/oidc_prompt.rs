//! `prompt`, `max_age` and `id_token_hint` (OpenID Connect Core section 3.1.2.1).

use serde_json::json;

use super::ask::{Answer, Ask};
use super::library::PASSWORD;
use super::world::{Tokens, World, payload};
use crate::support::Browser;

async fn auth_time(world: &World, answer: &Answer) -> i64 {
    let tokens = Tokens::of(world.redeem(&answer.code()).await);
    payload(tokens.identity())["auth_time"].as_i64().expect("an auth_time")
}

/// Types the password into the page that is open.
async fn sign_in(browser: &mut Browser) -> Answer {
    let here = browser.here.clone();
    Answer::of(&browser.submit(&here, &[("username", "john"), ("password", PASSWORD)]).await)
}

both!(none_succeeds_silently_or_says_why_not, |app| async move {
    let consent = json!({ "require_consent": true });
    let card = json!({ "required_claims": ["library_card"] });
    let world = World::with(&app, |library| library.application("museum", &consent).application("reader", &card)).await;
    let silent = |client: &str| Ask::of(client).with("prompt", "none");
    assert_eq!(world.ask(&mut app.browser(), &silent("my-app")).await.get("error"), "login_required");
    let mut mary = world.signed_in("mary").await;
    assert!(!world.ask(&mut mary, &silent("my-app")).await.code().is_empty());
    assert_eq!(world.ask(&mut mary, &silent("museum")).await.get("error"), "consent_required");
    let answer = world.ask(&mut mary, &silent("reader")).await;
    assert_eq!(answer.get("error"), "interaction_required");
    assert!(answer.get("error_description").contains("library_card"));
    assert!(!world.ask(&mut world.signed_in("john").await, &silent("reader")).await.code().is_empty());
});

both!(a_hint_names_the_user_expected, |app| async move {
    let world = World::open(&app).await;
    let hint = world.tokens().await.identity().to_owned();
    let silent = Ask::of("my-app").with("prompt", "none").with("id_token_hint", &hint);
    assert!(!world.ask(&mut world.signed_in("john").await, &silent).await.code().is_empty());
    assert_eq!(world.ask(&mut world.signed_in("mary").await, &silent).await.get("error"), "login_required");
    // An old one still names its user; a changed one names nobody.
    app.clock.advance(7_200);
    let mut john = world.signed_in("john").await;
    assert!(!world.ask(&mut john, &silent).await.code().is_empty());
    for bent in super::forge::bent(&hint).iter().step_by(6).chain(&super::forge::unsigned(&hint)) {
        let ask = silent.clone().with("id_token_hint", bent);
        assert_eq!(world.ask(&mut john, &ask).await.get("error"), "invalid_request", "{bent}");
    }
});

both!(login_signs_in_anew, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = world.signed_in("john").await;
    let before = auth_time(&world, &world.ask(&mut browser, &Ask::of("my-app")).await).await;
    app.clock.advance(100);
    let page = browser.open(&world.authorize(&Ask::of("my-app").with("prompt", "login"))).await.expect(200);
    // It says who is to sign in again, and lets somebody else do it instead.
    assert!(page.body.contains("John Doe") && page.body.contains("value=\"john\""), "{}", page.body);
    assert!(page.body.contains("other\">") && !page.body.contains("/register"), "{}", page.body);
    // Opening a later address is no sign-in.
    let on = browser.here.replace("/login", "/continue");
    let skipped = browser.get(&on).await.expect(303);
    assert!(skipped.header("location").contains("/login?i="), "{}", skipped.header("location"));
    browser.open(&on).await.expect(200);
    assert_eq!(auth_time(&world, &sign_in(&mut browser).await).await, before + 100);
});

both!(max_age_signs_in_anew_when_it_is_over, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = world.signed_in("john").await;
    let before = app.ctx.now();
    app.clock.advance(100);
    let old_enough = world.ask(&mut browser, &Ask::of("my-app").with("max_age", "10000")).await;
    assert_eq!(auth_time(&world, &old_enough).await, before);
    let too_old = Ask::of("my-app").with("max_age", "1");
    let silent = world.ask(&mut browser, &too_old.clone().with("prompt", "none")).await;
    assert_eq!(silent.get("error"), "login_required");
    browser.open(&world.authorize(&too_old)).await.expect(200);
    assert!(browser.here.contains("/login?i="), "{}", browser.here);
    assert_eq!(auth_time(&world, &sign_in(&mut browser).await).await, before + 100);
});

both!(login_hint_fills_in_the_name, |app| async move {
    let world = World::open(&app).await;
    let page = app.browser().open(&world.authorize(&Ask::of("my-app").with("login_hint", "\"><b>john"))).await;
    assert!(page.body.contains("&quot;&gt;&lt;b&gt;john") && !page.body.contains("<b>john"), "{}", page.body);
});

both!(none_shows_no_page_however_it_is_sent, |app| async move {
    let world = World::open(&app).await;
    let silent = Ask::of("my-app").with("prompt", "none");
    for (mut browser, error) in [(app.browser(), "login_required"), (world.signed_in("john").await, "")] {
        let posted = app.post(&world.path("/connect/authorize"), &silent.fields()).await.expect(303);
        let answer = Answer::of(&browser.follow(posted).await);
        assert_eq!((answer.get("error"), answer.get("code").is_empty()), (error, !error.is_empty()));
    }
});

both!(max_age_zero_signs_in_anew_in_the_same_second, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    let ask = Ask::of("my-app").with("max_age", "0");
    let silent = world.ask(&mut browser, &ask.clone().with("prompt", "none")).await;
    assert_eq!(silent.get("error"), "login_required");
    browser.open(&world.authorize(&ask)).await.expect(200);
    assert!(browser.here.contains("/login?i="), "{}", browser.here);
});
