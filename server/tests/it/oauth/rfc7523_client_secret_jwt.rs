//! `client_secret_jwt` (RFC 7523 section 2.2, OpenID Connect Core section 9). What it shares with `private_key_jwt` is in
//! `rfc7523_client_assertion.rs`.

use aws_lc_rs::hmac;
use model::SecretPlan;
use serde_json::{Value, json};
use service::Actor;
use service::console::applications;

use super::ask::Ask;
use super::forge::encode;
use super::library::{MUSEUM_SECRET, SECRET};
use super::signer::Signer;
use super::world::{Tokens, World, assert_error, redemption};
use crate::support::{Reply, TestApp};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ITSELF: [(&str, &str); 2] = [("grant_type", "client_credentials"), ("scope", "books")];

/// Long enough for each hash.
const LONG: &str = "my-app-secret-that-is-long-enough-for-the-longest-hash-there-is-64-octets-and-more";

/// `my-app` authenticates this way.
async fn world(app: &TestApp) -> World {
    let method = json!({ "token_endpoint_auth_method": "client_secret_jwt" });
    World::with(app, |library| library.application("my-app", &method)).await
}

/// An assertion of `my-app`, with other values for some of its claims.
fn assertion(world: &World, alg: &str, secret: &str, other: &Value) -> String {
    let now = world.app.ctx.now();
    let mut claims = json!({ "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": "1", "exp": now + 60 });
    for (name, value) in other.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    let signed = format!("{}.{}", encode(json!({ "alg": alg }).to_string()), encode(claims.to_string()));
    let by = match alg {
        "HS384" => hmac::HMAC_SHA384,
        "HS512" => hmac::HMAC_SHA512,
        _ => hmac::HMAC_SHA256,
    };
    let tag = hmac::sign(&hmac::Key::new(by, secret.as_bytes()), signed.as_bytes());
    format!("{signed}.{}", encode(tag.as_ref()))
}

async fn post(world: &World, path: &str, assertion: &str, fields: &[(&str, &str)]) -> Reply {
    let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
    world.app.post(&world.path(path), &[fields, &own].concat()).await
}

async fn token(world: &World, assertion: &str) -> Reply {
    post(world, "/connect/token", assertion, &ITSELF).await
}

both!(the_secret_signs_and_stays_at_home, |app| async move {
    let mut world = world(&app).await;
    let long = json!({ "secret": format!("value:{LONG}") });
    world.change(|library| library.application("my-app", &long)).await;
    for (n, alg) in ["HS256", "HS384", "HS512"].into_iter().enumerate() {
        let good = assertion(&world, alg, LONG, &json!({ "jti": n.to_string() }));
        token(&world, &good).await.expect(200);
        // Once, at any node.
        assert_error(&token(&world.at(&app.beside().await), &good).await, 401, "invalid_client");
    }
    // Each endpoint that authenticates applications.
    let code = world.code(&Ask::of("my-app")).await;
    let fields: Vec<_> = redemption(&code).into_iter().filter(|(name, _)| *name != "client_secret").collect();
    let good = assertion(&world, "HS256", LONG, &json!({ "jti": "code" }));
    let tokens = Tokens::of(post(&world, "/connect/token", &good, &fields).await);
    let good = assertion(&world, "HS256", LONG, &json!({ "jti": "revoke" }));
    post(&world, "/connect/revocation", &good, &[("token", tokens.access())]).await.expect(200);
    world.assert_alive(tokens.access(), false).await;
});

both!(nothing_else_is_a_signature, |app| async move {
    let world = world(&app).await;
    let key = Signer::new(1);
    let claims = json!({
        "iss": "my-app", "sub": "my-app", "aud": world.issuer(), "jti": "k", "exp": app.ctx.now() + 60,
    });
    let mut bad = vec![
        assertion(&world, "HS256", MUSEUM_SECRET, &json!({})),
        assertion(&world, "HS256", "", &json!({})),
        assertion(&world, "none", SECRET, &json!({})),
        assertion(&world, "RS256", SECRET, &json!({})),
        key.sign(&json!({ "alg": "EdDSA" }), &claims),
        assertion(&world, "HS256", SECRET, &json!({ "iss": "museum" })),
        assertion(&world, "HS256", SECRET, &json!({ "aud": "https://other.example/" })),
        assertion(&world, "HS256", SECRET, &json!({ "exp": app.ctx.now() - 300 })),
        assertion(&world, "HS256", SECRET, &json!({ "exp": app.ctx.now() + 7_200 })),
        assertion(&world, "HS256", SECRET, &json!({ "jti": null })),
    ];
    // Of another application, which sends its secret.
    bad.push(assertion(&world, "HS256", MUSEUM_SECRET, &json!({ "iss": "museum", "sub": "museum" })));
    let good = assertion(&world, "HS256", SECRET, &json!({}));
    bad.push(format!("{}AAAA", &good[..good.len() - 4]));
    for assertion in &bad {
        assert_error(&token(&world, assertion).await, 401, "invalid_client");
    }
    token(&world, &good).await.expect(200);
});

