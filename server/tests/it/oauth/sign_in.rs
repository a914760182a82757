//! From an application's request to its answer, through the pages: no script, no step left out.

use serde_json::json;

use super::ask::{Answer, Ask};
use super::library::PASSWORD;
use super::world::{Tokens, World, payload};
use crate::support::{Browser, Reply};

const JOHN: [(&str, &str); 2] = [("username", "john"), ("password", PASSWORD)];

/// Submits the form of the page that is open.
async fn submit(browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    let here = browser.here.clone();
    browser.submit(&here, fields).await
}

both!(a_password_leads_to_the_application, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    for name in ["john", "john.doe@email.com", " John.Doe@EMAIL.com "] {
        let mut browser = app.browser();
        let page = browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
        assert!(browser.here.starts_with(&world.path("/login?i=")), "{}", browser.here);
        assert!(page.body.contains("The my-app") && page.body.contains("The mysub"));
        assert!(!page.body.contains("<script"));
        let reply = submit(&mut browser, &[("username", name), ("password", PASSWORD)]).await;
        // 303: with a 307 the browser would post the password to the application.
        assert_eq!(reply.status, 303);
        let tokens = Tokens::of(world.redeem(&Answer::of(&reply).code()).await);
        assert_eq!(payload(tokens.identity())["sub"], world.user_id("john").await);
        assert_eq!(payload(tokens.identity())["amr"], json!(["pwd"]));
        // Signed in once, nothing is asked again.
        world.ask(&mut browser, &Ask::of("museum")).await.code();
    }
});

both!(pages_of_the_way_allow_the_redirect_and_nothing_else, |app| async move {
    let world = World::open(&app).await;
    let reply = app.browser().open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https:") && !policy.contains("script-src"), "{policy}");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(reply.header("referrer-policy"), "same-origin");
    assert!(reply.header("cache-control").contains("no-store"));
    for attribute in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(!reply.body.contains(attribute), "{attribute}");
    }
});

both!(somebody_new_registers_on_the_way, |app| async move {
    let needs = json!({ "required_claims": ["library_card", "shelf"] });
    let world = World::with(&app, |library| library.application("my-app", &needs)).await;
    let mut browser = app.browser();
    browser.open(&world.authorize(&Ask::of("my-app").with("prompt", "create"))).await.expect(200);
    assert!(browser.here.contains("/register?i="), "{}", browser.here);
    let filled = |email: &'static str, password: &'static str, again: &'static str| {
        [("email", email), ("username", "newcomer"), ("password", password), ("password_confirmation", again)]
    };
    for (email, password, again, message) in [
        ("no address", PASSWORD, PASSWORD, "This is not an e-mail address."),
        ("new@email.com", "short", "short", "Use at least 15 characters."),
        ("new@email.com", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "too easy to guess"),
        ("new@email.com", PASSWORD, "another quiet river", "The two passwords differ."),
        ("JOHN.DOE@email.com", PASSWORD, PASSWORD, "This is taken already."),
    ] {
        let reply = submit(&mut browser, &filled(email, password, again)).await.expect(422);
        assert!(reply.body.contains(message), "{message}");
        assert!(reply.body.contains("value=\"newcomer\"") && reply.body.contains(email));
        assert!(!reply.body.contains(&format!("value=\"{password}\"")), "a password is never sent back");
    }
    let page = submit(&mut browser, &filled("new@email.com", PASSWORD, PASSWORD)).await.expect(200);
    assert!(browser.here.contains("/claims?i="), "{}", browser.here);
    assert!(page.body.contains("name=\"library_card\"") && page.body.contains("name=\"shelf\""));
    // A wrong value comes back with the reason, the others are kept, nothing is stored.
    let wrong = submit(&mut browser, &[("library_card", "LC-12"), ("shelf", "poetry")]).await.expect(422);
    assert!(wrong.body.contains("does not have the expected form"));
    assert!(wrong.body.contains("value=\"LC-12\"") && wrong.body.contains("value=\"poetry\""));
    // So it is with a value that belongs to somebody else.
    let taken = submit(&mut browser, &[("library_card", "LC-123456"), ("shelf", "poetry")]).await.expect(422);
    assert!(taken.body.contains("taken already") && taken.body.contains("value=\"poetry\""));
    let answer = Answer::of(&submit(&mut browser, &[("library_card", "LC-654321"), ("shelf", "poetry")]).await);
    let tokens = Tokens::of(world.redeem(&answer.code()).await);
    let claims = world.userinfo(tokens.access()).await.expect(200).json();
    assert_eq!((&claims["library_card"], &claims["email"]), (&json!("LC-654321"), &json!("new@email.com")));
    assert_eq!(claims["email_verified"], false);
});

