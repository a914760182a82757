//! Sign-ins that applications ask for (OpenID Connect Client-Initiated Backchannel Authentication 1.0).

use serde_json::{Value, json};
use service::Actor;
use service::console::users;

use super::library::{MUSEUM_SECRET, SECRET};
use super::nodes::{fifty, winner};
use super::rfc8628_device::{kinds, submit};
use super::world::{Tokens, World, assert_error, payload};
use crate::support::{Browser, Reply, Setup, TestApp};

const GRANT: &str = "urn:openid:params:grant-type:ciba";
pub(super) const ALLOW: [(&str, &str); 1] = [("decision", "allow")];
pub(super) const DENY: [(&str, &str); 1] = [("decision", "deny")];

/// A library whose website may ask people, with other values for some of its settings.
pub(super) async fn library(app: &TestApp, other: &Value) -> World {
    let mut website = json!({ "grant_types": ["authorization_code", "refresh_token", GRANT] });
    for (name, value) in other.as_object().expect("an object") {
        website[name] = value.clone();
    }
    World::with(app, |library| library.application("my-app", &website).password("john")).await
}

async fn open(app: &TestApp) -> World {
    library(app, &json!({})).await
}

pub(super) async fn ask_with(world: &World, fields: &[(&str, &str)]) -> Reply {
    let credentials = [("client_id", "my-app"), ("client_secret", SECRET)];
    world.app.post(&world.path("/connect/backchannel_authentication"), &[&credentials, fields].concat()).await
}

/// The website asks for John.
async fn ask(world: &World) -> String {
    let fields = [("scope", "openid profile books"), ("login_hint", "john"), ("binding_message", "W4SCT")];
    let answer = ask_with(world, &fields).await.expect(200).json();
    answer["auth_req_id"].as_str().expect("an id").to_owned()
}

pub(super) async fn poll(world: &World, auth_req_id: &str) -> Reply {
    world.token(&[("grant_type", GRANT), ("auth_req_id", auth_req_id)]).await
}

/// Somebody opens the first of their requests.
async fn look(world: &World, browser: &mut Browser) -> Reply {
    let list = browser.open(&world.path("/requests")).await.expect(200);
    let (_, rest) = list.body.split_once("/requests/open/").expect("a request");
    let (id, _) = rest.split_once('"').expect("a link");
    browser.open(&world.path(&format!("/requests/open/{id}"))).await
}

pub(super) async fn answered(world: &World, username: &str, decision: &[(&str, &str)]) -> Browser {
    let mut browser = world.signed_in(username).await;
    look(world, &mut browser).await.expect(200);
    submit(&mut browser, decision).await.expect(200);
    browser
}

both!(who_agrees_lets_the_application_sign_them_in, |app| async move {
    let world = open(&app).await;
    let metadata = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
    let endpoint = format!("{}/connect/backchannel_authentication", world.issuer());
    assert_eq!(metadata["backchannel_authentication_endpoint"], endpoint);
    assert_eq!(metadata["backchannel_token_delivery_modes_supported"], json!(["poll", "ping"]));
    let fields = [("scope", "openid profile books"), ("login_hint", "john"), ("binding_message", "W4SCT")];
    let reply = ask_with(&world, &fields).await.expect(200);
    assert!(reply.header("cache-control").contains("no-store"));
    let taken = reply.json();
    assert_eq!((&taken["expires_in"], &taken["interval"]), (&json!(600), &json!(5)));
    let id = taken["auth_req_id"].as_str().expect("an id").to_owned();
    assert_error(&poll(&world, &id).await, 400, "authorization_pending");
    let mut john = world.signed_in("john").await;
    // The account says so.
    let account = john.open(&world.path("/account")).await.expect(200);
    assert!(account.body.contains("/requests"), "{}", account.body);
    let page = look(&world, &mut john).await.expect(200);
    assert!(page.body.contains("W4SCT"), "{}", page.body);
    submit(&mut john, &ALLOW).await.expect(200);
    assert!(john.here.ends_with("/requests/allowed"), "{}", john.here);
    app.clock.advance(5);
    let tokens = Tokens::of(poll(&world, &id).await);
    let identity = payload(tokens.identity());
    assert_eq!((&identity["sub"], &identity["aud"]), (&json!(world.user_id("john").await), &json!("my-app")));
    assert!(identity["auth_time"].is_i64());
    world.userinfo(tokens.access()).await.expect(200);
    tokens.refresh();
    let kinds = kinds(&world).await;
    for kind in ["sign_in_asked", "sign_in_allowed"] {
        assert!(kinds.contains(&kind.to_owned()), "{kind}");
    }
});

