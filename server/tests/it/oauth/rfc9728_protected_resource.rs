//! Metadata of API connections (RFC 9728): from an API's address to whoever issues tokens for it.

use axum::body::Body;
use axum::extract::Request;
use serde_json::json;

use super::ask::Ask;
use super::world::{Tokens, World, payload};

const API: &str = "https://api.library.example/v1";

both!(an_api_with_an_address_has_a_document, |app| async move {
    let world = World::with(&app, |library| library.connection("library-api", &json!({ "resource": API }))).await;
    let path = world.path("/connect/resources/library-api");
    let reply = app.get(&path).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(
        reply.json(),
        json!({
            "resource": API, "authorization_servers": [world.issuer()], "scopes_supported": ["library-api", "books"],
            "resource_name": "Library",
        })
    );
    let again = Request::get(&path).header("if-none-match", reply.header("etag")).body(Body::empty());
    app.send(again.expect("a request")).await.expect(304);
    // The server names it, too; and what it names is what it issues tokens for.
    let metadata = app.get(&world.path("/.well-known/oauth-authorization-server")).await.expect(200).json();
    assert_eq!(metadata["protected_resources"], json!([API]));
    let code = world.code(&Ask::of("my-app").and("resource", API)).await;
    let tokens = Tokens::of(world.redeem(&code).await);
    assert_eq!(payload(tokens.access())["aud"], API);
});

both!(one_without_an_address_has_none, |app| async move {
    let urn = json!({ "resource": "urn:library:museum" });
    let world = World::with(&app, |library| library.connection("museum-api", &urn)).await;
    for name in ["library-api", "museum-api", "nobody", "..%2fwell-known"] {
        app.get(&world.path(&format!("/connect/resources/{name}"))).await.expect(404);
    }
    let metadata = app.get(&world.path("/.well-known/oauth-authorization-server")).await.expect(200).json();
    assert!(metadata.get("protected_resources").is_none());
    let beside =
        World::with(&app, |library| library.named("beside").connection("library-api", &json!({ "resource": API })));
    assert_eq!(beside.await.slug(), "beside");
    app.get(&world.path("/connect/resources/library-api")).await.expect(404);
});
