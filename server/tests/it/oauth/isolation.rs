//! Two subscriptions of the very same names: nothing of one counts, or can be seen, in the other.

use super::ask::{Answer, Ask};
use super::forge;
use super::library::PASSWORD;
use super::world::{World, assert_error, payload};

async fn two(app: &crate::support::TestApp) -> (World, World) {
    let world = World::open(app).await;
    let yours = world.beside("yours").await;
    (world, yours)
}

both!(a_session_of_another_subscription_is_none, |app| async move {
    let (world, yours) = two(&app).await;
    let mut browser = yours.signed_in("john").await;
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    // Not under another name either.
    let stolen = browser.cookies[&yours.cookie()].clone();
    browser.cookies.insert(world.cookie(), stolen);
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    let account = browser.open(&world.path("/account")).await.expect(200);
    assert!(browser.here.contains("/login") && !account.body.contains("John"), "{}", browser.here);
    assert!(!yours.ask(&mut browser, &silent).await.code().is_empty());
});

both!(an_interaction_of_another_subscription_does_not_exist, |app| async move {
    let (world, yours) = two(&app).await;
    let mut browser = app.browser();
    browser.open(&yours.authorize(&Ask::of("my-app"))).await.expect(200);
    let handle = browser.here.split("i=").nth(1).expect("a handle").to_owned();
    let mut browser = world.signed_in("john").await;
    for page in ["login", "register", "claims", "consent", "continue"] {
        browser.get(&world.path(&format!("/{page}?i={handle}"))).await.expect(404);
    }
    for page in ["login", "claims", "consent"] {
        let path = world.path(&format!("/{page}?i={handle}"));
        let fields = [("username", "john"), ("password", PASSWORD), ("decision", "allow")];
        browser.post(&path, &fields).await.expect(404);
    }
    // Nor a sign-out that was begun there.
    let begun = app.get(&yours.path("/connect/endsession")).await.expect(303);
    let handle = begun.header("location").split("i=").nth(1).expect("a handle").to_owned();
    browser.get(&world.path(&format!("/sign-out?i={handle}"))).await.expect(404);
    app.get(&yours.path(&format!("/login?i={handle}"))).await.expect(404);
});

both!(tokens_of_another_subscription_are_none, |app| async move {
    let (world, yours) = two(&app).await;
    let tokens = yours.tokens().await;
    world.assert_alive(tokens.access(), false).await;
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    let mut browser = world.signed_in("john").await;
    let hinted = Ask::of("my-app").with("prompt", "none").with("id_token_hint", tokens.identity());
    assert_eq!(world.ask(&mut browser, &hinted).await.get("error"), "invalid_request");
    // Even one that claims to be from here, signed by the other's key.
    let forged = forge::signed(&yours, "at+jwt", &payload(world.tokens().await.access())).await;
    world.assert_alive(&forged, false).await;
    yours.assert_alive(tokens.access(), true).await;
    yours.refresh(tokens.refresh()).await.expect(200);
});

both!(a_user_of_another_subscription_cannot_sign_in, |app| async move {
    let world = World::open(&app).await;
    let file = World { app: app.clone(), library: super::library::Library::new("yours").password("john") };
    let yours = file.beside("yours").await;
    let sign_in = async |world: &World| {
        let mut browser = app.browser();
        browser.open(&world.path("/login")).await.expect(200);
        browser.post(&world.path("/login"), &[("username", "john"), ("password", PASSWORD)]).await.status
    };
    assert_eq!(sign_in(&world).await, 422);
    assert_eq!(sign_in(&yours).await, 303);
    assert_ne!(world.user_id("john").await, yours.user_id("john").await);
});

both!(the_cookies_of_two_subscriptions_live_side_by_side, |app| async move {
    let (world, yours) = two(&app).await;
    let mut browser = world.signed_in("john").await;
    browser.cookies.extend(yours.signed_in("mary").await.cookies);
    let ask = Ask::of("my-app").with("prompt", "none");
    let code = Answer::of(&browser.get(&world.authorize(&ask)).await).code();
    let identity = world.redeem(&code).await.expect(200).json();
    assert_eq!(payload(identity["id_token"].as_str().expect("one"))["name"], "John Doe");
    let code = Answer::of(&browser.get(&yours.authorize(&ask)).await).code();
    let identity = yours.redeem(&code).await.expect(200).json();
    assert_eq!(payload(identity["id_token"].as_str().expect("one"))["name"], "Mary Major");
});
