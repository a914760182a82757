//! Proofs of possession (RFC 9449).

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use oidc::digest::sha256_base64url;
use serde_json::{Value, json};

use super::ask::Ask;
use super::library::{PASSWORD, SECRET};
use super::signer::{Signer, readers_code, readers_redemption};
use super::world::{Tokens, World, assert_error, payload, redemption};
use crate::support::Reply;
use crate::support::app::{NOW, encode, form};

fn token_url(world: &World) -> String {
    format!("{}/connect/token", world.issuer())
}

async fn posted(world: &World, path: &str, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
    let request = proofs.iter().fold(form(&world.path(path)), |request, proof| request.header("dpop", *proof));
    world.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
}

async fn token(world: &World, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
    posted(world, "/connect/token", proofs, fields).await
}

/// What the public `reader` gets for `john` with a proof of a key.
async fn bound(world: &World, signer: &Signer) -> Tokens {
    let code = readers_code(world).await;
    let proof = signer.proof("POST", &token_url(world), &format!("for {code}"), &json!({}));
    Tokens::of(token(world, &[&proof], &readers_redemption(&code)).await)
}

async fn userinfo(world: &World, scheme: &str, token: &str, proof: Option<&str>) -> Reply {
    let request = Request::get(world.path("/connect/userinfo")).header(AUTHORIZATION, format!("{scheme} {token}"));
    let request = proof.into_iter().fold(request, |request, proof| request.header("dpop", proof));
    world.app.send(request.body(Body::empty()).expect("a request")).await
}

#[track_caller]
fn assert_challenged(reply: &Reply, error: &str) {
    assert_eq!(reply.status, 401, "{}", reply.body);
    let challenge = reply.header("www-authenticate");
    assert!(challenge.starts_with("DPoP ") && challenge.contains(&format!("error=\"{error}\"")), "{challenge}");
    assert!(challenge.contains("algs=\"") && challenge.contains("ES256"), "{challenge}");
}

both!(a_bound_token_says_so_and_counts_with_a_proof_only, |app| async move {
    let world = World::open(&app).await;
    let signer = Signer::new(1);
    let tokens = bound(&world, &signer).await;
    assert_eq!(tokens.0["token_type"], "DPoP");
    let confirmation = json!({ "jkt": signer.thumbprint() });
    assert_eq!(payload(tokens.access())["cnf"], confirmation);
    let told = world.introspect(tokens.access()).await;
    assert_eq!((&told["active"], &told["cnf"], &told["token_type"]), (&json!(true), &confirmation, &json!("DPoP")));

    let proof = signer.proof_for(&world, tokens.access(), "u1");
    let reply = userinfo(&world, "DPoP", tokens.access(), Some(&proof)).await.expect(200);
    assert_eq!(reply.json()["name"], "John Doe");
    assert!(!reply.header("dpop-nonce").is_empty());
    // RFC 9449 section 7.2: never as a bearer token.
    assert_challenged(&userinfo(&world, "Bearer", tokens.access(), None).await, "invalid_token");
    let again = signer.proof_for(&world, tokens.access(), "u2");
    assert_challenged(&userinfo(&world, "Bearer", tokens.access(), Some(&again)).await, "invalid_token");
    assert_challenged(&userinfo(&world, "DPoP", tokens.access(), None).await, "invalid_dpop_proof");
});

both!(a_reference_token_is_bound_as_well, |app| async move {
    let reference = json!({ "access_token_format": "reference" });
    let world = World::with(&app, |library| library.application("reader", &reference)).await;
    let signer = Signer::new(1);
    let tokens = bound(&world, &signer).await;
    assert_eq!(world.introspect(tokens.access()).await["cnf"]["jkt"], signer.thumbprint());
    assert_challenged(&userinfo(&world, "Bearer", tokens.access(), None).await, "invalid_token");
    let proof = signer.proof_for(&world, tokens.access(), "u1");
    userinfo(&world, "DPoP", tokens.access(), Some(&proof)).await.expect(200);
});

