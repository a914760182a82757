//! The playground: a real sign-in from the console, read step by step; its redirect URI, its answer and its
//! page are good for one request and one administrator (docs/security.md 1, 2, 17, 18, 63, 71).

mod ends;
mod refusals;
mod runs;

use model::Role;
use store::playground_runs::Run;

use crate::console_access::people::administrator;
use crate::oauth::world::World;
use crate::support::{Browser, Reply};

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
