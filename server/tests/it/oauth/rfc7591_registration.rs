//! Dynamic client registration (RFC 7591, OpenID Connect Dynamic Client Registration 1.0).

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};
use service::Actor;
use service::console::{NewInitialToken, applications, audit, initial_access_tokens};
use tokio::task::JoinSet;

use super::ask::Ask;
use super::library::CALLBACK;
use super::world::{Tokens, World, assert_error, redemption};
use crate::support::{Reply, TestApp};

pub const REGISTER: &str = "/connect/register";

/// A library whose applications register themselves.
pub async fn library(app: &TestApp, mode: &str) -> World {
    World::with(app, |library| library.subscription(&rules(mode))).await
}

/// The settings of such a library.
pub fn rules(mode: &str) -> Value {
    let scopes = ["openid", "profile", "email", "books", "absent"];
    json!({ "client_registration": { "mode": mode, "scopes": scopes } })
}

/// A request with a body of JSON.
pub async fn send(world: &World, method: &str, path: &str, token: Option<&str>, body: &Value) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    world.app.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

pub async fn register(world: &World, token: Option<&str>, body: &Value) -> Reply {
    send(world, "POST", &world.path(REGISTER), token, body).await
}

/// What a website says of itself.
pub fn website() -> Value {
    json!({
        "client_name": "A reading club", "redirect_uris": [CALLBACK], "scope": "openid profile books library",
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_post", "logo_uri": "https://library.example/logo.png", "contacts": ["us@library.example"],
        "invented": { "by": "somebody" },
    })
}

async fn initial_token(world: &World, days: i64, uses: i64) -> String {
    let new = NewInitialToken { name: "The reading club".to_owned(), days, uses };
    initial_access_tokens::create(&world.app.ctx, &Actor::Cli, world.slug(), &new).await.expect("a token")
}

async fn count(world: &World) -> usize {
    let all = model::PageRequest::default();
    applications::page(&world.app.ctx, &Actor::Cli, world.slug(), &all).await.expect("applications").items.len()
}

fn text<'a>(made: &'a Value, name: &str) -> &'a str {
    made[name].as_str().unwrap_or_else(|| panic!("no {name}: {made}"))
}

both!(what_registers_is_an_application, |app| async move {
    let world = library(&app, "open").await;
    let reply = register(&world, None, &website()).await.expect(201);
    assert!(reply.header("cache-control").contains("no-store"));
    let made = reply.json();
    assert_eq!(made["client_secret_expires_at"], 0);
    assert_eq!(made["client_id_issued_at"], app.clock.now());
    // Of the scopes, what the rules let through; "library" is none of them.
    assert_eq!(made["scope"], "openid profile books");
    for (name, value) in [
        ("client_name", json!("A reading club")),
        ("application_type", json!("web")),
        ("token_endpoint_auth_method", json!("client_secret_post")),
        ("grant_types", json!(["authorization_code", "refresh_token"])),
        ("response_types", json!(["code"])),
        ("redirect_uris", json!([CALLBACK])),
        ("id_token_signed_response_alg", json!("RS256")),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert!(made.get("invented").is_none() && made.get("contacts").is_none());
    let client_id = text(&made, "client_id");
    let own = format!("{}{REGISTER}/{client_id}", world.issuer());
    assert_eq!(made["registration_client_uri"], own);
    // It is asked for consent, and redeems its code with its secret.
    let mut john = world.signed_in("john").await;
    let asked = john.get(&world.authorize(&Ask::of(client_id).with("scope", "openid profile"))).await;
    assert!(asked.header("location").contains("/consent"), "{}", asked.header("location"));
    let id = world.application_id(client_id).await;
    let view = applications::get(&app.ctx, &Actor::Cli, world.slug(), &id).await.expect("one");
    assert!(view.stored.spec.require_consent && view.registered_itself_at == Some(app.clock.now()));
    let (every, all) = (service::console::AuditFilter::default(), model::PageRequest::default());
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &every, &all).await.expect("log").items;
    assert!(log.iter().any(|row| row.actor == "client registration" && row.object_id.as_deref() == Some(&id)));
});

both!(its_secret_counts_at_the_token_endpoint, |app| async move {
    let world = library(&app, "open").await;
    let body = json!({ "grant_types": ["client_credentials"], "scope": "books", "response_types": [] });
    let made = register(&world, None, &body).await.expect(201).json();
    assert_eq!(
        (&made["response_types"], &made["token_endpoint_auth_method"]),
        (&json!([]), &json!("client_secret_basic"))
    );
    let fields = [("grant_type", "client_credentials"), ("scope", "books")];
    let credentials = (text(&made, "client_id"), text(&made, "client_secret"));
    Tokens::of(world.post_basic("/connect/token", credentials, &fields).await).access();
    let wrong = world.post_basic("/connect/token", (credentials.0, "wrong"), &fields).await;
    assert_error(&wrong, 401, "invalid_client");
    // Not consent, but the rules: what is not among them is refused at its use, too.
    let more = [("grant_type", "client_credentials"), ("scope", "library-api")];
    assert_error(&world.post_basic("/connect/token", credentials, &more).await, 400, "invalid_scope");
});

