//! Secrets that would be recognised anywhere: they are in no log, no error, no revision and no event
//! (docs/security.md 71).

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use model::PageRequest;
use serde_json::json;

use super::ask::{Answer, Ask, VERIFIER};
use super::library::{API_SECRET, SECRET};
use super::world::{Tokens, World, redemption};
use crate::support::{Browser, Reply, TestApp};

const PASSWORD: &str = "canary password under stones";
const WRONG: &str = "canary password mistyped by somebody";

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps what would stand in the log, down to the finest level.
struct Capture;

impl Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn capture() {
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    // A second test of this process finds it done.
    let _ = lines.with_writer(|| Capture).try_init();
}

fn log() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

/// What must not be found, and the errors in which it might be.
#[derive(Default)]
struct Canaries {
    secrets: Vec<String>,
    /// Stand in the links of their own pages.
    handles: Vec<String>,
    errors: Vec<String>,
}

impl Canaries {
    fn secret(&mut self, secret: &str) {
        assert!(secret.len() >= 16, "{secret} could be found by chance");
        self.secrets.push(secret.to_owned());
    }

    fn tokens(&mut self, tokens: &Tokens) {
        self.secret(tokens.access());
        self.secret(tokens.refresh());
        self.secret(tokens.identity());
    }

    fn cookies(&mut self, browser: &Browser) {
        browser.cookies.values().for_each(|cookie| self.secret(cookie));
    }

    /// Keeps the body and the headers of something refused.
    fn error(&mut self, reply: &Reply) {
        assert!(reply.status.as_u16() >= 400, "{}", reply.body);
        self.errors.push(format!("{:?}\n{}", reply.headers, reply.body));
    }

    fn assert_absent(&self, place: &str, text: &str) {
        for secret in &self.secrets {
            // A form-encoded secret is one all the same.
            for spelling in [secret.clone(), secret.replace(' ', "+"), secret.replace(' ', "%20")] {
                assert!(!text.contains(&spelling), "{place} tells {spelling}");
            }
        }
    }
}

async fn register(world: &World, canaries: &mut Canaries) -> Browser {
    let mut browser = world.app.browser();
    browser.open(&world.authorize(&Ask::of("my-app").with("prompt", "create"))).await.expect(200);
    canaries.handles.push(browser.here.split("i=").nth(1).expect("a handle").to_owned());
    let here = browser.here.clone();
    let fields =
        |again: &'static str| [("email", "new@email.com"), ("password", PASSWORD), ("password_confirmation", again)];
    let refused = browser.post(&here, &fields(WRONG)).await;
    canaries.error(&refused);
    let code = Answer::of(&browser.post(&here, &fields(PASSWORD)).await).code();
    canaries.secret(&code);
    canaries.cookies(&browser);
    browser
}

async fn use_tokens(world: &World, browser: &mut Browser, canaries: &mut Canaries) {
    let code = world.ask(browser, &Ask::of("my-app")).await.code();
    canaries.secret(&code);
    let wrong = [&redemption(&code)[..3], &[("code_verifier", WRONG)]].concat();
    canaries.error(&world.token(&wrong).await);
    let first = Tokens::of(world.redeem(&code).await);
    let second = Tokens::of(world.refresh(first.refresh()).await);
    canaries.tokens(&first);
    canaries.tokens(&second);
    world.assert_alive(second.access(), true).await;
    canaries.error(&world.refresh(first.refresh()).await);
    canaries.error(&world.redeem(&code).await);
    canaries.error(&world.userinfo(second.access()).await);
    canaries.error(&world.userinfo(&format!("{}x", second.access())).await);
    let query = world.path(&format!("/connect/userinfo?access_token={}", second.access()));
    canaries.error(&world.app.get(&query).await);
    let query = format!("/connect/token?code={code}&client_secret={SECRET}");
    canaries.error(&world.post(&query, &redemption(&code)).await);
    canaries.error(&world.post_basic("/connect/token", ("my-app", API_SECRET), &redemption(&code)).await);
    canaries.error(&world.post_basic("/connect/introspect", ("library-api", SECRET), &[("token", "x")]).await);
    let ask = Ask::of("my-app").with("redirect_uri", "https://evil.example/").with("id_token_hint", first.identity());
    canaries.error(&world.app.get(&world.authorize(&ask)).await);
}

/// Every line of both logs.
async fn written(app: &TestApp) -> String {
    let mut conn = app.ctx.read().await.expect("a connection");
    let all = PageRequest { size: 100_000, ..PageRequest::default() };
    let revisions = store::revisions::page_of_installation(&mut conn, &all).await.expect("revisions").items;
    let events = store::events::page_of_installation(&mut conn, &all).await.expect("events").items;
    assert!(!revisions.is_empty() && !events.is_empty());
    let values = revisions.iter().flat_map(|row| [&row.before, &row.after]).flatten();
    let values = values.chain(events.iter().map(|row| &row.data)).map(store::JsonText::as_str);
    let values: Vec<&str> = values.collect();
    format!("{revisions:?}\n{events:?}\n{}", values.join("\n"))
}

both!(canaries_are_found_nowhere, |app| async move {
    capture();
    let mut canaries = Canaries::default();
    for secret in [PASSWORD, WRONG, SECRET, API_SECRET, VERIFIER] {
        canaries.secret(secret);
    }
    let mut world = World::open(&app).await;
    let link = service::admin::setup_link(&app.ctx).await.expect("asked").expect("a link");
    canaries.secret(&link);
    app.get(&format!("/console/setup?token={link}")).await.expect(200);
    for format in ["jwt", "reference"] {
        world.change(|library| library.application("my-app", &json!({ "access_token_format": format }))).await;
        let mut browser =
            if format == "jwt" { register(&world, &mut canaries).await } else { world.signed_in("john").await };
        canaries.cookies(&browser);
        use_tokens(&world, &mut browser, &mut canaries).await;
    }
    let sign_in = [("username", "new@email.com"), ("password", WRONG)];
    canaries.error(&app.browser().post(&world.path("/login"), &sign_in).await);
    // Errors of the database are logged with their cause.
    let code = world.code(&Ask::of("my-app")).await;
    canaries.secret(&code);
    let events = written(&app).await;
    app.ctx.store.close().await;
    canaries.error(&world.redeem(&code).await);
    canaries.errors.iter().for_each(|error| canaries.assert_absent("an error", error));
    let handles = std::mem::take(&mut canaries.handles);
    canaries.secrets.extend(handles);
    canaries.assert_absent("the audit log", &events);
    let log = log();
    assert!(log.contains("answered") && log.contains("/connect/token"), "nothing was captured");
    canaries.assert_absent("the log", &log);
});
