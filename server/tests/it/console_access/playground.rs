//! The playground: a real sign-in from the console, read step by step; its redirect URI, its answer and its
//! page are good for one request and one administrator (docs/security.md 1, 2, 17, 18, 63, 71).

use axum::body::Body;
use axum::extract::Request;
use model::Role;
use serde_json::json;
use service::Actor;
use service::client::ClientInfo;
use service::console::applications;
use store::playground_runs::Run;

use super::people::{EVERYWHERE, administrator};
use crate::oauth::ask::VERIFIER;
use crate::oauth::library::{Library, PASSWORD, SECRET};
use crate::oauth::world::{World, assert_error, redemption};
use crate::support::{Browser, Reply, Setup};

const CALLBACK: &str = "http://localhost:8080/console/playground/callback";
/// How a JWT begins, whichever member its header has first: `alg` or `typ`.
const JWT: &str = "eyJhbGciOi";
const JWT_BY_TYPE: &str = "eyJ0eXAiOi";
const RUN: [(&str, &str); 4] =
    [("grant", "authorization_code"), ("scope", "openid"), ("scope", "library"), ("scope", "books")];

/// An editor of the library who is about to try out `my-app`.
struct Desk {
    world: World,
    path: String,
    browser: Browser,
}

impl Desk {
    async fn of(world: World) -> Self {
        let path = format!("/console/mysub/applications/{}/playground", world.application_id("my-app").await);
        let browser = editor(&world, "editor").await;
        Self { world, path, browser }
    }

    /// The same person is signed in to the subscription, too.
    async fn seated(world: World) -> Self {
        let mut desk = Self::of(world).await;
        let cookie = desk.world.signed_in("john").await.cookies[&desk.world.cookie()].clone();
        desk.browser.cookies.insert(desk.world.cookie(), cookie);
        desk
    }

    /// Starts a run; the authorization request that the browser is sent to.
    async fn start(&mut self, more: &[(&str, &str)]) -> String {
        let reply = self.browser.post(&self.path, &[&RUN[..], more].concat()).await.expect(303);
        let url = reply.header("location").to_owned();
        assert!(url.starts_with(&format!("{}/connect/authorize?", self.world.issuer())), "{url}");
        url
    }

    /// Starts a run and goes on to its answer, which is not opened yet.
    async fn answered(&mut self, more: &[(&str, &str)]) -> String {
        let url = self.start(more).await;
        callback(&self.browser.get(&url).await)
    }

    /// Opens an answer, and then the run's page.
    async fn land(&mut self, callback: &str) -> String {
        let to = self.browser.get(callback).await.expect(303).header("location").to_owned();
        assert!(to.starts_with(&format!("{}/", self.path)), "{to}");
        self.browser.get(&to).await.expect(200).body
    }

    async fn row(&self, state: &str) -> Run {
        let mut conn = self.world.app.ctx.read().await.expect("a connection");
        let hash = service::crypto::hash(state);
        store::playground_runs::find_by_state(&mut conn, &hash).await.expect("asked").expect("a run")
    }
}

async fn editor(world: &World, name: &str) -> Browser {
    administrator(&world.app, name, &[(&world.subscription_id().await, Role::Editor)]).await
}

/// Where the browser is sent with the answer of a run.
#[track_caller]
fn callback(reply: &Reply) -> String {
    let location = reply.header("location");
    assert!(location.starts_with(&format!("{CALLBACK}?")), "{} {location}\n{}", reply.status, reply.body);
    location.to_owned()
}

/// A parameter of an address.
fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').expect("a query").1;
    let found = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no {name} in {url}")).1.into_owned()
}

fn assert_refused(reply: &Reply, why: &str) {
    assert_eq!(reply.status, 400, "{why}: {}", reply.header("location"));
    assert_eq!(reply.header("location"), "", "{why}");
}

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
    assert!(log.contains("Tried out an application") && !log.contains("poetry"), "{log}");
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