both!(who_does_not_agree_lets_nobody_in, |app| async move {
    let world = open(&app).await;
    let id = ask(&world).await;
    let browser = answered(&world, "john", &DENY).await;
    assert!(browser.here.ends_with("/requests/denied"), "{}", browser.here);
    assert_error(&poll(&world, &id).await, 400, "access_denied");
    assert!(kinds(&world).await.contains(&"sign_in_denied".to_owned()));
});

both!(nobody_else_answers, |app| async move {
    let world = World::with(&app, |library| {
        let website = json!({ "grant_types": ["authorization_code", "refresh_token", GRANT] });
        library.application("my-app", &website).password("john").password("mary")
    });
    let world = world.await;
    let id = ask(&world).await;
    let mut mary = world.signed_in("mary").await;
    let list = mary.open(&world.path("/requests")).await.expect(200);
    assert!(!list.body.contains("/requests/open/"), "{}", list.body);
    // By the link that John has, she is asked to sign in as him, and gets no further.
    let mut john = world.signed_in("john").await;
    let list = john.open(&world.path("/requests")).await.expect(200);
    let (_, rest) = list.body.split_once("/requests/open/").expect("a request");
    let (handle, _) = rest.split_once('"').expect("a link");
    let page = mary.open(&world.path(&format!("/requests/open/{handle}"))).await.expect(200);
    assert!(page.body.contains("name=\"password\""), "{}", page.body);
    submit(&mut mary, &[("username", "mary"), ("password", super::library::PASSWORD)]).await;
    assert_error(&poll(&world, &id).await, 400, "authorization_pending");
    // It still waits for John.
    look(&world, &mut john).await.expect(200);
});

both!(a_bad_request_is_told_what_is_wrong, |app| async move {
    let world = open(&app).await;
    let ok = [("scope", "openid"), ("login_hint", "john")];
    for (fields, code) in [
        (vec![("scope", "profile"), ok[1]], "invalid_scope"),
        (vec![ok[1]], "invalid_scope"),
        (vec![ok[0]], "invalid_request"),
        (vec![ok[0], ok[1], ("id_token_hint", "a.b.c")], "invalid_request"),
        (vec![ok[0], ("id_token_hint", "a.b.c")], "invalid_request"),
        (vec![ok[0], ("login_hint_token", "a.b.c")], "invalid_request"),
        (vec![ok[0], ("login_hint", "nobody")], "unknown_user_id"),
        (vec![ok[0], ok[1], ("requested_expiry", "0")], "invalid_request"),
        (vec![ok[0], ok[1], ("requested_expiry", "soon")], "invalid_request"),
        (vec![ok[0], ok[1], ("request", "a.b.c")], "request_not_supported"),
        (vec![ok[0], ok[1], ("scope", "email")], "invalid_request"),
    ] {
        assert_error(&ask_with(&world, &fields).await, 400, code);
    }
    let long = "x".repeat(101);
    assert_error(&ask_with(&world, &[ok[0], ok[1], ("binding_message", &long)]).await, 400, "invalid_binding_message");
    let answer = ask_with(&world, &[ok[0], ok[1], ("requested_expiry", "999999")]).await.expect(200).json();
    assert_eq!(answer["expires_in"], 3_600);
    let museum = [("client_id", "museum"), ("client_secret", MUSEUM_SECRET), ok[0], ok[1]];
    let path = world.path("/connect/backchannel_authentication");
    assert_error(&app.post(&path, &museum).await, 400, "unauthorized_client");
    assert_error(&app.post(&path, &[("client_id", "my-app"), ok[0], ok[1]]).await, 401, "invalid_client");
});

both!(nobody_is_worn_down_by_questions, |app| async move {
    let world = open(&app).await;
    for _ in 0..3 {
        ask(&world).await;
    }
    let fields = [("scope", "openid"), ("login_hint", "john")];
    assert_error(&ask_with(&world, &fields).await, 400, "access_denied");
    app.clock.advance(600);
    ask_with(&world, &fields).await.expect(200);
});

