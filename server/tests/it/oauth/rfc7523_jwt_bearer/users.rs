//! For whom an assertion is good, and for what.

use axum::body::Body;
use serde_json::json;

use super::super::disabling::set_user;
use super::super::library::{MUSEUM_SECRET, SECRET};
use super::super::signer::Signer;
use super::super::world::{Tokens, World, assert_error, payload};
use super::{GRANT, allowed, ask, ask_for, assertion, by, open, trusting};
use crate::support::app::{encode as fields_of, form};

both!(whoever_it_is_that_may_not_sounds_the_same, |app| async move {
    let world = by(&app, "email").await;
    // The address of `mary` was never proved.
    let unknown = ask(&world, &assertion(&world, "a", &json!({ "sub": "nobody@email.com" }))).await;
    assert_error(&unknown, 400, "invalid_grant");
    let named = |id: &'static str, sub: &'static str| assertion(&world, id, &json!({ "sub": sub }));
    assert_eq!(ask(&world, &named("b", "mary@email.com")).await.body, unknown.body);
    // A name of another kind is nobody's, either.
    assert_eq!(ask(&world, &named("c", "john")).await.body, unknown.body);
    let tokens = Tokens::of(ask(&world, &named("d", "john.doe@email.com")).await);
    set_user(&world, "john", true).await;
    assert_eq!(ask(&world, &named("e", "john.doe@email.com")).await.body, unknown.body);
    // What came before ends with the user.
    world.assert_alive(tokens.access(), false).await;
});

both!(nobody_can_be_asked_here, |app| async move {
    let trusted = trusting(&json!({ "subject": "username", "applications": ["my-app", "museum"] }));
    let consent = json!({ "require_consent": true, "grant_types": [GRANT] });
    let required = json!({ "required_claims": [{ "claim": "library_card" }], "grant_types": [GRANT] });
    let world = World::with(&app, |library| {
        library.subscription(&trusted).application("my-app", &consent).application("museum", &required)
    })
    .await;
    assert_error(&ask(&world, &assertion(&world, "a", &json!({}))).await, 400, "invalid_grant");
    let museum = async |id: &str, name: &str| {
        let assertion = assertion(&world, id, &json!({ "sub": name }));
        let fields = [("grant_type", GRANT), ("assertion", assertion.as_str()), ("scope", "openid")];
        world.post_basic("/connect/token", ("museum", MUSEUM_SECRET), &fields).await
    };
    museum("b", "john").await.expect(200);
    let reply = museum("c", "mary").await;
    assert_error(&reply, 400, "invalid_grant");
    assert!(reply.body.contains("library_card"), "{}", reply.body);
});

both!(an_identifier_is_the_public_one, |app| async move {
    let trusted = trusting(&json!({ "subject": "identifier" }));
    let mut pairwise = allowed();
    pairwise["subject_type"] = json!("pairwise");
    pairwise["access_token_format"] = json!("reference");
    let world = World::with(&app, |library| library.subscription(&trusted).application("my-app", &pairwise)).await;
    let id = world.user_id("john").await;
    let tokens = Tokens::of(ask(&world, &assertion(&world, "a", &json!({ "sub": id }))).await);
    let own = world.userinfo(tokens.access()).await.expect(200).json()["sub"].as_str().expect("a sub").to_owned();
    assert_ne!(own, id);
    assert_error(&ask(&world, &assertion(&world, "b", &json!({ "sub": own }))).await, 400, "invalid_grant");
});

both!(it_is_for_one_api_where_one_is_named, |app| async move {
    let (library, museum) = ("https://api.library.example/v1", "https://museum.example/mcp");
    let trusted = trusting(&json!({ "subject": "username" }));
    let world = World::with(&app, |all| {
        all.subscription(&trusted)
            .application("my-app", &allowed())
            .connection("library-api", &json!({ "resource": library }))
            .connection("museum-api", &json!({ "resource": museum }))
    })
    .await;
    let fields = [("scope", "openid books museum-api"), ("resource", museum)];
    let tokens = Tokens::of(ask_for(&world, &assertion(&world, "a", &json!({})), &fields).await);
    assert_eq!((&payload(tokens.access())["aud"], &tokens.0["scope"]), (&json!(museum), &json!("openid museum-api")));
    let unknown = [("scope", "openid books"), ("resource", "https://unknown.example")];
    let reply = ask_for(&world, &assertion(&world, "b", &json!({})), &unknown).await;
    assert_error(&reply, 400, "invalid_target");
});

both!(it_gives_a_bound_token_too, |app| async move {
    let world = open(&app).await;
    let signer = Signer::new(3);
    let proof = signer.proof("POST", &format!("{}/connect/token", world.issuer()), "a", &json!({}));
    let assertion = assertion(&world, "a", &json!({}));
    let fields = [
        ("client_id", "my-app"),
        ("client_secret", SECRET),
        ("grant_type", GRANT),
        ("assertion", assertion.as_str()),
        ("scope", "openid books"),
    ];
    let request = form(&world.path("/connect/token")).header("dpop", &proof);
    let tokens = Tokens::of(app.send(request.body(Body::from(fields_of(&fields))).expect("a request")).await);
    assert_eq!(tokens.0["token_type"], "DPoP");
    assert_eq!(payload(tokens.access())["cnf"], json!({ "jkt": signer.thumbprint() }));
});