both!(a_token_of_no_key_needs_no_proof, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    assert_eq!(tokens.0["token_type"], "Bearer");
    let proof = Signer::new(1).proof_for(&world, tokens.access(), "u1");
    assert_challenged(&userinfo(&world, "DPoP", tokens.access(), Some(&proof)).await, "invalid_token");
    world.userinfo(tokens.access()).await.expect(200);
});

both!(every_part_of_a_proof_is_looked_at, |app| async move {
    let world = World::open(&app).await;
    let signer = Signer::new(1);
    let tokens = bound(&world, &signer).await;
    let url = format!("{}/connect/userinfo", world.issuer());
    let hash = sha256_base64url(tokens.access().as_bytes());
    let with = |other: &Value| {
        let mut claims = json!({ "ath": hash });
        for (name, value) in other.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        signer.proof("GET", &url, "p", &claims)
    };
    let claims = json!({ "htm": "GET", "htu": url, "jti": "p", "iat": NOW, "ath": hash });
    let head = |other: &Value| {
        let mut header = json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": signer.jwk() });
        for (name, value) in other.as_object().expect("an object") {
            header[name] = value.clone();
        }
        signer.sign(&header, &claims)
    };
    let mut private = signer.jwk();
    private["d"] = json!("AAAA");
    let wrong = [
        with(&json!({ "htm": "POST" })),
        with(&json!({ "htm": "get" })),
        with(&json!({ "htu": token_url(&world) })),
        with(&json!({ "htu": "https://other.example/connect/userinfo" })),
        with(&json!({ "htu": 1 })),
        with(&json!({ "iat": NOW - 120 })),
        with(&json!({ "iat": NOW + 61 })),
        with(&json!({ "iat": NOW.to_string() })),
        with(&json!({ "iat": null })),
        with(&json!({ "jti": "" })),
        with(&json!({ "jti": null })),
        with(&json!({ "ath": sha256_base64url(b"another token") })),
        with(&json!({ "ath": null })),
        head(&json!({ "typ": "JWT" })),
        head(&json!({ "typ": null })),
        head(&json!({ "alg": "HS256" })),
        head(&json!({ "alg": "none" })),
        head(&json!({ "alg": "ES256" })),
        head(&json!({ "jwk": Signer::new(2).jwk() })),
        head(&json!({ "jwk": private })),
        head(&json!({ "jwk": null })),
        head(&json!({ "jwk": { "kty": "oct", "k": "AAAA" } })),
        Signer::new(2).proof_for(&world, tokens.access(), "p"),
        "nonsense".to_owned(),
        String::new(),
    ];
    for proof in &wrong {
        assert_challenged(&userinfo(&world, "DPoP", tokens.access(), Some(proof)).await, "invalid_dpop_proof");
    }
    // None of them has used up the id of the good one; query and fragment count for nothing.
    let good = with(&json!({ "htu": format!("{url}?a=b#c") }));
    userinfo(&world, "DPoP", tokens.access(), Some(&good)).await.expect(200);
});

both!(a_proof_counts_once_at_all_nodes, |app| async move {
    let world = World::open(&app).await;
    let other = world.at(&app.beside().await);
    let signer = Signer::new(1);
    let tokens = bound(&world, &signer).await;
    let once = signer.proof_for(&world, tokens.access(), "once");
    userinfo(&world, "DPoP", tokens.access(), Some(&once)).await.expect(200);
    for node in [&world, &other] {
        assert_challenged(&userinfo(node, "DPoP", tokens.access(), Some(&once)).await, "invalid_dpop_proof");
    }
    let grant = [("client_id", "my-app"), ("client_secret", SECRET), ("grant_type", "client_credentials")];
    let proof = signer.proof("POST", &token_url(&world), "once", &json!({}));
    token(&world, &[&proof], &grant).await.expect(200);
    assert_error(&token(&other, &[&proof], &grant).await, 400, "invalid_dpop_proof");
    let two = [1, 2].map(|n| signer.proof("POST", &token_url(&world), &format!("two {n}"), &json!({})));
    assert_error(&token(&world, &[&two[0], &two[1]], &grant).await, 400, "invalid_dpop_proof");
});

