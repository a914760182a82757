//! What an issuer that the subscription trusts says of a user, as a grant (RFC 7521 section 4.1, RFC 7523 sections 2.1
//! and 3; docs/security.md 28).

mod users;

use model::PageRequest;
use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, audit};
use tokio::task::JoinSet;

use super::forge::{bent, encode};
use super::library::MUSEUM_SECRET;
use super::signer::Signer;
use super::world::{Tokens, World, assert_error, payload};
use crate::support::app::NOW;
use crate::support::party::Party;
use crate::support::{Reply, TestApp};

pub const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const STS: &str = "https://sts.example";

pub fn allowed() -> Value {
    json!({ "grant_types": ["authorization_code", "refresh_token", GRANT] })
}

/// The issuer with the key of number 1, for `my-app`, with other values for some of its settings.
pub fn trusting(other: &Value) -> Value {
    let mut issuer = json!({ "issuer": STS, "jwks": Signer::new(1).jwks(), "applications": ["my-app"] });
    for (name, value) in other.as_object().expect("an object") {
        issuer[name] = value.clone();
    }
    issuer.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    json!({ "trusted_issuers": [issuer] })
}

/// Where the issuer names users in a way.
async fn by(app: &TestApp, subject: &str) -> World {
    let trusted = trusting(&json!({ "subject": subject }));
    World::with(app, |library| library.subscription(&trusted).application("my-app", &allowed())).await
}

async fn open(app: &TestApp) -> World {
    by(app, "username").await
}

/// A good assertion about `john`, with other values for some of its claims; null takes one away.
pub fn assertion(world: &World, id: &str, other: &Value) -> String {
    signed(&Signer::new(1), world, id, other)
}

fn signed(signer: &Signer, world: &World, id: &str, other: &Value) -> String {
    let now = world.app.ctx.now();
    let mut payload =
        json!({ "iss": STS, "sub": "john", "aud": world.issuer(), "jti": id, "iat": now, "exp": now + 60 });
    for (name, value) in other.as_object().expect("an object") {
        payload[name] = value.clone();
    }
    payload.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    signer.sign(&json!({ "alg": "EdDSA" }), &payload)
}

async fn ask_for(world: &World, assertion: &str, more: &[(&str, &str)]) -> Reply {
    world.token(&[&[("grant_type", GRANT), ("assertion", assertion)], more].concat()).await
}

async fn ask(world: &World, assertion: &str) -> Reply {
    ask_for(world, assertion, &[("scope", "openid profile books")]).await
}

both!(an_assertion_gives_an_access_token_and_nothing_else, |app| async move {
    let john = by(&app, "identifier").await.user_id("john").await;
    for (subject, name) in
        [("identifier", john.as_str()), ("username", "john"), ("username", "John"), ("email", "John.Doe@email.com")]
    {
        let world = by(&app, subject).await;
        let reply = ask(&world, &assertion(&world, name, &json!({ "sub": name }))).await;
        assert!(reply.header("cache-control").contains("no-store"));
        let tokens = Tokens::of(reply);
        assert!(tokens.0.get("refresh_token").is_none() && tokens.0.get("id_token").is_none(), "{:?}", tokens.0);
        let access = payload(tokens.access());
        assert_eq!((&access["sub"], &access["client_id"]), (&json!(john), &json!("my-app")), "{subject}");
        assert_eq!(access["aud"], "library-api");
        // Nobody was seen to sign in, and nobody has a session by that.
        for claim in ["auth_time", "amr", "acr", "sid"] {
            assert!(access.get(claim).is_none(), "{claim}: {access}");
        }
        assert_eq!(world.userinfo(tokens.access()).await.expect(200).json()["given_name"], "John");
        assert_eq!(world.introspect(tokens.access()).await["active"], true);
    }
});

