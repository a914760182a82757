//! A running server with a library in it, and what its people and programs do.

use axum::body::Body;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use service::client::ClientInfo;

use super::ask::{Answer, Ask, VERIFIER};
use super::library::{API_SECRET, CALLBACK, Library, SECRET};
use crate::support::app::{encode, form};
use crate::support::{Browser, Reply, TestApp};

/// See the module.
#[derive(Clone)]
pub struct World {
    pub app: TestApp,
    pub library: Library,
}

/// What the token endpoint gave.
#[derive(Clone, Debug)]
pub struct Tokens(pub Value);

impl Tokens {
    /// Of a good answer.
    #[track_caller]
    pub fn of(reply: Reply) -> Self {
        Self(reply.expect(200).json())
    }

    fn get(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn access(&self) -> &str {
        self.get("access_token")
    }

    pub fn refresh(&self) -> &str {
        self.get("refresh_token")
    }

    pub fn identity(&self) -> &str {
        self.get("id_token")
    }
}

impl World {
    /// The library as it is.
    pub async fn open(app: &TestApp) -> Self {
        Self::with(app, |library| library).await
    }

    /// The library with changes.
    pub async fn with(app: &TestApp, change: impl FnOnce(Library) -> Library) -> Self {
        Self::of(app, change(Library::new("mysub"))).await
    }

    async fn of(app: &TestApp, library: Library) -> Self {
        let world = Self { app: app.clone(), library };
        world.apply().await;
        world
    }

    /// Another subscription of the very same names.
    pub async fn beside(&self, slug: &str) -> Self {
        Self::of(&self.app, self.library.clone().named(slug)).await
    }

    /// The same library at another node.
    pub fn at(&self, app: &TestApp) -> Self {
        Self { app: app.clone(), library: self.library.clone() }
    }

    /// Changes the configuration.
    pub async fn change(&mut self, change: impl FnOnce(Library) -> Library) {
        self.library = change(self.library.clone());
        self.apply().await;
    }

    async fn apply(&self) {
        let document = service::apply::parse(&self.library.file(), "library.json").expect("an apply file");
        let options = service::apply::Options::default();
        service::apply::apply(&self.app.ctx, &document, &options, false).await.expect("applied");
    }

    pub fn slug(&self) -> &str {
        self.library.slug()
    }

    pub fn issuer(&self) -> String {
        self.app.ctx.issuer(self.slug())
    }

    /// A path inside the issuer.
    pub fn path(&self, inside: &str) -> String {
        format!("/s/{}{inside}", self.slug())
    }

    /// Path and query of an authorization request.
    pub fn authorize(&self, ask: &Ask) -> String {
        self.path(&format!("/connect/authorize?{}", ask.query()))
    }

    /// Name of the session's cookie.
    pub fn cookie(&self) -> String {
        format!("tessera-{}", self.slug())
    }

    pub async fn snapshot(&self) -> std::sync::Arc<service::snapshot::Snapshot> {
        let ctx = &self.app.ctx;
        ctx.snapshots.get(ctx, self.slug()).await.expect("a subscription")
    }

    pub async fn subscription_id(&self) -> String {
        let mut conn = self.app.ctx.read().await.expect("a connection");
        let row = store::subscriptions::find_by_slug(&mut conn, self.slug()).await.expect("asked");
        row.expect("a subscription").object.id
    }

    pub async fn user_id(&self, username: &str) -> String {
        let subscription = self.subscription_id().await;
        let mut conn = self.app.ctx.read().await.expect("a connection");
        store::users::find_by_login(&mut conn, &subscription, username).await.expect("asked").expect("a user").id
    }

    pub async fn application_id(&self, client_id: &str) -> String {
        self.snapshot().await.tenant.application(client_id).expect("an application").id().to_owned()
    }

