//! Management of registered applications (RFC 7592).

use serde_json::{Value, json};
use service::Actor;
use service::console::applications;

use super::library::CALLBACK;
use super::rfc7591_registration::{library, register, send, website};
use super::world::{World, assert_error};
use crate::support::Reply;

/// A registered application.
struct Own {
    made: Value,
    path: String,
}

impl Own {
    async fn of(world: &World, body: &Value) -> Self {
        let made = register(world, None, body).await.expect(201).json();
        let path = made["registration_client_uri"].as_str().expect("an address");
        Self { path: path.trim_start_matches(world.app.origin()).to_owned(), made: made.clone() }
    }

    fn token(&self) -> &str {
        self.made["registration_access_token"].as_str().expect("a token")
    }

    fn client_id(&self) -> &str {
        self.made["client_id"].as_str().expect("an identifier")
    }

    async fn send(&self, world: &World, method: &str, body: &Value) -> Reply {
        send(world, method, &self.path, Some(self.token()), body).await
    }

    /// Metadata as an update sends them.
    fn with(&self, values: &[(&str, Value)]) -> Value {
        let mut body = website();
        body["client_id"] = json!(self.client_id());
        for (name, value) in values {
            body[*name] = value.clone();
        }
        body
    }
}

both!(what_is_registered_is_read, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    let mut expected = own.made.clone();
    // It is kept as a hash.
    let fields = expected.as_object_mut().expect("an object");
    fields.remove("client_secret");
    fields.remove("client_secret_expires_at");
    let reply = own.send(&world, "GET", &Value::Null).await.expect(200);
    assert_eq!(reply.json(), expected);
    assert!(reply.header("cache-control").contains("no-store"));
});

both!(only_its_own_token_counts, |app| async move {
    let world = library(&app, "open").await;
    let beside = world.beside("other").await;
    let (own, other) = (Own::of(&world, &website()).await, Own::of(&world, &website()).await);
    let elsewhere = Own::of(&beside, &website()).await;
    for method in ["GET", "PUT", "DELETE"] {
        let body = own.with(&[]);
        for token in ["wrong", other.token(), elsewhere.token(), world.tokens().await.access()] {
            let reply = send(&world, method, &own.path, Some(token), &body).await;
            assert_error(&reply, 401, "invalid_token");
        }
        send(&world, method, &own.path, None, &body).await.expect(401);
        // Neither at another subscription's address, nor for one that an administrator made, nor for none.
        for path in [
            own.path.replace("/s/mysub/", "/s/other/"),
            world.path("/connect/register/my-app"),
            world.path("/connect/register/absent"),
        ] {
            assert_error(&send(&world, method, &path, Some(own.token()), &body).await, 401, "invalid_token");
        }
    }
    own.send(&world, "GET", &Value::Null).await.expect(200);
});

both!(an_update_replaces_what_was_there, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &{
        let mut body = website();
        body["post_logout_redirect_uris"] = json!(["https://library.example/bye"]);
        body["require_pushed_authorization_requests"] = json!(true);
        body
    })
    .await;
    let uris = json!(["https://library.example/other"]);
    let body = own.with(&[("client_name", json!("Another name")), ("redirect_uris", uris.clone())]);
    let changed = own.send(&world, "PUT", &body).await.expect(200).json();
    assert_eq!((&changed["client_id"], &changed["client_name"]), (&own.made["client_id"], &json!("Another name")));
    assert_eq!(changed["redirect_uris"], uris);
    // What is left out is gone.
    assert!(changed.get("post_logout_redirect_uris").is_none());
    assert_eq!(changed["require_pushed_authorization_requests"], false);
    // Neither the secret nor the token is another one.
    assert!(changed.get("client_secret").is_none());
    assert_eq!(changed["registration_access_token"], own.made["registration_access_token"]);
    assert_eq!(own.send(&world, "GET", &Value::Null).await.expect(200).json(), changed);
});

