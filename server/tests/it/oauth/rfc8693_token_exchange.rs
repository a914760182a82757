//! Token exchange (RFC 8693): a user's token for one towards another party, with who acts.

use model::PageRequest;
use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, applications, audit};

use super::disabling::set_user;
use super::library::{API_SECRET, MUSEUM_API_SECRET, MUSEUM_SECRET, SECRET};
use super::signer::Signer;
use super::world::{Tokens, World, assert_error, payload};
use crate::support::{Reply, TestApp};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

fn may(targets: &[&str]) -> Value {
    json!({
        "grant_types": ["authorization_code", "refresh_token", "client_credentials", GRANT],
        "exchange_targets": targets,
    })
}

/// `my-app` may exchange towards its library's API, and towards `museum`, which may go on to its own API.
async fn open(app: &TestApp) -> World {
    World::with(app, |library| {
        library.application("my-app", &may(&["library-api", "museum"])).application("museum", &may(&["museum-api"]))
    })
    .await
}

/// An exchange by an application with a secret.
async fn exchange(world: &World, who: (&str, &str), token: &str, target: &str, more: &[(&str, &str)]) -> Reply {
    let fields =
        [("grant_type", GRANT), ("subject_token", token), ("subject_token_type", ACCESS_TOKEN), ("audience", target)];
    world.post_basic("/connect/token", who, &[&fields[..], more].concat()).await
}

async fn by_my_app(world: &World, token: &str, target: &str) -> Reply {
    exchange(world, ("my-app", SECRET), token, target, &[]).await
}

both!(an_api_learns_who_acts_for_whom, |app| async move {
    let world = open(&app).await;
    let tokens = world.tokens().await;
    let answer = by_my_app(&world, tokens.access(), "library-api").await.expect(200);
    assert!(answer.header("cache-control").contains("no-store"));
    let answer = answer.json();
    assert_eq!((&answer["issued_token_type"], &answer["token_type"]), (&json!(ACCESS_TOKEN), &json!("Bearer")));
    assert_eq!(answer["scope"], "books");
    assert!(answer.get("refresh_token").is_none() && answer.get("id_token").is_none());
    let new = answer["access_token"].as_str().expect("a token");
    let (was, is) = (payload(tokens.access()), payload(new));
    assert_eq!(is["act"], json!({ "sub": "my-app" }));
    assert_eq!((&is["sub"], &is["aud"], &is["client_id"]), (&was["sub"], &json!("library-api"), &json!("my-app")));
    let told = world.introspect(new).await;
    assert_eq!((&told["active"], &told["act"]["sub"]), (&json!(true), &json!("my-app")));
    // It is for nobody else.
    let museums = world.post_basic("/connect/introspect", ("museum-api", MUSEUM_API_SECRET), &[("token", new)]).await;
    assert_eq!(museums.expect(200).json()["active"], false);
});

both!(a_chain_names_all_who_acted, |app| async move {
    let world = open(&app).await;
    let museum = ("museum", MUSEUM_SECRET);
    let tokens = world.tokens().await;
    let first = Tokens::of(by_my_app(&world, tokens.access(), "museum").await);
    assert_eq!(payload(first.access())["aud"], "museum");
    let second = Tokens::of(exchange(&world, museum, first.access(), "museum-api", &[]).await);
    assert_eq!(payload(second.access())["act"], json!({ "sub": "museum", "act": { "sub": "my-app" } }));
    // What was not given to it is not its to pass on.
    let stolen = exchange(&world, museum, tokens.access(), "museum-api", &[]).await;
    assert_error(&stolen, 400, "invalid_request");
    let back = by_my_app(&world, first.access(), "library-api").await;
    assert_error(&back, 400, "invalid_request");
});

