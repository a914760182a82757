//! OpenID Connect Session Management 1.0. What the frame's script answers: `end2end/tests/check-session.spec.ts`.

use oidc::digest::{sha256_base64url, sha256_hex};
use serde_json::json;

use super::ask::{Answer, Ask};
use super::library::PASSWORD;
use super::world::World;
use crate::support::Browser;

/// What the frame would compute of an answer, by the cookie that the browser has now.
fn is_unchanged(world: &World, browser: &Browser, answer: &Answer) -> bool {
    let state = browser.cookies.get(&format!("tessera-state.{}", world.slug())).map_or("", String::as_str);
    let (hash, salt) = answer.get("session_state").split_once('.').expect("hash.salt");
    hash == sha256_hex(format!("my-app https://library.example {state} {salt}").as_bytes())
}

both!(answers_say_which_sign_in_they_come_from, |app| async move {
    let on = json!({ "session_management": true });
    let world = World::with(&app, |library| library.subscription(&on).password("john")).await;
    let mut browser = world.signed_in("john").await;
    let first = world.ask(&mut browser, &Ask::of("my-app")).await;
    let second = world.ask(&mut browser, &Ask::of("my-app")).await;
    assert!(is_unchanged(&world, &browser, &first) && is_unchanged(&world, &browser, &second));
    assert_ne!(first.get("session_state"), second.get("session_state"), "each has a salt of its own");
    // A new session of the same browser is another one, as is none.
    let cookie = world.signed_in("john").await.cookies[&world.cookie()].clone();
    browser.cookies.insert(world.cookie(), cookie);
    let third = world.ask(&mut browser, &Ask::of("my-app")).await;
    assert!(is_unchanged(&world, &browser, &third) && !is_unchanged(&world, &browser, &first));
    browser.open(&world.path("/sign-out")).await.expect(200);
    browser.submit(&world.path("/sign-out"), &[]).await;
    assert!(!browser.cookies.contains_key("tessera-state.mysub") && !is_unchanged(&world, &browser, &third));
    // Errors too, so that an application notices when somebody signs in.
    let refused = world.ask(&mut browser, &Ask::of("my-app").with("prompt", "none")).await;
    assert_eq!(refused.get("error"), "login_required");
    assert!(is_unchanged(&world, &browser, &refused));
    browser.post(&world.path("/login"), &[("username", "john"), ("password", PASSWORD)]).await.expect(303);
    assert!(browser.cookies.contains_key("tessera-state.mysub") && !is_unchanged(&world, &browser, &refused));
});

both!(the_frame_runs_its_script_and_nothing_else, |app| async move {
    let world = World::with(&app, |library| library.subscription(&json!({ "session_management": true }))).await;
    let frame = app.get(&world.path("/connect/checksession")).await.expect(200);
    let script = frame.body.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next()).expect("a script");
    let hash = sha256_base64url(script.as_bytes()).replace('-', "+").replace('_', "/");
    let policy = "default-src 'none'; base-uri 'none'; form-action 'none'";
    let policy = format!("{policy}; script-src 'sha256-{hash}='; frame-ancestors *");
    assert_eq!(frame.header("content-security-policy"), policy);
    assert!(!frame.headers.contains_key("x-frame-options"));
    assert!(frame.body.contains("data-cookie=\"tessera-state.mysub\""), "{}", frame.body);
});

both!(it_is_off_unless_switched_on, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    let answer = world.ask(&mut browser, &Ask::of("my-app")).await;
    assert_eq!((answer.get("session_state"), browser.cookies.len()), ("", 1));
    let absent = app.get(&world.path("/connect/checksession")).await.expect(404);
    assert_eq!(absent.header("x-frame-options"), "DENY");
});
