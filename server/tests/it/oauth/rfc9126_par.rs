//! Pushed authorization requests (RFC 9126).

use serde_json::json;
use tokio::task::JoinSet;

use super::ask::{Answer, Ask};
use super::library::{MUSEUM_SECRET, PASSWORD, SECRET};
use super::signer::Signer;
use super::world::{World, assert_error, redemption};
use crate::support::Reply;
use crate::support::app::encode;

const PAR: &str = "/connect/par";

async fn push(world: &World, ask: &Ask) -> Reply {
    let fields = ask.fields();
    world.app.post(&world.path(PAR), &[&fields[..], &[("client_secret", SECRET)]].concat()).await
}

async fn pushed(world: &World, ask: &Ask) -> String {
    let reply = push(world, ask).await.expect(201);
    assert!(reply.header("cache-control").contains("no-store"));
    let (uri, seconds) = (reply.json()["request_uri"].clone(), reply.json()["expires_in"].clone());
    assert_eq!(seconds, 90);
    let uri = uri.as_str().expect("a request_uri").to_owned();
    let random = uri.strip_prefix("urn:ietf:params:oauth:request_uri:").expect("of the form of section 2.2");
    assert!(random.len() >= 43, "{random}");
    uri
}

/// Path and query of what the browser brings.
fn bring(world: &World, client_id: &str, uri: &str) -> String {
    world.path(&format!("/connect/authorize?{}", encode(&[("client_id", client_id), ("request_uri", uri)])))
}

#[track_caller]
fn assert_page(reply: &Reply) {
    assert_eq!(reply.status, 400, "{}", reply.header("location"));
    assert!(reply.body.contains("begin anew"), "{}", reply.body);
}

both!(what_was_pushed_is_what_counts, |app| async move {
    let world = World::open(&app).await;
    let uri = pushed(&world, &Ask::of("my-app").with("scope", "openid books")).await;
    let mut john = world.signed_in("john").await;
    // What the browser adds or changes is nothing (section 4).
    let more =
        encode(&[("scope", "openid email library"), ("state", "mine"), ("redirect_uri", "https://evil.example/")]);
    let answer = Answer::of(&john.get(&format!("{}&{more}", bring(&world, "my-app", &uri))).await);
    assert_eq!(answer.get("state"), "the state");
    let tokens = world.token(&redemption(&answer.code())).await.expect(200).json();
    assert_eq!(tokens["scope"], "openid books");
});

both!(a_pushed_request_counts_once_and_for_a_while, |app| async move {
    let world = World::open(&app).await;
    let mut john = world.signed_in("john").await;
    let uri = pushed(&world, &Ask::of("my-app")).await;
    Answer::of(&john.get(&bring(&world, "my-app", &uri)).await).code();
    assert_page(&john.get(&bring(&world, "my-app", &uri)).await);
    let late = pushed(&world, &Ask::of("my-app")).await;
    app.clock.advance(90);
    assert_page(&john.get(&bring(&world, "my-app", &late)).await);
    for unknown in ["urn:ietf:params:oauth:request_uri:", "urn:ietf:params:oauth:request_uri:abc"] {
        let reply = john.get(&bring(&world, "my-app", unknown)).await;
        assert!(reply.status == 400 || Answer::of(&reply).get("error") == "request_uri_not_supported");
    }
});

both!(of_ten_uses_at_once_one_counts, |app| async move {
    let world = World::open(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let uri = pushed(&world, &Ask::of("my-app")).await;
    let mut running = JoinSet::new();
    for n in 0..10 {
        let (mut john, path) = (nodes[n % 2].signed_in("john").await, bring(&world, "my-app", &uri));
        running.spawn(async move { john.get(&path).await });
    }
    let replies = running.join_all().await;
    assert_eq!(replies.iter().filter(|reply| reply.header("location").contains("code=")).count(), 1);
    assert!(replies.iter().all(|reply| [303, 400, 404].contains(&reply.status.as_u16())));
});

both!(bringing_one_again_begins_anew_until_it_is_answered, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let uri = pushed(&world, &Ask::of("my-app")).await;
    let path = bring(&world, "my-app", &uri);
    // A preview of the link, a page that is opened twice.
    app.get(&path).await.expect(303);
    let (mut first, mut second) = (app.browser(), app.browser());
    let mut pages = Vec::new();
    for browser in [&mut first, &mut second] {
        browser.open(&path).await.expect(200);
        pages.push(browser.here.clone());
    }
    // A person may take longer than the name of the request counts.
    app.clock.advance(600);
    let credentials = [("username", "john"), ("password", PASSWORD)];
    let answered = first.submit(&pages[0], &credentials).await;
    Answer::of(&answered).code();
    assert_page(&first.get(&path).await);
    // The other one leads nowhere now, and says so.
    second.submit(&pages[1], &credentials).await.expect(404);
});

both!(a_refusal_uses_it_up_too, |app| async move {
    let world = World::open(&app).await;
    let uri = pushed(&world, &Ask::of("my-app").with("prompt", "none")).await;
    assert_eq!(Answer::of(&app.get(&bring(&world, "my-app", &uri)).await).get("error"), "login_required");
    assert_page(&app.get(&bring(&world, "my-app", &uri)).await);
});