both!(it_gains_neither_scope_nor_time, |app| async move {
    let world = open(&app).await;
    let mut john = world.signed_in("john").await;
    let narrow = super::ask::Ask::of("my-app").with("scope", "openid books");
    let code = world.ask(&mut john, &narrow).await.code();
    let tokens = Tokens::of(world.redeem(&code).await);
    app.clock.advance(3_000);
    let new = by_my_app(&world, tokens.access(), "library-api").await.expect(200).json();
    assert_eq!((&new["expires_in"], &new["scope"]), (&json!(600), &json!("books")));
    let token = new["access_token"].as_str().expect("a token");
    assert_eq!(payload(token)["exp"], payload(tokens.access())["exp"]);
    for wider in ["library-api", "museum-api", "email", "offline_access"] {
        let reply = exchange(&world, ("my-app", SECRET), tokens.access(), "library-api", &[("scope", wider)]).await;
        assert_error(&reply, 400, "invalid_scope");
    }
    let same = exchange(&world, ("my-app", SECRET), tokens.access(), "library-api", &[("scope", "books")]).await;
    same.expect(200);
});

both!(by_default_nobody_may, |app| async move {
    let mut world = World::open(&app).await;
    let tokens = world.tokens().await;
    assert_error(&by_my_app(&world, tokens.access(), "library-api").await, 400, "unauthorized_client");
    world.change(|library| library.application("my-app", &may(&["library-api"]))).await;
    by_my_app(&world, tokens.access(), "library-api").await.expect(200);
    // One that exists and one that does not sound the same.
    for target in ["museum-api", "museum", "absent", ""] {
        assert_error(&by_my_app(&world, tokens.access(), target).await, 400, "invalid_target");
    }
    let two = [("audience", "museum-api")];
    let reply = exchange(&world, ("my-app", SECRET), tokens.access(), "library-api", &two).await;
    assert_error(&reply, 400, "invalid_target");
    // A public application cannot be named as the one who acts.
    let file = service::apply::parse(&world.library.clone().application("reader", &may(&[])).file(), "file");
    let options = service::apply::Options::default();
    let refused = service::apply::apply(&app.ctx, &file.expect("reads"), &options, false).await;
    assert!(refused.is_err());
});

/// `my-app` says that `museum` may act with its users' tokens.
async fn naming(app: &TestApp, who: Value) -> World {
    World::with(app, |library| {
        library.application("my-app", &json!({ "may_act": who })).application("museum", &may(&["museum-api"]))
    })
    .await
}

both!(a_token_names_who_else_may_act, |app| async move {
    let mut world = naming(&app, json!("museum")).await;
    let museum = ("museum", MUSEUM_SECRET);
    let tokens = world.tokens().await;
    assert_eq!(payload(tokens.access())["may_act"], json!({ "sub": "museum" }));
    assert_eq!(world.introspect(tokens.access()).await["may_act"]["sub"], "museum");
    let new = Tokens::of(exchange(&world, museum, tokens.access(), "museum-api", &[]).await);
    let told = payload(new.access());
    assert_eq!((&told["act"], told.get("may_act")), (&json!({ "sub": "museum" }), None));
    // Nobody but that one; and not towards what that one may not.
    world.change(|library| library.application("reader", &json!({}))).await;
    assert_error(&exchange(&world, museum, tokens.access(), "library-api", &[]).await, 400, "invalid_target");
    // What the settings do not say any more counts at once, whatever a token says.
    world.change(|library| library.application("my-app", &json!({ "may_act": null }))).await;
    assert_error(&exchange(&world, museum, tokens.access(), "museum-api", &[]).await, 400, "invalid_request");
    // What they say since does not count for tokens of before.
    let before = world.tokens().await;
    world.change(|library| library.application("my-app", &json!({ "may_act": "museum" }))).await;
    assert_error(&exchange(&world, museum, before.access(), "museum-api", &[]).await, 400, "invalid_request");
    // An application's own token is about nobody.
    let own = Tokens::of(world.token(&[("grant_type", "client_credentials")]).await);
    assert!(payload(own.access()).get("may_act").is_none());
});

