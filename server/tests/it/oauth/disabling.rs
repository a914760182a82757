//! A user, an application or a subscription out of use: everywhere, at once (docs/security.md 23, 46).

use serde_json::json;
use service::Actor;
use service::console::{subscriptions, users};

use super::ask::Ask;
use super::world::{Tokens, World, assert_error};

/// Takes a user out of use, or back into use.
pub async fn set_user(world: &World, username: &str, disabled: bool) {
    let (ctx, id) = (&world.app.ctx, world.user_id(username).await);
    let version = users::get(ctx, &Actor::Cli, world.slug(), &id).await.expect("a user").version;
    users::set_disabled(ctx, &Actor::Cli, world.slug(), &id, version, disabled).await.expect("done");
}

async fn set_subscription(world: &World, disabled: bool) {
    let ctx = &world.app.ctx;
    let version = subscriptions::get(ctx, &Actor::Cli, world.slug()).await.expect("one").stored.version;
    subscriptions::set_disabled(ctx, &Actor::Cli, world.slug(), version, disabled).await.expect("done");
}

async fn in_both_formats(world: &mut World) -> [Tokens; 2] {
    let jwt = world.tokens().await;
    world.change(|library| library.application("my-app", &json!({ "access_token_format": "reference" }))).await;
    [jwt, world.tokens().await]
}

both!(a_disabled_user, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = in_both_formats(&mut world).await;
    let (code, mut browser) = (world.code(&Ask::of("my-app")).await, world.signed_in("john").await);
    set_user(&world, "john", true).await;
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    for tokens in &tokens {
        world.assert_alive(tokens.access(), false).await;
        assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    }
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    // Back in use, what was ended stays ended.
    set_user(&world, "john", false).await;
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    for tokens in &tokens {
        world.assert_alive(tokens.access(), false).await;
        assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    }
    world.assert_alive(world.tokens().await.access(), true).await;
});

both!(a_deleted_user, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = in_both_formats(&mut world).await;
    let (code, mut browser) = (world.code(&Ask::of("my-app")).await, world.signed_in("john").await);
    let id = world.user_id("john").await;
    let version = users::get(&app.ctx, &Actor::Cli, world.slug(), &id).await.expect("a user").version;
    users::delete(&app.ctx, &Actor::Cli, world.slug(), &id, version).await.expect("deleted");
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    for tokens in &tokens {
        world.assert_alive(tokens.access(), false).await;
        assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    }
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    // The same name is another user.
    world.change(|library| library).await;
    assert_ne!(world.user_id("john").await, id);
    world.assert_alive(tokens[0].access(), false).await;
});

both!(a_disabled_application, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = in_both_formats(&mut world).await;
    let code = world.code(&Ask::of("my-app")).await;
    let own = Tokens::of(world.token(&[("grant_type", "client_credentials")]).await);
    let mut waiting = app.browser();
    waiting.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    assert_error(&world.redeem(&code).await, 401, "invalid_client");
    assert_error(&world.token(&[("grant_type", "client_credentials")]).await, 401, "invalid_client");
    for tokens in &tokens {
        world.assert_alive(tokens.access(), false).await;
        assert_error(&world.refresh(tokens.refresh()).await, 401, "invalid_client");
    }
    assert_eq!(world.introspect(own.access()).await["active"], false);
    // Nor a redirect: nobody may be sent there any more.
    let reply = world.signed_in("john").await.get(&world.authorize(&Ask::of("my-app"))).await.expect(400);
    assert_eq!(reply.header("location"), "");
    let handle = waiting.here.split("i=").nth(1).expect("a handle");
    world.signed_in("john").await.get(&world.path(&format!("/continue?i={handle}"))).await.expect(404);
});

both!(a_disabled_subscription, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = in_both_formats(&mut world).await;
    let (code, mut browser) = (world.code(&Ask::of("my-app")).await, world.signed_in("john").await);
    set_subscription(&world, true).await;
    for path in ["/.well-known/openid-configuration", "/jwks.json", "/login", "/account", "/connect/userinfo"] {
        browser.get(&world.path(path)).await.expect(403);
    }
    // People are told so, and by whose name.
    let page = browser.get(&world.authorize(&Ask::of("my-app"))).await.expect(403);
    assert!(page.body.contains("Signing in is out of use here") && page.body.contains("The mysub"));
    assert_error(&world.redeem(&code).await, 403, "unauthorized_client");
    assert_error(&world.refresh(tokens[0].refresh()).await, 403, "unauthorized_client");
    assert_error(&world.token(&[("grant_type", "client_credentials")]).await, 403, "unauthorized_client");
    assert_error(&world.post("/connect/introspect", &[("token", "x")]).await, 403, "unauthorized_client");
    // Back in use, what was ended stays ended.
    set_subscription(&world, false).await;
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut browser, &silent).await.get("error"), "login_required");
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    for tokens in &tokens {
        world.assert_alive(tokens.access(), false).await;
        assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    }
});
