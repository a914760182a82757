//! Runs that work, and what their pages tell.

use axum::body::Body;
use axum::extract::Request;
use model::Role;
use serde_json::json;
use service::client::ClientInfo;

use super::{Desk, JWT, JWT_BY_TYPE, RUN, editor, parameter};
use crate::console_access::people::{EVERYWHERE, administrator};
use crate::oauth::library::{Library, PASSWORD, SECRET};
use crate::oauth::world::World;
use crate::support::{Browser, Setup};

both!(a_whole_run_is_read_step_by_step, |app| async move {
    let demands = json!({ "required_claims": ["shelf"], "require_consent": true });
    let world = World::with(&app, |library| library.password("john").application("my-app", &demands)).await;
    let mut desk = Desk::of(world).await;
    let application = desk.path.strip_suffix("/playground").expect("its page").to_owned();
    assert!(desk.browser.get(&application).await.expect(200).body.contains(&desk.path));
    let form = desk.browser.get(&desk.path.clone()).await.expect(200).body;
    assert!(form.contains("value=\"books\"") && form.contains("name=\"max_age\""), "{form}");

    let url = desk.start(&[("prompt", "login"), ("max_age", "60")]).await;
    let browser = &mut desk.browser;
    for (page, fields) in [
        ("/login?i=", vec![("username", "john"), ("password", PASSWORD)]),
        ("/claims?i=", vec![("shelf", "poetry")]),
        ("/consent?i=", vec![("decision", "allow")]),
    ] {
        let to = if browser.here.contains("?i=") { browser.here.clone() } else { url.clone() };
        browser.open(&to).await.expect(200);
        assert!(browser.here.contains(page), "{}", browser.here);
        let here = browser.here.clone();
        let reply = browser.post(&here, &fields).await.expect(303);
        reply.header("location").clone_into(&mut browser.here);
    }
    let callback = browser.here.clone();
    let page = desk.land(&callback).await;
    for shown in [
        "It worked",
        "John Doe",
        "Signed in",
        "Gave required claims",
        "Gave consent",
        "shelf",
        "LC-123456",
        "RS256",
        "library-api",
        "&quot;active&quot;: true",
        "client_secret=$CLIENT_SECRET",
        "22 Nov 2026",
    ] {
        assert!(page.contains(shown) || page.contains(&shown.replace("&quot;", "\"")), "{shown} is not in {page}");
    }
    assert!(!page.contains("Wrong:"), "{page}");

    // No code, state, token or secret is on the page or in the row, and none is good for anything.
    let (code, state) = (parameter(&callback, "code"), parameter(&callback, "state"));
    let row = desk.row(&state).await;
    assert_eq!(row.sealed, None);
    for (place, text) in [("the page", page.as_str()), ("the row", row.record.as_str())] {
        for secret in [code.as_str(), state.as_str(), SECRET, PASSWORD, JWT, JWT_BY_TYPE] {
            assert!(!text.contains(secret), "{place} tells {secret}");
        }
    }
    let mut conn = app.ctx.read().await.expect("a connection");
    let john = desk.world.user_id("john").await;
    let live = store::grants::live_of_user(&mut conn, &john, app.ctx.now()).await.expect("asked");
    assert!(live.is_empty(), "{live:?}");
    drop(conn);
    let log = desk.browser.get("/console/mysub/audit").await.expect(200).body;
    assert!(log.contains("Ran the playground") && !log.contains("poetry"), "{log}");
    assert!(desk.browser.get(&desk.path.clone()).await.expect(200).body.contains("John Doe"));
});

both!(a_reference_token_is_told_apart, |app| async move {
    let reference = json!({ "access_token_format": "reference" });
    let world = World::with(&app, |library| library.application("my-app", &reference)).await;
    let mut desk = Desk::seated(world).await;
    let callback = desk.answered(&[]).await;
    let page = desk.land(&callback).await;
    assert!(page.contains("A reference: an id that says nothing") && page.contains("Nothing was asked."), "{page}");
    // Reference tokens are 64 hexadecimal characters.
    let record = desk.row(&parameter(&callback, "state")).await.record;
    let long = record.as_str().split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() >= 64);
    assert_eq!(long, None);
});

