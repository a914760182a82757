//! Grant type `refresh_token` (RFC 6749 section 6, RFC 9700 section 4.14).

use axum::body::Body;
use serde_json::json;

use super::ask::Ask;
use super::library::{MUSEUM_SECRET, SECRET};
use super::signer::{Signer, readers_code, readers_redemption};
use super::world::{Tokens, World, assert_error, payload};
use crate::support::app::{encode, form};

both!(each_use_gives_the_next, |app| async move {
    let world = World::open(&app).await;
    let first = world.tokens().await;
    app.clock.advance(100);
    let second = Tokens::of(world.refresh(first.refresh()).await);
    assert_ne!(first.refresh(), second.refresh());
    let (old, new) = (payload(first.identity()), payload(second.identity()));
    assert_eq!((&old["sub"], &old["auth_time"], &old["sid"]), (&new["sub"], &new["auth_time"], &new["sid"]));
    assert!(new.get("nonce").is_none());
    Tokens::of(world.refresh(second.refresh()).await);
});

both!(a_used_one_revokes_the_family, |app| async move {
    let world = World::open(&app).await;
    let first = world.tokens().await;
    let second = Tokens::of(world.refresh(first.refresh()).await);
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    assert_error(&world.refresh(second.refresh()).await, 400, "invalid_grant");
    world.assert_alive(first.access(), false).await;
    world.assert_alive(second.access(), false).await;
});

both!(with_a_grace_a_retry_replaces_the_unused_successor, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "refresh_grace": 30 }))).await;
    let first = world.tokens().await;
    let lost = Tokens::of(world.refresh(first.refresh()).await);
    app.clock.advance(10);
    let second = Tokens::of(world.refresh(first.refresh()).await);
    // Whoever holds the lost answer is somebody else.
    assert_error(&world.refresh(lost.refresh()).await, 400, "invalid_grant");
    assert_error(&world.refresh(second.refresh()).await, 400, "invalid_grant");
    world.assert_alive(second.access(), false).await;
});

both!(a_grace_ends_with_its_time_or_the_successors_use, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "refresh_grace": 30 }))).await;
    let first = world.tokens().await;
    Tokens::of(world.refresh(first.refresh()).await);
    app.clock.advance(31);
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    let first = world.tokens().await;
    let second = Tokens::of(world.refresh(first.refresh()).await);
    let third = Tokens::of(world.refresh(second.refresh()).await);
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    world.assert_alive(third.access(), false).await;
});

both!(however_often_used_it_ends, |app| async move {
    let lifetimes = json!({ "refresh_token_absolute_lifetime": 600, "refresh_token_idle_lifetime": 400 });
    let world = World::with(&app, |library| library.application("my-app", &lifetimes)).await;
    let mut tokens = world.tokens().await;
    for _ in 0..2 {
        app.clock.advance(299);
        tokens = Tokens::of(world.refresh(tokens.refresh()).await);
    }
    app.clock.advance(2);
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    let unused = world.tokens().await;
    app.clock.advance(400);
    assert_error(&world.refresh(unused.refresh()).await, 400, "invalid_grant");
});

both!(scope_narrows_and_never_widens, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").with("scope", "openid email books");
    let tokens = Tokens::of(world.redeem(&world.code(&ask).await).await);
    let refresh = async |token: &str, scope: &str| {
        world.token(&[("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)]).await
    };
    for wider in ["openid profile", "museum-api", "openid email books library", "unknown"] {
        assert_error(&refresh(tokens.refresh(), wider).await, 400, "invalid_scope");
    }
    let narrow = Tokens::of(refresh(tokens.refresh(), "openid").await);
    assert_eq!(narrow.0["scope"], "openid");
    assert_eq!(payload(narrow.access())["aud"], world.issuer());
    let again = Tokens::of(world.refresh(narrow.refresh()).await);
    assert_eq!(again.0["scope"], "openid email books");
});

both!(it_belongs_to_its_application, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    let thief = world.post_basic("/connect/token", ("museum", MUSEUM_SECRET), &fields).await;
    assert_error(&thief, 400, "invalid_grant");
    let public = [&[("client_id", "reader")][..], &fields].concat();
    assert_error(&app.post(&world.path("/connect/token"), &public).await, 400, "invalid_grant");
    world.refresh(tokens.refresh()).await.expect(200);
});

both!(a_bent_one_is_unknown, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    for other in super::forge::bent(tokens.refresh()) {
        assert_error(&world.refresh(&other).await, 400, "invalid_grant");
    }
    world.refresh(tokens.refresh()).await.expect(200);
});