both!(every_claim_is_looked_at, |app| async move {
    let world = open(&app).await;
    let issuer = world.issuer();
    for (id, aud) in [("a", json!(format!("{issuer}/connect/token"))), ("b", json!([issuer]))] {
        ask(&world, &assertion(&world, id, &json!({ "aud": aud }))).await.expect(200);
    }
    for other in [
        json!({ "iss": "https://other.example" }),
        json!({ "iss": format!("{STS}/") }),
        json!({ "iss": issuer }),
        json!({ "iss": null }),
        json!({ "sub": "nobody" }),
        json!({ "sub": "" }),
        json!({ "sub": "jo\u{0}hn" }),
        json!({ "sub": 7 }),
        json!({ "sub": null }),
        json!({ "aud": "https://other.example" }),
        json!({ "aud": format!("{issuer}/") }),
        json!({ "aud": format!("{issuer}/connect/revocation") }),
        json!({ "aud": [issuer, "https://other.example"] }),
        json!({ "aud": app.ctx.issuer("other") }),
        json!({ "aud": [] }),
        json!({ "aud": null }),
        json!({ "exp": NOW - 60 }),
        json!({ "exp": NOW + 3_600 }),
        json!({ "exp": (NOW + 60).to_string() }),
        json!({ "exp": null }),
        json!({ "nbf": NOW + 120 }),
        json!({ "iat": NOW + 120 }),
        json!({ "jti": null }),
        json!({ "jti": "" }),
        json!({ "jti": 7 }),
    ] {
        // Of those that name nobody, the id is used up: a signature stood under it.
        let id = if other["sub"] == "nobody" { "nobody" } else { "same" };
        let reply = ask(&world, &assertion(&world, id, &other)).await;
        assert_error(&reply, 400, "invalid_grant");
    }
    // None of the others has used the id up.
    ask(&world, &assertion(&world, "same", &json!({}))).await.expect(200);
});

both!(only_a_key_of_the_issuer_counts, |app| async move {
    let mut world = open(&app).await;
    let strangers = signed(&Signer::new(2), &world, "a", &json!({}));
    assert_error(&ask(&world, &strangers).await, 400, "invalid_grant");
    let good = assertion(&world, "a", &json!({}));
    let (input, _) = good.rsplit_once('.').expect("a signature");
    let (_, claims) = input.split_once('.').expect("a payload");
    let claimed = payload(&good);
    let mut forged = bent(&good);
    // A key that comes along, none at all, the public key as a secret, and another kind of token.
    let other = Signer::new(2);
    forged.push(other.sign(&json!({ "alg": "EdDSA", "jwk": other.jwk() }), &claimed));
    forged.push(Signer::new(1).sign(&json!({ "alg": "EdDSA", "typ": "at+jwt" }), &claimed));
    forged.extend(
        ["none", "HS256", ""]
            .map(|alg| format!("{}.{claims}.{}", encode(json!({ "alg": alg }).to_string()), encode("signature"))),
    );
    for forged in forged {
        assert_error(&ask(&world, &forged).await, 400, "invalid_grant");
    }
    // The key is replaced: from then on the new one counts, and the old one does not.
    let replaced = trusting(&json!({ "subject": "username", "jwks": Signer::new(2).jwks() }));
    world.change(|library| library.subscription(&replaced)).await;
    assert_error(&ask(&world, &good).await, 400, "invalid_grant");
    ask(&world, &strangers).await.expect(200);
});

both!(an_assertion_counts_once_at_all_nodes, |app| async move {
    let world = open(&app).await;
    let other = world.at(&app.beside().await);
    let once = assertion(&world, "once", &json!({}));
    ask(&world, &once).await.expect(200);
    for node in [&world, &other] {
        assert_error(&ask(node, &once).await, 400, "invalid_grant");
    }
    // It counts for a minute after its end, since clocks differ, and so long it is known.
    app.clock.advance(119);
    let mut tx = app.ctx.begin().await.expect("a transaction");
    store::cleaning::sweep(&mut tx, app.ctx.now(), 0, 1_000).await.expect("cleans");
    tx.commit().await.expect("saved");
    assert_error(&ask(&world, &once).await, 400, "invalid_grant");
    // Ids are those of their issuer, and of the kind of message.
    let mut world = world;
    let mut both = trusting(&json!({ "subject": "username" }));
    let second = trusting(&json!({ "issuer": "sts-2", "subject": "username", "jwks": Signer::new(2).jwks() }));
    both["trusted_issuers"].as_array_mut().expect("a list").push(second["trusted_issuers"][0].clone());
    world.change(|library| library.subscription(&both)).await;
    ask(&world, &signed(&Signer::new(2), &world, "once", &json!({ "iss": "sts-2" }))).await.expect(200);
});