both!(it_is_off_unless_switched_on, |app| async move {
    let world = World::open(&app).await;
    register(&world, None, &website()).await.expect(404);
    for document in ["openid-configuration", "oauth-authorization-server"] {
        let metadata = app.get(&world.path(&format!("/.well-known/{document}"))).await.expect(200).json();
        assert!(metadata.get("registration_endpoint").is_none());
    }
    let on = library(&app, "initial_access_token").await;
    let metadata = app.get(&on.path("/.well-known/openid-configuration")).await.expect(200).json();
    assert_eq!(metadata["registration_endpoint"], format!("{}{REGISTER}", on.issuer()));
});

both!(an_initial_access_token_is_needed_where_the_rules_say_so, |app| async move {
    let world = library(&app, "initial_access_token").await;
    let before = count(&world).await;
    let none = register(&world, None, &website()).await.expect(401);
    assert_eq!(none.header("www-authenticate"), format!("Bearer realm=\"{}\"", world.issuer()));
    let beside = World::with(&app, |library| {
        library.named("other").subscription(&json!({ "client_registration": { "mode": "initial_access_token" } }))
    });
    let beside = beside.await;
    let (good, others) = (initial_token(&world, 1, 2).await, initial_token(&beside, 1, 1).await);
    let tokens = world.tokens().await;
    for wrong in ["wrong", &others, tokens.access()] {
        let reply = register(&world, Some(wrong), &website()).await;
        assert_error(&reply, 401, "invalid_token");
        assert!(reply.header("www-authenticate").contains("error=\"invalid_token\""));
    }
    // What is refused for its metadata uses nothing up.
    assert_error(&register(&world, Some(&good), &json!([])).await, 400, "invalid_client_metadata");
    assert_error(&register(&world, Some(&good), &json!({})).await, 400, "invalid_redirect_uri");
    assert_eq!(count(&world).await, before);
    for _ in 0..2 {
        register(&world, Some(&good), &website()).await.expect(201);
    }
    assert_error(&register(&world, Some(&good), &website()).await, 401, "invalid_token");
    assert_eq!(count(&world).await, before + 2);
});

both!(an_initial_access_token_ends, |app| async move {
    let world = library(&app, "initial_access_token").await;
    let (ctx, cli) = (&app.ctx, &Actor::Cli);
    let token = initial_token(&world, 7, 5).await;
    let id = initial_access_tokens::list(ctx, cli, world.slug()).await.expect("tokens").remove(0).id;
    initial_access_tokens::revoke(ctx, cli, world.slug(), &id).await.expect("revoked");
    assert_error(&register(&world, Some(&token), &website()).await, 401, "invalid_token");
    let token = initial_token(&world, 1, 5).await;
    app.clock.advance(86_400);
    assert_error(&register(&world, Some(&token), &website()).await, 401, "invalid_token");
    let states: Vec<&str> = initial_access_tokens::list(ctx, cli, world.slug())
        .await
        .expect("tokens")
        .iter()
        .map(|one| one.state)
        .collect();
    assert_eq!(states, ["expired", "revoked"]);
});

both!(of_ten_that_bring_the_last_use_one_registers, |app| async move {
    let world = library(&app, "initial_access_token").await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let token = initial_token(&world, 1, 1).await;
    let mut running = JoinSet::new();
    for n in 0..10 {
        let (node, token) = (nodes[n % 2].clone(), token.clone());
        running.spawn(async move { register(&node, Some(&token), &website()).await });
    }
    let replies = running.join_all().await;
    let made = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!((made, replies.iter().filter(|reply| reply.status == 401).count()), (1, 9));
});

both!(there_are_never_more_than_the_rules_allow, |app| async move {
    let rules = json!({ "mode": "open", "max_applications": 2 });
    let world = World::with(&app, |library| library.subscription(&json!({ "client_registration": rules }))).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let before = count(&world).await;
    let mut running = JoinSet::new();
    for n in 0..6 {
        let node = nodes[n % 2].clone();
        running.spawn(async move { register(&node, None, &website()).await });
    }
    let replies = running.join_all().await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 2);
    assert_eq!(replies.iter().filter(|reply| reply.status == 403).count(), 4);
    assert_eq!(count(&world).await, before + 2);
});

