//! Response types beside `code`: OpenID Connect Core sections 3.2 and 3.3, OAuth 2.0 Multiple Response Type Encoding
//! Practices. What the certification's modules ask for is in the folder `conformance`.

use model::spec::SigningAlg;
use oidc::digest::left_half;
use serde_json::{Value, json};

use super::algorithms::{key_of, verified};
use super::ask::{Answer, Ask};
use super::world::{World, assert_error, payload};
use crate::support::TestApp;

/// `my-app` may use every response type, and what else is said.
async fn world(app: &TestApp, more: &Value) -> World {
    let all = ["code", "code id_token", "code token", "code id_token token", "id_token", "id_token token"];
    let all = json!({ "response_types": all });
    World::with(app, |library| library.application("my-app", &all).application("my-app", more)).await
}

fn ask(response_type: &str) -> Ask {
    Ask::of("my-app").with("response_type", response_type)
}

async fn answer(world: &World, ask: &Ask) -> Answer {
    Answer::in_fragment(&world.signed_in("john").await.get(&world.authorize(ask)).await)
}

both!(an_answer_holds_what_was_asked_for_and_nothing_else, |app| async move {
    let world = world(&app, &json!({})).await;
    let access = ["access_token", "token_type", "expires_in", "scope"];
    for (kind, members) in [
        ("code id_token", vec!["code", "id_token"]),
        ("code token", [&["code"][..], &access].concat()),
        ("token code id_token", [&["code"][..], &access, &["id_token"]].concat()),
        ("id_token", vec!["id_token"]),
        ("token id_token", [&access[..], &["id_token"]].concat()),
    ] {
        let told = answer(&world, &ask(kind)).await;
        // RFC 6749 section 4.2.2: "The authorization server MUST NOT issue a refresh token."
        assert_eq!(told.names(), [&members[..], &["state", "iss"]].concat(), "{kind}");
        assert_eq!((told.get("state"), told.get("iss")), ("the state", world.issuer().as_str()));
        let (code, access_token) = (told.get("code"), told.get("access_token"));
        if !told.get("id_token").is_empty() {
            let claims = payload(told.get("id_token"));
            let hash = |of: &str| if of.is_empty() { Value::Null } else { json!(left_half(SigningAlg::Rs256, of)) };
            assert_eq!((&claims["c_hash"], &claims["at_hash"]), (&hash(code), &hash(access_token)), "{kind}");
            assert_eq!((&claims["nonce"], &claims["aud"]), (&json!("the nonce"), &json!("my-app")));
        }
        if !access_token.is_empty() {
            world.assert_alive(access_token, true).await;
            assert_eq!(told.get("scope"), "openid profile email library books");
        }
        if !code.is_empty() {
            world.redeem(code).await.expect(200);
        }
    }
});

both!(a_replayed_code_ends_what_came_with_it, |app| async move {
    for format in ["jwt", "reference"] {
        let world = world(&app, &json!({ "access_token_format": format })).await;
        let told = answer(&world, &ask("code id_token token")).await;
        let redeemed = world.redeem(told.get("code")).await.expect(200).json();
        world.assert_alive(told.get("access_token"), true).await;
        assert_error(&world.redeem(told.get("code")).await, 400, "invalid_grant");
        world.assert_alive(told.get("access_token"), false).await;
        world.assert_alive(redeemed["access_token"].as_str().expect("a token"), false).await;
    }
});

// OpenID Connect Core section 5.4: without an access token there is no UserInfo to ask.
both!(an_identity_token_alone_holds_the_claims, |app| async move {
    let world = world(&app, &json!({ "claims_in_identity_token": false })).await;
    let told = answer(&world, &ask("id_token")).await;
    assert_eq!(payload(told.get("id_token"))["library_card"], "LC-123456");
    let told = answer(&world, &ask("id_token token")).await;
    assert_eq!(payload(told.get("id_token")).get("library_card"), None);
    let claims = world.userinfo(told.get("access_token")).await.expect(200).json();
    assert_eq!(claims["library_card"], "LC-123456");
});

both!(nothing_is_signed_by_another_algorithm_or_shape, |app| async move {
    let world = world(&app, &json!({ "signing_alg": "ES384", "dialect": "grantid" })).await;
    let told = answer(&world, &ask("code id_token token")).await;
    let token = told.get("id_token");
    let key = key_of(&world, token, SigningAlg::Es384).await;
    let claims = verified(token, jsonwebtoken::Algorithm::ES384, &key).expect("verifies");
    assert_eq!(claims["c_hash"], left_half(SigningAlg::Es384, told.get("code")));
    assert_eq!(claims["at_hash"], left_half(SigningAlg::Es384, told.get("access_token")));
    assert_eq!(claims["nbf"], claims["iat"]);
    // Of this dialect, whose tokens count only while they are stored.
    world.assert_alive(told.get("access_token"), true).await;
});

