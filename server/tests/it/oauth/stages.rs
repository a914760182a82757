//! Required claims in stages, as people meet them. A choice to skip is kept on the server, for the sign-in
//! in which it was made (docs/security.md 60).

use serde_json::{Value, json};

use super::ask::{Answer, Ask};
use super::world::World;
use crate::support::{Browser, Reply, TestApp};

/// Tests begin at 2026-11-22T00:00:00Z.
const TOMORROW: &str = "2026-11-23";
const SKIP: (&str, &str) = ("interaction", "skip");
const DAY: i64 = 86_400;

async fn world(app: &TestApp, required: &Value) -> World {
    let needs = json!({ "required_claims": required });
    World::with(app, |library| library.application("my-app", &needs)).await
}

fn skippable(claim: &str) -> Value {
    json!({ "claim": claim, "stage": "skippable", "until": TOMORROW })
}

/// Opens the way to the application: the claims page, or the answer of the application.
async fn way(world: &World, browser: &mut Browser) -> Reply {
    browser.open(&world.authorize(&Ask::of("my-app"))).await
}

async fn send(browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    let here = browser.here.clone();
    browser.post(&here, fields).await
}

both!(off_and_report_ask_nobody, |app| async move {
    let staged = json!([{ "claim": "library_card", "stage": "off" }, { "claim": "shelf", "stage": "report" }]);
    let world = world(&app, &staged).await;
    let mut mary = world.signed_in("mary").await;
    world.ask(&mut mary, &Ask::of("my-app")).await.code();
});

both!(what_can_be_skipped_is_skipped_for_one_sign_in, |app| async move {
    let world = world(&app, &json!([skippable("library_card")])).await;
    let mut mary = world.signed_in("mary").await;
    for _ in 0..2 {
        let page = way(&world, &mut mary).await.expect(200).body;
        assert!(mary.here.contains("/claims?i="), "{}", mary.here);
        assert!(page.contains("Skip for now") && page.contains("Needed from 24 Nov 2026"), "{page}");
        // Sending nothing is not skipping.
        send(&mut mary, &[("library_card", "")]).await.expect(422);
        let code = Answer::of(&send(&mut mary, &[SKIP]).await).code();
        world.redeem(&code).await.expect(200);
    }
    // A value ends it.
    way(&world, &mut mary).await.expect(200);
    Answer::of(&send(&mut mary, &[("library_card", "LC-000001")]).await).code();
    world.ask(&mut mary, &Ask::of("my-app")).await.code();
});

both!(the_day_after_the_last_one_enforces, |app| async move {
    let world = world(&app, &json!([skippable("library_card")])).await;
    // The day before, the last day's last second, the first moment after.
    for (seconds, may_skip) in [(0, true), (2 * DAY - 1, true), (1, false)] {
        app.clock.advance(seconds);
        let mut mary = world.signed_in("mary").await;
        let page = way(&world, &mut mary).await.expect(200).body;
        assert_eq!(page.contains("Skip for now"), may_skip, "{page}");
        let reply = send(&mut mary, &[SKIP]).await;
        if may_skip {
            Answer::of(&reply).code();
        } else {
            reply.expect(422);
        }
    }
});

both!(a_choice_to_skip_does_not_outlive_its_last_day, |app| async move {
    // Consent comes after the claims: the last moment to look again.
    let needs = json!({ "required_claims": [skippable("library_card")], "require_consent": true });
    let world = World::with(&app, |library| library.application("my-app", &needs)).await;
    app.clock.advance(2 * DAY - 1);
    let mut mary = world.signed_in("mary").await;
    way(&world, &mut mary).await.expect(200);
    let reply = send(&mut mary, &[SKIP]).await.expect(303);
    assert!(reply.header("location").contains("/consent?i="), "{}", reply.header("location"));
    let consent = reply.header("location").to_owned();
    app.clock.advance(1);
    let reply = mary.post(&consent, &[("decision", "allow")]).await.expect(303);
    assert!(reply.header("location").contains("/claims?i="), "{}", reply.header("location"));
});

both!(what_is_enforced_cannot_be_skipped_beside_what_can, |app| async move {
    let world = world(&app, &json!([skippable("shelf"), "library_card"])).await;
    let mut mary = world.signed_in("mary").await;
    let page = way(&world, &mut mary).await.expect(200).body;
    assert!(!page.contains("Skip for now") && page.contains("name=\"shelf\""), "{page}");
    assert!(page.contains("Needed from 24 Nov 2026"));
    send(&mut mary, &[SKIP]).await.expect(422);
    send(&mut mary, &[("shelf", "poetry")]).await.expect(422);
    // What was left empty beside it is not asked for again on this way, but is on the next.
    Answer::of(&send(&mut mary, &[("library_card", "LC-000001"), ("shelf", "")]).await).code();
    let page = way(&world, &mut mary).await.expect(200).body;
    assert!(page.contains("Skip for now") && !page.contains("name=\"library_card\""), "{page}");
    Answer::of(&send(&mut mary, &[("shelf", "poetry")]).await).code();
    world.ask(&mut mary, &Ask::of("my-app")).await.code();
});

both!(a_choice_to_skip_is_its_makers_alone, |app| async move {
    let needs = json!({ "required_claims": [skippable("shelf")], "require_consent": true });
    let world = World::with(&app, |library| library.application("my-app", &needs)).await;
    let mut mary = world.signed_in("mary").await;
    way(&world, &mut mary).await.expect(200);
    let claims = mary.here.clone();
    send(&mut mary, &[SKIP]).await.expect(303);
    // John opens the very same way: what Mary left out is asked of him.
    let mut john = world.signed_in("john").await;
    john.open(&claims.replace("/claims", "/continue")).await.expect(200);
    assert!(john.here.contains("/claims?i="), "{}", john.here);
});

both!(a_page_that_may_not_be_shown_asks_for_nothing_that_can_be_skipped, |app| async move {
    let world = world(&app, &json!([skippable("library_card")])).await;
    let mut mary = world.signed_in("mary").await;
    let silent = Ask::of("my-app").with("prompt", "none");
    world.ask(&mut mary, &silent).await.code();
    app.clock.advance(2 * DAY);
    let mut mary = world.signed_in("mary").await;
    assert_eq!(world.ask(&mut mary, &silent).await.get("error"), "interaction_required");
});

both!(tokens_that_are_out_go_on_when_a_stage_hardens, |app| async move {
    let world = world(&app, &json!([skippable("library_card")])).await;
    let mut mary = world.signed_in("mary").await;
    way(&world, &mut mary).await.expect(200);
    let code = Answer::of(&send(&mut mary, &[SKIP]).await).code();
    let tokens = super::world::Tokens::of(world.redeem(&code).await);
    app.clock.advance(3 * DAY);
    // Required claims are asked for at sign-in; a refresh is none.
    world.refresh(tokens.refresh()).await.expect(200);
});