both!(it_ends_and_slows_down, |app| async move {
    let world = open(&app).await;
    let id = ask(&world).await;
    assert_error(&poll(&world, &id).await, 400, "authorization_pending");
    assert_error(&poll(&world, &id).await, 400, "slow_down");
    app.clock.advance(600);
    assert_error(&poll(&world, &id).await, 400, "expired_token");
    assert_error(&poll(&world, "nobody's").await, 400, "invalid_grant");
});

both!(of_fifty_questions_one_gets_tokens, |app| async move {
    let world = open(&app).await;
    let id = ask(&world).await;
    answered(&world, "john", &ALLOW).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let replies = fifty(nodes, move |node| {
        let id = id.clone();
        async move { poll(&node, &id).await }
    });
    winner(replies.await);
});

both!(who_is_disabled_is_not_asked_and_what_they_gave_is_gone, |app| async move {
    let world = open(&app).await;
    let id = ask(&world).await;
    answered(&world, "john", &ALLOW).await;
    let user = world.user_id("john").await;
    let version = users::get(&app.ctx, &Actor::Cli, world.slug(), &user).await.expect("a user").version;
    users::set_disabled(&app.ctx, &Actor::Cli, world.slug(), &user, version, true).await.expect("disabled");
    assert_error(&poll(&world, &id).await, 400, "invalid_grant");
    let fields = [("scope", "openid"), ("login_hint", "john")];
    assert_error(&ask_with(&world, &fields).await, 400, "unknown_user_id");
});

both!(a_request_belongs_to_its_application_and_subscription, |app| async move {
    let world = World::with(&app, |library| {
        let may = json!({ "grant_types": ["authorization_code", "refresh_token", GRANT] });
        library.application("my-app", &may).application("museum", &may).password("john")
    });
    let world = world.await;
    let yours = world.beside("yours").await;
    let id = ask(&world).await;
    let others = async || {
        let museum = [("client_id", "museum"), ("client_secret", MUSEUM_SECRET)];
        let asked = [("grant_type", GRANT), ("auth_req_id", id.as_str())];
        let museum = app.post(&world.path("/connect/token"), &[museum, asked].concat()).await;
        assert_error(&museum, 400, "invalid_grant");
        assert_error(&poll(&yours, &id).await, 400, "invalid_grant");
    };
    others().await;
    // Its page is none of the other subscription's, for the user of the same name.
    let mut browser = world.signed_in("john").await;
    let list = browser.open(&world.path("/requests")).await.expect(200);
    let (_, rest) = list.body.split_once("/requests/open/").expect("a request");
    let (handle, _) = rest.split_once('"').expect("a link");
    let mut john = yours.signed_in("john").await;
    let list = john.open(&yours.path("/requests")).await.expect(200);
    assert!(!list.body.contains("/requests/open/"), "{}", list.body);
    john.open(&yours.path(&format!("/requests/open/{handle}"))).await.expect(200);
    assert!(john.here.ends_with("/requests/ended"), "{}", john.here);
    look(&world, &mut browser).await.expect(200);
    submit(&mut browser, &ALLOW).await.expect(200);
    others().await;
    for bent in super::forge::bent(&id) {
        assert_error(&poll(&world, &bent).await, 400, "invalid_grant");
    }
    // None of these was a use of it.
    Tokens::of(poll(&world, &id).await);
});

both!(a_second_use_kills_what_the_first_gave, |app| async move {
    let world = open(&app).await;
    let id = ask(&world).await;
    answered(&world, "john", &ALLOW).await;
    let tokens = Tokens::of(poll(&world, &id).await);
    world.assert_alive(tokens.access(), true).await;
    assert_error(&poll(&world, &id).await, 400, "invalid_grant");
    world.assert_alive(tokens.access(), false).await;
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
});

both!(scope_never_widens, |app| async move {
    let world = open(&app).await;
    let fields = [("scope", "openid nothing"), ("login_hint", "john")];
    let taken = ask_with(&world, &fields).await.expect(200).json();
    let id = taken["auth_req_id"].as_str().expect("an id");
    answered(&world, "john", &ALLOW).await;
    let asked = [("grant_type", GRANT), ("auth_req_id", id), ("scope", "openid profile books")];
    let tokens = Tokens::of(world.token(&asked).await);
    assert_eq!(tokens.0["scope"], "openid");
});

