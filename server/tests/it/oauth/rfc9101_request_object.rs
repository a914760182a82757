//! Request objects (RFC 9101, OpenID Connect Core section 6): by value, at a registered address, and pushed.

use model::PageRequest;
use oidc::digest::sha256_base64url;
use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, audit};
use tokio::task::JoinSet;

use super::ask::{Answer, Ask};
use super::forge::{bent, unsigned};
use super::library::{CALLBACK, SECRET};
use super::signer::Signer;
use super::world::{World, assert_error, redemption};
use crate::support::app::{NOW, encode};
use crate::support::party::Party;
use crate::support::{Browser, Reply, TestApp};

/// `my-app` has the key of number 1.
async fn keyed(app: &TestApp, other: Value) -> World {
    let mut keys = json!({ "jwks": Signer::new(1).jwks() });
    for (name, value) in other.as_object().expect("an object") {
        keys[name] = value.clone();
    }
    World::with(app, |library| library.application("my-app", &keys)).await
}

fn object(world: &World, ask: &Ask) -> String {
    object_with(world, ask, &json!({}))
}

/// A request as an object of `my-app`, with other values for some claims; null takes one away.
fn object_with(world: &World, ask: &Ask, other: &Value) -> String {
    let mut payload = json!({ "iss": "my-app", "aud": world.issuer(), "iat": NOW, "nbf": NOW, "exp": NOW + 300 });
    for (name, value) in ask.fields() {
        payload[name] = json!(value);
    }
    for (name, value) in other.as_object().expect("an object") {
        payload[name] = value.clone();
    }
    payload.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    Signer::new(1).sign(&json!({ "alg": "EdDSA", "typ": "oauth-authz-req+jwt" }), &payload)
}

/// Path and query of what the browser brings.
fn bring(world: &World, fields: &[(&str, &str)]) -> String {
    world.path(&format!("/connect/authorize?{}", encode(&[&[("client_id", "my-app")], fields].concat())))
}

async fn bring_object(world: &World, browser: &mut Browser, object: &str) -> Reply {
    browser.get(&bring(world, &[("request", object)])).await
}

