//! Devices without a browser (RFC 8628): what they ask for, and what became of it. For the person see
//! [`super::rfc8628_person`].

use axum::body::Body;
use serde_json::json;
use service::Actor;
use service::console::users;

use super::library::{CALLBACK, SECRET};
use super::nodes::{fifty, winner};
use super::world::{Tokens, World, assert_error};
use crate::support::app::{encode, form};
use crate::support::{Browser, Reply, Setup, TestApp};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
pub(super) const CONNECT: [(&str, &str); 1] = [("decision", "connect")];

/// The library, whose reader is a device now, and whose website may have devices too.
pub(super) async fn library(app: &TestApp) -> World {
    World::with(app, |library| {
        let reader = json!({ "type": "device", "grant_types": [GRANT, "refresh_token"], "redirect_uris": [] });
        let website = json!({ "grant_types": ["authorization_code", "refresh_token", GRANT] });
        library.application("reader", &reader).application("my-app", &website).password("john")
    })
    .await
}

/// A device that has asked for its codes.
pub(super) struct Waiting {
    pub(super) device_code: String,
    pub(super) user_code: String,
}

pub(super) async fn begin(world: &World, scope: &str) -> Waiting {
    let fields = [("client_id", "reader"), ("scope", scope)];
    let answer = world.app.post(&world.path("/connect/device_authorization"), &fields).await.expect(200).json();
    let text = |name: &str| answer[name].as_str().expect("text").to_owned();
    Waiting { device_code: text("device_code"), user_code: text("user_code") }
}

/// The device asks what became of its code.
pub(super) async fn poll(world: &World, device: &Waiting) -> Reply {
    let fields = [("grant_type", GRANT), ("client_id", "reader"), ("device_code", device.device_code.as_str())];
    world.app.post(&world.path("/connect/token"), &fields).await
}

/// A person enters a code, and goes where that leads.
pub(super) async fn enter(world: &World, browser: &mut Browser, user_code: &str) -> Reply {
    browser.submit(&world.path("/device"), &[("user_code", user_code)]).await
}

/// Submits the form of the page that is open, and follows.
pub(super) async fn submit(browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    let here = browser.here.clone();
    browser.submit(&here, fields).await
}

/// Somebody who is signed in connects the device.
pub(super) async fn connect(world: &World, username: &str, device: &Waiting) {
    let mut browser = world.signed_in(username).await;
    enter(world, &mut browser, &device.user_code).await.expect(200);
    submit(&mut browser, &CONNECT).await.expect(200);
    assert!(browser.here.ends_with("/device/connected"), "{}", browser.here);
}

pub(super) async fn kinds(world: &World) -> Vec<String> {
    let mut conn = world.app.ctx.read().await.expect("a connection");
    let (subscription, all) = (world.subscription_id().await, model::PageRequest::default());
    let page = store::events::page(&mut conn, &subscription, &all).await.expect("events");
    page.items.into_iter().map(|event| event.kind).collect()
}

async fn disable(world: &World, username: &str) {
    let (ctx, id) = (&world.app.ctx, world.user_id(username).await);
    let version = users::get(ctx, &Actor::Cli, world.slug(), &id).await.expect("a user").version;
    users::set_disabled(ctx, &Actor::Cli, world.slug(), &id, version, true).await.expect("done");
}

// The device's request (sections 3.1 and 3.2).

both!(a_device_is_told_its_codes, |app| async move {
    let world = library(&app).await;
    let path = world.path("/connect/device_authorization");
    let reply = app.post(&path, &[("client_id", "reader"), ("scope", "openid books")]).await.expect(200);
    assert!(reply.header("cache-control").contains("no-store"));
    let answer = reply.json();
    let (code, page) = (answer["user_code"].as_str().expect("a code"), format!("{}/device", world.issuer()));
    assert_eq!((&answer["verification_uri"], &answer["expires_in"]), (&json!(page), &json!(600)));
    assert_eq!(answer["verification_uri_complete"], format!("{page}?user_code={code}"));
    assert_eq!(answer["interval"], 5);
    assert!(code.len() == 9 && code.chars().all(|c| "BCDFGHJKLMNPQRSTVWXZ-".contains(c)), "{code}");
    // 256 random bits, and of both codes only the hash is kept.
    let secret = answer["device_code"].as_str().expect("a code");
    assert_eq!(secret.len(), 43);
    let mut conn = app.ctx.read().await.expect("a connection");
    let row = store::device_codes::find(&mut conn, &service::crypto::hash(secret)).await.expect("asked").expect("one");
    assert_eq!(row.user_code_hash, service::crypto::hash(&code.replace('-', "")));
    assert!(!format!("{row:?}").contains(code) && !format!("{row:?}").contains(secret));
});

