//! What tokens say of them.

use serde_json::{Value, json};

use super::super::ask::{Answer, Ask};
use super::super::signer::Signer;
use super::super::world::{Tokens, World, assert_error, payload, redemption};
use super::{LIBRARY, LOAN, MUSEUM, VISIT, ask, asked, code, decide, detailed, list, told, value, world};
use crate::support::app::{NOW, encode};

// Sections 6 and 6.1.
both!(a_token_request_asks_for_less_and_never_for_more, |app| async move {
    let world = world(&app).await;
    let less = list(&[r#"{ "type": "loan", "actions": ["borrow"], "book": "Moby Dick", "days": 14 }"#]);
    let with = |details: &str| -> Vec<(String, String)> { vec![("authorization_details".into(), details.into())] };
    let redeem = async |code: &str, details: &str| {
        let more = with(details);
        let more = more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        world.token(&redemption(code).into_iter().chain(more).collect::<Vec<_>>()).await
    };
    let first = Tokens::of(redeem(&code(&world, &ask(&[LOAN, VISIT])).await, &less).await);
    assert_eq!(first.0["authorization_details"], serde_json::from_str::<Value>(&less).expect("JSON"));
    assert_eq!(payload(first.access())["aud"], "library-api");
    let refresh = async |token: &str, details: &str| {
        let own = [("grant_type", "refresh_token"), ("refresh_token", token), ("authorization_details", details)];
        world.token(&own).await
    };
    // The grant holds all of it still.
    let second = Tokens::of(refresh(first.refresh(), &list(&[VISIT])).await);
    assert_eq!(second.0["authorization_details"], value(&[VISIT]));
    let third = Tokens::of(world.refresh(second.refresh()).await);
    assert_eq!(third.0["authorization_details"], value(&[LOAN, VISIT]));
    let other = list(&[r#"{ "type": "visit", "guests": { "adults": 3 } }"#]);
    for more in [other, list(&[VISIT, VISIT]), list(&[r#"{ "type": "loan", "book": "Moby Dick" }"#])] {
        assert_error(&refresh(third.refresh(), &more).await, 400, "invalid_authorization_details");
    }
    let bad = redeem(&code(&world, &ask(&[LOAN])).await, &list(&[VISIT])).await;
    assert_error(&bad, 400, "invalid_authorization_details");
});

both!(resource_narrows_a_token_and_not_the_request, |app| async move {
    let world = world(&app).await;
    // Section 3.2: the parameter has no impact on what was asked for in detail.
    let request = ask(&[LOAN, VISIT]).and("resource", MUSEUM);
    let fields = |code: &str, resource: &'static str| {
        let fields = redemption(code).map(|(name, value)| (name.to_owned(), value.to_owned()));
        fields.into_iter().chain([("resource".to_owned(), resource.to_owned())]).collect::<Vec<_>>()
    };
    let all = Tokens::of(world.redeem(&code(&world, &request).await).await);
    assert_eq!(all.0["authorization_details"], value(&[LOAN, VISIT]));
    assert_eq!(payload(all.access())["aud"], json!([MUSEUM, "library-api"]));
    let fields = fields(&code(&world, &request).await, LIBRARY);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let one = Tokens::of(world.token(&fields).await);
    assert_eq!(one.0["authorization_details"], value(&[LOAN]));
    assert_eq!(payload(one.access())["aud"], LIBRARY);
    let (library, museum) = told(&world, one.access()).await;
    assert_eq!((&library["active"], &museum["active"]), (&json!(true), &json!(false)));
});

both!(an_application_asks_for_itself, |app| async move {
    let world = world(&app).await;
    let details = list(&[VISIT]);
    let own = [("grant_type", "client_credentials"), ("authorization_details", details.as_str())];
    let answer = world.token(&own).await.expect(200).json();
    assert_eq!((&answer["authorization_details"], &answer["scope"]), (&value(&[VISIT]), &Value::Null));
    let token = payload(answer["access_token"].as_str().expect("a token"));
    assert_eq!((&token["aud"], &token["authorization_details"]), (&json!("museum-api"), &value(&[VISIT])));
    let with_scope = [&own[..], &[("scope", "books")]].concat();
    let answer = world.token(&with_scope).await.expect(200).json();
    assert_eq!(answer["scope"], "books");
    let plain = world.token(&[("grant_type", "client_credentials")]).await.expect(200).json();
    assert_eq!(plain["authorization_details"], Value::Null);
});

both!(they_can_be_pushed_and_signed, |app| async move {
    let keys = json!({ "jwks": Signer::new(1).jwks() });
    let world = World::with(&app, |library| detailed(library).application("my-app", &keys)).await;
    let mut john = world.signed_in("john").await;
    let pushed = world.post("/connect/par", &ask(&[LOAN]).without("client_id").fields()).await.expect(201).json();
    let uri = pushed["request_uri"].as_str().expect("a request_uri");
    let query = encode(&[("client_id", "my-app"), ("request_uri", uri), ("authorization_details", "[]")]);
    asked(&mut john, &world.path(&format!("/connect/authorize?{query}"))).await;
    let code = Answer::of(&decide(&mut john, "allow").await).code();
    assert_eq!(world.redeem(&code).await.expect(200).json()["authorization_details"], value(&[LOAN]));
    let signed = |details: &Value| {
        let mut payload = json!({ "iss": "my-app", "aud": world.issuer(), "iat": NOW, "exp": NOW + 300 });
        for (name, value) in ask(&[]).fields() {
            payload[name] = json!(value);
        }
        payload["authorization_details"] = details.clone();
        let object = Signer::new(1).sign(&json!({ "alg": "EdDSA", "typ": "oauth-authz-req+jwt" }), &payload);
        let back = Ask::of("my-app");
        let back: Vec<(&str, &str)> =
            back.fields().into_iter().filter(|(name, _)| ["redirect_uri", "state"].contains(name)).collect();
        let fields = [&[("client_id", "my-app"), ("request", object.as_str())][..], &back].concat();
        world.path(&format!("/connect/authorize?{}", encode(&fields)))
    };
    asked(&mut john, &signed(&value(&[VISIT]))).await;
    let code = Answer::of(&decide(&mut john, "allow").await).code();
    assert_eq!(world.redeem(&code).await.expect(200).json()["authorization_details"], value(&[VISIT]));
    // JSON as it is, not inside of a text.
    let answer = Answer::of(&john.get(&signed(&json!(list(&[VISIT])))).await);
    assert_eq!(answer.get("error"), "invalid_request_object");
});

both!(a_device_asks_too, |app| async move {
    let device = "urn:ietf:params:oauth:grant-type:device_code";
    let grants = json!({ "grant_types": ["authorization_code", device] });
    let world = World::with(&app, |library| detailed(library).application("my-app", &grants)).await;
    let details = list(&[LOAN]);
    let answer = world.post("/connect/device_authorization", &[("authorization_details", &details)]).await;
    let answer = answer.expect(200).json();
    let mut john = world.signed_in("john").await;
    let user_code = answer["user_code"].as_str().expect("a code");
    john.submit(&world.path("/device"), &[("user_code", user_code)]).await.expect(200);
    let here = john.here.clone();
    let page = john.submit(&here, &[("decision", "connect")]).await.expect(200).body;
    assert!(john.here.contains("/consent?i=") && page.contains("Moby Dick"), "{}: {page}", john.here);
    decide(&mut john, "allow").await.expect(200);
    let poll = [("grant_type", device), ("device_code", answer["device_code"].as_str().expect("a code"))];
    let tokens = world.token(&poll).await.expect(200).json();
    assert_eq!((&tokens["authorization_details"], &tokens["scope"]), (&value(&[LOAN]), &Value::Null));
    let bad = world.post("/connect/device_authorization", &[("authorization_details", "[{}]")]).await;
    assert_error(&bad, 400, "invalid_authorization_details");
});

both!(an_exchanged_token_carries_none, |app| async move {
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    let exchanging = json!({ "grant_types": ["authorization_code", exchange], "exchange_targets": ["library-api"] });
    let world = World::with(&app, |library| detailed(library).application("my-app", &exchanging)).await;
    let code = code(&world, &ask(&[LOAN]).with("scope", "openid books")).await;
    let token = world.redeem(&code).await.expect(200).json()["access_token"].as_str().expect("a token").to_owned();
    let fields = [
        ("grant_type", exchange),
        ("subject_token", token.as_str()),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("audience", "library-api"),
    ];
    let answer = world.token(&fields).await.expect(200).json();
    assert_eq!(answer["authorization_details"], Value::Null);
    let exchanged = payload(answer["access_token"].as_str().expect("a token"));
    assert_eq!((&exchanged["authorization_details"], &exchanged["scope"]), (&Value::Null, &json!("books")));
    let details = list(&[LOAN]);
    let more = [&fields[..], &[("authorization_details", details.as_str())]].concat();
    assert_error(&world.token(&more).await, 400, "invalid_authorization_details");
});

both!(what_may_be_asked_for_is_looked_at_again, |app| async move {
    let mut world = world(&app).await;
    let tokens = Tokens::of(world.redeem(&code(&world, &ask(&[LOAN, VISIT])).await).await);
    world.change(|l| l.application("my-app", &json!({ "allowed_authorization_details_types": ["visit"] }))).await;
    let next = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(next.0["authorization_details"], value(&[VISIT]));
    // What an API was told of a token while it lives, it is told until its type is gone.
    let user = world.user_id("john").await;
    let application = world.application_id("my-app").await;
    let ctx = &app.ctx;
    let actor = service::Actor::Cli;
    service::console::users::withdraw_consent(ctx, &actor, world.slug(), &user, &application).await.expect("withdrawn");
    assert_error(&world.refresh(next.refresh()).await, 400, "invalid_grant");
});