    /// A browser where somebody signed in a moment ago.
    pub async fn signed_in(&self, username: &str) -> Browser {
        let (ctx, user) = (&self.app.ctx, self.user_id(username).await);
        let snap = self.snapshot().await;
        let mut tx = ctx.begin().await.expect("a transaction");
        let begun = service::sessions::begin(ctx, &mut tx, &snap, &user, "pwd", None, &ClientInfo::default()).await;
        tx.commit().await.expect("saved");
        let mut browser = self.app.browser();
        browser.cookies.insert(self.cookie(), begun.expect("a session").1);
        browser
    }

    /// The answer to a request, where nothing is left to ask.
    pub async fn ask(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        Answer::of(&browser.get(&self.authorize(ask)).await)
    }

    /// A code for `john`.
    pub async fn code(&self, ask: &Ask) -> String {
        self.ask(&mut self.signed_in("john").await, ask).await.code()
    }

    /// Posts as `my-app`, its secret in the body.
    pub async fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
        let own = [("client_id", "my-app"), ("client_secret", SECRET)];
        self.app.post(&self.path(endpoint), &[&own[..], fields].concat()).await
    }

    /// Posts with a name and a secret in the header.
    pub async fn post_basic(&self, endpoint: &str, (name, secret): (&str, &str), fields: &[(&str, &str)]) -> Reply {
        let credentials = STANDARD.encode(format!("{name}:{secret}"));
        self.post_with(endpoint, &[&format!("Basic {credentials}")], fields).await
    }

    /// Posts with these Authorization headers.
    pub async fn post_with(&self, endpoint: &str, headers: &[&str], fields: &[(&str, &str)]) -> Reply {
        let request = form(&self.path(endpoint));
        let request = headers.iter().fold(request, |request, header| request.header(AUTHORIZATION, *header));
        self.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    }

    /// A token request of `my-app`.
    pub async fn token(&self, fields: &[(&str, &str)]) -> Reply {
        self.post("/connect/token", fields).await
    }

    /// Redeems a code as `my-app`.
    pub async fn redeem(&self, code: &str) -> Reply {
        self.token(&redemption(code)).await
    }

    /// Uses a refresh token as `my-app`.
    pub async fn refresh(&self, token: &str) -> Reply {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Everything `my-app` gets for `john`.
    pub async fn tokens(&self) -> Tokens {
        Tokens::of(self.redeem(&self.code(&Ask::of("my-app")).await).await)
    }

    /// UserInfo, by the header.
    pub async fn userinfo(&self, token: &str) -> Reply {
        let request = axum::extract::Request::get(self.path("/connect/userinfo"));
        let request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }

    /// What `library-api` is told.
    pub async fn introspect(&self, token: &str) -> Value {
        let own = ("library-api", API_SECRET);
        self.post_basic("/connect/introspect", own, &[("token", token)]).await.expect(200).json()
    }

    /// Asserts that a token is good for nothing, or for something.
    #[track_caller]
    pub fn assert_alive(&self, token: &str, alive: bool) -> impl Future<Output = ()> {
        let (world, token) = (self.clone(), token.to_owned());
        let caller = std::panic::Location::caller();
        async move {
            let status = if alive { 200 } else { 401 };
            assert_eq!(world.userinfo(&token).await.status.as_u16(), status, "UserInfo, from {caller}");
            assert_eq!(world.introspect(&token).await["active"], alive, "introspection, from {caller}");
        }
    }
}

/// The fields that redeem a code.
pub fn redemption(code: &str) -> [(&str, &str); 4] {
    [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]
}

/// Asserts an OAuth error; it never says anything internal.
#[track_caller]
pub fn assert_error(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status.as_u16(), reply.json()["error"].as_str()), (status, Some(code)), "{}", reply.body);
    assert!(!reply.json()["error_description"].as_str().unwrap_or_default().is_empty(), "{}", reply.body);
    assert!(reply.header("cache-control").contains("no-store"));
}

/// What a JWT says, whoever signed it.
#[track_caller]
pub fn payload(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("a payload");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}
