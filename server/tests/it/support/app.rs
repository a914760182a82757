//! A server in the test's own process: a fresh database, a clock that stands still, no listener.

use axum::body::Body;
use axum::extract::Request;
use server::App;
use server::config::given::Written;
use server::config::{Given, Settings};
use service::Ctx;
use service::apply::{self, Options};
use service::clock::Clock;
use service::installation::Outside;
use testing::{Database, Running};
use tower::ServiceExt;

use super::kept_keys::kept_keys;
use super::{Browser, Reply};

/// When every test begins: 2026-11-22T00:00:00Z.
pub const NOW: i64 = 1_795_305_600;

/// The repository's example.
const LIBRARY: &str = include_str!("../../../../examples/library.json");

/// What differs from the defaults.
#[derive(Clone, Default)]
pub struct Setup {
    given: Given,
}

impl Setup {
    /// Another setting, by its key.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Given)) -> Self {
        change(&mut self.given);
        self
    }

    /// Served over TLS, as far as the server can tell.
    pub fn https() -> Self {
        Self::default().with(|given| given.public_url = Some(Written::from("https://id.example.com")))
    }

    /// Each subscription on a host of its own.
    pub fn host_issuers() -> Self {
        Self::https().with(|given| given.issuer = Some(Written::from("https://{subscription}.example.com")))
    }

    fn settings(self, database: &Database) -> Settings {
        let folder = database.folder().display().to_string();
        let place = Given {
            database_url: Some(Written(database.url())),
            data_dir: Some(Written(folder)),
            hashing_slots: Some(Written::from("2")),
            // A test is one browser after another from one address.
            page_requests_per_second: Some(Written::from("0")),
            ..Given::default()
        };
        Settings::from_given(self.given.or(place)).expect("settings")
    }
}

/// See the module.
#[derive(Clone)]
pub struct TestApp {
    router: axum::Router,
    /// For tests that look behind the scenes.
    pub ctx: Ctx,
    /// Turned off by a signal.
    pub readiness: server::http::Readiness,
    /// Stands still until a test moves it.
    pub clock: Clock,
    /// As checked.
    pub settings: Settings,
}

impl TestApp {
    /// Runs a test and cleans up however it ended.
    pub async fn run(database: Database, setup: Setup, test: impl FnOnce(Self) -> Running) {
        let settings = setup.settings(&database);
        let clock = Clock::fixed(NOW);
        let App { router, ctx, readiness, .. } = server::build(&settings, outside(&clock)).await.expect("builds");
        let store = ctx.store.clone();
        let test = test(Self { router, ctx, readiness, clock, settings });
        testing::until_the_end(test, async move {
            store.close().await;
            database.remove().await;
        })
        .await;
    }

    /// Brings the configuration of `examples/library.json` in: subscription `mysub`, application
    /// `my-app`, connection `library-api`, user `john`.
    pub async fn with_library(self) -> Self {
        let document = apply::parse(LIBRARY, "library.json").expect("the example");
        apply::apply(&self.ctx, &document, &Options::default(), false).await.expect("applied");
        self
    }

    /// Another server on the same database: a second node, or the same one after a restart.
    pub async fn beside(&self) -> Self {
        let App { router, ctx, readiness, .. } =
            server::build(&self.settings, outside(&self.clock)).await.expect("builds");
        Self { router, ctx, readiness, ..self.clone() }
    }

    /// The server's own origin.
    pub fn origin(&self) -> &str {
        self.settings.public_url.as_str()
    }

    /// A new browser that knows nothing.
    pub fn browser(&self) -> Browser {
        Browser::new(self.clone())
    }

    /// Answers a request as it is; the Host header is added where it is missing.
    pub async fn send(&self, request: Request) -> Reply {
        let mut request = request;
        let host = self.settings.public_url.authority().parse().expect("a host");
        request.headers_mut().entry("host").or_insert(host);
        Reply::read(self.router.clone().oneshot(request).await.expect("infallible")).await
    }

    /// A GET without any cookie.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).expect("request")).await
    }

    /// A form as a program posts it: no cookie, no Origin.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(form(path).body(Body::from(encode(fields))).expect("request")).await
    }
}

fn outside(clock: &Clock) -> Outside {
    Outside { clock: clock.clone(), key_source: kept_keys() }
}

/// A request that posts a form.
pub fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path).header("content-type", "application/x-www-form-urlencoded")
}

/// A form's body.
pub fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