both!(scopes_and_consent_are_looked_at_again, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = world.tokens().await;
    let fewer = json!({ "allowed_identity_scopes": ["openid"], "allowed_api_scopes": ["museum-api"] });
    world.change(|library| library.application("my-app", &fewer)).await;
    let fewer = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(fewer.0["scope"], "openid");
    world.change(|library| library.application("my-app", &json!({ "require_consent": true }))).await;
    assert_error(&world.refresh(fewer.refresh()).await, 400, "invalid_grant");
});

both!(an_application_without_the_grant_gets_none, |app| async move {
    let grants = json!({ "grant_types": ["authorization_code"] });
    let world = World::with(&app, |library| library.application("my-app", &grants)).await;
    let tokens = world.tokens().await;
    assert!(tokens.0.get("refresh_token").is_none());
    assert_error(&world.refresh("whatever").await, 400, "invalid_grant");
});

both!(one_that_stays_counts_until_it_ends, |app| async move {
    let stays = json!({
        "refresh_token_use": "reusable", "refresh_token_idle_lifetime": 400, "refresh_token_absolute_lifetime": 1000,
    });
    let world = World::with(&app, |library| library.application("my-app", &stays)).await;
    let first = world.tokens().await;
    for _ in 0..3 {
        // Each use moves its end.
        app.clock.advance(300);
        let next = world.refresh(first.refresh()).await.expect(200).json();
        assert_eq!(next.get("refresh_token"), None, "the same one counts on");
        world.assert_alive(next["access_token"].as_str().expect("a token"), true).await;
    }
    app.clock.advance(100);
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    let first = world.tokens().await;
    app.clock.advance(400);
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
});

both!(one_that_stays_is_of_its_application_and_ends_with_its_grant, |app| async move {
    let stays = json!({ "refresh_token_use": "reusable" });
    let world = World::with(&app, |library| library.application("my-app", &stays)).await;
    let tokens = world.tokens().await;
    let other = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh()),
        ("client_id", "museum"),
        ("client_secret", MUSEUM_SECRET),
    ];
    assert_error(&app.post(&world.path("/connect/token"), &other).await, 400, "invalid_grant");
    let many = (0..10).map(|_| {
        let (world, token) = (world.clone(), tokens.refresh().to_owned());
        async move { world.refresh(&token).await.status.as_u16() }
    });
    assert_eq!(many.collect::<tokio::task::JoinSet<_>>().join_all().await, [200; 10]);
    let fields = [("token", tokens.refresh()), ("client_id", "my-app"), ("client_secret", SECRET)];
    app.post(&world.path("/connect/revocation"), &fields).await.expect(200);
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), false).await;
});

both!(one_that_was_used_before_it_could_stay_is_a_replay, |app| async move {
    let mut world = World::open(&app).await;
    let first = world.tokens().await;
    let second = Tokens::of(world.refresh(first.refresh()).await);
    world.change(|library| library.application("my-app", &json!({ "refresh_token_use": "reusable" }))).await;
    assert_error(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    assert_error(&world.refresh(second.refresh()).await, 400, "invalid_grant");
});

// A public application's is bound to its key (RFC 9449 section 5), which is why it may stay.
both!(a_public_applications_stays_with_its_key_only, |app| async move {
    let stays = json!({ "refresh_token_use": "reusable", "dpop_bound_access_tokens": true });
    let world = World::with(&app, |library| library.application("reader", &stays)).await;
    let url = format!("{}/connect/token", world.issuer());
    let ask = async |signer: &Signer, id: &str, fields: &[(&str, &str)]| {
        let proof = signer.proof("POST", &url, id, &json!({}));
        let request = form(&world.path("/connect/token")).header("dpop", proof);
        app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    };
    let (own, other) = (Signer::new(1), Signer::new(2));
    let code = readers_code(&world).await;
    let tokens = Tokens::of(ask(&own, "1", &readers_redemption(&code)).await);
    let fields = [("grant_type", "refresh_token"), ("client_id", "reader"), ("refresh_token", tokens.refresh())];
    ask(&own, "2", &fields).await.expect(200);
    assert_error(&ask(&other, "3", &fields).await, 400, "invalid_dpop_proof");
    ask(&own, "4", &fields).await.expect(200);
});