async fn ask(world: &World, fields: &[(&str, &str)]) -> Reply {
    world.app.post(&world.path("/connect/device_authorization"), fields).await
}

both!(a_device_that_asks_badly_is_told_what_is_wrong, |app| async move {
    let world = library(&app).await;
    assert_error(&ask(&world, &[("scope", "openid")]).await, 401, "invalid_client");
    assert_error(&ask(&world, &[("client_id", "nobody"), ("scope", "openid")]).await, 401, "invalid_client");
    assert_error(&ask(&world, &[("client_id", "my-app"), ("scope", "openid")]).await, 401, "invalid_client");
    assert_error(&ask(&world, &[("client_id", "reader")]).await, 400, "invalid_scope");
    assert_error(&ask(&world, &[("client_id", "reader"), ("scope", "email nothing")]).await, 400, "invalid_scope");
    let twice = [("client_id", "reader"), ("scope", "openid"), ("scope", "profile")];
    assert_error(&ask(&world, &twice).await, 400, "invalid_request");
    let confidential = [("client_id", "my-app"), ("client_secret", SECRET), ("scope", "openid")];
    ask(&world, &confidential).await.expect(200);
    // The museum may not have devices.
    let museum = [("client_id", "museum"), ("client_secret", super::library::MUSEUM_SECRET), ("scope", "openid")];
    assert_error(&ask(&world, &museum).await, 400, "unauthorized_client");
    app.get(&world.path("/connect/device_authorization")).await.expect(405);
    assert!(kinds(&world).await.contains(&"device_authorization_refused".to_owned()));
});

both!(
    devices_are_limited_as_token_requests_are,
    Setup::default().with(|given| given.token_requests_per_second = Some("1".into())),
    |app| async move {
        let fields = [("client_id", "nobody"), ("scope", "openid")];
        let mut last = 401;
        for _ in 0..4 {
            last = app.post("/s/system/connect/device_authorization", &fields).await.status.as_u16();
        }
        assert_eq!(last, 429);
    }
);

both!(scripts_of_registered_origins_may_ask, |app| async move {
    let mut world = library(&app).await;
    let origins = json!({ "cors_origins": ["https://library.example"] });
    world.change(|library| library.application("my-app", &origins)).await;
    for (origin, allowed) in [("https://library.example", "https://library.example"), ("https://evil.example", "")] {
        let request = form(&world.path("/connect/device_authorization")).header("origin", origin);
        let body = Body::from(encode(&[("client_id", "reader"), ("scope", "openid")]));
        let reply = app.send(request.body(body).expect("a request")).await.expect(200);
        assert_eq!(reply.header("access-control-allow-origin"), allowed);
    }
});

// The device's questions (sections 3.4 and 3.5).

both!(who_asks_too_often_waits_longer_each_time, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    for wait in [5, 10] {
        assert_error(&poll(&world, &device).await, 400, "slow_down");
        // Another node counts along.
        app.clock.advance(wait);
        assert_error(&poll(&world.at(&app.beside().await), &device).await, 400, "slow_down");
    }
    app.clock.advance(25);
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    // Waiting is no refusal: the log would be full of it.
    assert!(!kinds(&world).await.contains(&"token_refused".to_owned()));
    connect(&world, "john", &device).await;
    poll(&world, &device).await.expect(200);
});

both!(a_code_lives_ten_minutes, |app| async move {
    let world = library(&app).await;
    let (never, late) = (begin(&world, "openid").await, begin(&world, "openid").await);
    let mut mary = world.signed_in("mary").await;
    enter(&world, &mut mary, &never.user_code).await.expect(200);
    app.clock.advance(599);
    connect(&world, "john", &late).await;
    app.clock.advance(1);
    for device in [&never, &late] {
        assert_error(&poll(&world, device).await, 400, "expired_token");
        enter(&world, &mut world.signed_in("john").await, &device.user_code).await.expect(422);
    }
    submit(&mut mary, &CONNECT).await.expect(404);
});