// Another tenant's application of the same name, with another secret.
both!(another_subscriptions_application_is_another, |app| async move {
    let world = world(&app).await;
    let beside = world.beside("other").await;
    let good = assertion(&world, "HS256", SECRET, &json!({}));
    // Meant for the other issuer.
    assert_error(&token(&beside, &good).await, 401, "invalid_client");
    token(&world, &good).await.expect(200);
});

both!(there_is_one_method_for_each_application, |app| async move {
    let mut world = world(&app).await;
    world.post_basic("/connect/token", ("my-app", SECRET), &ITSELF).await.expect(401);
    assert_error(&world.token(&ITSELF).await, 401, "invalid_client");
    // The public key of one that signs with its own is no secret (RFC 8725 section 2.1).
    let key = Signer::new(1);
    let by_key = json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks() });
    world.change(|library| library.without_secret("my-app").application("my-app", &by_key)).await;
    for secret in [SECRET.to_owned(), key.jwk()["x"].as_str().expect("x").to_owned(), key.jwk().to_string()] {
        let forged = assertion(&world, "HS256", &secret, &json!({}));
        assert_error(&token(&world, &forged).await, 401, "invalid_client");
    }
});

both!(a_secret_from_before_is_not_known_to_the_server, |app| async move {
    let mut world = World::open(&app).await;
    world.token(&ITSELF).await.expect(200);
    let method = json!({ "token_endpoint_auth_method": "client_secret_jwt" });
    world.change(|library| library.without_secret("my-app").application("my-app", &method)).await;
    let reply = token(&world, &assertion(&world, "HS256", SECRET, &json!({}))).await;
    assert_error(&reply, 401, "invalid_client");
    assert!(reply.body.contains("made since"), "{}", reply.body);
    // Given again, it is kept in a way that the server can use, and from then on the file changes nothing.
    let again = json!({ "secret": format!("value:{SECRET}") });
    world.change(|library| library.application("my-app", &again)).await;
    token(&world, &assertion(&world, "HS256", SECRET, &json!({}))).await.expect(200);
    let document = service::apply::parse(&world.library.file(), "library.json").expect("an apply file");
    let plan = service::apply::plan(&app.ctx, &document, &service::apply::Options::default()).await.expect("a plan");
    assert!(plan.is_empty(), "{plan:?}");
});

// RFC 7518 section 3.2.
both!(a_secret_is_as_long_as_the_hash, |app| async move {
    let world = world(&app).await;
    for alg in ["HS384", "HS512"] {
        assert_error(&token(&world, &assertion(&world, alg, SECRET, &json!({}))).await, 401, "invalid_client");
    }
    token(&world, &assertion(&world, "HS256", SECRET, &json!({}))).await.expect(200);
});

both!(the_console_makes_the_secret_that_is_needed, |app| async move {
    let world = World::open(&app).await;
    let (ctx, slug, id) = (&app.ctx, world.slug(), world.application_id("my-app").await);
    let save = async |method: &str| {
        let stored = applications::get(ctx, &Actor::Cli, slug, &id).await.expect("there").stored;
        let mut spec = serde_json::to_value(&stored.spec).expect("JSON");
        spec["token_endpoint_auth_method"] = json!(method);
        let spec = serde_json::from_value(spec).expect("a specification");
        applications::update(ctx, &Actor::Cli, slug, &id, stored.version, spec).await.expect("saved").secret
    };
    assert_eq!(save("client_secret").await, None);
    let made = save("client_secret_jwt").await.expect("a secret");
    assert_eq!(save("client_secret_jwt").await, None, "it has one by now");
    for alg in ["HS256", "HS384", "HS512"] {
        token(&world, &assertion(&world, alg, &made, &json!({ "jti": alg }))).await.expect(200);
    }
    // Another one beside it, and both count; the first is removed, and counts no more.
    let plan = SecretPlan::default();
    let second = applications::new_secret(ctx, &Actor::Cli, slug, &id, plan).await.expect("made").secret;
    for (secret, jti) in [(&made, "first"), (&second, "second")] {
        token(&world, &assertion(&world, "HS512", secret, &json!({ "jti": jti }))).await.expect(200);
    }
    let mut conn = ctx.read().await.expect("a connection");
    let kept = store::secrets::list(&mut conn, store::secrets::Owner::Application(&id)).await.expect("asked");
    drop(conn);
    let first = kept.iter().find(|one| one.hash == oidc::digest::sha256_hex(made.as_bytes())).expect("the first");
    applications::remove_secret(ctx, &Actor::Cli, slug, &id, &first.id).await.expect("removed");
    let gone = assertion(&world, "HS256", &made, &json!({ "jti": "gone" }));
    assert_error(&token(&world, &gone).await, 401, "invalid_client");
    token(&world, &assertion(&world, "HS256", &second, &json!({ "jti": "stays" }))).await.expect(200);
});