both!(an_application_acts_for_itself_without_a_browser, |app| async move {
    for format in ["jwt", "reference"] {
        let change = json!({ "access_token_format": format, "grant_types": ["client_credentials"] });
        let world = World::with(&app, |library| library.application("my-app", &change)).await;
        let path = format!("/console/mysub/applications/{}/playground", world.application_id("my-app").await);
        let mut browser = editor(&world, format).await;
        assert!(!browser.get(&path).await.expect(200).body.contains("max_age"));
        let fields = [("grant", "client_credentials"), ("scope", "openid"), ("scope", "books")];
        let to = browser.post(&path, &fields).await.expect(303).header("location").to_owned();
        let page = browser.get(&to).await.expect(200).body;
        assert!(page.contains("library-api") && page.contains("scope=books") && !page.contains("UserInfo"), "{page}");
        assert!(
            !page.contains(JWT) && !page.contains(JWT_BY_TYPE) && !page.contains("Authorization request"),
            "{page}"
        );
        assert_eq!(page.contains("A reference: an id"), format == "reference");
        browser.post(&path, &RUN).await.expect(422);
    }
});

both!(issuers_on_hosts_of_their_own, Setup::host_issuers(), |app| async move {
    let world = World::open(&app).await;
    let mut browser = console_session(&world).await;
    let path = format!("/console/mysub/applications/{}/playground", world.application_id("my-app").await);
    let page = browser.get(&path).await.expect(200);
    // Chromium applies the policy to the redirect after a form.
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://mysub.example.com"), "{policy}");
    let url = browser.post(&path, &RUN).await.expect(303).header("location").to_owned();
    let inside = url.strip_prefix("https://mysub.example.com").expect("the issuer").to_owned();
    let at_issuer = |path: &str, cookie: &str| {
        Request::get(path).header("host", "mysub.example.com").header("cookie", cookie).body(Body::empty())
    };
    let to = app.send(at_issuer(&inside, "").expect("a request")).await.expect(303).header("location").to_owned();
    let login = app.send(at_issuer(&to, "").expect("a request")).await.expect(200);
    let policy = login.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https:"), "{policy}");
    let cookie = format!("__Host-tessera-mysub={}", world.signed_in("john").await.cookies["tessera-mysub"]);
    let back = app.send(at_issuer(&inside, &cookie).expect("a request")).await.expect(303);
    let callback = back.header("location").to_owned();
    assert!(callback.starts_with("https://id.example.com/console/playground/callback?"), "{callback}");
    let run = browser.get(&callback).await.expect(303).header("location").to_owned();
    let page = browser.get(&run).await.expect(200).body;
    assert!(page.contains("It worked") && page.contains("https://mysub.example.com/connect/token"), "{page}");
});

/// An owner's console session, made behind the scenes: the test's browser stays on one host.
async fn console_session(world: &World) -> Browser {
    let (ctx, app) = (&world.app.ctx, &world.app);
    let _signed_out = administrator(app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let system = World { app: app.clone(), library: Library::new("system") };
    let (snap, user) = (system.snapshot().await, system.user_id("owner").await);
    let mut tx = ctx.begin().await.expect("a transaction");
    let begun = service::sessions::begin(ctx, &mut tx, &snap, &user, "pwd", None, &ClientInfo::default()).await;
    let cookie = ctx.random.token().expect("a cookie");
    let row = store::console_sessions::ConsoleSession {
        hash: service::crypto::hash(&cookie),
        session_id: begun.expect("a session").0.id,
        created_at: ctx.now(),
        last_seen_at: ctx.now(),
        expires_at: ctx.now() + 3_600,
    };
    store::console_sessions::insert(&mut tx, &row).await.expect("a console session");
    tx.commit().await.expect("saved");
    let mut browser = app.browser();
    browser.cookies.insert("__Host-tessera-console".to_owned(), cookie);
    browser
}
