//! OpenID Connect Back-Channel Logout 1.0 (docs/security.md 51).

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use service::Actor;
use service::console::{sessions, users};
use service::logouts::deliver_due;
use store::logouts::Logout;
use tokio::task::JoinSet;

use super::ask::Ask;
use super::library::{BYE, PASSWORD};
use super::world::{Tokens, World, assert_error};
use crate::support::app::encode;
use crate::support::party::Party;
use crate::support::{Browser, Setup, TestApp};

/// `my-app` is told at this address.
async fn telling(app: &TestApp, uri: &str) -> World {
    let told = json!({ "backchannel_logout_uri": uri, "backchannel_logout_session_required": true });
    World::with(app, |library| library.application("my-app", &told).password("john")).await
}

/// A browser of `john` in which `my-app` got tokens.
async fn signed_in(world: &World) -> (Browser, Tokens) {
    let mut browser = world.signed_in("john").await;
    let code = world.ask(&mut browser, &Ask::of("my-app")).await.code();
    (browser, Tokens::of(world.redeem(&code).await))
}

/// As `my-app` has it done.
async fn sign_out(world: &World, browser: &mut Browser, tokens: &Tokens) {
    let fields = [("id_token_hint", tokens.identity()), ("post_logout_redirect_uri", BYE)];
    browser.open(&world.path(&format!("/connect/endsession?{}", encode(&fields)))).await.expect(303);
}

/// What has become of the messages to `my-app`, the newest first.
async fn messages(world: &World) -> Vec<Logout> {
    let application = world.application_id("my-app").await;
    let mut conn = world.app.ctx.read().await.expect("a connection");
    store::logouts::latest(&mut conn, &application, 100).await.expect("lists")
}

/// Verified with the keys that the subscription publishes.
async fn verified(world: &World, token: &str) -> Value {
    let header = jsonwebtoken::decode_header(token).expect("a header");
    assert_eq!((header.typ.as_deref(), header.alg), (Some("logout+jwt"), Algorithm::RS256));
    let keys = world.app.get(&world.path("/jwks.json")).await.expect(200).json()["keys"].clone();
    let key = keys.as_array().expect("keys").iter().find(|key| key["kid"] == json!(header.kid)).expect("the key");
    let part = |name: &str| key[name].as_str().expect("a part").to_owned();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["my-app"]);
    validation.set_issuer(&[world.issuer()]);
    // The test's clock stands still.
    validation.validate_exp = false;
    let key = DecodingKey::from_rsa_components(&part("n"), &part("e")).expect("a key");
    jsonwebtoken::decode(token, &key, &validation).expect("a good signature").claims
}

both!(the_application_is_told_by_a_token_of_its_own_kind, |app| async move {
    let party = Party::answering(&[]).await;
    let world = telling(&app, &party.url("/logout?of=library")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
    sign_out(&world, &mut browser, &tokens).await;
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 1);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
    assert_eq!(party.received()[0].0, "/logout?of=library");
    let said = verified(&world, &party.forms("logout_token")[0]).await;
    let session = super::world::payload(tokens.identity());
    let jti = said["jti"].clone();
    assert!(jti.as_str().is_some_and(|jti| jti.len() >= 16), "{jti}");
    let now = app.ctx.now();
    assert_eq!(
        said,
        json!({
            "iss": world.issuer(), "aud": "my-app", "iat": now, "exp": now + 120, "jti": jti,
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            "sub": session["sub"], "sid": session["sid"],
        }),
        "in particular no nonce"
    );
    let message = messages(&world).await.remove(0);
    assert_eq!((message.finished_at, message.reason), (Some(now), None));
    // It is no other kind of token.
    let token = party.forms("logout_token").remove(0);
    world.assert_alive(&token, false).await;
    let (mut browser, _) = signed_in(&world).await;
    let hint = Ask::of("my-app").with("prompt", "none").with("id_token_hint", &token);
    assert_eq!(world.ask(&mut browser, &hint).await.get("error"), "invalid_request");
});