both!(of_twenty_uses_at_once_one_counts, |app| async move {
    let world = open(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let once = assertion(&world, "once", &json!({}));
    let mut running = JoinSet::new();
    for n in 0..20 {
        let (node, once) = (nodes[n % 2].clone(), once.clone());
        running.spawn(async move { ask(&node, &once).await });
    }
    let replies = running.join_all().await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert!(replies.iter().all(|reply| matches!(reply.status.as_u16(), 200 | 400 | 503)));
});

both!(only_applications_that_are_named_bring_them, |app| async move {
    let mut world = open(&app).await;
    world.change(|library| library.application("museum", &allowed())).await;
    let as_museum = async |world: &World, assertion: &str| {
        let fields = [("grant_type", GRANT), ("assertion", assertion), ("scope", "openid")];
        world.post_basic("/connect/token", ("museum", MUSEUM_SECRET), &fields).await
    };
    let good = assertion(&world, "a", &json!({}));
    let for_others = as_museum(&world, &good).await;
    assert_error(&for_others, 400, "invalid_grant");
    // An issuer that nobody knows sounds the same.
    let unknown = as_museum(&world, &assertion(&world, "a", &json!({ "iss": "https://unknown.example" }))).await;
    assert_eq!(for_others.body, unknown.body);
    ask(&world, &good).await.expect(200);
    // A name of no application counts for nothing, and keeps nobody from saving.
    let more = trusting(&json!({ "subject": "username", "applications": ["gone", "museum"] }));
    world.change(|library| library.subscription(&more)).await;
    as_museum(&world, &assertion(&world, "b", &json!({}))).await.expect(200);
    assert_error(&ask(&world, &assertion(&world, "c", &json!({}))).await, 400, "invalid_grant");
});

both!(another_subscription_trusts_whom_it_likes, |app| async move {
    let world = open(&app).await;
    let beside = World::with(&app, |library| library.named("beside").application("my-app", &allowed())).await;
    // Nobody there, though names, secrets and users are the same.
    assert_error(&ask(&beside, &assertion(&beside, "a", &json!({}))).await, 400, "invalid_grant");
    // Nor does one that is meant for us open anything there, when it does.
    let trusted = trusting(&json!({ "subject": "username" }));
    let mut beside = beside;
    beside.change(|library| library.subscription(&trusted)).await;
    let ours = assertion(&world, "b", &json!({}));
    assert_error(&ask(&beside, &ours).await, 400, "invalid_grant");
    ask(&world, &ours).await.expect(200);
    // Ids of one are not those of the other, and a user of one is nobody in the other.
    ask(&beside, &assertion(&beside, "b", &json!({}))).await.expect(200);
    let identifier = trusting(&json!({ "subject": "identifier" }));
    beside.change(|library| library.subscription(&identifier)).await;
    let elsewhere = world.user_id("john").await;
    let reply = ask(&beside, &assertion(&beside, "c", &json!({ "sub": elsewhere }))).await;
    assert_error(&reply, 400, "invalid_grant");
});

both!(only_where_it_is_switched_on_and_for_what_is_allowed, |app| async move {
    let trusted = trusting(&json!({ "subject": "username" }));
    let mut world = World::with(&app, |library| library.subscription(&trusted)).await;
    let good = assertion(&world, "a", &json!({}));
    assert_error(&ask(&world, &good).await, 400, "unauthorized_client");
    world.change(|library| library.application("my-app", &allowed())).await;
    // Scope never widens.
    for scope in ["openid invented", "address", "offline_access", ""] {
        assert_error(&ask_for(&world, &good, &[("scope", scope)]).await, 400, "invalid_scope");
    }
    let detail = [("scope", "openid"), ("authorization_details", "[{\"type\":\"x\"}]")];
    assert_error(&ask_for(&world, &good, &detail).await, 400, "invalid_authorization_details");
    assert_error(&world.token(&[("grant_type", GRANT), ("scope", "openid")]).await, 400, "invalid_request");
    // Whoever finds it has no use for it.
    let alone = [("grant_type", GRANT), ("assertion", good.as_str()), ("scope", "openid")];
    assert_error(&app.post(&world.path("/connect/token"), &alone).await, 401, "invalid_client");
    // None of these has used it up; there is nothing to refresh, whatever was asked for.
    let tokens = Tokens::of(ask_for(&world, &good, &[("scope", "openid offline_access")]).await);
    assert_eq!(tokens.0["scope"], "openid");
    assert!(tokens.0.get("refresh_token").is_none());
    // A public application cannot be given it.
    let file = world.library.clone().application("reader", &json!({ "grant_types": [GRANT] })).file();
    let document = service::apply::parse(&file, "library.json").expect("an apply file");
    let refused = service::apply::apply(&app.ctx, &document, &service::apply::Options::default(), false).await;
    assert!(refused.is_err(), "{refused:?}");
});

/// The set that names the key of a number by that number.
fn named_set(number: u8) -> Value {
    let mut key = Signer::new(number).jwk();
    key["kid"] = json!(number.to_string());
    json!({ "keys": [key] })
}

async fn ask_by(world: &World, number: u8, id: &str) -> Reply {
    let claims = payload(&assertion(world, id, &json!({})));
    let header = json!({ "alg": "EdDSA", "kid": number.to_string() });
    ask(world, &Signer::new(number).sign(&header, &claims)).await
}

both!(keys_at_an_address_are_fetched_and_looked_for_again, |app| async move {
    let party = Party::answering(&[200, 200, 500]).await;
    party.publish(&named_set(1));
    let address = json!({ "subject": "username", "jwks": null, "jwks_uri": party.url("/jwks.json") });
    let trusted = trusting(&address);
    let world = World::with(&app, |library| library.subscription(&trusted).application("my-app", &allowed())).await;
    let fetched = || party.received().len();
    for id in ["a", "b"] {
        ask_by(&world, 1, id).await.expect(200);
    }
    assert_eq!(fetched(), 1);
    // A key that is not among them is looked for after a minute, and not sooner.
    party.publish(&named_set(2));
    assert_error(&ask_by(&world, 2, "c").await, 400, "invalid_grant");
    assert_eq!(fetched(), 1);
    app.clock.advance(60);
    ask_by(&world, 2, "c").await.expect(200);
    assert_error(&ask_by(&world, 1, "gone").await, 400, "invalid_grant");
    assert_eq!(fetched(), 2);
    // The address fails for too long.
    app.clock.advance(600 + 3_600);
    let reply = ask_by(&world, 2, "d").await;
    assert_error(&reply, 400, "invalid_grant");
    assert!(reply.body.contains("could not be fetched from its jwks_uri"), "{}", reply.body);
    let filter = AuditFilter { action: "keys_unfetched".into(), ..Default::default() };
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &filter, &PageRequest::default()).await.expect("a log");
    let said = format!("{:?}", log.items);
    assert!(said.contains("status-500") && said.contains(STS), "{said}");
});