both!(everything_is_looked_at_again, |app| async move {
    let mut world = library(&app, &json!({ "require_consent": true })).await;
    // Agreeing with this sign-in is not agreeing with what it tells the application.
    let agreed = async |world: &World| {
        let id = ask(world).await;
        let mut browser = answered(world, "john", &ALLOW).await;
        if browser.here.contains("/consent") {
            submit(&mut browser, &ALLOW).await.expect(200);
        }
        assert!(browser.here.ends_with("/requests/allowed"), "{}", browser.here);
        id
    };
    // Consent taken back.
    let id = agreed(&world).await;
    let (user, application) = (world.user_id("john").await, world.application_id("my-app").await);
    users::withdraw_consent(&app.ctx, &Actor::Cli, world.slug(), &user, &application).await.expect("withdrawn");
    assert_error(&poll(&world, &id).await, 400, "invalid_grant");
    // A scope that it may no longer have.
    let id = agreed(&world).await;
    let fewer = json!({ "allowed_identity_scopes": ["openid"], "allowed_api_scopes": [] });
    world.change(|library| library.application("my-app", &fewer)).await;
    assert_eq!(Tokens::of(poll(&world, &id).await).0["scope"], "openid");
    // The grant, and then the application, out of use.
    let (id, other) = (agreed(&world).await, agreed(&world).await);
    let fewer = json!({ "grant_types": ["authorization_code"] });
    world.change(|library| library.application("my-app", &fewer)).await;
    assert_error(&poll(&world, &id).await, 400, "unauthorized_client");
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    assert_error(&poll(&world, &other).await, 401, "invalid_client");
});

both!(who_says_no_to_the_scopes_says_no, |app| async move {
    let world = library(&app, &json!({ "require_consent": true })).await;
    let id = ask(&world).await;
    let mut browser = answered(&world, "john", &ALLOW).await;
    assert!(browser.here.contains("/consent"), "{}", browser.here);
    assert_error(&poll(&world, &id).await, 400, "authorization_pending");
    submit(&mut browser, &DENY).await.expect(200);
    assert!(browser.here.ends_with("/requests/denied"), "{}", browser.here);
    app.clock.advance(5);
    assert_error(&poll(&world, &id).await, 400, "access_denied");
});

both!(an_identity_token_says_who_is_meant, |app| async move {
    let world = open(&app).await;
    let yours = world.beside("yours").await;
    let hint =
        async |world: &World, token: &str| ask_with(world, &[("scope", "openid"), ("id_token_hint", token)]).await;
    let tokens = world.tokens().await;
    // Also when it is long over: it only says who.
    app.clock.advance(100_000);
    let taken = hint(&world, tokens.identity()).await.expect(200).json();
    answered(&world, "john", &ALLOW).await;
    let id = taken["auth_req_id"].as_str().expect("an id");
    let identity = payload(Tokens::of(poll(&world, id).await).identity());
    assert_eq!(identity["sub"], payload(tokens.identity())["sub"]);
    assert_error(&hint(&yours, tokens.identity()).await, 400, "invalid_request");
    assert_error(&hint(&world, tokens.access()).await, 400, "invalid_request");
    for bent in super::forge::bent(tokens.identity()) {
        assert_error(&hint(&world, &bent).await, 400, "invalid_request");
    }
});

both!(
    requests_are_limited_as_token_requests_are,
    Setup::default().with(|given| given.token_requests_per_second = Some("1".into())),
    |app| async move {
        let fields = [("client_id", "nobody"), ("scope", "openid"), ("login_hint", "john")];
        let mut last = 401;
        for _ in 0..4 {
            last = app.post("/s/system/connect/backchannel_authentication", &fields).await.status.as_u16();
        }
        assert_eq!(last, 429);
    }
);

both!(who_signs_in_for_it_is_shown_what_waits, |app| async move {
    let world = open(&app).await;
    ask(&world).await;
    for _ in 0..2 {
        let mut browser = app.browser();
        browser.open(&world.path("/requests")).await.expect(200);
        submit(&mut browser, &[("username", "john"), ("password", super::library::PASSWORD)]).await.expect(200);
        assert!(browser.here.ends_with("/requests"), "{}", browser.here);
    }
    app.clock.advance(600);
    let mut browser = app.browser();
    browser.open(&world.path("/login")).await.expect(200);
    submit(&mut browser, &[("username", "john"), ("password", super::library::PASSWORD)]).await.expect(200);
    assert!(browser.here.ends_with("/account"), "{}", browser.here);
});
