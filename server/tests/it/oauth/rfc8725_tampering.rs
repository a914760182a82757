//! Tokens that were changed, made up or taken from elsewhere (RFC 8725, RFC 9068 section 4).

use serde_json::{Value, json};

use super::forge;
use super::world::{World, payload};

both!(a_bent_jwt_is_refused, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for token in forge::bent(tokens.access()) {
        world.assert_alive(&token, false).await;
    }
    world.assert_alive(tokens.access(), true).await;
});

both!(a_bent_reference_is_refused, |app| async move {
    let reference = json!({ "access_token_format": "reference" });
    let world = World::with(&app, |library| library.application("my-app", &reference)).await;
    let tokens = world.tokens().await;
    for token in forge::bent(tokens.access()) {
        world.assert_alive(&token, false).await;
    }
    world.assert_alive(tokens.access(), true).await;
});

both!(no_signature_is_no_token, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for token in forge::unsigned(tokens.access()) {
        world.assert_alive(&token, false).await;
    }
});

both!(the_public_key_is_no_secret, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for token in forge::confused(&world, tokens.access()).await {
        world.assert_alive(&token, false).await;
    }
});

both!(keys_that_a_token_brings_along_are_not_looked_at, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let own = payload(world.tokens().await.access());
    // Signed by somebody else's key, which the header offers.
    let foreign = forge::signed(&yours, "at+jwt", &own).await;
    let keys = yours.snapshot().await.keyring.jwks(app.ctx.now());
    let kid = forge::header(world.tokens().await.access())["kid"].clone();
    let key = &keys["keys"][0];
    let uri = format!("{}/jwks.json", yours.issuer());
    for (name, value) in [("jwk", key.clone()), ("jku", json!(uri)), ("x5u", json!(uri)), ("x5c", json!(["AA=="]))] {
        for kid in [kid.clone(), key["kid"].clone(), Value::Null, json!("../../etc/passwd"), json!("' OR 1=1 --")] {
            let mut header = json!({ "alg": "RS256", "typ": "at+jwt", "kid": kid });
            header[name] = value.clone();
            world.assert_alive(&forge::with_header(&foreign, &header), false).await;
        }
    }
    world.assert_alive(&foreign, false).await;
});

both!(times_of_the_wrong_type_or_out_of_bounds_are_refused, |app| async move {
    let world = World::open(&app).await;
    let good = payload(world.tokens().await.access());
    let now = app.ctx.now();
    let token = async |name: &str, value: Value| {
        let mut payload = good.clone();
        payload[name] = value;
        forge::signed(&world, "at+jwt", &payload).await
    };
    world.assert_alive(&token("exp", json!(now + 100)).await, true).await;
    for bad in [json!("9999999999"), json!(9_999_999_999.5), json!(null), json!([now + 100]), json!(true), json!(now)] {
        world.assert_alive(&token("exp", bad).await, false).await;
    }
    for name in ["iat", "nbf"] {
        for bad in [json!("0"), json!({}), json!(now + 61), json!(0.5)] {
            world.assert_alive(&token(name, bad).await, false).await;
        }
        world.assert_alive(&token(name, json!(now + 60)).await, true).await;
    }
});

both!(claims_that_are_not_ours_are_refused, |app| async move {
    let world = World::open(&app).await;
    let good = payload(world.tokens().await.access());
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("iss", json!(app.ctx.issuer("yours"))),
        ("iss", Value::Null),
        ("jti", Value::Null),
        ("sub", json!(["a"])),
        ("client_id", json!("absent")),
        ("gid", json!("another-grant")),
    ] {
        let mut payload = good.clone();
        payload[name] = value.clone();
        let token = forge::signed(&world, "at+jwt", &payload).await;
        world.assert_alive(&token, false).await;
    }
});

both!(an_overlong_or_nested_token_is_no_trouble, |app| async move {
    let world = World::open(&app).await;
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    for token in [
        forge::encode(deep.as_bytes()),
        format!("{}.{}.AA", forge::encode(&deep), forge::encode(&deep)),
        ".".repeat(200),
        "A".repeat(15_000),
    ] {
        assert_eq!(world.introspect(&token).await, json!({ "active": false }));
    }
});