both!(who_has_the_claim_is_not_asked_and_who_has_not_is, |app| async move {
    let needs = json!({ "required_claims": ["library_card"] });
    let world = World::with(&app, |library| library.application("my-app", &needs)).await;
    world.ask(&mut world.signed_in("john").await, &Ask::of("my-app")).await.code();
    let mut mary = world.signed_in("mary").await;
    let page = mary.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(mary.here.contains("/claims?i=") && page.body.contains("Mary Major"), "{}", mary.here);
    let empty = submit(&mut mary, &[("library_card", "")]).await.expect(422);
    assert!(empty.body.contains("Please fill this in."));
    // What was not asked for is not stored.
    let fields = [("library_card", "LC-000001"), ("name", "Somebody Else"), ("email_verified", "true")];
    let answer = Answer::of(&submit(&mut mary, &fields).await);
    let tokens = Tokens::of(world.redeem(&answer.code()).await);
    let claims = world.userinfo(tokens.access()).await.expect(200).json();
    assert_eq!((&claims["name"], &claims["email_verified"]), (&json!("Mary Major"), &json!(false)));
    world.ask(&mut mary, &Ask::of("my-app")).await.code();
});

both!(consent_is_asked_once_and_can_be_refused, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "require_consent": true })));
    let world = world.await;
    let mut browser = world.signed_in("john").await;
    let page = browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(browser.here.contains("/consent?i=") && page.body.contains("Your books"), "{}", browser.here);
    // A scope without words of its own says what is in it; `openid` alone goes without saying.
    assert!(page.body.contains("Library card") && !page.body.contains("User identifier"), "{}", page.body);
    let answer = Answer::of(&submit(&mut browser, &[("decision", "deny")]).await);
    assert_eq!((answer.get("error"), answer.get("code")), ("access_denied", ""));
    browser.open(&world.authorize(&Ask::of("my-app").with("scope", "openid books"))).await.expect(200);
    for neither in ["", "maybe", "Allow"] {
        submit(&mut browser, &[("decision", neither)]).await.expect(200);
    }
    let answer = Answer::of(&submit(&mut browser, &[("decision", "allow")]).await);
    world.redeem(&answer.code()).await.expect(200);
    world.ask(&mut browser, &Ask::of("my-app").with("scope", "openid")).await.code();
    // More than was agreed to is asked again.
    browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(browser.here.contains("/consent?i="), "{}", browser.here);
});

both!(not_you_signs_in_somebody_else, |app| async move {
    let consent = json!({ "require_consent": true });
    let world = World::with(&app, |l| l.password("john").application("my-app", &consent)).await;
    let mut browser = world.signed_in("mary").await;
    let page = browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    let other = page.body.split("href=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("other")));
    let other = other.expect("a way").replace("&amp;", "&");
    browser.open(&other).await.expect(200);
    submit(&mut browser, &JOHN).await.expect(200);
    let answer = Answer::of(&submit(&mut browser, &[("decision", "allow")]).await);
    let tokens = Tokens::of(world.redeem(&answer.code()).await);
    assert_eq!(payload(tokens.identity())["name"], "John Doe");
});

both!(where_nobody_may_register_there_is_no_page, |app| async move {
    let world =
        World::with(&app, |library| library.application("my-app", &json!({ "allow_registration": false }))).await;
    let mut browser = app.browser();
    let page = browser.open(&world.authorize(&Ask::of("my-app").with("prompt", "create"))).await.expect(200);
    assert!(browser.here.contains("/login?i=") && !page.body.contains("/register"), "{}", browser.here);
    let register = browser.here.replace("/login", "/register");
    assert!(browser.get(&register).await.expect(303).header("location").contains("/login"));
    let fields = [("email", "a@b.example"), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
    browser.post(&register, &fields).await.expect(404);
});