both!(an_application_that_needs_no_session_is_told_the_user, |app| async move {
    let party = Party::answering(&[204]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    let mut world = world;
    world.change(|l| l.application("my-app", &json!({ "backchannel_logout_session_required": false }))).await;
    sign_out(&world, &mut browser, &tokens).await;
    deliver_due(&app.ctx).await.expect("sends");
    let said = verified(&world, &party.forms("logout_token")[0]).await;
    assert_eq!((&said["sub"], said.get("sid")), (&json!(world.user_id("john").await), None));
    assert!(messages(&world).await[0].reason.is_none(), "204 is as good as 200");
});

both!(however_a_session_ends, |app| async move {
    let party = Party::answering(&[]).await;
    let world = telling(&app, &party.url("/")).await;
    let (ctx, slug) = (&app.ctx, world.slug());
    let mut told = 0;
    let sid = |tokens: &Tokens| super::world::payload(tokens.identity())["sid"].as_str().expect("sid").to_owned();
    for ending in ["application", "account", "own", "administrator", "password", "password set", "disabled", "deleted"]
    {
        let (mut browser, tokens) = signed_in(&world).await;
        let id = world.user_id("john").await;
        let version = users::get(ctx, &Actor::Cli, slug, &id).await.expect("a user").version;
        match ending {
            "application" => sign_out(&world, &mut browser, &tokens).await,
            "account" => {
                browser.open(&world.path("/sign-out")).await.expect(200);
                browser.submit(&world.path("/sign-out"), &[]).await;
            }
            "own" => {
                let cookie = world.signed_in("john").await.cookies[&world.cookie()].clone();
                let snap = world.snapshot().await;
                let ended = service::account::end_session(ctx, &snap, Some(&cookie), &sid(&tokens)).await;
                ended.expect("ended");
            }
            "administrator" => sessions::end(ctx, &Actor::Cli, slug, &sid(&tokens)).await.expect("ended"),
            "password" => {
                let cookie = world.signed_in("john").await.cookies[&world.cookie()].clone();
                let (snap, new) = (world.snapshot().await, PASSWORD);
                let client = service::client::ClientInfo::default();
                let changed =
                    service::account::change_password(ctx, &snap, Some(&cookie), new, new, new, true, &client);
                changed.await.expect("changed");
            }
            "password set" => {
                let set = users::set_password(ctx, &Actor::Cli, slug, &id, "a pond without any ducks");
                set.await.expect("set");
            }
            "disabled" => {
                users::set_disabled(ctx, &Actor::Cli, slug, &id, version, true).await.expect("disabled");
                users::set_disabled(ctx, &Actor::Cli, slug, &id, version + 1, false).await.expect("enabled");
            }
            _ => users::delete(ctx, &Actor::Cli, slug, &id, version).await.expect("deleted"),
        }
        assert_eq!(deliver_due(ctx).await.expect("sends"), 1, "{ending}");
        told += 1;
        let tokens_sent = party.forms("logout_token");
        assert_eq!(tokens_sent.len(), told, "{ending}");
        let heard = verified(&world, &tokens_sent[told - 1]).await;
        assert_eq!((&heard["sid"], &heard["sub"]), (&json!(sid(&tokens)), &json!(id)), "{ending}");
    }
});

both!(who_got_nothing_in_the_session_is_not_told, |app| async move {
    let (mine, museums) = (Party::answering(&[]).await, Party::answering(&[]).await);
    let mut world = telling(&app, &mine.url("/")).await;
    world.change(|l| l.application("museum", &json!({ "backchannel_logout_uri": museums.url("/") }))).await;
    // In another session of the same user.
    world.ask(&mut world.signed_in("john").await, &Ask::of("museum")).await.code();
    let (mut browser, tokens) = signed_in(&world).await;
    sign_out(&world, &mut browser, &tokens).await;
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 1);
    assert_eq!((mine.received().len(), museums.received().len()), (1, 0));
});

both!(signing_in_anew_is_no_sign_out, |app| async move {
    let party = Party::answering(&[]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, first) = signed_in(&world).await;
    let anew = world.authorize(&Ask::of("my-app").with("prompt", "login"));
    browser.open(&anew).await.expect(200);
    let here = browser.here.clone();
    let reply = browser.post(&here, &[("username", "john"), ("password", PASSWORD)]).await;
    let second = Tokens::of(world.redeem(&super::ask::Answer::of(&reply).code()).await);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
    sign_out(&world, &mut browser, &second).await;
    // The application may know it by either.
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 2);
    let mut told = Vec::new();
    for token in party.forms("logout_token") {
        told.push(verified(&world, &token).await["sid"].clone());
    }
    for tokens in [first, second] {
        assert!(told.contains(&super::world::payload(tokens.identity())["sid"]), "{told:?}");
    }
});

both!(a_failure_is_tried_again_until_it_is_given_up, |app| async move {
    let party = Party::answering(&[500, 503, 302, 404, 500]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    sign_out(&world, &mut browser, &tokens).await;
    for (made, (pause, reason)) in
        (1..).zip([(10, "status-500"), (60, "status-503"), (300, "status-302"), (1_800, "status-404")])
    {
        assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 1, "attempt {made}");
        let message = messages(&world).await.remove(0);
        assert_eq!((message.attempts, message.reason.as_deref(), message.finished_at), (made, Some(reason), None));
        app.clock.advance(pause - 1);
        assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0, "too early for attempt {}", made + 1);
        app.clock.advance(1);
    }
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 1);
    let message = messages(&world).await.remove(0);
    assert_eq!((message.attempts, message.finished_at), (5, Some(app.ctx.now())));
    app.clock.advance(100_000);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
    // Each attempt with a token of its own.
    let mut sent = party.forms("logout_token");
    sent.dedup();
    assert_eq!(sent.len(), 5);
    let filter = service::console::AuditFilter { action: "logout_undelivered".into(), ..Default::default() };
    let all = model::PageRequest::default();
    let log = service::console::audit::find(&app.ctx, &Actor::Cli, world.slug(), &filter, &all).await;
    assert_eq!(log.expect("a log").items.len(), 1);
});