/// With what leads the answer back.
fn led(named: (&'static str, &str)) -> Vec<(&'static str, String)> {
    vec![(named.0, named.1.to_owned()), ("redirect_uri", CALLBACK.to_owned()), ("state", "outside".to_owned())]
}

async fn error_of(world: &World, browser: &mut Browser, named: (&'static str, &str)) -> String {
    let fields = led(named);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = Answer::of(&browser.get(&bring(world, &fields)).await);
    assert_eq!((answer.get("state"), answer.get("code")), ("outside", ""));
    answer.get("error").to_owned()
}

async fn push(world: &World, fields: &[(&str, &str)]) -> Reply {
    world.post("/connect/par", fields).await
}

both!(what_was_signed_is_what_counts, |app| async move {
    let world = keyed(&app, json!({})).await;
    let mut john = world.signed_in("john").await;
    let object = object(&world, &Ask::of("my-app").with("scope", "openid books"));
    // What is added or changed in the browser is nothing (RFC 9101 section 6.3).
    let others = [
        ("request", object.as_str()),
        ("scope", "openid email library"),
        ("state", "mine"),
        ("redirect_uri", "https://evil.example/"),
        ("prompt", "none"),
        ("prompt", "login"),
        ("response_type", "token"),
    ];
    let answer = Answer::of(&john.get(&bring(&world, &others)).await);
    assert_eq!(answer.get("state"), "the state");
    let tokens = world.token(&redemption(&answer.code())).await.expect(200).json();
    assert_eq!(tokens["scope"], "openid books");
    // By POST, too.
    let fields = [("client_id", "my-app"), ("request", object.as_str())];
    let posted = app.post(&world.path("/connect/authorize"), &fields).await;
    let next = posted.expect(303).header("location").to_owned();
    Answer::of(&john.get(&next).await).code();
});

both!(claims_and_numbers_are_json_inside, |app| async move {
    let world = keyed(&app, json!({})).await;
    let mut john = world.signed_in("john").await;
    let more = json!({ "max_age": 100, "claims": { "id_token": { "given_name": null } } });
    let object = object_with(&world, &Ask::of("my-app").with("scope", "openid profile"), &more);
    let code = Answer::of(&bring_object(&world, &mut john, &object).await).code();
    let identity = world.redeem(&code).await.expect(200).json()["id_token"].as_str().expect("a token").to_owned();
    let identity = super::world::payload(&identity);
    assert_eq!(identity["given_name"], "John");
    assert!(identity["auth_time"].is_i64());
});

both!(what_is_inside_is_checked_as_ever, |app| async move {
    let world = keyed(&app, json!({})).await;
    let mut john = world.signed_in("john").await;
    for (ask, error) in [
        (Ask::of("my-app").with("scope", "nonsense"), "invalid_scope"),
        (Ask::of("my-app").with("response_type", "token"), "unsupported_response_type"),
        (Ask::of("my-app").with("code_challenge_method", "plain"), "invalid_request"),
        (Ask::of("my-app").with("prompt", "none login"), "invalid_request"),
    ] {
        let answer = Answer::of(&bring_object(&world, &mut john, &object(&world, &ask)).await);
        assert_eq!((answer.get("error"), answer.get("state")), (error, "the state"));
    }
    // A signature makes no address a registered one.
    let evil = object(&world, &Ask::of("my-app").with("redirect_uri", "https://evil.example/"));
    bring_object(&world, &mut john, &evil).await.expect(400);
    let nowhere = object(&world, &Ask::of("my-app").without("redirect_uri"));
    bring_object(&world, &mut john, &nowhere).await.expect(400);
});

both!(who_did_not_sign_it_does_not_speak_for_the_application, |app| async move {
    let world = keyed(&app, json!({})).await;
    let mut john = world.signed_in("john").await;
    let good = object(&world, &Ask::of("my-app"));
    for forged in bent(&good) {
        let error = error_of(&world, &mut john, ("request", &forged)).await;
        assert!(["invalid_request_object", "request_not_supported"].contains(&error.as_str()), "{error}: {forged}");
    }
    for forged in unsigned(&good) {
        let error = error_of(&world, &mut john, ("request", &forged)).await;
        assert!(["invalid_request_object", "request_not_supported"].contains(&error.as_str()), "{error}: {forged}");
    }
    let payload = super::world::payload(&good);
    let own = Signer::new(2);
    for header in [json!({ "alg": "EdDSA" }), json!({ "alg": "EdDSA", "jwk": own.jwk() })] {
        let forged = own.sign(&header, &payload);
        assert_eq!(error_of(&world, &mut john, ("request", &forged)).await, "invalid_request_object");
    }
    // Without a registered address beside it there is nobody to tell.
    let page = bring_object(&world, &mut john, &own.sign(&json!({ "alg": "EdDSA" }), &payload)).await.expect(400);
    assert!(page.body.contains("signed request that cannot be used"), "{}", page.body);
    // One that has no keys signs nothing.
    let museums = Signer::new(1).sign(&json!({ "alg": "EdDSA" }), &{
        let mut payload = payload.clone();
        (payload["iss"], payload["client_id"]) = (json!("museum"), json!("museum"));
        payload
    });
    let path = world.path(&format!(
        "/connect/authorize?{}",
        encode(&[("client_id", "museum"), ("request", &museums), ("redirect_uri", CALLBACK)])
    ));
    assert_eq!(Answer::of(&john.get(&path).await).get("error"), "invalid_request_object");
});

both!(it_is_for_this_issuer_this_client_and_this_time, |app| async move {
    let world = keyed(&app, json!({})).await;
    let beside = world.beside("other").await;
    let mut john = world.signed_in("john").await;
    for other in [
        json!({ "aud": beside.issuer() }),
        json!({ "aud": null }),
        json!({ "iss": "museum" }),
        json!({ "client_id": "museum" }),
        json!({ "client_id": null }),
        json!({ "exp": NOW - 60 }),
        json!({ "nbf": NOW + 61 }),
        json!({ "sub": "my-app" }),
        json!({ "request": "a.b.c" }),
        json!({ "request_uri": "https://library.example/request.jwt" }),
    ] {
        let object = object_with(&world, &Ask::of("my-app"), &other);
        let error = error_of(&world, &mut john, ("request", &object)).await;
        assert_eq!(error, "invalid_request_object", "{other}");
    }
    // Another application's name beside it, and none at all.
    let good = object(&world, &Ask::of("my-app"));
    for fields in [
        &[("client_id", "museum"), ("request", good.as_str())][..],
        &[("client_id", "absent"), ("request", &good)],
        &[("request", &good)],
        &[("client_id", "my-app"), ("request", &good), ("request", &good)],
        &[("client_id", "my-app"), ("request", &good), ("request_uri", "https://library.example/request.jwt")],
    ] {
        john.get(&world.path(&format!("/connect/authorize?{}", encode(fields)))).await.expect(400);
    }
    // The same names and keys elsewhere do not make it count there.
    let there = format!("/connect/authorize?{}", encode(&[("client_id", "my-app"), ("request", &good)]));
    app.get(&beside.path(&there)).await.expect(400);
    Answer::of(&bring_object(&world, &mut john, &good).await).code();
    // Nor does a disabled application ask for anything.
    let mut world = world;
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    bring_object(&world, &mut john, &good).await.expect(400);
});

both!(a_pushed_object_is_opened_at_once, |app| async move {
    let world = keyed(&app, json!({ "require_pushed_authorization_requests": true })).await;
    let mut john = world.signed_in("john").await;
    let good = object(&world, &Ask::of("my-app").with("scope", "openid books"));
    // RFC 9126 section 3: what stands beside it is none of the request.
    let pushed = push(&world, &[("request", &good), ("scope", "openid email")]).await.expect(201).json();
    let uri = pushed["request_uri"].as_str().expect("a name");
    // Its time was looked at when it came; nothing is fetched or opened again.
    app.clock.advance(80);
    let answer = Answer::of(&john.get(&bring(&world, &[("request_uri", uri)])).await);
    let tokens = world.token(&redemption(&answer.code())).await.expect(200).json();
    assert_eq!(tokens["scope"], "openid books");
    // The browser's way stays closed, signed or not.
    assert_eq!(Answer::of(&bring_object(&world, &mut john, &good).await).get("error"), "invalid_request");
    let own = Signer::new(2).sign(&json!({ "alg": "EdDSA" }), &super::world::payload(&good));
    for (fields, code) in [
        (&[("request", own.as_str())][..], "invalid_request_object"),
        (&[("request", "e30.e30.")], "request_not_supported"),
        (
            &[("request", &object_with(&world, &Ask::of("my-app"), &json!({ "client_id": "museum" })))],
            "invalid_request_object",
        ),
        (&[("request", &object(&world, &Ask::of("my-app").with("scope", "nonsense")))], "invalid_scope"),
        (&[("request", &good), ("request_uri", "https://library.example/request.jwt")], "invalid_request"),
        (&[("request_uri", "https://library.example/request.jwt")], "invalid_request"),
    ] {
        assert_error(&push(&world, fields).await, 400, code);
    }
});

both!(an_application_can_be_made_to_sign, |app| async move {
    let world = keyed(&app, json!({ "require_signed_request_object": true })).await;
    let mut john = world.signed_in("john").await;
    assert_eq!(world.ask(&mut john, &Ask::of("my-app")).await.get("error"), "invalid_request");
    let plain = push(&world, &Ask::of("my-app").without("client_id").fields()).await;
    assert_error(&plain, 400, "invalid_request");
    assert!(plain.body.contains("must sign"), "{}", plain.body);
    let good = object(&world, &Ask::of("my-app"));
    Answer::of(&bring_object(&world, &mut john, &good).await).code();
    let uri = push(&world, &[("request", &good)]).await.expect(201).json();
    let uri = uri["request_uri"].as_str().expect("a name");
    Answer::of(&john.get(&bring(&world, &[("request_uri", uri)])).await).code();
    // Such an object has an end, and begins and ends within an hour.
    for other in [json!({ "exp": null }), json!({ "nbf": null }), json!({ "exp": NOW + 3_601 })] {
        let object = object_with(&world, &Ask::of("my-app"), &other);
        assert_eq!(error_of(&world, &mut john, ("request", &object)).await, "invalid_request_object", "{other}");
    }
    // Others go on as before.
    world.ask(&mut john, &Ask::of("museum")).await.code();
});

/// `my-app` publishes its object there.
async fn publishing(app: &TestApp, party: &Party) -> World {
    keyed(app, json!({ "request_uris": [party.url("/request.jwt")] })).await
}

both!(an_object_at_a_registered_address_is_fetched_and_kept_for_a_minute, |app| async move {
    let party = Party::answering(&[200, 500]).await;
    let world = publishing(&app, &party).await;
    party.publish(&format!("{}\n", object(&world, &Ask::of("my-app"))));
    let address = party.url("/request.jwt");
    let mut running = JoinSet::new();
    for _ in 0..5 {
        let (world, path) = (world.clone(), bring(&world, &[("request_uri", &address)]));
        running.spawn(async move {
            let mut john = world.signed_in("john").await;
            Answer::of(&john.get(&path).await).code();
        });
    }
    running.join_all().await;
    assert_eq!(party.received().len(), 1, "many at once share one fetch");
    let mut john = world.signed_in("john").await;
    // The address fails: that is said, and tried again after a minute and not sooner.
    app.clock.advance(60);
    for _ in 0..2 {
        assert_eq!(error_of(&world, &mut john, ("request_uri", &address)).await, "invalid_request_uri");
    }
    assert_eq!(party.received().len(), 2);
    app.clock.advance(60);
    Answer::of(&john.get(&bring(&world, &[("request_uri", &address)])).await).code();
    assert_eq!(party.received().len(), 3);
    let filter = AuditFilter { action: "request_unfetched".into(), ..Default::default() };
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &filter, &PageRequest::default()).await.expect("a log");
    assert_eq!(log.items.len(), 1, "one line for each attempt");
    assert!(format!("{:?}", log.items).contains("status-500"));
});

both!(a_fragment_names_what_must_be_there, |app| async move {
    let party = Party::answering(&[]).await;
    let world = publishing(&app, &party).await;
    let first = object(&world, &Ask::of("my-app").with("state", "first"));
    let second = object(&world, &Ask::of("my-app").with("state", "second"));
    let named = |object: &str| format!("{}#{}", party.url("/request.jwt"), sha256_base64url(object.as_bytes()));
    let mut john = world.signed_in("john").await;
    party.publish(&first);
    let answer = Answer::of(&john.get(&bring(&world, &[("request_uri", &named(&first))])).await);
    assert_eq!(answer.get("state"), "first");
    party.publish(&second);
    assert_eq!(error_of(&world, &mut john, ("request_uri", &named(&second))).await, "invalid_request_uri");
    app.clock.advance(60);
    let answer = Answer::of(&john.get(&bring(&world, &[("request_uri", &named(&second))])).await);
    assert_eq!(answer.get("state"), "second");
    assert_eq!(error_of(&world, &mut john, ("request_uri", &named(&first))).await, "invalid_request_uri");
    assert_eq!(party.received().len(), 2);
});

both!(nobody_else_chooses_whom_the_server_calls, |app| async move {
    let party = Party::answering(&[]).await;
    let world = publishing(&app, &party).await;
    party.publish(&object(&world, &Ask::of("my-app")));
    let mut john = world.signed_in("john").await;
    for other in [party.url("/other.jwt"), party.url("/request.jwt?x=1"), party.url("/"), "http://127.0.0.1:1/".into()]
    {
        assert_eq!(error_of(&world, &mut john, ("request_uri", &other)).await, "invalid_request_uri", "{other}");
    }
    // Another application has registered nothing, in this subscription or in another.
    let address = party.url("/request.jwt");
    let fields = [("client_id", "museum"), ("request_uri", address.as_str()), ("redirect_uri", CALLBACK)];
    let path = world.path(&format!("/connect/authorize?{}", encode(&fields)));
    assert_eq!(Answer::of(&john.get(&path).await).get("error"), "request_uri_not_supported");
    assert_error(&push(&world, &[("request_uri", &address)]).await, 400, "invalid_request");
    assert!(party.received().is_empty());
    // What is there is opened as if it had come along.
    party.publish(&"no object");
    assert_eq!(error_of(&world, &mut john, ("request_uri", &address)).await, "invalid_request_object");
});

both!(its_configuration_comes_back, |app| async move {
    let party = Party::answering(&[]).await;
    let world = publishing(&app, &party).await;
    let ctx = &app.ctx;
    let exported = service::apply::export(ctx, Some(world.slug()), false).await.expect("exported");
    let text = serde_json::to_string(&exported).expect("JSON");
    assert!(text.contains("\"request_uris\""), "{text}");
    let read = service::apply::parse(&text, "export.json").expect("its own format");
    let plan = service::apply::plan(ctx, &read, &service::apply::Options::default()).await.expect("a plan");
    assert!(plan.is_empty(), "{plan:?}");
});

both!(a_client_assertion_is_no_request_object, |app| async move {
    // Without a secret in the file: the one that is there from before is what must not count.
    let mut world = keyed(&app, json!({})).await;
    let by_key = json!({ "token_endpoint_auth_method": "private_key_jwt" });
    world.change(|library| library.application("my-app", &by_key).without_secret("my-app")).await;
    let mut john = world.signed_in("john").await;
    let claims = json!({
        "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": "1", "iat": NOW, "exp": NOW + 60,
        "client_id": "my-app",
    });
    let assertion = Signer::new(1).sign(&json!({ "alg": "EdDSA" }), &claims);
    assert_eq!(error_of(&world, &mut john, ("request", &assertion)).await, "invalid_request_object");
    // Nor the other way round.
    let object = object(&world, &Ask::of("my-app"));
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", object.as_str()),
        ("client_id", "my-app"),
    ];
    assert_error(&app.post(&world.path("/connect/token"), &fields).await, 401, "invalid_client");
    assert_error(
        &app.post(&world.path("/connect/token"), &[&fields[..], &[("client_secret", SECRET)]].concat()).await,
        400,
        "invalid_request",
    );
});
