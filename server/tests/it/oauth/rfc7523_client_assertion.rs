//! Authentication by a signature of the application's own key (RFC 7523 sections 2.2 and 3, OpenID Connect Core
//! section 9; docs/security.md 28).

use model::PageRequest;
use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, audit};
use tokio::task::JoinSet;

use super::forge::{bent, encode};
use super::library::SECRET;
use super::signer::Signer;
use super::world::{World, assert_error};
use crate::support::app::NOW;
use crate::support::party::Party;
use crate::support::{Reply, TestApp};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// `my-app` has the key of number 1.
async fn keyed(app: &TestApp) -> World {
    let keys = json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": Signer::new(1).jwks() });
    // Without a secret in the file: the one that is there from before is what must not count.
    let mut world = World::open(app).await;
    world.change(|library| library.application("my-app", &keys).without_secret("my-app")).await;
    world
}

/// A good assertion, with other values for some of its claims; null takes one away.
fn assertion(world: &World, id: &str, other: &Value) -> String {
    signed(&Signer::new(1), world, id, other)
}

fn signed(signer: &Signer, world: &World, id: &str, other: &Value) -> String {
    let mut payload = json!({
        "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": id, "iat": NOW, "exp": NOW + 60,
    });
    for (name, value) in other.as_object().expect("an object") {
        payload[name] = value.clone();
    }
    payload.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    signer.sign(&json!({ "alg": "EdDSA" }), &payload)
}

async fn token_with(world: &World, fields: &[(&str, &str)]) -> Reply {
    let all = [&[("grant_type", "client_credentials")], fields].concat();
    world.app.post(&world.path("/connect/token"), &all).await
}

async fn token(world: &World, assertion: &str) -> Reply {
    token_with(world, &[("client_assertion_type", TYPE), ("client_assertion", assertion)]).await
}

both!(a_signature_takes_the_place_of_a_secret, |app| async move {
    let world = keyed(&app).await;
    let issuer = world.issuer();
    // FAPI 2.0 section 5.3.2.1 has the issuer; RFC 7523 section 3 the token endpoint.
    for (id, aud) in [
        ("a", json!(issuer)),
        ("b", json!(format!("{issuer}/connect/token"))),
        ("c", json!(["https://other.example", issuer])),
    ] {
        token(&world, &assertion(&world, id, &json!({ "aud": aud }))).await.expect(200);
    }
    let named = assertion(&world, "d", &json!({}));
    let fields = [("client_id", "my-app"), ("client_assertion_type", TYPE), ("client_assertion", &named)];
    let access = token_with(&world, &fields).await.expect(200).json();
    // Elsewhere, too.
    let here = assertion(&world, "e", &json!({ "aud": format!("{issuer}/connect/revocation") }));
    let fields = [
        ("client_assertion_type", TYPE),
        ("client_assertion", here.as_str()),
        ("token", access["access_token"].as_str().expect("a token")),
    ];
    app.post(&world.path("/connect/revocation"), &fields).await.expect(200);
    let named = access["access_token"].as_str().expect("a token");
    assert_eq!(world.introspect(named).await["active"], false);
});

both!(an_assertion_counts_once_at_all_nodes, |app| async move {
    let world = keyed(&app).await;
    let other = world.at(&app.beside().await);
    let once = assertion(&world, "once", &json!({}));
    token(&world, &once).await.expect(200);
    for node in [&world, &other] {
        assert_error(&token(node, &once).await, 401, "invalid_client");
    }
    // Another application may use the same id.
    let keys = json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": Signer::new(2).jwks() });
    let mut world = world;
    world.change(|library| library.application("museum", &keys).without_secret("museum")).await;
    let museums = signed(&Signer::new(2), &world, "once", &json!({ "iss": "museum", "sub": "museum" }));
    token(&world, &museums).await.expect(200);
});

