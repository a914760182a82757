//! Grant type `authorization_code` (RFC 6749 section 4.1.3, RFC 9700 section 2.1.1).

use serde_json::json;

use super::ask::{Ask, VERIFIER};
use super::library::{CALLBACK, MUSEUM_SECRET, SECRET};
use super::world::{Tokens, World, assert_error, payload, redemption};

both!(a_code_gives_tokens_that_must_not_be_kept_by_caches, |app| async move {
    let world = World::open(&app).await;
    let reply = world.redeem(&world.code(&Ask::of("my-app")).await).await.expect(200);
    assert!(reply.header("cache-control").contains("no-store"));
    assert_eq!(reply.header("pragma"), "no-cache");
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.json()["token_type"], "Bearer");
    assert_eq!(reply.json()["expires_in"], 3_600);
    let tokens = Tokens::of(reply);
    let identity = payload(tokens.identity());
    assert_eq!(identity["iss"], world.issuer());
    assert_eq!((&identity["aud"], &identity["nonce"]), (&json!("my-app"), &json!("the nonce")));
    assert_eq!(identity["sub"], world.user_id("john").await);
    assert_eq!(identity["library_card"], "LC-123456");
    let access = payload(tokens.access());
    assert_eq!((&access["aud"], &access["client_id"]), (&json!("library-api"), &json!("my-app")));
    assert_eq!(access["scope"], "openid profile email library books");
});

both!(a_code_lives_sixty_seconds, |app| async move {
    let world = World::open(&app).await;
    let (one, two) = (world.code(&Ask::of("my-app")).await, world.code(&Ask::of("my-app")).await);
    app.clock.advance(59);
    world.redeem(&one).await.expect(200);
    app.clock.advance(1);
    assert_error(&world.redeem(&two).await, 400, "invalid_grant");
});

both!(a_second_use_kills_what_the_first_gave, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    let first = Tokens::of(world.redeem(&code).await);
    let second = Tokens::of(world.refresh(first.refresh()).await);
    world.assert_alive(second.access(), true).await;
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    world.assert_alive(first.access(), false).await;
    world.assert_alive(second.access(), false).await;
    assert_error(&world.refresh(second.refresh()).await, 400, "invalid_grant");
    // Another grant of the same user is none of its descendants.
    world.assert_alive(world.tokens().await.access(), true).await;
});

both!(a_second_use_after_its_time_kills_too, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    let tokens = Tokens::of(world.redeem(&code).await);
    app.clock.advance(600);
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), false).await;
});

both!(a_code_belongs_to_its_application, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    let thief = world.post_basic("/connect/token", ("museum", MUSEUM_SECRET), &redemption(&code)).await;
    assert_error(&thief, 400, "invalid_grant");
    let public = [&[("client_id", "reader")][..], &redemption(&code)].concat();
    assert_error(&app.post(&world.path("/connect/token"), &public).await, 400, "invalid_grant");
    // The thief's attempts are no use of the code.
    world.redeem(&code).await.expect(200);
});

both!(a_code_belongs_to_its_redirect_uri, |app| async move {
    let second = "https://library.example/second";
    let uris = json!({ "redirect_uris": [CALLBACK, second] });
    let world = World::with(&app, |library| library.application("my-app", &uris)).await;
    let code = world.code(&Ask::of("my-app")).await;
    let base = [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
    for fields in [vec![("redirect_uri", second)], vec![("redirect_uri", "https://evil.example/")], vec![]] {
        assert_error(&world.token(&[&base[..], &fields].concat()).await, 400, "invalid_grant");
    }
    world.redeem(&code).await.expect(200);
});

both!(a_code_belongs_to_its_subscription, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let code = world.code(&Ask::of("my-app")).await;
    assert_error(&yours.redeem(&code).await, 400, "invalid_grant");
    let tokens = Tokens::of(world.redeem(&code).await);
    // Nor can the other one's replay kill anything here.
    assert_error(&yours.redeem(&code).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), true).await;
});

both!(a_bent_code_is_unknown, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    for other in super::forge::bent(&code) {
        assert_error(&world.redeem(&other).await, 400, "invalid_grant");
    }
    world.redeem(&code).await.expect(200);
});

both!(a_bad_request_is_told_what_is_wrong, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    assert_error(&world.token(&[]).await, 400, "invalid_request");
    assert_error(&world.token(&[("grant_type", "authorization_code")]).await, 400, "invalid_request");
    for absent in ["implicit", "urn:openid:params:grant-type:siba", "x"] {
        assert_error(&world.token(&[("grant_type", absent)]).await, 400, "unsupported_grant_type");
    }
    let twice = [&redemption(&code)[..], &[("code", &code)]].concat();
    assert_error(&world.token(&twice).await, 400, "invalid_request");
    // Nor by the query, where it would be logged.
    let path = format!("/connect/token?code={code}&client_secret={SECRET}");
    assert_error(&world.post(&path, &redemption(&code)).await, 400, "invalid_request");
});

both!(parameters_that_are_unknown_or_without_a_value_do_not_matter, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    let more = [("extra", "1"), ("scope", ""), ("client_assertion", ""), ("refresh_token", "")];
    world.token(&[&redemption(&code)[..], &more].concat()).await.expect(200);
    // A required one without a value is an absent one.
    let code = world.code(&Ask::of("my-app")).await;
    let empty = [("grant_type", "authorization_code"), ("code", ""), ("redirect_uri", CALLBACK)];
    assert_error(&world.token(&empty).await, 400, "invalid_request");
    world.redeem(&code).await.expect(200);
});
