//! Grant type `client_credentials` (RFC 6749 section 4.4).

use serde_json::json;

use super::world::{Tokens, World, assert_error, payload};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

both!(an_application_acts_for_itself, |app| async move {
    let world = World::open(&app).await;
    let reply = world.token(&[GRANT, ("scope", "books")]).await.expect(200);
    assert!(reply.header("cache-control").contains("no-store"));
    let tokens = Tokens::of(reply);
    assert!(tokens.0.get("id_token").is_none() && tokens.0.get("refresh_token").is_none());
    let access = payload(tokens.access());
    assert_eq!((&access["sub"], &access["client_id"]), (&json!("my-app"), &json!("my-app")));
    assert_eq!((&access["scope"], &access["aud"]), (&json!("books"), &json!("library-api")));
    assert_eq!(world.introspect(tokens.access()).await["active"], true);
});

both!(its_token_is_about_nobody, |app| async move {
    let world = World::open(&app).await;
    let tokens = Tokens::of(world.token(&[GRANT]).await);
    let reply = world.userinfo(tokens.access()).await.expect(403);
    assert_eq!(reply.json()["error"], "insufficient_scope");
});

both!(only_its_own_api_scopes, |app| async move {
    let scopes = json!({ "allowed_api_scopes": ["books"] });
    let world = World::with(&app, |library| library.application("my-app", &scopes)).await;
    for other in ["openid", "museum-api", "library-api", "unknown", "books museum-api"] {
        assert_error(&world.token(&[GRANT, ("scope", other)]).await, 400, "invalid_scope");
    }
    assert_eq!(Tokens::of(world.token(&[GRANT]).await).0["scope"], "books");
});

both!(without_the_grant_type_there_is_nothing, |app| async move {
    let grants = json!({ "grant_types": ["authorization_code"] });
    let world = World::with(&app, |library| library.application("my-app", &grants)).await;
    assert_error(&world.token(&[GRANT]).await, 400, "unauthorized_client");
});