both!(where_it_is_the_user_nothing_says_who_acts_but_the_log, |app| async move {
    let mut settings = may(&["library-api", "museum"]);
    settings["impersonation_targets"] = json!(["library-api"]);
    let world = World::with(&app, |library| library.application("my-app", &settings)).await;
    let tokens = world.tokens().await;
    let at_api = Tokens::of(by_my_app(&world, tokens.access(), "library-api").await);
    let told = payload(at_api.access());
    assert_eq!((told.get("act"), &told["sub"]), (None, &payload(tokens.access())["sub"]));
    assert!(world.introspect(at_api.access()).await.get("act").is_none());
    let (every, all) =
        (AuditFilter { action: "user_impersonated".to_owned(), ..AuditFilter::default() }, PageRequest::default());
    let log = async || audit::find(&app.ctx, &Actor::Cli, world.slug(), &every, &all).await.expect("the log").items;
    let rows = log().await;
    assert_eq!(rows.len(), 1);
    let said = format!("{:?}", rows[0]);
    assert!(said.contains("library-api") && said.contains("my-app"), "{said}");
    // Elsewhere it acts, as ever, and a chain is not forgotten.
    let at_museum = Tokens::of(by_my_app(&world, tokens.access(), "museum").await);
    assert_eq!(payload(at_museum.access())["act"], json!({ "sub": "my-app" }));
    assert_eq!(log().await.len(), 1);
});

both!(who_is_named_stays, |app| async move {
    let world = naming(&app, json!("museum")).await;
    let id = world.application_id("museum").await;
    let gone = applications::delete(&app.ctx, &Actor::Cli, world.slug(), &id, 1).await;
    assert!(matches!(gone, Err(service::Error::InUse(_))), "{gone:?}");
});

both!(what_is_dead_cannot_be_exchanged, |app| async move {
    let world = open(&app).await;
    let beside = world.beside("other").await;
    let tokens = world.tokens().await;
    let foreign = beside.tokens().await;
    let own = world.token(&[("grant_type", "client_credentials")]).await.expect(200).json();
    let own = own["access_token"].as_str().expect("a token").to_owned();
    for token in [foreign.access(), tokens.refresh(), tokens.identity(), own.as_str(), "nonsense"] {
        assert_error(&by_my_app(&world, token, "library-api").await, 400, "invalid_request");
    }
    let new = Tokens::of(by_my_app(&world, tokens.access(), "library-api").await);
    // What hangs on the sign-in dies with it.
    world.post("/connect/revocation", &[("token", tokens.refresh())]).await.expect(200);
    assert_eq!(world.introspect(new.access()).await["active"], false);
    assert_error(&by_my_app(&world, tokens.access(), "library-api").await, 400, "invalid_request");
    let tokens = world.tokens().await;
    app.clock.advance(3_600);
    assert_error(&by_my_app(&world, tokens.access(), "library-api").await, 400, "invalid_request");
});

both!(a_disabled_user_or_target_ends_it, |app| async move {
    let mut world = open(&app).await;
    let tokens = world.tokens().await;
    world.change(|library| library.application("museum", &json!({ "disabled": true }))).await;
    assert_error(&by_my_app(&world, tokens.access(), "museum").await, 400, "invalid_target");
    let new = Tokens::of(by_my_app(&world, tokens.access(), "library-api").await);
    set_user(&world, "john", true).await;
    assert_eq!(by_my_app(&world, tokens.access(), "library-api").await.status, 400);
    assert_eq!(world.introspect(new.access()).await["active"], false);
});

both!(the_request_is_looked_at, |app| async move {
    let world = open(&app).await;
    let tokens = world.tokens().await;
    let token = tokens.access();
    let base = [("grant_type", GRANT), ("audience", "library-api")];
    let id_token = "urn:ietf:params:oauth:token-type:id_token";
    for fields in [
        &[("subject_token", token)][..],
        &[("subject_token_type", ACCESS_TOKEN)],
        &[("subject_token", token), ("subject_token_type", id_token)],
        &[("subject_token", token), ("subject_token_type", ACCESS_TOKEN), ("requested_token_type", id_token)],
        &[("subject_token", token), ("subject_token_type", ACCESS_TOKEN), ("actor_token", token)],
        &[("subject_token", token), ("subject_token", token), ("subject_token_type", ACCESS_TOKEN)],
    ] {
        assert_error(&world.token(&[&base[..], fields].concat()).await, 400, "invalid_request");
    }
});