both!(the_log_says_who_according_to_whom_and_no_assertion, |app| async move {
    let world = open(&app).await;
    let (good, bad) = (assertion(&world, "a", &json!({})), assertion(&world, "b", &json!({ "sub": "nobody" })));
    ask(&world, &good).await.expect(200);
    ask(&world, &bad).await.expect(400);
    let (every, all) = (AuditFilter::default(), PageRequest::default());
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &every, &all).await.expect("the log").items;
    let said = format!("{log:?}");
    for kind in ["sign_in", "token_refused"] {
        assert!(log.iter().any(|row| row.action == kind), "{kind}: {said}");
    }
    assert!(said.contains("jwt_bearer") && said.contains(STS), "{said}");
    for assertion in [&good, &bad] {
        let signature = assertion.rsplit('.').next().expect("a signature");
        assert!(!said.contains(signature), "{said}");
    }
});

both!(the_settings_come_back, |app| async move {
    let world = open(&app).await;
    let ctx = &app.ctx;
    let exported = service::apply::export(ctx, Some(world.slug()), false).await.expect("exported");
    let text = serde_json::to_string(&exported).expect("JSON");
    assert!(text.contains(STS), "{text}");
    let read = service::apply::parse(&text, "export.json").expect("its own format");
    let plan = service::apply::plan(ctx, &read, &service::apply::Options::default()).await.expect("a plan");
    assert!(plan.is_empty(), "{plan:?}");
});