both!(it_is_its_applications_and_its_subscriptions, |app| async move {
    let world = World::open(&app).await;
    let beside = world.beside("other").await;
    let mut john = world.signed_in("john").await;
    let uri = pushed(&world, &Ask::of("my-app")).await;
    for (world, client_id) in [(&world, "museum"), (&world, "absent"), (&beside, "my-app")] {
        assert_page(&john.get(&bring(world, client_id, &uri)).await);
    }
    let nameless = world.path(&format!("/connect/authorize?{}", encode(&[("request_uri", &uri)])));
    assert_page(&john.get(&nameless).await);
    // None of these has used it up.
    Answer::of(&john.get(&bring(&world, "my-app", &uri)).await).code();
});

both!(who_pushes_proves_who_it_is, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app");
    let fields = ask.fields();
    assert_error(&app.post(&world.path(PAR), &fields).await, 401, "invalid_client");
    let wrong = [&fields[..], &[("client_secret", MUSEUM_SECRET)]].concat();
    assert_error(&app.post(&world.path(PAR), &wrong).await, 401, "invalid_client");
    world.post_basic(PAR, ("my-app", SECRET), &fields).await.expect(201);
    let museums = world.post_basic(PAR, ("museum", MUSEUM_SECRET), &fields).await;
    assert_error(&museums, 400, "invalid_request");
    // One without a secret names itself.
    app.post(&world.path(PAR), &Ask::of("reader").fields()).await.expect(201);
});

both!(what_is_wrong_is_told_at_once, |app| async move {
    let world = World::open(&app).await;
    let ask = || Ask::of("my-app");
    for (ask, code) in [
        (ask().with("redirect_uri", "https://evil.example/"), "invalid_request"),
        (ask().with("response_type", "token"), "unsupported_response_type"),
        (ask().with("scope", "nonsense"), "invalid_scope"),
        (ask().with("code_challenge_method", "plain"), "invalid_request"),
        (ask().with("prompt", "none login"), "invalid_request"),
        (ask().with("request_uri", "urn:ietf:params:oauth:request_uri:abc"), "invalid_request"),
        (ask().with("request", "a.b.c"), "invalid_request_object"),
        (ask().and("state", "twice"), "invalid_request"),
    ] {
        assert_error(&push(&world, &ask).await, 400, code);
    }
    let query = format!("{}?client_secret={SECRET}", world.path(PAR));
    assert_error(&app.post(&query, &ask().fields()).await, 400, "invalid_request");
    app.get(&world.path(PAR)).await.expect(405);
});

both!(an_application_can_be_made_to_push, |app| async move {
    let demanded = json!({ "require_pushed_authorization_requests": true });
    let world = World::with(&app, |library| library.application("my-app", &demanded)).await;
    let mut john = world.signed_in("john").await;
    let answer = world.ask(&mut john, &Ask::of("my-app")).await;
    assert_eq!(answer.get("error"), "invalid_request");
    let uri = pushed(&world, &Ask::of("my-app")).await;
    Answer::of(&john.get(&bring(&world, "my-app", &uri)).await).code();
    // Others go on as before.
    world.ask(&mut john, &Ask::of("museum")).await.code();
});

both!(a_proof_binds_the_code, |app| async move {
    let world = World::open(&app).await;
    let (own, url) = (Signer::new(1), format!("{}{PAR}", world.issuer()));
    let push = |proof: String, ask: Ask| {
        let (world, fields) = (world.clone(), encode(&ask.fields()));
        async move {
            let request = crate::support::app::form(&world.path(PAR)).header("dpop", proof);
            world.app.send(request.body(axum::body::Body::from(fields)).expect("a request")).await
        }
    };
    let other = Ask::of("reader").with("dpop_jkt", &Signer::new(2).thumbprint());
    assert_error(&push(own.proof("POST", &url, "a", &json!({})), other).await, 400, "invalid_dpop_proof");
    let reply = push(own.proof("POST", &url, "b", &json!({})), Ask::of("reader")).await.expect(201);
    assert!(!reply.header("dpop-nonce").is_empty());
    let uri = reply.json()["request_uri"].as_str().expect("a request_uri").to_owned();
    let code = Answer::of(&world.signed_in("john").await.get(&bring(&world, "reader", &uri)).await).code();
    let redeemed = app.post(&world.path("/connect/token"), &super::signer::readers_redemption(&code)).await;
    assert_error(&redeemed, 400, "invalid_dpop_proof");
});

both!(languages_that_were_pushed_count, |app| async move {
    let world = World::open(&app).await;
    let uri = pushed(&world, &Ask::of("my-app").with("ui_locales", "pt-BR")).await;
    let reply = app.get(&bring(&world, "my-app", &uri)).await.expect(303);
    assert!(reply.header("location").contains("ui_locales=pt-BR"), "{}", reply.header("location"));
    let uri = pushed(&world, &Ask::of("my-app")).await;
    let reply = app.get(&format!("{}&ui_locales=pt-BR", bring(&world, "my-app", &uri))).await.expect(303);
    assert!(!reply.header("location").contains("ui_locales"), "{}", reply.header("location"));
});

both!(no_secret_is_kept_with_the_request, |app| async move {
    let world = World::open(&app).await;
    let uri = pushed(&world, &Ask::of("my-app")).await;
    let handle = uri.rsplit(':').next().expect("a handle");
    let mut conn = app.ctx.read().await.expect("a connection");
    let row = store::pushed_requests::find(&mut conn, &service::crypto::hash(handle)).await.expect("asked");
    let row = row.expect("a row");
    assert!(!row.request.contains("secret") && !row.request.contains(handle), "{}", row.request);
});