both!(the_redirect_uri_is_for_that_very_request, |app| async move {
    let world = World::open(&app).await;
    world.beside("yours").await;
    let mut desk = Desk::seated(world).await;
    let url = desk.start(&[]).await;
    let (state, challenge) = (parameter(&url, "state"), parameter(&url, "code_challenge"));
    let other = |from: &str, to: &str| {
        assert!(url.contains(from), "{from} is not in {url}");
        url.replace(from, to)
    };
    for (why, bent) in [
        ("another state", other(&state, &"x".repeat(43))),
        ("no state", other(&format!("&state={state}"), "")),
        ("another challenge", other(&challenge, &oidc::digest::sha256_base64url(VERIFIER.as_bytes()))),
        ("another scope", other("openid+library", "openid")),
        ("another application", other("client_id=my-app", "client_id=museum")),
        ("another subscription", other("/s/mysub/", "/s/yours/")),
        ("one parameter more", format!("{url}&response_mode=form_post")),
        ("another path", other("playground%2Fcallback", "playground%2Fcallback%2F")),
    ] {
        assert_refused(&desk.browser.get(&bent).await, why);
    }
    // To the letter it is good, by a POST too, and as often as the browser goes back.
    callback(&desk.browser.get(&url).await);
    let query = url.split_once('?').expect("a query").1;
    let posted = Request::post(desk.world.path("/connect/authorize"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(query.to_owned()));
    let stored = app.send(posted.expect("a request")).await.expect(303);
    let callback = callback(&desk.browser.get(stored.header("location")).await);
    desk.land(&callback).await;
    // Answered, it is over.
    assert_refused(&desk.browser.get(&url).await, "an answered run");
    let url = desk.start(&[]).await;
    app.clock.advance(600);
    assert_refused(&desk.browser.get(&url).await, "an expired run");
});

both!(only_who_started_a_run_may_finish_and_read_it, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let issuer = form_urlencoded::byte_serialize(desk.world.issuer().as_bytes()).collect::<String>();
    let mut colleague = editor(&desk.world, "colleague").await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    assert_refused(&colleague.get(&callback).await, "a colleague");
    assert_refused(&owner.get(&callback).await, "an owner");
    // Not even to the sign-in, which would carry the code along.
    assert_refused(&app.browser().get(&callback).await, "nobody");
    assert_refused(&desk.world.signed_in("mary").await.get(&callback).await, "a user");
    let own = &mut desk.browser;
    let state = parameter(&callback, "state");
    assert_refused(&own.get(&callback.replace(&state, &"x".repeat(43))).await, "another state");
    assert_refused(&own.get(&callback.replace(&format!("&iss={issuer}"), "")).await, "no issuer");
    assert_refused(&own.get(&callback.replace("%2Fmysub", "%2Fsystem")).await, "another issuer");
    assert_refused(&own.get(&format!("{callback}&state={state}")).await, "two states");

    // Of two at once one takes it, and both come to the page.
    let (mut one, mut two) = (desk.browser.clone(), desk.browser.clone());
    let (first, second) = tokio::join!(one.get(&callback), two.get(&callback));
    assert_eq!(first.header("location"), second.header("location"), "{} {}", first.status, second.status);
    let page = desk.land(&callback).await;
    assert!(page.contains("It worked") && page.contains("LC-123456"), "{page}");
    let run = first.expect(303).header("location").to_owned();
    colleague.get(&run).await.expect(404);
    owner.get(&run).await.expect(404);
    assert!(!colleague.get(&desk.path).await.expect(200).body.contains("John Doe"));
    // Nor under another application's name.
    let museum = desk.world.application_id("museum").await;
    let own = desk.path.split('/').nth(4).expect("an id").to_owned();
    desk.browser.get(&run.replace(&own, &museum)).await.expect(404);
    // A day later it is gone.
    app.clock.advance(86_400);
    service::housekeeping::run_once(&app.ctx).await.expect("cleans");
    let mut conn = app.ctx.read().await.expect("a connection");
    let hash = service::crypto::hash(&state);
    assert_eq!(store::playground_runs::find_by_state(&mut conn, &hash).await.expect("asked"), None);
});

both!(a_run_takes_no_code_but_its_own, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let theirs = desk.world.code(&crate::oauth::ask::Ask::of("my-app")).await;
    let page = desk.land(&callback.replace(&parameter(&callback, "code"), &theirs)).await;
    assert!(page.contains("invalid_grant") && !page.contains("John Doe"), "{page}");
    // And leaves it as it was.
    desk.world.redeem(&theirs).await.expect(200);
});

