//! Which claims go where (OpenID Connect Core section 5).

use serde_json::json;

use super::ask::Ask;
use super::world::{Tokens, World, payload};

async fn tokens(world: &World, ask: &Ask) -> Tokens {
    Tokens::of(world.redeem(&world.code(ask).await).await)
}

both!(each_scope_releases_its_own, |app| async move {
    let world = World::open(&app).await;
    let with_library = tokens(&world, &Ask::of("my-app").with("scope", "openid library")).await;
    let claims = world.userinfo(with_library.access()).await.expect(200).json();
    assert_eq!(claims, json!({ "sub": world.user_id("john").await, "library_card": "LC-123456" }));
    assert_eq!(payload(with_library.identity())["library_card"], "LC-123456");
    assert!(payload(with_library.identity()).get("email").is_none());
    assert!(payload(with_library.access()).get("library_card").is_none());
});

both!(an_application_can_keep_them_out_of_its_identity_token, |app| async move {
    let lean = json!({ "claims_in_identity_token": false });
    let world = World::with(&app, |library| library.application("my-app", &lean)).await;
    let tokens = tokens(&world, &Ask::of("my-app")).await;
    assert!(payload(tokens.identity()).get("name").is_none());
    assert_eq!(world.userinfo(tokens.access()).await.expect(200).json()["name"], "John Doe");
});

both!(claims_are_asked_for_by_name, |app| async move {
    let world = World::open(&app).await;
    let asked = json!({ "userinfo": { "name": { "essential": true } }, "id_token": { "library_card": null } });
    let ask = Ask::of("my-app").with("scope", "openid").with("claims", &asked.to_string());
    let one = tokens(&world, &ask).await;
    assert_eq!(world.userinfo(one.access()).await.expect(200).json()["name"], "John Doe");
    assert_eq!(payload(one.identity())["library_card"], "LC-123456");
    assert!(payload(one.identity()).get("name").is_none());
    // Beyond the application's own scopes there is nothing to ask for.
    let fewer = json!({ "allowed_identity_scopes": ["openid"] });
    let mut world = world;
    world.change(|library| library.application("my-app", &fewer)).await;
    let other = tokens(&world, &ask).await;
    assert!(world.userinfo(other.access()).await.expect(200).json().get("name").is_none());
    assert!(payload(other.identity()).get("library_card").is_none());
});

both!(a_malformed_claims_parameter_is_refused, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    let deep = format!("{}1{}", "{\"userinfo\":".repeat(200), "}".repeat(200));
    for bad in ["x", "[]", "{\"userinfo\": 1}", "{\"userinfo\": {\"name\": 1}}", &deep] {
        let answer = world.ask(&mut browser, &Ask::of("my-app").with("claims", bad)).await;
        assert_eq!(answer.get("error"), "invalid_request", "{bad}");
    }
});

both!(reserved_claims_are_never_overwritten, |app| async move {
    let world = World::open(&app).await;
    // Such a claim cannot be made by any road.
    for name in ["sub", "iss", "aud", "exp", "iat", "nbf", "jti", "client_id", "scope", "gid", "cnf", "act"] {
        let spec = model::spec::ClaimSpec { name: name.into(), display_name: name.into(), ..Default::default() };
        let made = service::console::claims::create(&app.ctx, &service::Actor::Cli, world.slug(), spec).await;
        assert!(matches!(made, Err(service::Error::Invalid(_))), "{name}");
    }
    // And a request cannot name one.
    let asked = json!({ "userinfo": { "iss": null, "exp": null }, "id_token": { "aud": { "value": "museum" } } });
    let tokens = tokens(&world, &Ask::of("my-app").with("claims", &asked.to_string())).await;
    assert_eq!(payload(tokens.identity())["aud"], "my-app");
    assert_eq!(payload(tokens.identity())["sub"], world.user_id("john").await);
    assert!(world.userinfo(tokens.access()).await.expect(200).json().get("iss").is_none());
});

both!(claims_of_a_user_stay_beside_the_protocols_in_an_access_token, |app| async move {
    let world = World::with(&app, |library| library.claim("library_card", &json!({ "in_access_token": true }))).await;
    let tokens = tokens(&world, &Ask::of("my-app")).await;
    let access = payload(tokens.access());
    assert_eq!(access["library_card"], "LC-123456");
    assert_eq!((&access["client_id"], &access["iss"]), (&json!("my-app"), &json!(world.issuer())));
    assert_eq!(world.introspect(tokens.access()).await["library_card"], "LC-123456");
});

// OpenID Connect Core section 5.5.1: "Note that even if the Claims are not available because the End-User did not
// authorize their release or they are not present, the Authorization Server MUST NOT generate an error when Claims
// are not returned, whether they are Essential or Voluntary"; and members that are not understood are ignored.
both!(an_essential_claim_without_a_value_is_no_error, |app| async move {
    let world = World::open(&app).await;
    let asked = json!({
        "userinfo": { "nickname": { "essential": true }, "unheard_of": { "essential": true, "odd": 1 } },
        "id_token": { "nickname": { "essential": true, "value": "Jo" } },
        "elsewhere": 1,
    });
    let ask = Ask::of("my-app").with("scope", "openid profile").with("claims", &asked.to_string());
    let tokens = tokens(&world, &ask).await;
    let claims = world.userinfo(tokens.access()).await.expect(200).json();
    // Section 5.3.2: a claim that is not returned is left out, neither null nor empty.
    assert!(claims.get("nickname").is_none() && claims.get("unheard_of").is_none(), "{claims}");
    assert!(payload(tokens.identity()).get("nickname").is_none());
});
