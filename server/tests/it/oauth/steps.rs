//! No step is skipped by an empty POST or by a later address (docs/security.md 60).

use serde_json::json;

use super::ask::{Answer, Ask};
use super::library::{CALLBACK, PASSWORD};
use super::world::World;
use crate::support::{Browser, Reply};

/// Every page after the first, and everything one could submit there.
async fn everything(world: &World, browser: &mut Browser, handle: &str) -> Vec<Reply> {
    let mut replies = Vec::new();
    for page in ["continue", "consent", "claims", "register", "login"] {
        let path = world.path(&format!("/{page}?i={handle}"));
        replies.push(browser.get(&path).await);
        if page != "continue" {
            replies.push(browser.post(&path, &[]).await);
            replies.push(browser.post(&path, &[("decision", "allow"), ("library_card", ""), ("step", "done")]).await);
        }
    }
    replies
}

#[track_caller]
fn assert_nothing_issued(replies: &[Reply]) {
    for reply in replies {
        assert!(!reply.header("location").starts_with(CALLBACK), "{}", reply.header("location"));
        assert!(!reply.body.contains("name=\"code\""));
        assert!(!reply.status.is_server_error(), "{}", reply.body);
        assert_eq!(reply.header("set-cookie"), "");
    }
}

fn handle(browser: &Browser) -> String {
    browser.here.split("i=").nth(1).expect("a handle").to_owned()
}

async fn demanding(app: &crate::support::TestApp) -> World {
    let demands = json!({ "required_claims": ["library_card"], "require_consent": true });
    World::with(app, |library| library.application("my-app", &demands)).await
}

both!(nobody_gets_past_the_sign_in, |app| async move {
    let world = demanding(&app).await;
    let mut browser = app.browser();
    browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let handle = handle(&browser);
    assert_nothing_issued(&everything(&world, &mut browser, &handle).await);
    assert!(browser.cookies.is_empty());
});

both!(nobody_gets_past_the_required_claims, |app| async move {
    let world = demanding(&app).await;
    let mut mary = world.signed_in("mary").await;
    mary.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(mary.here.contains("/claims?i="));
    let handle = handle(&mary);
    assert_nothing_issued(&everything(&world, &mut mary, &handle).await);
    // The consent that was sent along the way was not asked for, and does not count.
    let claims = world.path(&format!("/claims?i={handle}"));
    let reply = mary.post(&claims, &[("library_card", "LC-000001"), ("decision", "allow")]).await.expect(303);
    assert!(reply.header("location").contains("/consent?i="), "{}", reply.header("location"));
});

both!(nobody_gets_past_the_consent, |app| async move {
    let world = demanding(&app).await;
    let mut john = world.signed_in("john").await;
    john.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(john.here.contains("/consent?i="));
    let handle = handle(&john);
    for page in ["continue", "claims"] {
        let reply = john.get(&world.path(&format!("/{page}?i={handle}"))).await.expect(303);
        assert!(reply.header("location").contains("/consent?i="), "{}", reply.header("location"));
    }
    let claims = world.path(&format!("/claims?i={handle}"));
    let reply = john.post(&claims, &[("decision", "allow"), ("library_card", "LC-999999")]).await.expect(303);
    assert!(reply.header("location").contains("/consent?i="), "{}", reply.header("location"));
    assert_nothing_issued(&[john.post(&world.path(&format!("/consent?i={handle}")), &[]).await]);
});

both!(a_handle_without_the_session_is_worth_nothing, |app| async move {
    let world = demanding(&app).await;
    let mut john = world.signed_in("john").await;
    john.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let handle = handle(&john);
    // Dex CVE-2022-39222: who learns the handle must not get the code.
    let mut stranger = app.browser();
    assert_nothing_issued(&everything(&world, &mut stranger, &handle).await);
    let mut mary = world.signed_in("mary").await;
    assert_nothing_issued(&everything(&world, &mut mary, &handle).await);
    let answer = john.post(&world.path(&format!("/consent?i={handle}")), &[("decision", "allow")]).await;
    let answer = Answer::of(&answer);
    let mut stranger = app.browser();
    assert_nothing_issued(&everything(&world, &mut stranger, &handle).await);
    world.redeem(&answer.code()).await.expect(200);
});

both!(one_users_consent_is_not_anothers, |app| async move {
    let demands = json!({ "require_consent": true });
    let world = World::with(&app, |l| l.password("mary").application("my-app", &demands)).await;
    let mut browser = world.signed_in("john").await;
    browser.open(&world.authorize(&Ask::of("my-app").with("prompt", "consent"))).await.expect(200);
    let handle = handle(&browser);
    Answer::of(&browser.post(&world.path(&format!("/consent?i={handle}")), &[("decision", "allow")]).await).code();
    let login = world.path(&format!("/login?i={handle}&other"));
    let reply = browser.post(&login, &[("username", "mary"), ("password", PASSWORD)]).await;
    assert!(!reply.header("location").starts_with(CALLBACK), "{}", reply.header("location"));
});

both!(an_interaction_ends_with_its_time, |app| async move {
    let world = World::open(&app).await;
    let mut browser = app.browser();
    browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let handle = handle(&browser);
    app.clock.advance(3_600);
    let mut john = world.signed_in("john").await;
    for page in ["continue", "consent", "claims", "register", "login"] {
        john.get(&world.path(&format!("/{page}?i={handle}"))).await.expect(404);
    }
});

both!(an_answered_one_gives_no_second_code_later, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = app.browser();
    browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let (handle, here) = (handle(&browser), browser.here.clone());
    let fields = [("username", "john"), ("password", PASSWORD)];
    Answer::of(&browser.post(&here, &fields).await).code();
    app.clock.advance(31);
    browser.get(&world.path(&format!("/continue?i={handle}"))).await.expect(404);
});

both!(values_of_others_cannot_be_found_by_trying, |app| async move {
    let demands = json!({ "required_claims": ["library_card"] });
    let world = World::with(&app, |library| library.application("my-app", &demands)).await;
    let mut mary = world.signed_in("mary").await;
    mary.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let here = mary.here.clone();
    for _ in 0..20 {
        let page = mary.post(&here, &[("library_card", "LC-123456")]).await.expect(422);
        assert!(page.body.contains("taken"), "{}", page.body);
    }
    mary.post(&here, &[("library_card", "LC-123456")]).await.expect(429);
    app.clock.advance(3_600);
    mary.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let here = mary.here.clone();
    let done = mary.post(&here, &[("library_card", "LC-000002")]).await.expect(303);
    assert!(done.header("location").starts_with(CALLBACK), "{}", done.header("location"));
});