both!(the_code_of_a_run_is_unknown_to_the_token_endpoint, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let code = parameter(&callback, "code");
    let mut fields = redemption(&code).to_vec();
    fields[2].1 = CALLBACK;
    for fields in [fields.clone(), fields[..3].to_vec()] {
        assert_error(&desk.world.token(&fields).await, 400, "invalid_grant");
    }
    assert!(desk.land(&callback).await.contains("It worked"));
    assert_error(&desk.world.token(&fields).await, 400, "invalid_grant");
});

both!(a_refusal_is_shown_where_it_happened, |app| async move {
    let mut desk = Desk::of(World::open(&app).await).await;
    let callback = desk.answered(&[("prompt", "none")]).await;
    let page = desk.land(&callback).await;
    assert!(page.contains("login_required") && page.contains("the user must sign in"), "{page}");
    // One that the endpoint itself refuses leads to the failure doctor.
    let url = desk.start(&[]).await;
    let less = json!({ "allowed_identity_scopes": ["profile"], "allowed_api_scopes": [] });
    desk.world.change(|library| library.application("my-app", &less)).await;
    let callback = callback_of(&mut desk.browser, &url).await;
    let page = desk.land(&callback).await;
    assert!(page.contains("invalid_scope"), "{page}");
    let link = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.contains("/failures/"));
    desk.browser.get(link.expect("a link")).await.expect(200);
});

async fn callback_of(browser: &mut Browser, url: &str) -> String {
    callback(&browser.get(url).await)
}

both!(what_is_disabled_or_taken_away_meanwhile_ends_it, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let (waiting, answered) = (desk.start(&[]).await, desk.answered(&[]).await);
    let id = desk.world.application_id("my-app").await;
    let version = applications::get(&app.ctx, &Actor::Cli, "mysub", &id).await.expect("one").stored.version;
    applications::set_disabled(&app.ctx, &Actor::Cli, "mysub", &id, version, true).await.expect("disabled");
    assert_refused(&desk.browser.get(&waiting).await, "a disabled application");
    let page = desk.land(&answered).await;
    assert!(page.contains("invalid_client") && !page.contains("LC-123456"), "{page}");
    desk.browser.post(&desk.path, &RUN).await.expect(422);
    applications::set_disabled(&app.ctx, &Actor::Cli, "mysub", &id, version + 1, false).await.expect("enabled");

    let answered = desk.answered(&[]).await;
    let system = World { app: app.clone(), library: Library::new("system") };
    let (user, subscription) = (system.user_id("editor").await, desk.world.subscription_id().await);
    let mut tx = app.ctx.begin().await.expect("a transaction");
    store::roles::put(&mut tx, &user, &subscription, Role::Viewer).await.expect("put");
    tx.commit().await.expect("saved");
    desk.browser.get(&answered).await.expect(403);
    desk.browser.post(&desk.path, &RUN).await.expect(403);
    let page = desk.browser.get(&desk.path).await.expect(200).body;
    assert!(page.contains("Editors can start a run here.") && !page.contains("name=\"scope\""), "{page}");
});

both!(built_in_applications_have_no_playground, |app| async move {
    World::open(&app).await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let system = World { app: app.clone(), library: Library::new("system") };
    let path = format!("/console/system/applications/{}", system.application_id("tessera-console").await);
    assert!(!owner.get(&path).await.expect(200).body.contains("/playground"));
    let path = format!("{path}/playground");
    owner.get(&path).await.expect(404);
    owner.post(&path, &[("grant", "authorization_code"), ("scope", "openid")]).await.expect(404);
});

both!(what_the_application_may_not_ask_is_not_asked, |app| async move {
    let mut desk = Desk::of(World::open(&app).await).await;
    for (name, value) in
        [("scope", "museum"), ("prompt", "all"), ("max_age", "-1"), ("redirect_uri", "x"), ("state", "x")]
    {
        let page = desk.browser.post(&desk.path, &[&RUN[..], &[(name, value)]].concat()).await.expect(422).body;
        assert!(page.contains("error-summary"), "{name}");
    }
    desk.browser.post(&desk.path, &[("grant", "authorization_code")]).await.expect(422);
    // A subscription may well be called like a part of the callback's address.
    desk.world.beside("playground").await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    owner.get("/console/playground/applications").await.expect(200);
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
