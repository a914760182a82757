//! Software that registers itself with what a trusted issuer has signed about it (RFC 7591 section 2.3, RFC 7592).

use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, audit};

use super::library::CALLBACK;
use super::rfc7591_registration::{register, send};
use super::signer::Signer;
use super::world::{World, assert_error};
use crate::support::app::NOW;
use crate::support::party::Party;
use crate::support::{Reply, TestApp};

const DIRECTORY: &str = "https://directory.example";

/// A library where software registers so, and trusts the directory's key of number 1 or, with `keys`, those at an address.
async fn library(app: &TestApp, mode: &str, issuer: Value) -> World {
    let mut issuer = issuer;
    issuer["issuer"] = json!(DIRECTORY);
    let settings = json!({
        "client_registration": { "mode": mode, "scopes": ["openid", "profile", "books"] },
        "trusted_issuers": [issuer],
    });
    World::with(app, |library| library.subscription(&settings)).await
}

fn keys() -> Value {
    json!({ "jwks": Signer::new(1).jwks(), "software_statements": true })
}

fn statement(other: &Value) -> String {
    signed(&Signer::new(1), other)
}

/// With other values for some of its claims.
fn signed(signer: &Signer, other: &Value) -> String {
    let mut payload = json!({
        "iss": DIRECTORY, "software_id": "reading-club", "software_version": "2.1", "exp": NOW + 60,
        "client_name": "A reading club", "redirect_uris": [CALLBACK],
    });
    for (name, value) in other.as_object().expect("an object") {
        payload[name] = value.clone();
    }
    signer.sign(&json!({ "alg": "EdDSA" }), &payload)
}

/// What somebody says of themselves, with a statement beside it.
fn with(statement: &str) -> Value {
    json!({
        "software_statement": statement, "client_name": "The library itself", "redirect_uris": ["https://evil.example/cb"],
        "scope": "openid books", "client_uri": "https://club.example/",
    })
}

/// Management of what was registered.
async fn manage(world: &World, made: &Value, method: &str, body: &Value) -> Reply {
    let path = made["registration_client_uri"].as_str().expect("an address").trim_start_matches(world.app.origin());
    send(world, method, path, made["registration_access_token"].as_str(), body).await
}

/// An update with the identifier in it.
async fn replace(world: &World, made: &Value, mut body: Value) -> Reply {
    body["client_id"] = made["client_id"].clone();
    manage(world, made, "PUT", &body).await
}

both!(what_it_says_is_what_is_registered, |app| async move {
    let world = library(&app, "software_statement", keys()).await;
    let metadata = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
    assert_eq!(metadata["registration_endpoint"], format!("{}/connect/register", world.issuer()));
    let text = statement(&json!({}));
    let made = register(&world, None, &with(&text)).await.expect(201).json();
    for (name, value) in [
        ("software_statement", json!(text)),
        ("software_id", json!("reading-club")),
        ("software_version", json!("2.1")),
        ("client_name", json!("A reading club")),
        ("redirect_uris", json!([CALLBACK])),
        ("scope", json!("openid books")),
        ("client_uri", json!("https://club.example/")),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    let read = manage(&world, &made, "GET", &Value::Null).await.expect(200).json();
    assert_eq!(
        (&read["software_statement"], &read["software_id"]),
        (&made["software_statement"], &made["software_id"])
    );
    let (every, all) = (AuditFilter::default(), model::PageRequest::default());
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &every, &all);
    let row =
        log.await.expect("log").items.into_iter().find(|row| row.action == "application_registered").expect("noted");
    for (name, value) in [("software_statement", DIRECTORY), ("software_id", "reading-club")] {
        assert!(row.data.contains(&(name.to_owned(), value.to_owned())), "{:?}", row.data);
    }
});