both!(bad_metadata_is_refused_by_its_name, |app| async move {
    let world = library(&app, "open").await;
    let before = count(&world).await;
    let redirect = "invalid_redirect_uri";
    let metadata = "invalid_client_metadata";
    for (name, value, code) in [
        ("redirect_uris", json!(["http://library.example/callback"]), redirect),
        ("redirect_uris", json!(["https://library.example/callback#x"]), redirect),
        ("redirect_uris", json!(["javascript:alert(1)"]), redirect),
        ("redirect_uris", json!("https://library.example/callback"), redirect),
        ("redirect_uris", json!([]), redirect),
        ("redirect_uris", json!(vec![CALLBACK; 51]), redirect),
        ("post_logout_redirect_uris", json!(["http://library.example/"]), metadata),
        ("grant_types", json!(["password"]), metadata),
        ("grant_types", json!(["urn:ietf:params:oauth:grant-type:jwt-bearer"]), metadata),
        ("grant_types", json!(["urn:ietf:params:oauth:grant-type:token-exchange"]), metadata),
        ("grant_types", json!(["client_credentials"]), metadata),
        ("response_types", json!(["token"]), metadata),
        ("token_endpoint_auth_method", json!("tls_client_auth"), metadata),
        ("token_endpoint_auth_method", json!("private_key_jwt"), metadata),
        ("application_type", json!("device"), metadata),
        ("application_type", json!("native"), metadata),
        ("subject_type", json!("invented"), metadata),
        ("id_token_signed_response_alg", json!("none"), metadata),
        ("id_token_encrypted_response_alg", json!("RSA1_5"), metadata),
        ("jwks_uri", json!("http://library.example/jwks.json"), metadata),
        ("jwks", json!({ "keys": "none" }), metadata),
        ("backchannel_logout_uri", json!("https://library.example/#x"), metadata),
        ("frontchannel_logout_uri", json!("https://evil.example/"), metadata),
        ("dpop_bound_access_tokens", json!("yes"), metadata),
        ("client_name", json!(7), metadata),
        ("client_name", json!("x".repeat(3_000)), metadata),
        ("software_statement", json!("e30.e30."), "invalid_software_statement"),
        ("software_statement", json!(["e30.e30."]), "invalid_software_statement"),
    ] {
        let mut body = website();
        body[name] = value.clone();
        let reply = register(&world, None, &body).await;
        assert_eq!(reply.json()["error"], code, "{name} {value}: {}", reply.body);
        assert_error(&reply, 400, code);
    }
    assert_eq!(count(&world).await, before, "nothing was written");
});

both!(a_body_is_json_and_not_too_large, |app| async move {
    let world = library(&app, "open").await;
    let path = world.path(REGISTER);
    app.post(&path, &[("client_name", "A form")]).await.expect(415);
    let json = || Request::post(&path).header(CONTENT_TYPE, "application/json");
    let large = app.send(json().body(Body::from("x".repeat(33 * 1_024))).expect("a request")).await;
    assert_error(&large, 413, "invalid_client_metadata");
    for broken in ["", "{", "[]", "null", "\"text\""] {
        let reply = app.send(json().body(Body::from(broken)).expect("a request")).await;
        assert_error(&reply, 400, "invalid_client_metadata");
    }
});

both!(what_keeps_no_secret_gets_none, |app| async move {
    let world = library(&app, "open").await;
    for (body, kind) in [
        (json!({ "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none" }), "single-page"),
        (json!({ "redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native" }), "native"),
        (
            json!({ "token_endpoint_auth_method": "none",
                "grant_types": ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"] }),
            "device",
        ),
    ] {
        let made = register(&world, None, &body).await.expect(201).json();
        assert!(made.get("client_secret").is_none() && made.get("client_secret_expires_at").is_none());
        assert_eq!(made["token_endpoint_auth_method"], "none");
        let snap = world.snapshot().await;
        let spec = snap.tenant.application(text(&made, "client_id")).expect("one").spec();
        assert_eq!(spec.kind.as_str(), kind);
    }
});

both!(refusals_are_noted, |app| async move {
    let world = library(&app, "initial_access_token").await;
    register(&world, Some("wrong"), &website()).await.expect(401);
    let filter = service::console::AuditFilter { action: "registration_refused".into(), ..Default::default() };
    let all = model::PageRequest::default();
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &filter, &all).await.expect("log").items;
    assert_eq!(log.len(), 1);
});

both!(the_console_has_no_such_applications, |app| async move {
    let path = format!("/s/system{REGISTER}");
    let request = Request::post(&path).header(CONTENT_TYPE, "application/json");
    app.send(request.body(Body::from(website().to_string())).expect("a request")).await.expect(404);
    let (ctx, cli) = (&app.ctx, &Actor::Cli);
    let system = service::console::subscriptions::get(ctx, cli, "system").await.expect("system").stored;
    let mut spec = system.spec;
    spec.client_registration.mode = model::spec::RegistrationMode::Open;
    let refused = service::console::subscriptions::update(ctx, cli, "system", system.version, spec).await;
    assert!(matches!(refused, Err(service::Error::Invalid(_))), "{refused:?}");
});

both!(a_code_of_its_own_is_redeemed, |app| async move {
    let rules = json!({ "mode": "open", "require_consent": false });
    let world = World::with(&app, |library| library.subscription(&json!({ "client_registration": rules }))).await;
    let made = register(&world, None, &website()).await.expect(201).json();
    let code = world.code(&Ask::of(text(&made, "client_id")).with("scope", "openid")).await;
    let own = [("client_id", text(&made, "client_id")), ("client_secret", text(&made, "client_secret"))];
    let reply = app.post(&world.path("/connect/token"), &[&redemption(&code)[..], &own].concat()).await;
    Tokens::of(reply).identity();
});
