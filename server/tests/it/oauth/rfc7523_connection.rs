//! API connections that prove by their own key who they are (RFC 7523 section 2.2, at the introspection endpoint).

use serde_json::{Value, json};

use super::library::API_SECRET;
use super::signer::Signer;
use super::world::{World, assert_error};
use crate::support::app::NOW;
use crate::support::party::Party;
use crate::support::{Reply, TestApp};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

async fn keyed(app: &TestApp, keys: &Value) -> World {
    World::with(app, |library| library.connection("library-api", keys)).await
}

/// An assertion with other values for some of its claims; null takes one away.
fn assertion(world: &World, key: &Signer, id: &str, other: &Value) -> String {
    let mut payload = json!({
        "iss": "library-api", "sub": "library-api", "aud": world.issuer(), "jti": id, "iat": NOW, "exp": NOW + 60,
    });
    for (name, value) in other.as_object().expect("an object") {
        payload[name] = value.clone();
    }
    payload.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    key.sign(&json!({ "alg": "EdDSA" }), &payload)
}

async fn ask(world: &World, token: &str, assertion: &str) -> Reply {
    let fields = [("token", token), ("client_assertion_type", TYPE), ("client_assertion", assertion)];
    world.app.post(&world.path("/connect/introspect"), &fields).await
}

both!(a_signature_takes_the_place_of_its_secret, |app| async move {
    let key = Signer::new(1);
    let world = keyed(&app, &json!({ "jwks": key.jwks() })).await;
    let tokens = world.tokens().await;
    for (id, aud) in [("a", world.issuer()), ("b", format!("{}/connect/introspect", world.issuer()))] {
        let told = ask(&world, tokens.access(), &assertion(&world, &key, id, &json!({ "aud": aud }))).await;
        let told = told.expect(200).json();
        assert_eq!((&told["active"], &told["aud"]), (&json!(true), &json!("library-api")));
    }
    // The secret that is there still opens nothing.
    let by_secret = [("client_id", "library-api"), ("client_secret", API_SECRET), ("token", tokens.access())];
    assert_error(&app.post(&world.path("/connect/introspect"), &by_secret).await, 401, "invalid_client");
    // It counts once, at all nodes.
    let once = assertion(&world, &key, "once", &json!({}));
    ask(&world, tokens.access(), &once).await.expect(200);
    let node = world.at(&app.beside().await);
    for node in [&world, &node] {
        assert_error(&ask(node, tokens.access(), &once).await, 401, "invalid_client");
    }
});

both!(every_claim_and_the_key_are_looked_at, |app| async move {
    let key = Signer::new(1);
    let world = keyed(&app, &json!({ "jwks": key.jwks() })).await;
    let tokens = world.tokens().await;
    for other in [
        json!({ "iss": "museum-api" }),
        json!({ "sub": "museum-api" }),
        json!({ "sub": "my-app", "iss": "my-app" }),
        json!({ "aud": format!("{}/connect/token", world.issuer()) }),
        json!({ "aud": null }),
        json!({ "exp": NOW - 60 }),
        json!({ "exp": NOW + 86_400 }),
        json!({ "jti": null }),
    ] {
        let reply = ask(&world, tokens.access(), &assertion(&world, &key, "same", &other)).await;
        assert_error(&reply, 401, "invalid_client");
    }
    let others = assertion(&world, &Signer::new(2), "same", &json!({}));
    assert_error(&ask(&world, tokens.access(), &others).await, 401, "invalid_client");
    // One that has no keys cannot sign, whoever would.
    let museums = json!({ "iss": "museum-api", "sub": "museum-api" });
    let museums = assertion(&world, &key, "same", &museums);
    assert_error(&ask(&world, tokens.access(), &museums).await, 401, "invalid_client");
    // It is no application: nothing is issued to it.
    let itself = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", TYPE),
        ("client_assertion", &assertion(&world, &key, "same", &json!({}))),
    ];
    assert_error(&app.post(&world.path("/connect/token"), &itself).await, 401, "invalid_client");
    ask(&world, tokens.access(), &assertion(&world, &key, "same", &json!({}))).await.expect(200);
});

both!(its_keys_may_be_at_an_address, |app| async move {
    let (party, key) = (Party::answering(&[]).await, Signer::new(1));
    party.publish(&key.jwks());
    let world = keyed(&app, &json!({ "jwks_uri": party.url("/jwks.json") })).await;
    let tokens = world.tokens().await;
    for id in ["a", "b"] {
        ask(&world, tokens.access(), &assertion(&world, &key, id, &json!({}))).await.expect(200);
    }
    assert_eq!(party.received().len(), 1);
});
