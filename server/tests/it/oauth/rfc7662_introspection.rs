//! Introspection (RFC 7662).

use serde_json::{Value, json};

use super::ask::Ask;
use super::library::{API_SECRET, MUSEUM_API_SECRET, SECRET};
use super::world::{Tokens, World, assert_error};

const INTROSPECT: &str = "/connect/introspect";
const LIBRARY: (&str, &str) = ("library-api", API_SECRET);
const MUSEUM: (&str, &str) = ("museum-api", MUSEUM_API_SECRET);

fn inactive() -> Value {
    json!({ "active": false })
}

async fn as_connection(world: &World, who: (&str, &str), token: &str) -> Value {
    world.post_basic(INTROSPECT, who, &[("token", token)]).await.expect(200).json()
}

async fn in_both_formats(world: &mut World, ask: &Ask) -> [Tokens; 2] {
    let jwt = Tokens::of(world.redeem(&world.code(ask).await).await);
    let reference = json!({ "access_token_format": "reference" });
    world.change(|library| library.application("my-app", &reference)).await;
    let reference = Tokens::of(world.redeem(&world.code(ask).await).await);
    assert_eq!(reference.access().len(), 64);
    assert!(reference.access().bytes().all(|b| b.is_ascii_hexdigit()));
    [jwt, reference]
}

both!(a_connection_sees_its_own_scopes_only, |app| async move {
    let mut world = World::open(&app).await;
    let ask = Ask::of("my-app").with("scope", "openid books museum-api");
    for tokens in in_both_formats(&mut world, &ask).await {
        let told = as_connection(&world, LIBRARY, tokens.access()).await;
        assert_eq!(
            (&told["active"], &told["scope"], &told["aud"]),
            (&json!(true), &json!("books"), &json!("library-api"))
        );
        assert_eq!((&told["client_id"], &told["iss"]), (&json!("my-app"), &json!(world.issuer())));
        assert_eq!(told["sub"], world.user_id("john").await);
        let told = as_connection(&world, MUSEUM, tokens.access()).await;
        assert_eq!((&told["scope"], &told["aud"]), (&json!("museum-api"), &json!("museum-api")));
    }
});

both!(another_connections_token_is_inactive, |app| async move {
    let mut world = World::open(&app).await;
    for tokens in in_both_formats(&mut world, &Ask::of("my-app").with("scope", "openid books")).await {
        assert_eq!(as_connection(&world, MUSEUM, tokens.access()).await, inactive());
        assert_eq!(as_connection(&world, LIBRARY, tokens.access()).await["active"], true);
    }
});

both!(another_subscriptions_token_is_inactive, |app| async move {
    let mut world = World::open(&app).await;
    let yours = world.beside("yours").await;
    for tokens in in_both_formats(&mut world, &Ask::of("my-app")).await {
        assert_eq!(as_connection(&yours, LIBRARY, tokens.access()).await, inactive());
        yours.userinfo(tokens.access()).await.expect(401);
        world.assert_alive(tokens.access(), true).await;
    }
});

both!(whatever_else_is_inactive_without_a_word, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for token in ["x", "a.b.c", &"0".repeat(64), tokens.refresh(), tokens.identity()] {
        let reply = world.post_basic(INTROSPECT, LIBRARY, &[("token", token)]).await.expect(200);
        assert_eq!(reply.json(), inactive(), "{token}");
        assert!(reply.header("cache-control").contains("no-store"));
    }
    let hinted = [("token", tokens.access()), ("token_type_hint", "refresh_token")];
    assert_eq!(world.post_basic(INTROSPECT, LIBRARY, &hinted).await.expect(200).json()["active"], true);
});

both!(an_application_is_no_connection, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let token = [("token", tokens.access())];
    assert_error(&world.post_basic(INTROSPECT, ("my-app", SECRET), &token).await, 401, "invalid_client");
    assert_error(&world.post(INTROSPECT, &token).await, 401, "invalid_client");
    for who in [("library-api", MUSEUM_API_SECRET), ("library-api", SECRET), ("library-api", ""), ("absent", "x")] {
        assert_error(&world.post_basic(INTROSPECT, who, &token).await, 401, "invalid_client");
    }
    let reply = app.post(&world.path(INTROSPECT), &token).await;
    assert_error(&reply, 401, "invalid_client");
    assert!(reply.header("www-authenticate").starts_with("Basic "));
    let bearer = format!("Bearer {}", tokens.access());
    assert_error(&world.post_with(INTROSPECT, &[&bearer], &token).await, 401, "invalid_client");
});

both!(the_token_is_required_once, |app| async move {
    let world = World::open(&app).await;
    assert_error(&world.post_basic(INTROSPECT, LIBRARY, &[]).await, 400, "invalid_request");
    let twice = [("token", "a"), ("token", "b")];
    assert_error(&world.post_basic(INTROSPECT, LIBRARY, &twice).await, 400, "invalid_request");
});