// JWT Secured Authorization Response Mode section 2.3.2.
both!(tokens_travel_in_a_signed_message, |app| async move {
    let world = world(&app, &json!({})).await;
    let reply =
        world.signed_in("john").await.get(&world.authorize(&ask("code token").with("response_mode", "jwt"))).await;
    let told = Answer::in_fragment(&reply);
    assert_eq!(told.names(), ["response"]);
    let key = key_of(&world, told.get("response"), SigningAlg::Rs256).await;
    let told = verified(told.get("response"), jsonwebtoken::Algorithm::RS256, &key).expect("verifies");
    world.assert_alive(told["access_token"].as_str().expect("a token"), true).await;
    world.redeem(told["code"].as_str().expect("a code")).await.expect(200);
});

// Multiple Response Type Encoding Practices section 5: errors go where the answer would have gone.
both!(errors_are_in_the_fragment, |app| async move {
    let world = world(&app, &json!({})).await;
    for (ask, error) in [
        (ask("code id_token").with("prompt", "none"), "login_required"),
        (ask("id_token").without("nonce"), "invalid_request"),
        (ask("id_token").with("scope", "books"), "invalid_scope"),
        (ask("code token").with("response_mode", "query"), "invalid_request"),
        (ask("id_token token").with("response_mode", "query.jwt"), "invalid_request"),
    ] {
        let told = Answer::in_fragment(&app.browser().get(&world.authorize(&ask)).await);
        assert_eq!(told.get("error"), error, "{}", ask.query());
        assert_eq!((told.get("id_token"), told.get("access_token"), told.get("code")), ("", "", ""));
    }
});

both!(a_code_may_travel_in_the_fragment, |app| async move {
    let world = World::open(&app).await;
    let told = answer(&world, &Ask::of("my-app").with("response_mode", "fragment")).await;
    world.redeem(told.get("code")).await.expect(200);
});

both!(whoever_has_it_switched_off_gets_nothing, |app| async move {
    let mut world = world(&app, &json!({ "require_consent": true })).await;
    let mut browser = world.signed_in("john").await;
    // The page is open while it is switched off.
    browser.open(&world.authorize(&ask("code id_token token"))).await.expect(200);
    world.change(|library| library.application("my-app", &json!({ "response_types": ["code"] }))).await;
    let here = browser.here.clone();
    let told = Answer::in_fragment(&browser.submit(&here, &[("decision", "allow")]).await);
    assert_eq!((told.get("error"), told.get("code"), told.get("access_token")), ("unauthorized_client", "", ""));
    // Another application never had it.
    let reply =
        world.signed_in("john").await.get(&world.authorize(&Ask::of("museum").with("response_type", "id_token"))).await;
    let told = Answer::in_fragment(&reply);
    assert_eq!((told.get("error"), told.get("id_token")), ("unauthorized_client", ""));
});

both!(scopes_that_were_taken_away_meanwhile_are_not_granted, |app| async move {
    let mut world = world(&app, &json!({ "require_consent": true })).await;
    let mut browser = world.signed_in("john").await;
    browser.open(&world.authorize(&ask("id_token token"))).await.expect(200);
    world.change(|library| library.application("my-app", &json!({ "allowed_api_scopes": [] }))).await;
    let here = browser.here.clone();
    let told = Answer::in_fragment(&browser.submit(&here, &[("decision", "allow")]).await);
    assert_eq!(told.get("scope"), "openid profile email library");
    assert_eq!(world.introspect(told.get("access_token")).await["active"], false);
});

both!(how_well_somebody_signed_in_is_told_where_it_is_asked_for, |app| async move {
    let world = world(&app, &json!({})).await;
    let told = answer(&world, &ask("code id_token")).await;
    assert_eq!(payload(told.get("id_token")).get("acr"), None);
    let told = answer(&world, &ask("code id_token token").with("acr_values", "1 2")).await;
    let acr = payload(told.get("id_token"))["acr"].clone();
    assert!(acr.is_string());
    assert_eq!(payload(told.get("access_token"))["acr"], acr);
    assert_eq!(
        payload(world.redeem(told.get("code")).await.expect(200).json()["id_token"].as_str().expect("one"))["acr"],
        acr
    );
});

// RFC 8707 section 2.1: the resources of the authorization request restrict what comes with its answer.
both!(a_token_is_for_the_resource_that_was_asked_for, |app| async move {
    let museum = "https://museum.example/mcp";
    let types = json!({ "response_types": ["code token"] });
    let world = World::with(&app, |library| {
        library.application("my-app", &types).connection("museum-api", &json!({ "resource": museum }))
    });
    let world = world.await;
    let ask = ask("code token").with("scope", "openid books museum-api").and("resource", museum);
    let told = answer(&world, &ask).await;
    assert_eq!(told.get("scope"), "openid museum-api");
    assert_eq!(payload(told.get("access_token"))["aud"], museum);
});
