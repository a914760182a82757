//! Step-up authentication (RFC 9470) and the claims about a sign-in (OpenID Connect Core section 5.5.1), as an
//! authorization server has to do with them.

use serde_json::{Value, json};

use super::ask::Ask;
use super::world::{Tokens, World, payload};

const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

async fn tokens(world: &World, ask: &Ask) -> Tokens {
    Tokens::of(world.redeem(&world.code(ask).await).await)
}

fn asking(claims: &Value) -> Ask {
    Ask::of("my-app").with("claims", &claims.to_string())
}

both!(how_and_when_somebody_signed_in_is_in_every_token, |app| async move {
    let world = World::open(&app).await;
    let tokens = tokens(&world, &Ask::of("my-app").with("acr_values", PASSWORD).with("max_age", "100")).await;
    let told = world.introspect(tokens.access()).await;
    for one in [&payload(tokens.identity()), &payload(tokens.access()), &told] {
        assert_eq!(one["acr"], PASSWORD, "{one}");
        assert!(one["auth_time"].is_i64(), "{one}");
    }
    // It stays what it was.
    app.clock.advance(10);
    let next = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(payload(next.access())["acr"], PASSWORD);
    assert_eq!(payload(next.access())["auth_time"], payload(tokens.access())["auth_time"]);
});

both!(who_does_not_ask_is_not_told, |app| async move {
    let world = World::open(&app).await;
    let tokens = tokens(&world, &Ask::of("my-app")).await;
    assert_eq!(payload(tokens.identity()).get("acr"), None);
    assert_eq!(payload(tokens.access()).get("acr"), None);
});

both!(what_no_sign_in_reaches_is_told_where_it_is_essential, |app| async move {
    let world = World::open(&app).await;
    let mut john = world.signed_in("john").await;
    let metadata = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
    assert_eq!(metadata["acr_values_supported"], json!([PASSWORD]));
    for member in ["id_token", "userinfo"] {
        let asked = asking(&json!({ member: { "acr": { "essential": true, "values": ["phr", "mfa"] } } }));
        let answer = world.ask(&mut john, &asked).await;
        assert_eq!((answer.get("error"), answer.get("code")), ("unmet_authentication_requirements", ""));
        let pushed = world.post("/connect/par", &asked.clone().without("client_id").fields()).await;
        super::world::assert_error(&pushed, 400, "unmet_authentication_requirements");
    }
    // A wish is none (Core section 3.1.2.1): the token says what is so.
    for asked in [
        asking(&json!({ "id_token": { "acr": { "values": ["phr"] } } })),
        asking(&json!({ "id_token": { "acr": { "essential": true, "values": ["phr", PASSWORD] } } })),
        asking(&json!({ "id_token": { "acr": null } })),
        Ask::of("my-app").with("acr_values", "phr"),
    ] {
        let tokens = tokens(&world, &asked).await;
        assert_eq!(payload(tokens.identity())["acr"], PASSWORD);
    }
});

both!(the_subject_that_is_asked_for_signs_in_or_nobody, |app| async move {
    let world = World::open(&app).await;
    let (john, mary) = (world.user_id("john").await, world.user_id("mary").await);
    let silent = |sub: Value| asking(&json!({ "id_token": { "sub": sub } })).with("prompt", "none");
    let mut browser = world.signed_in("john").await;
    for good in [json!({ "value": john }), json!({ "values": [mary, john] }), json!(null), json!({ "essential": true })]
    {
        world.ask(&mut browser, &silent(good)).await.code();
    }
    for other in [json!({ "value": mary }), json!({ "values": [mary] }), json!({ "values": [] })] {
        assert_eq!(world.ask(&mut browser, &silent(other)).await.get("error"), "login_required");
    }
    // With a page, whoever is expected may sign in.
    let reply = browser.get(&world.authorize(&asking(&json!({ "id_token": { "sub": { "value": mary } } })))).await;
    assert!(reply.expect(303).header("location").contains("/login"));
});
