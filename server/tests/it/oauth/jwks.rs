//! The JWK Set (RFC 7517).

use axum::body::Body;
use axum::extract::Request;
use model::spec::SigningAlg;

use super::forge;
use super::world::World;

both!(both_addresses_give_the_key_that_signed, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for path in ["/.well-known/jwks.json", "/jwks.json"] {
        let keys = app.get(&world.path(path)).await.expect(200).json()["keys"].clone();
        let keys = keys.as_array().expect("keys");
        for token in [tokens.access(), tokens.identity()] {
            let header = forge::header(token);
            assert_eq!(header["alg"], "RS256");
            assert!(keys.iter().any(|key| key["kid"] == header["kid"] && key["alg"] == "RS256"), "{path}");
        }
    }
});

both!(only_public_members_are_told, |app| async move {
    let world = World::open(&app).await;
    let reply = app.get(&world.path("/jwks.json")).await.expect(200);
    for key in reply.json()["keys"].as_array().expect("keys") {
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
});

both!(who_has_it_is_told_so, |app| async move {
    let world = World::open(&app).await;
    let path = world.path("/jwks.json");
    let first = app.get(&path).await.expect(200);
    assert!(first.header("cache-control").contains("max-age="));
    let again = Request::get(&path).header("if-none-match", first.header("etag")).body(Body::empty());
    assert_eq!(app.send(again.expect("a request")).await.expect(304).body, "");
});

both!(each_subscription_has_keys_of_its_own, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let keys = async |world: &World| app.get(&world.path("/jwks.json")).await.expect(200).body;
    assert_ne!(keys(&world).await, keys(&yours).await);
});

both!(a_new_key_is_published_before_it_signs, |app| async move {
    let world = World::open(&app).await;
    let before = world.tokens().await;
    service::console::keys::rotate(&app.ctx, &service::Actor::Cli, world.slug(), SigningAlg::Rs256)
        .await
        .expect("rotated");
    let keys = app.get(&world.path("/jwks.json")).await.expect(200).json();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2));
    let after = world.tokens().await;
    assert_eq!(forge::header(before.access())["kid"], forge::header(after.access())["kid"]);
    world.assert_alive(before.access(), true).await;
});

both!(an_old_key_stays_until_the_last_token_that_it_signed_has_ended, |app| async move {
    let longest = serde_json::json!({ "access_token_lifetime": 86_400 });
    let world = World::with(&app, |library| library.application("my-app", &longest)).await;
    let first = forge::header(world.tokens().await.access())["kid"].clone();
    service::console::keys::rotate(&app.ctx, &service::Actor::Cli, world.slug(), SigningAlg::Rs256)
        .await
        .expect("rotated");
    // In the last second in which the old key signs.
    app.clock.advance(3_599);
    let last = world.tokens().await;
    assert_eq!(forge::header(last.access())["kid"], first);
    app.clock.advance(1);
    assert_ne!(forge::header(world.tokens().await.access())["kid"], first);
    app.clock.advance(86_398);
    service::housekeeping::run_once(&app.ctx).await.expect("swept");
    let keys = app.get(&world.path("/jwks.json")).await.expect(200).json();
    assert!(keys["keys"].as_array().expect("keys").iter().any(|key| key["kid"] == first), "{keys}");
    world.assert_alive(last.access(), true).await;
    app.clock.advance(1);
    world.assert_alive(last.access(), false).await;
});

both!(private_keys_are_sealed, |app| async move {
    let world = World::open(&app).await;
    let mut conn = app.ctx.read().await.expect("a connection");
    let rows = store::snapshot::load(&mut conn, world.slug()).await.expect("asked").expect("a subscription");
    let row = &rows.signing_keys[0];
    assert!(service::keys::SigningKey::open(&app.ctx.sealer, row).is_ok());
    let other = service::crypto::Sealer::new(&[7; 32]).expect("a sealer");
    assert!(service::keys::SigningKey::open(&other, row).is_err());
    // Not a key in the clear: PKCS#8 begins with a sequence, PEM with dashes.
    assert!(!row.private_sealed.starts_with("MII") && !row.private_sealed.starts_with("---"));
});