both!(an_application_can_be_made_to_prove, |app| async move {
    let bound = json!({ "dpop_bound_access_tokens": true });
    let world = World::with(&app, |library| library.application("my-app", &bound)).await;
    let code = world.code(&Ask::of("my-app")).await;
    assert_error(&world.redeem(&code).await, 400, "invalid_dpop_proof");
    // The code is as good as before.
    let own = [("client_id", "my-app"), ("client_secret", SECRET)];
    let proof = Signer::new(1).proof("POST", &token_url(&world), "a", &json!({}));
    let tokens = Tokens::of(token(&world, &[&proof], &[&own[..], &redemption(&code)].concat()).await);
    assert_eq!(tokens.0["token_type"], "DPoP");
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_dpop_proof");
});

both!(a_refresh_token_is_bound_where_there_is_no_secret, |app| async move {
    let world = World::open(&app).await;
    let (own, other) = (Signer::new(1), Signer::new(2));
    let tokens = bound(&world, &own).await;
    let fields = [("client_id", "reader"), ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    assert_error(&token(&world, &[], &fields).await, 400, "invalid_dpop_proof");
    let strangers = other.proof("POST", &token_url(&world), "s", &json!({}));
    assert_error(&token(&world, &[&strangers], &fields).await, 400, "invalid_dpop_proof");
    let proof = own.proof("POST", &token_url(&world), "r1", &json!({}));
    let next = Tokens::of(token(&world, &[&proof], &fields).await);
    assert_eq!(payload(next.access())["cnf"]["jkt"], own.thumbprint());
    // It stays bound.
    let fields = [("client_id", "reader"), ("grant_type", "refresh_token"), ("refresh_token", next.refresh())];
    assert_error(&token(&world, &[], &fields).await, 400, "invalid_dpop_proof");
    // One that keeps a secret is known by it, and may take another key (section 5).
    let code = world.code(&Ask::of("my-app")).await;
    let secret = [("client_id", "my-app"), ("client_secret", SECRET)];
    let proof = own.proof("POST", &token_url(&world), "c1", &json!({}));
    let tokens = Tokens::of(token(&world, &[&proof], &[&secret[..], &redemption(&code)].concat()).await);
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    let proof = other.proof("POST", &token_url(&world), "c2", &json!({}));
    let next = Tokens::of(token(&world, &[&proof], &[&secret[..], &refresh].concat()).await);
    assert_eq!(payload(next.access())["cnf"]["jkt"], other.thumbprint());
});

both!(a_password_gives_a_bound_token_too, |app| async move {
    let grants = json!({ "grant_types": ["password", "authorization_code", "refresh_token"] });
    let world = World::with(&app, |library| library.password("john").application("my-app", &grants)).await;
    let signer = Signer::new(1);
    let proof = signer.proof("POST", &token_url(&world), "a", &json!({}));
    let fields = [
        ("client_id", "my-app"),
        ("client_secret", SECRET),
        ("grant_type", "password"),
        ("username", "john"),
        ("password", PASSWORD),
        ("scope", "openid books"),
    ];
    let tokens = Tokens::of(token(&world, &[&proof], &fields).await);
    assert_eq!(tokens.0["token_type"], "DPoP");
    assert_eq!(payload(tokens.access())["cnf"], json!({ "jkt": signer.thumbprint() }));
    assert_error(&token(&world, &[&proof], &fields).await, 400, "invalid_dpop_proof");
});

both!(a_bad_proof_stands_in_the_log, |app| async move {
    let world = World::open(&app).await;
    let grant = [("client_id", "my-app"), ("client_secret", SECRET), ("grant_type", "client_credentials")];
    let stale = Signer::new(1).proof("POST", &token_url(&world), "a", &json!({ "iat": NOW - 600 }));
    assert_error(&token(&world, &[&stale], &grant).await, 400, "invalid_dpop_proof");
    let mut conn = app.ctx.read().await.expect("a connection");
    let (id, all) = (world.subscription_id().await, model::PageRequest::default());
    let events = store::events::page(&mut conn, &id, &all).await.expect("events").items;
    let refused = events.iter().find(|event| event.kind == "token_refused").expect("a refusal");
    let data: Value = refused.data.decode().expect("JSON");
    assert_eq!((&data["error"], &data["client_id"]), (&json!("invalid_dpop_proof"), &json!("my-app")));
});

both!(a_code_can_be_for_one_key, |app| async move {
    let world = World::open(&app).await;
    let (own, other) = (Signer::new(1), Signer::new(2));
    let code = world.code(&Ask::of("reader").with("dpop_jkt", &own.thumbprint())).await;
    let fields = readers_redemption(&code);
    assert_error(&token(&world, &[], &fields).await, 400, "invalid_dpop_proof");
    let strangers = other.proof("POST", &token_url(&world), "s", &json!({}));
    assert_error(&token(&world, &[&strangers], &fields).await, 400, "invalid_dpop_proof");
    let proof = own.proof("POST", &token_url(&world), "o", &json!({}));
    token(&world, &[&proof], &fields).await.expect(200);
    let mut john = world.signed_in("john").await;
    let answer = world.ask(&mut john, &Ask::of("reader").with("dpop_jkt", "short")).await;
    assert_eq!(answer.get("error"), "invalid_request");
});

both!(a_nonce_is_asked_for_and_is_ours, |app| async move {
    let nonces = json!({ "dpop_bound_access_tokens": true, "require_dpop_nonce": true });
    let world = World::with(&app, |library| library.application("reader", &nonces)).await;
    let beside = world.beside("other").await;
    let signer = Signer::new(1);
    let url = token_url(&world);
    let code = readers_code(&world).await;
    let asked = token(&world, &[&signer.proof("POST", &url, "1", &json!({}))], &readers_redemption(&code)).await;
    assert_error(&asked, 400, "use_dpop_nonce");
    let nonce = asked.header("dpop-nonce").to_owned();
    let proof = signer.proof("POST", &token_url(&beside), "2", &json!({}));
    let strangers = token(&beside, &[&proof], &[("client_id", "reader")]).await.header("dpop-nonce").to_owned();
    for (id, wrong) in [("3", "made-up"), ("4", strangers.as_str())] {
        let proof = signer.proof("POST", &url, id, &json!({ "nonce": wrong }));
        assert_error(&token(&world, &[&proof], &readers_redemption(&code)).await, 400, "use_dpop_nonce");
    }
    let proof = signer.proof("POST", &url, "5", &json!({ "nonce": nonce }));
    let tokens = Tokens::of(token(&world, &[&proof], &readers_redemption(&code)).await);
    // At UserInfo, too.
    let bare = userinfo(&world, "DPoP", tokens.access(), Some(&signer.proof_for(&world, tokens.access(), "6"))).await;
    assert_challenged(&bare, "use_dpop_nonce");
    let hash = sha256_base64url(tokens.access().as_bytes());
    let userinfo_url = format!("{}/connect/userinfo", world.issuer());
    let fresh = bare.header("dpop-nonce");
    let proof = signer.proof("GET", &userinfo_url, "7", &json!({ "ath": hash, "nonce": fresh }));
    userinfo(&world, "DPoP", tokens.access(), Some(&proof)).await.expect(200);
    // It is good for a few minutes.
    app.clock.advance(301);
    let late = json!({ "ath": hash, "nonce": fresh, "iat": NOW + 301 });
    let proof = signer.proof("GET", &userinfo_url, "8", &late);
    assert_challenged(&userinfo(&world, "DPoP", tokens.access(), Some(&proof)).await, "use_dpop_nonce");
});
