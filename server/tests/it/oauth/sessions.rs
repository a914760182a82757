//! Cookies and what stands behind them (docs/security.md 42-46).

use service::Actor;
use service::console::users;

use super::ask::{Answer, Ask};
use super::library::PASSWORD;
use super::world::{Tokens, World, payload};
use crate::support::{Browser, Reply, Setup};

const JOHN: [(&str, &str); 2] = [("username", "john"), ("password", PASSWORD)];

async fn sign_in(world: &World, browser: &mut Browser, ask: &Ask) -> Reply {
    browser.open(&world.authorize(ask)).await.expect(200);
    let here = browser.here.clone();
    browser.post(&here, &JOHN).await
}

both!(each_sign_in_has_a_new_id, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = app.browser();
    // What somebody else has put there is not taken over.
    browser.cookies.insert(world.cookie(), "fixed-by-an-attacker".to_owned());
    let first = Answer::of(&sign_in(&world, &mut browser, &Ask::of("my-app")).await);
    let one = browser.cookies[&world.cookie()].clone();
    assert_ne!(one, "fixed-by-an-attacker");
    assert_eq!(one.len(), 43, "256 bits");
    let second = Answer::of(&sign_in(&world, &mut browser, &Ask::of("my-app").with("prompt", "login")).await);
    let two = browser.cookies[&world.cookie()].clone();
    assert_ne!(one, two);
    let sid = async |answer: &Answer| payload(Tokens::of(world.redeem(&answer.code()).await).identity())["sid"].clone();
    assert_ne!(sid(&first).await, sid(&second).await);
    // The former one is over.
    let mut old = app.browser();
    old.cookies.insert(world.cookie(), one);
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut old, &silent).await.get("error"), "login_required");
    world.ask(&mut browser, &silent).await.code();
});

both!(a_cookie_is_stored_as_its_hash, |app| async move {
    let world = World::open(&app).await;
    let browser = world.signed_in("john").await;
    let cookie = &browser.cookies[&world.cookie()];
    let mut conn = app.ctx.read().await.expect("a connection");
    let row = store::sessions::find_by_hash(&mut conn, &service::crypto::hash(cookie)).await.expect("asked");
    let row = row.expect("a row");
    assert!(row.hash != *cookie && row.id != *cookie);
    // The row's id, which tokens carry as `sid`, opens nothing.
    let mut thief = app.browser();
    for stolen in [&row.id, &row.hash] {
        thief.cookies.insert(world.cookie(), stolen.clone());
        let answer = world.ask(&mut thief, &Ask::of("my-app").with("prompt", "none")).await;
        assert_eq!(answer.get("error"), "login_required");
    }
});

both!(attributes_on_loopback, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let reply = sign_in(&world, &mut app.browser(), &Ask::of("my-app")).await;
    let lines = reply.header_lines("set-cookie");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("tessera-mysub=") && lines[0].ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{lines:?}"
    );
});

both!(attributes_where_it_is_served_by_https, Setup::https(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let reply = sign_in(&world, &mut app.browser(), &Ask::of("my-app")).await;
    let line = reply.header("set-cookie");
    assert!(line.starts_with("__Host-tessera-mysub="), "{line}");
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(line.contains(attribute), "{line}");
    }
    assert!(!line.contains("Domain"), "{line}");
});

both!(a_session_ends_when_unused_and_when_old, |app| async move {
    let limits = serde_json::json!({ "session_idle_lifetime": 600, "session_absolute_lifetime": 1_000 });
    let world = World::with(&app, |library| library.subscription(&limits)).await;
    let silent = Ask::of("my-app").with("prompt", "none");
    let mut idle = world.signed_in("john").await;
    app.clock.advance(600);
    assert_eq!(world.ask(&mut idle, &silent).await.get("error"), "login_required");
    let mut used = world.signed_in("john").await;
    app.clock.advance(599);
    world.ask(&mut used, &silent).await.code();
    app.clock.advance(400);
    world.ask(&mut used, &silent).await.code();
    app.clock.advance(1);
    assert_eq!(world.ask(&mut used, &silent).await.get("error"), "login_required");
});

both!(sessions_survive_a_restart, |app| async move {
    let world = World::open(&app).await;
    let cookies = world.signed_in("john").await.cookies;
    let restarted = world.at(&app.beside().await);
    let mut browser = restarted.app.browser();
    browser.cookies = cookies;
    let code = restarted.ask(&mut browser, &Ask::of("my-app").with("prompt", "none")).await.code();
    world.redeem(&code).await.expect(200);
});

both!(a_changed_password_can_end_the_others, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let (mut here, mut there) = (world.signed_in("john").await, world.signed_in("john").await);
    let tokens = world.tokens().await;
    let before = here.cookies[&world.cookie()].clone();
    let path = world.path("/account/password");
    let new = "another quiet river";
    let change = |current: &'static str| {
        [("current_password", current), ("password", new), ("password_confirmation", new), ("end_others", "true")]
    };
    let wrong = here.post(&path, &change("a wrong old password")).await.expect(422);
    assert!(wrong.body.contains("not your current password") && !wrong.body.contains(new));
    here.post(&path, &change(PASSWORD)).await.expect(303);
    assert_ne!(before, here.cookies[&world.cookie()]);
    let silent = Ask::of("my-app").with("prompt", "none");
    world.ask(&mut here, &silent).await.code();
    assert_eq!(world.ask(&mut there, &silent).await.get("error"), "login_required");
    world.assert_alive(tokens.access(), false).await;
});

both!(nothing_is_granted_in_a_session_that_is_ended_at_the_same_moment, |app| async move {
    let world = World::open(&app).await;
    let user = world.user_id("john").await;
    for _ in 0..5 {
        let browser = world.signed_in("john").await;
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (world, mut browser) = (world.clone(), browser.clone());
            running.spawn(async move {
                let silent = Ask::of("my-app").with("prompt", "none");
                browser.get(&world.authorize(&silent)).await.expect(303);
            });
        }
        let sessions = users::sessions(&app.ctx, &Actor::Cli, world.slug(), &user).await.expect("sessions");
        for session in sessions {
            users::end_session(&app.ctx, &Actor::Cli, world.slug(), &user, &session.id).await.expect("ended");
        }
        running.join_all().await;
        let mut conn = app.ctx.read().await.expect("a connection");
        let alive = store::grants::live_of_user(&mut conn, &user, app.ctx.now()).await.expect("grants");
        assert!(alive.is_empty(), "{alive:?}");
    }
});

both!(a_user_has_at_most_fifty_sessions, |app| async move {
    let world = World::open(&app).await;
    let mut first = world.signed_in("john").await;
    let silent = Ask::of("my-app").with("prompt", "none");
    assert_eq!(world.ask(&mut first, &silent).await.get("error"), "");
    let mut last = first.clone();
    for _ in 0..50 {
        last = world.signed_in("john").await;
    }
    assert_eq!(world.ask(&mut first, &silent).await.get("error"), "login_required");
    assert_eq!(world.ask(&mut last, &silent).await.get("error"), "");
});
