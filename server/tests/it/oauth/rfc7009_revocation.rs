//! Revocation (RFC 7009).

use serde_json::json;

use super::ask::Ask;
use super::library::MUSEUM_SECRET;
use super::world::{Tokens, World, assert_error, redemption};

const REVOCATION: &str = "/connect/revocation";

both!(an_access_token_goes_alone, |app| async move {
    let mut world = World::open(&app).await;
    for format in ["jwt", "reference"] {
        world.change(|library| library.application("my-app", &json!({ "access_token_format": format }))).await;
        let tokens = world.tokens().await;
        world.assert_alive(tokens.access(), true).await;
        world.post(REVOCATION, &[("token", tokens.access())]).await.expect(200);
        world.assert_alive(tokens.access(), false).await;
        world.refresh(tokens.refresh()).await.expect(200);
    }
});

both!(a_refresh_token_takes_everything_with_it, |app| async move {
    let world = World::open(&app).await;
    let first = world.tokens().await;
    let second = Tokens::of(world.refresh(first.refresh()).await);
    world.post(REVOCATION, &[("token", second.refresh()), ("token_type_hint", "access_token")]).await.expect(200);
    world.assert_alive(first.access(), false).await;
    world.assert_alive(second.access(), false).await;
    assert_error(&world.refresh(second.refresh()).await, 400, "invalid_grant");
});

both!(a_revocation_survives_a_restart, |app| async move {
    let mut world = World::open(&app).await;
    let jwt = world.tokens().await;
    world.change(|library| library.application("my-app", &json!({ "access_token_format": "reference" }))).await;
    let (reference, family) = (world.tokens().await, world.tokens().await);
    let kept = world.tokens().await;
    for token in [jwt.access(), reference.access(), family.refresh()] {
        world.post(REVOCATION, &[("token", token)]).await.expect(200);
    }
    let restarted = world.at(&app.beside().await);
    for token in [jwt.access(), reference.access(), family.access()] {
        restarted.assert_alive(token, false).await;
    }
    assert_error(&restarted.refresh(family.refresh()).await, 400, "invalid_grant");
    restarted.assert_alive(kept.access(), true).await;
    restarted.refresh(kept.refresh()).await.expect(200);
});

both!(only_ones_own_tokens, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let tokens = world.tokens().await;
    for token in [tokens.access(), tokens.refresh()] {
        let reply = world.post_basic(REVOCATION, ("museum", MUSEUM_SECRET), &[("token", token)]).await;
        assert_error(&reply, 400, "invalid_grant");
        let public = [("client_id", "reader"), ("token", token)];
        assert_error(&app.post(&world.path(REVOCATION), &public).await, 400, "invalid_grant");
        // Elsewhere nobody knows it, which is no error.
        yours.post(REVOCATION, &[("token", token)]).await.expect(200);
    }
    world.assert_alive(tokens.access(), true).await;
    world.refresh(tokens.refresh()).await.expect(200);
});

both!(who_asks_must_be_somebody, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let token = [("token", tokens.refresh())];
    assert_error(&app.post(&world.path(REVOCATION), &token).await, 401, "invalid_client");
    let named = [("client_id", "my-app"), ("token", tokens.refresh())];
    assert_error(&app.post(&world.path(REVOCATION), &named).await, 401, "invalid_client");
    assert_error(&world.post_basic(REVOCATION, ("my-app", MUSEUM_SECRET), &token).await, 401, "invalid_client");
    world.refresh(tokens.refresh()).await.expect(200);
});

both!(a_public_application_revokes_by_its_name, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("reader")).await;
    let fields = [&[("client_id", "reader")][..], &redemption(&code)].concat();
    let tokens = Tokens::of(app.post(&world.path("/connect/token"), &fields).await);
    world.assert_alive(tokens.access(), true).await;
    app.post(&world.path(REVOCATION), &[("client_id", "reader"), ("token", tokens.refresh())]).await.expect(200);
    world.assert_alive(tokens.access(), false).await;
});

both!(an_unknown_token_is_no_error, |app| async move {
    let world = World::open(&app).await;
    for token in ["x", "a.b.c", &"0".repeat(64)] {
        world.post(REVOCATION, &[("token", token)]).await.expect(200);
    }
    assert_error(&world.post(REVOCATION, &[]).await, 400, "invalid_request");
});