both!(of_twenty_uses_at_once_one_counts, |app| async move {
    let world = keyed(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let once = assertion(&world, "once", &json!({}));
    let mut running = JoinSet::new();
    for n in 0..20 {
        let (node, once) = (nodes[n % 2].clone(), once.clone());
        running.spawn(async move { token(&node, &once).await });
    }
    let replies = running.join_all().await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert!(replies.iter().all(|reply| matches!(reply.status.as_u16(), 200 | 401 | 503)));
});

both!(every_claim_is_looked_at, |app| async move {
    let world = keyed(&app).await;
    for other in [
        json!({ "iss": "museum" }),
        json!({ "iss": null }),
        json!({ "sub": "museum" }),
        json!({ "sub": null }),
        json!({ "aud": "https://other.example" }),
        json!({ "aud": format!("{}/", world.issuer()) }),
        json!({ "aud": app.ctx.issuer("other") }),
        json!({ "aud": [] }),
        json!({ "aud": null }),
        json!({ "exp": NOW - 60 }),
        json!({ "exp": NOW + 86_400 }),
        json!({ "exp": (NOW + 60).to_string() }),
        json!({ "exp": null }),
        json!({ "nbf": NOW + 120 }),
        json!({ "iat": NOW + 120 }),
        json!({ "iat": "now" }),
        json!({ "jti": null }),
        json!({ "jti": "" }),
        json!({ "jti": 7 }),
        json!({ "jti": "x".repeat(256) }),
    ] {
        let reply = token(&world, &assertion(&world, "same", &other)).await;
        assert_error(&reply, 401, "invalid_client");
    }
    // None of these has used the id up.
    token(&world, &assertion(&world, "same", &json!({}))).await.expect(200);
});

both!(only_a_key_of_the_application_counts, |app| async move {
    let world = keyed(&app).await;
    let strangers = signed(&Signer::new(2), &world, "a", &json!({}));
    assert_error(&token(&world, &strangers).await, 401, "invalid_client");
    let good = assertion(&world, "a", &json!({}));
    let (signed, _) = good.rsplit_once('.').expect("a signature");
    let (_, payload) = signed.split_once('.').expect("a payload");
    let mut forged = bent(&good);
    // A key that comes along, none at all, and the public key as a secret.
    let own = Signer::new(2);
    let payload_of = json!({
        "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": "a", "iat": NOW, "exp": NOW + 60,
    });
    forged.push(own.sign(&json!({ "alg": "EdDSA", "jwk": own.jwk() }), &payload_of));
    forged.extend(
        ["none", "HS256", ""]
            .map(|alg| format!("{}.{payload}.{}", encode(json!({ "alg": alg }).to_string()), encode("signature"))),
    );
    for forged in forged {
        let status = token(&world, &forged).await.status.as_u16();
        assert!(matches!(status, 400 | 401), "{status}: {forged}");
    }
    // The key is replaced: from then on the new one counts, and the old one does not.
    let mut world = world;
    world.change(|library| library.application("my-app", &json!({ "jwks": Signer::new(2).jwks() }))).await;
    assert_error(&token(&world, &good).await, 401, "invalid_client");
    token(&world, &strangers).await.expect(200);
});

both!(each_application_has_one_method, |app| async move {
    let world = keyed(&app).await;
    // The secret of before is still there, and opens nothing.
    assert_error(&world.token(&[("grant_type", "client_credentials")]).await, 401, "invalid_client");
    // One that is set to a secret does not sign.
    let museums = signed(&Signer::new(1), &world, "a", &json!({ "iss": "museum", "sub": "museum" }));
    assert_error(&token(&world, &museums).await, 401, "invalid_client");
    // Nor does one that nobody knows.
    let nobodys = signed(&Signer::new(1), &world, "a", &json!({ "iss": "nobody", "sub": "nobody" }));
    assert_error(&token(&world, &nobodys).await, 401, "invalid_client");
    // Two methods in one request are one too many.
    let good = assertion(&world, "a", &json!({}));
    let both = [("client_assertion_type", TYPE), ("client_assertion", good.as_str()), ("client_secret", SECRET)];
    assert_error(&token_with(&world, &both).await, 400, "invalid_request");
    let fields = [("client_id", "museum"), ("client_assertion_type", TYPE), ("client_assertion", &good)];
    assert_error(&token_with(&world, &fields).await, 401, "invalid_client");
    for fields in [
        &[("client_assertion", good.as_str())][..],
        &[
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
            ("client_assertion", &good),
        ],
        &[("client_assertion_type", TYPE), ("client_id", "my-app")],
    ] {
        let reply = token_with(&world, fields).await;
        assert!(matches!(reply.status.as_u16(), 400 | 401), "{}", reply.body);
    }
    token(&world, &good).await.expect(200);
});

both!(its_configuration_comes_back, |app| async move {
    let world = keyed(&app).await;
    let ctx = &app.ctx;
    let exported = service::apply::export(ctx, Some(world.slug()), false).await.expect("exported");
    let text = serde_json::to_string(&exported).expect("JSON");
    let read = service::apply::parse(&text, "export.json").expect("its own format");
    let plan = service::apply::plan(ctx, &read, &service::apply::Options::default()).await.expect("a plan");
    assert!(plan.is_empty(), "{plan:?}");
});

both!(until_it_ends_an_assertion_is_remembered, |app| async move {
    let world = keyed(&app).await;
    let once = assertion(&world, "once", &json!({}));
    token(&world, &once).await.expect(200);
    // It counts for a minute after its end, since clocks differ, and so long it is known.
    app.clock.advance(119);
    let mut tx = app.ctx.begin().await.expect("a transaction");
    store::cleaning::sweep(&mut tx, app.ctx.now(), 0, 1_000).await.expect("cleans");
    tx.commit().await.expect("saved");
    assert_error(&token(&world, &once).await, 401, "invalid_client");
});

both!(a_disabled_application_is_refused_whatever_it_signs, |app| async move {
    let mut world = keyed(&app).await;
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    assert_error(&token(&world, &assertion(&world, "a", &json!({}))).await, 401, "invalid_client");
});

/// `my-app` publishes its keys there.
async fn publishing(app: &TestApp, party: &Party) -> World {
    let keys = json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": party.url("/jwks.json") });
    World::with(app, |library| library.application("my-app", &keys).without_secret("my-app")).await
}

/// The set that names the key of a number by that number.
fn named_set(number: u8) -> Value {
    let mut key = Signer::new(number).jwk();
    key["kid"] = json!(number.to_string());
    json!({ "keys": [key] })
}

/// Asks for a token with the key of a number, named so.
async fn token_by(world: &World, number: u8, id: &str) -> Reply {
    let now = world.app.ctx.now();
    let payload =
        json!({ "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": id, "iat": now, "exp": now + 60 });
    let header = json!({ "alg": "EdDSA", "kid": number.to_string() });
    token(world, &Signer::new(number).sign(&header, &payload)).await
}

both!(keys_at_an_address_are_fetched_kept_and_looked_for_again, |app| async move {
    let party = Party::answering(&[200, 200, 500, 500]).await;
    party.publish(&named_set(1));
    let world = publishing(&app, &party).await;
    let fetched = || party.received().len();
    // Many at once share one fetch.
    let mut running = JoinSet::new();
    for n in 0..5 {
        let world = world.clone();
        running.spawn(async move { token_by(&world, 1, &format!("at once {n}")).await.expect(200) });
    }
    running.join_all().await;
    assert_eq!(fetched(), 1);
    // A key that is not among them is looked for after a minute, and not sooner.
    party.publish(&named_set(2));
    for id in ["a", "b"] {
        assert_error(&token_by(&world, 2, id).await, 401, "invalid_client");
    }
    assert_eq!(fetched(), 1);
    app.clock.advance(60);
    token_by(&world, 2, "a").await.expect(200);
    assert_error(&token_by(&world, 1, "gone").await, 401, "invalid_client");
    assert_eq!(fetched(), 2);
    // The address fails: the keys of before are used for an hour, and it is asked once in a minute.
    app.clock.advance(600);
    for id in ["c", "d"] {
        token_by(&world, 2, id).await.expect(200);
    }
    assert_eq!(fetched(), 3);
    app.clock.advance(3_600);
    for id in ["e", "f"] {
        let reply = token_by(&world, 2, id).await;
        assert_error(&reply, 401, "invalid_client");
        assert!(reply.body.contains("could not be fetched from its jwks_uri"), "{}", reply.body);
    }
    assert_eq!(fetched(), 4);
    let filter = AuditFilter { action: "keys_unfetched".into(), ..Default::default() };
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &filter, &PageRequest::default()).await.expect("a log");
    assert_eq!(log.items.len(), 2, "one line for each attempt");
    assert!(format!("{:?}", log.items).contains("status-500"));
});