both!(a_device_code_belongs_to_its_application_and_subscription, |app| async move {
    let world = library(&app).await;
    let yours = world.beside("yours").await;
    let device = begin(&world, "openid books").await;
    let fields = [("grant_type", GRANT), ("device_code", device.device_code.as_str())];
    assert_error(&world.token(&fields).await, 400, "invalid_grant");
    assert_error(&poll(&yours, &device).await, 400, "invalid_grant");
    enter(&yours, &mut yours.signed_in("john").await, &device.user_code).await.expect(422);
    connect(&world, "john", &device).await;
    assert_error(&world.token(&fields).await, 400, "invalid_grant");
    assert_error(&poll(&yours, &device).await, 400, "invalid_grant");
    // None of these was a use of it.
    let tokens = Tokens::of(poll(&world, &device).await);
    assert_error(&world.token(&fields).await, 400, "invalid_grant");
    assert_error(&poll(&yours, &device).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), true).await;
    for other in super::forge::bent(&device.device_code) {
        let bent = Waiting { device_code: other, user_code: String::new() };
        assert_error(&poll(&world, &bent).await, 400, "invalid_grant");
    }
});

both!(a_second_use_kills_what_the_first_gave, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid books").await;
    connect(&world, "john", &device).await;
    let tokens = Tokens::of(poll(&world, &device).await);
    world.assert_alive(tokens.access(), true).await;
    assert_error(&poll(&world, &device).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), false).await;
});

both!(of_fifty_questions_one_gets_tokens, |app| async move {
    let world = library(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let device = begin(&world, "openid books").await;
    connect(&world, "john", &device).await;
    let code = device.device_code.clone();
    let replies = fifty(nodes, move |node| {
        let device = Waiting { device_code: code.clone(), user_code: String::new() };
        async move { poll(&node, &device).await }
    });
    let tokens = winner(replies.await);
    // The others were replays, so what the winner got is dead.
    world.assert_alive(tokens.access(), false).await;
});

/// Somebody connects a device, and agrees where that is asked.
async fn agreed(world: &World, username: &str) -> Waiting {
    let device = begin(world, "openid profile").await;
    let mut browser = world.signed_in(username).await;
    enter(world, &mut browser, &device.user_code).await.expect(200);
    submit(&mut browser, &CONNECT).await.expect(200);
    if browser.here.contains("/consent") {
        submit(&mut browser, &[("decision", "allow")]).await.expect(200);
    }
    assert!(browser.here.ends_with("/device/connected"), "{}", browser.here);
    device
}

both!(everything_is_looked_at_again, |app| async move {
    let mut world = library(&app).await;
    world.change(|library| library.application("reader", &json!({ "require_consent": true }))).await;
    // Consent taken back.
    let device = agreed(&world, "john").await;
    let (user, application) = (world.user_id("john").await, world.application_id("reader").await);
    users::withdraw_consent(&app.ctx, &Actor::Cli, world.slug(), &user, &application).await.expect("withdrawn");
    assert_error(&poll(&world, &device).await, 400, "invalid_grant");
    // A scope that it may no longer have.
    let device = agreed(&world, "john").await;
    let fewer = json!({ "allowed_identity_scopes": ["openid"] });
    world.change(|library| library.application("reader", &fewer)).await;
    assert_eq!(Tokens::of(poll(&world, &device).await).0["scope"], "openid");
    // The user, and then the application, out of use.
    let (device, other) = (agreed(&world, "mary").await, agreed(&world, "john").await);
    disable(&world, "mary").await;
    assert_error(&poll(&world, &device).await, 400, "invalid_grant");
    world.change(|library| library.application("reader", &json!({ "disabled": true }))).await;
    assert_error(&poll(&world, &other).await, 401, "invalid_client");
});

both!(scope_never_widens, |app| async move {
    let world = library(&app).await;
    // Email is nothing the reader may have.
    let device = begin(&world, "openid email").await;
    connect(&world, "john", &device).await;
    let fields = [
        ("grant_type", GRANT),
        ("client_id", "reader"),
        ("device_code", device.device_code.as_str()),
        ("scope", "openid profile books"),
    ];
    let tokens = Tokens::of(app.post(&world.path("/connect/token"), &fields).await);
    assert_eq!(tokens.0["scope"], "openid");
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "reader"),
        ("refresh_token", tokens.refresh()),
        ("scope", "openid profile"),
    ];
    assert_error(&app.post(&world.path("/connect/token"), &fields).await, 400, "invalid_scope");
});

both!(the_code_flow_is_none_of_a_device, |app| async move {
    let world = library(&app).await;
    let path = format!("/connect/authorize?response_type=code&client_id=reader&scope=openid&redirect_uri={CALLBACK}");
    let reply = world.signed_in("john").await.get(&world.path(&path)).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (400, ""));
});