both!(what_fails_once_arrives_later, |app| async move {
    let party = Party::answering(&[500]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    sign_out(&world, &mut browser, &tokens).await;
    deliver_due(&app.ctx).await.expect("sends");
    app.clock.advance(10);
    deliver_due(&app.ctx).await.expect("sends");
    let message = messages(&world).await.remove(0);
    assert_eq!((message.attempts, message.finished_at, message.reason), (2, Some(app.ctx.now()), None));
});

both!(a_refusal_of_the_token_is_final, |app| async move {
    let party = Party::answering(&[400]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    sign_out(&world, &mut browser, &tokens).await;
    deliver_due(&app.ctx).await.expect("sends");
    let message = messages(&world).await.remove(0);
    assert_eq!((message.finished_at, message.reason.as_deref()), (Some(app.ctx.now()), Some("status-400")));
    app.clock.advance(100_000);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
});

both!(of_two_nodes_one_sends_it, |app| async move {
    let party = Party::answering(&[]).await;
    let world = telling(&app, &party.url("/")).await;
    let other = app.beside().await;
    for _ in 0..3 {
        let (mut browser, tokens) = signed_in(&world).await;
        sign_out(&world, &mut browser, &tokens).await;
    }
    let mut running = JoinSet::new();
    for node in [&app, &other, &app, &other] {
        let ctx = node.ctx.clone();
        running.spawn(async move { deliver_due(&ctx).await.expect("sends") });
    }
    assert_eq!(running.join_all().await.into_iter().sum::<usize>(), 3);
    assert_eq!(party.received().len(), 3);
});

both!(what_a_node_breaks_off_another_takes_up, |app| async move {
    let party = Party::answering(&[]).await;
    let world = telling(&app, &party.url("/")).await;
    let (mut browser, tokens) = signed_in(&world).await;
    // An end that is not saved is none, and tells nobody.
    let sid = super::world::payload(tokens.identity())["sid"].as_str().expect("sid").to_owned();
    let mut tx = app.ctx.begin().await.expect("begins");
    assert!(store::sessions::end(&mut tx, &sid, app.ctx.now()).await.expect("ends"));
    drop(tx);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 0);
    sign_out(&world, &mut browser, &tokens).await;
    // A node takes it and is gone.
    let mut tx = app.ctx.begin().await.expect("begins");
    let now = app.ctx.now();
    assert_eq!(store::logouts::claim(&mut tx, now, now + 60, 32).await.expect("claims").len(), 1);
    tx.commit().await.expect("commits");
    let other = app.beside().await;
    assert_eq!(deliver_due(&other.ctx).await.expect("sends"), 0);
    app.clock.advance(60);
    assert_eq!(deliver_due(&other.ctx).await.expect("sends"), 1);
    assert_eq!(party.received().len(), 1);
});

/// Without a browser: what it is called by is another matter.
async fn end_of_a_session(world: &World) {
    let ctx = &world.app.ctx;
    let (snap, user) = (world.snapshot().await, world.user_id("john").await);
    let application_id = world.application_id("my-app").await;
    let mut tx = ctx.begin().await.expect("begins");
    let client = service::client::ClientInfo::default();
    let begun = service::sessions::begin(ctx, &mut tx, &snap, &user, "pwd", None, &client).await;
    let session = begun.expect("a session").0;
    let grant = store::grants::Grant {
        id: ctx.new_id().expect("an id"),
        subscription_id: snap.subscription_id.clone(),
        application_id,
        user_id: Some(user),
        session_id: Some(session.id.clone()),
        created_at: ctx.now(),
        expires_at: ctx.now() + 60,
        revoked_at: None,
    };
    store::grants::insert(&mut tx, &grant).await.expect("a grant");
    assert!(store::sessions::end(&mut tx, &session.id, ctx.now()).await.expect("ends"));
    tx.commit().await.expect("commits");
}

/// Reason of the first attempt at an address inside.
async fn reason_inside(app: &TestApp) -> (Option<String>, usize) {
    let party = Party::answering(&[]).await;
    let world = telling(app, &party.url("/").replace("http://", "https://")).await;
    end_of_a_session(&world).await;
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 1);
    (messages(&world).await.remove(0).reason, party.received().len())
}

both!(an_address_inside_is_not_called, Setup::https(), |app| async move {
    assert_eq!(reason_inside(&app).await, (Some("closed".to_owned()), 0));
});

/// Where an operator opened the network.
fn opened() -> Setup {
    Setup::https().with(|given| given.outgoing_networks = Some("127.0.0.0/8".into()))
}

both!(an_opened_one_is, opened(), |app| async move {
    // It is reached, and speaks no TLS.
    assert_eq!(reason_inside(&app).await.0, Some("tls".to_owned()));
});

both!(refresh_tokens_end_with_the_session_unless_they_are_for_later, |app| async move {
    let world = World::open(&app).await;
    let (mut browser, tokens) = signed_in(&world).await;
    let later = Ask::of("my-app").with("scope", "openid offline_access");
    let later = Tokens::of(world.redeem(&world.ask(&mut browser, &later).await.code()).await);
    sign_out(&world, &mut browser, &tokens).await;
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    world.refresh(later.refresh()).await.expect(200);
});