both!(an_update_names_itself_and_changes_no_secret, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    for (name, value) in [
        ("client_id", json!("another")),
        ("client_id", Value::Null),
        ("client_secret", json!("a-secret-of-its-own-choice-of-many-bytes")),
        ("registration_access_token", json!(own.token())),
        ("registration_client_uri", own.made["registration_client_uri"].clone()),
        ("client_secret_expires_at", json!(0)),
        ("client_id_issued_at", json!(1)),
        ("token_endpoint_auth_method", json!("none")),
        ("application_type", json!("native")),
    ] {
        let reply = own.send(&world, "PUT", &own.with(&[(name, value)])).await;
        assert_error(&reply, 400, "invalid_client_metadata");
    }
    let same = own.with(&[("client_secret", own.made["client_secret"].clone())]);
    own.send(&world, "PUT", &same).await.expect(200);
    let bad = own.with(&[("redirect_uris", json!(["http://evil.example/"]))]);
    assert_error(&own.send(&world, "PUT", &bad).await, 400, "invalid_redirect_uri");
    assert_eq!(own.send(&world, "GET", &Value::Null).await.expect(200).json()["redirect_uris"], json!([CALLBACK]));
});

both!(an_update_gets_no_more_scopes_than_the_rules_and_administrators_gave, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    let (ctx, cli) = (&app.ctx, &Actor::Cli);
    let id = world.application_id(own.client_id()).await;
    let stored = applications::get(ctx, cli, world.slug(), &id).await.expect("one").stored;
    let mut spec = stored.spec;
    spec.allowed_api_scopes.push("museum-api".to_owned());
    spec.require_consent = false;
    applications::update(ctx, cli, world.slug(), &id, stored.version, spec).await.expect("changed");
    let body = own.with(&[("scope", json!("openid museum-api library"))]);
    assert_eq!(own.send(&world, "PUT", &body).await.expect(200).json()["scope"], "openid museum-api");
    let now = applications::get(ctx, cli, world.slug(), &id).await.expect("one").stored.spec;
    assert!(!now.require_consent, "administrators' settings stay");
});

both!(who_moves_from_a_key_to_a_secret_gets_one, |app| async move {
    let world = library(&app, "open").await;
    let mut keyed = website();
    keyed["token_endpoint_auth_method"] = json!("private_key_jwt");
    keyed["jwks_uri"] = json!("https://library.example/jwks.json");
    let own = Own::of(&world, &keyed).await;
    assert!(own.made.get("client_secret").is_none());
    let changed = own.send(&world, "PUT", &own.with(&[])).await.expect(200).json();
    assert!(changed["client_secret"].as_str().is_some_and(|secret| secret.len() >= 43));
    assert_eq!(changed["client_secret_expires_at"], 0);
});

both!(what_is_deleted_is_gone_with_its_token, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    let reply = own.send(&world, "DELETE", &Value::Null).await.expect(204);
    assert!(reply.body.is_empty());
    assert!(world.snapshot().await.tenant.application(own.client_id()).is_none());
    for method in ["GET", "PUT", "DELETE"] {
        assert_error(&own.send(&world, method, &own.with(&[])).await, 401, "invalid_token");
    }
});

both!(one_that_is_out_of_use_manages_nothing, |app| async move {
    let world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    let (ctx, cli) = (&app.ctx, &Actor::Cli);
    let id = world.application_id(own.client_id()).await;
    let version = applications::get(ctx, cli, world.slug(), &id).await.expect("one").stored.version;
    applications::set_disabled(ctx, cli, world.slug(), &id, version, true).await.expect("disabled");
    for method in ["GET", "PUT", "DELETE"] {
        own.send(&world, method, &own.with(&[])).await.expect(403);
    }
});

both!(where_it_is_off_nothing_is_managed, |app| async move {
    let mut world = library(&app, "open").await;
    let own = Own::of(&world, &website()).await;
    let off = json!({ "client_registration": { "mode": "off" } });
    world.change(|library| library.subscription(&off)).await;
    for method in ["GET", "PUT", "DELETE"] {
        own.send(&world, method, &own.with(&[])).await.expect(404);
    }
});