both!(nobody_registers_without_one_where_the_rules_say_so, |app| async move {
    let world = library(&app, "software_statement", keys()).await;
    for (body, code) in [
        (Value::Null, "invalid_client_metadata"),
        (json!({ "redirect_uris": [CALLBACK] }), "unapproved_software_statement"),
        (with(""), "unapproved_software_statement"),
        (with(&statement(&json!({ "iss": "https://other.example" }))), "unapproved_software_statement"),
        (with(&statement(&json!({ "iss": world.issuer() }))), "unapproved_software_statement"),
        (with(&signed(&Signer::new(2), &json!({}))), "invalid_software_statement"),
        (with(&statement(&json!({ "exp": NOW - 3_600 }))), "invalid_software_statement"),
        (with(&statement(&json!({ "software_id": "" }))), "invalid_software_statement"),
        (with(&statement(&json!({ "redirect_uris": ["javascript:alert(1)"] }))), "invalid_redirect_uri"),
        (with(world.tokens().await.access()), "unapproved_software_statement"),
    ] {
        assert_error(&register(&world, None, &body).await, 400, code);
    }
    // One who may say who a user is does not say what software is.
    let users_only = json!({ "jwks": Signer::new(1).jwks(), "applications": ["my-app"] });
    let beside = library(&app, "open", users_only).await;
    let refused = register(&beside, None, &with(&statement(&json!({})))).await;
    assert_error(&refused, 400, "unapproved_software_statement");
});

both!(it_goes_on_to_count, |app| async move {
    let world = library(&app, "software_statement", keys()).await;
    let made = register(&world, None, &with(&statement(&json!({})))).await.expect(201).json();
    // Its end was that of bringing it.
    app.clock.advance(3_600);
    let mut left_out = with("");
    left_out["client_uri"] = json!("https://club.example/new");
    let changed = replace(&world, &made, left_out).await.expect(200).json();
    assert_eq!((&changed["redirect_uris"], &changed["client_name"]), (&json!([CALLBACK]), &json!("A reading club")));
    assert_eq!(
        (&changed["client_uri"], &changed["software_statement"]),
        (&json!("https://club.example/new"), &made["software_statement"])
    );
    // Another copy of it has to be good today.
    let expired = statement(&json!({ "client_name": "Another" }));
    assert_error(&replace(&world, &made, with(&expired)).await, 400, "invalid_software_statement");
    let other = statement(&json!({ "client_name": "Another", "exp": NOW + 7_200 }));
    let changed = replace(&world, &made, with(&other)).await.expect(200).json();
    assert_eq!((&changed["client_name"], &changed["software_statement"]), (&json!("Another"), &json!(other)));
});

both!(who_is_no_longer_trusted_changes_nothing, |app| async move {
    let mut world = library(&app, "software_statement", keys()).await;
    let made = register(&world, None, &with(&statement(&json!({})))).await.expect(201).json();
    let nobody = json!({ "client_registration": { "mode": "open" }, "trusted_issuers": [] });
    world.change(|library| library.subscription(&nobody)).await;
    let refused = replace(&world, &made, with("")).await;
    assert_error(&refused, 400, "unapproved_software_statement");
    manage(&world, &made, "GET", &Value::Null).await.expect(200);
    manage(&world, &made, "DELETE", &Value::Null).await.expect(204);
});

both!(keys_are_fetched_where_they_are_published, |app| async move {
    let (good, broken) = (Party::answering(&[]).await, Party::answering(&[500]).await);
    good.publish(&Signer::new(1).jwks());
    for (party, expected) in [(good, 201), (broken, 400)] {
        let issuer = json!({ "jwks_uri": party.url("/jwks.json"), "software_statements": true });
        let world = library(&app, "software_statement", issuer).await;
        let reply = register(&world, None, &with(&statement(&json!({})))).await.expect(expected);
        assert_eq!(reply.json().get("error").is_some(), expected == 400, "{}", reply.body);
        assert_eq!(party.received().len(), 1);
    }
});