both!(a_bound_token_is_exchanged_by_its_holder_only, |app| async move {
    let world = open(&app).await;
    let (holder, thief) = (Signer::new(1), Signer::new(2));
    let url = format!("{}/connect/token", world.issuer());
    let post = |proof: Option<String>, fields: Vec<(String, String)>| {
        let world = world.clone();
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let request = crate::support::app::form(&world.path("/connect/token"));
            let request = proof.into_iter().fold(request, |request, proof| request.header("dpop", proof));
            let body = axum::body::Body::from(crate::support::app::encode(&fields));
            world.app.send(request.body(body).expect("a request")).await
        }
    };
    let own = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        let all = [&[("client_id", "my-app"), ("client_secret", SECRET)], fields].concat();
        all.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    };
    let code = world.code(&super::ask::Ask::of("my-app")).await;
    let redemption = own(&super::world::redemption(&code));
    let tokens = Tokens::of(post(Some(holder.proof("POST", &url, "1", &json!({}))), redemption).await);
    let exchange = || {
        own(&[
            ("grant_type", GRANT),
            ("subject_token", tokens.access()),
            ("subject_token_type", ACCESS_TOKEN),
            ("audience", "library-api"),
        ])
    };
    assert_error(&post(None, exchange()).await, 400, "invalid_dpop_proof");
    let thiefs = thief.proof("POST", &url, "2", &json!({}));
    assert_error(&post(Some(thiefs), exchange()).await, 400, "invalid_dpop_proof");
    let new = Tokens::of(post(Some(holder.proof("POST", &url, "3", &json!({}))), exchange()).await);
    assert_eq!(payload(new.access())["cnf"]["jkt"], holder.thumbprint());
});

both!(towards_connect_the_exposing_applications_secret_signs, |app| async move {
    let connect = json!({ "dialect": "connect" });
    let world =
        World::with(&app, |library| library.application("my-app", &may(&["museum"])).application("museum", &connect))
            .await;
    let tokens = world.tokens().await;
    let new = Tokens::of(by_my_app(&world, tokens.access(), "museum").await);
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::HS256);
    (validation.validate_exp, validation.validate_aud) = (false, false);
    let read = |secret: &str| {
        let key = jsonwebtoken::DecodingKey::from_secret(secret.as_bytes());
        jsonwebtoken::decode::<Value>(new.access(), &key, &validation).map(|data| data.claims)
    };
    let claims = read(MUSEUM_SECRET).expect("signed with the secret of museum");
    let sub = payload(tokens.access())["sub"].clone();
    assert_eq!((&claims["act"], &claims["sub"]), (&json!({ "sub": "my-app" }), &sub));
    assert_eq!(claims.as_object().expect("an object").len(), 4, "exp, iss, sub and act: {claims}");
    assert!(read(SECRET).is_err());
    // The secret is in the database, but cannot be read there.
    let id = world.application_id("museum").await;
    let mut conn = app.ctx.read().await.expect("a connection");
    let owner = store::secrets::Owner::Application(&id);
    let sealed = store::secrets::list(&mut conn, owner).await.expect("asked").remove(0).sealed.expect("sealed");
    assert!(!sealed.contains(MUSEUM_SECRET));
    let mine = world.application_id("my-app").await;
    let owner = store::secrets::Owner::Application(&mine);
    assert_eq!(store::secrets::list(&mut conn, owner).await.expect("asked").remove(0).sealed, None);
});

both!(a_secret_of_before_the_dialect_cannot_sign, |app| async move {
    let mut world = open(&app).await;
    world.change(|library| library.application("museum", &json!({ "dialect": "connect" }))).await;
    let tokens = world.tokens().await;
    assert_error(&by_my_app(&world, tokens.access(), "museum").await, 400, "invalid_target");
});

both!(in_grantid_the_new_token_has_its_shape, |app| async move {
    let grantid = json!({ "dialect": "grantid" });
    let world = World::with(&app, |library| {
        library.application("my-app", &may(&["library-api"])).application("my-app", &grantid)
    })
    .await;
    let tokens = world.tokens().await;
    let new = Tokens::of(by_my_app(&world, tokens.access(), "library-api").await);
    let claims = payload(new.access());
    assert_eq!((&claims["act"]["sub"], &claims["scope"]), (&json!("my-app"), &json!(["books"])));
    let told = world.post_basic("/connect/introspect", ("library-api", API_SECRET), &[("token", new.access())]).await;
    assert_eq!(told.expect(200).json()["act"]["sub"], "my-app");
});
