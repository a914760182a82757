//! Good requests of each endpoint, with codes and tokens that count.

use serde_json::json;
use store::authentication_requests;

use super::super::ask::Ask;
use super::super::library::{API_SECRET, MUSEUM_API_SECRET, MUSEUM_SECRET, PASSWORD, SECRET};
use super::super::rfc7523_jwt_bearer::{GRANT, assertion, trusting};
use super::super::signer::Signer;
use super::super::world::{World, redemption};
use super::message::Message;
use crate::support::TestApp;

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const CIBA: &str = "urn:openid:params:grant-type:ciba";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const OWN: [(&str, &str); 2] = [("client_id", "my-app"), ("client_secret", SECRET)];

/// Where the requests go.
#[derive(Clone, Copy)]
pub enum Seeds {
    Authorize,
    Pushed,
    Token,
    DeviceAuthorization,
    BackchannelAuthentication,
    Introspection,
    Revocation,
    UserInfo,
    EndSession,
    Metadata,
    Pages,
}

impl Seeds {
    /// A library in which every grant is used, and tokens are of several kinds.
    pub async fn world(self, app: &TestApp) -> World {
        World::with(app, |library| {
            let all = json!({
                "grant_types": ["authorization_code", "refresh_token", "client_credentials", EXCHANGE, DEVICE, GRANT, CIBA],
                "exchange_targets": ["library-api", "museum"],
            });
            let museum = json!({ "access_token_format": "reference", "signing_alg": "ES256", "require_consent": true });
            let reader = json!({ "post_logout_redirect_uris": ["https://library.example/bye"] });
            let library = library.application("my-app", &all).application("museum", &museum);
            let library = library.application("reader", &reader);
            let library = library.subscription(&trusting(&json!({ "subject": "username" })));
            // Hashing takes its time, and only the pages ask for a password.
            if matches!(self, Self::Pages) { library.password("john") } else { library }
        })
        .await
    }

    /// Some good requests.
    pub async fn make(self, world: &World) -> Vec<Message> {
        let at = |inside: &str| world.path(inside);
        match self {
            Self::Authorize => authorize(world).await,
            Self::Pushed => {
                let ask = Ask::of("my-app");
                let fields = [&ask.fields()[..], &OWN].concat();
                let reader = Ask::of("reader");
                vec![Message::post(at("/connect/par"), &fields), Message::post(at("/connect/par"), &reader.fields())]
            }
            Self::Token => token(world).await,
            Self::DeviceAuthorization => {
                let fields = [&OWN[..], &[("scope", "openid profile")]].concat();
                vec![Message::post(at("/connect/device_authorization"), &fields)]
            }
            Self::BackchannelAuthentication => asked_of_people(world).await,
            Self::Introspection => {
                let tokens = world.tokens().await;
                let ask = |who, token: &str| Message::post(at("/connect/introspect"), &[("token", token)]).basic(who);
                vec![
                    ask(("library-api", API_SECRET), tokens.access()),
                    ask(("museum-api", MUSEUM_API_SECRET), tokens.refresh()),
                    ask(("library-api", API_SECRET), tokens.identity()),
                ]
            }
            Self::Revocation => {
                let tokens = world.tokens().await;
                let of = |token: &str| {
                    let fields = [&OWN[..], &[("token", token), ("token_type_hint", "refresh_token")]].concat();
                    Message::post(at("/connect/revocation"), &fields)
                };
                vec![of(tokens.access()), of(tokens.refresh()), of("unknown")]
            }
            Self::UserInfo => {
                let tokens = world.tokens().await;
                let bearer = format!("Bearer {}", tokens.access());
                let proof =
                    Signer::new(1).proof("GET", &format!("{}/connect/userinfo", world.issuer()), "a", &json!({}));
                vec![
                    Message::get(at("/connect/userinfo"), &[]).with("authorization", &bearer),
                    Message::post(at("/connect/userinfo"), &[("access_token", tokens.access())]),
                    Message::get(at("/connect/userinfo"), &[]).with("authorization", &bearer).with("dpop", &proof),
                ]
            }
            Self::EndSession => end_session(world).await,
            Self::Metadata => {
                let documents = [
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/.well-known/jwks.json",
                    "/jwks.json",
                ];
                documents.map(|document| Message::get(at(document), &[("x", "y")])).into()
            }
            Self::Pages => pages(world).await,
        }
    }
}

/// Requests for somebody's sign-in, of which a person has three at most: what waits is answered first.
async fn asked_of_people(world: &World) -> Vec<Message> {
    for username in ["john", "mary"] {
        answer_all(world, username).await;
    }
    let at = world.path("/connect/backchannel_authentication");
    let tokens = world.tokens().await;
    let by_name = [("scope", "openid profile"), ("login_hint", "mary"), ("requested_expiry", "1")];
    let by_token = [("scope", "openid books"), ("id_token_hint", tokens.identity()), ("requested_expiry", "1")];
    [&by_name, &by_token].map(|fields| Message::post(at.clone(), &[&OWN[..], fields].concat())).into()
}

async fn answer_all(world: &World, username: &str) {
    let (ctx, user) = (&world.app.ctx, world.user_id(username).await);
    let mut tx = ctx.begin_brief().await.expect("a transaction");
    for row in authentication_requests::waiting_for(&mut tx, &user, ctx.now()).await.expect("a list") {
        authentication_requests::deny(&mut tx, &row.hash, ctx.now()).await.expect("denied");
    }
    tx.commit().await.expect("committed");
}

/// The cookie of somebody who is signed in.
async fn cookie(world: &World, username: &str) -> String {
    let browser = world.signed_in(username).await;
    let pairs: Vec<String> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("; ")
}

async fn authorize(world: &World) -> Vec<Message> {
    let at = world.path("/connect/authorize");
    let cookie = cookie(world, "john").await;
    let hint = world.tokens().await;
    let more = Ask::of("my-app")
        .with("response_mode", "form_post")
        .with("prompt", "none")
        .with("max_age", "100000")
        .with("claims", r#"{"userinfo":{"name":{"essential":true}},"id_token":{"auth_time":null}}"#)
        .with("id_token_hint", hint.identity());
    let asks = [Ask::of("my-app"), Ask::of("museum"), Ask::of("reader"), more];
    let mut messages: Vec<Message> =
        asks.iter().map(|ask| Message::get(at.clone(), &ask.fields()).with("cookie", &cookie)).collect();
    messages.push(Message::get(at.clone(), &Ask::of("my-app").fields()));
    messages.push(Message::post(at, &Ask::of("my-app").fields()));
    messages
}

async fn token(world: &World) -> Vec<Message> {
    let at = world.path("/connect/token");
    let code = world.code(&Ask::of("my-app")).await;
    let tokens = world.tokens().await;
    let device = [&OWN[..], &[("scope", "openid profile")]].concat();
    let device = world.app.post(&world.path("/connect/device_authorization"), &device).await.expect(200).json();
    let exchange = [
        ("grant_type", EXCHANGE),
        ("subject_token", tokens.access()),
        ("subject_token_type", ACCESS_TOKEN),
        ("audience", "library-api"),
    ];
    let device = [("grant_type", DEVICE), ("device_code", device["device_code"].as_str().expect("a code"))];
    let asked = [&OWN[..], &[("scope", "openid"), ("login_hint", "john"), ("requested_expiry", "5")]].concat();
    let asked = world.app.post(&world.path("/connect/backchannel_authentication"), &asked).await.json();
    let asked = [("grant_type", CIBA), ("auth_req_id", asked["auth_req_id"].as_str().unwrap_or("x"))];
    let assertion = assertion(world, &code, &json!({}));
    let asserted = [("grant_type", GRANT), ("assertion", assertion.as_str()), ("scope", "openid books")];
    let itself = [("grant_type", "client_credentials"), ("scope", "books")];
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    let url = format!("{}/connect/token", world.issuer());
    let proof = Signer::new(1).proof("POST", &url, &code, &json!({ "iat": world.app.ctx.now() }));
    vec![
        Message::post(at.clone(), &[&OWN[..], &redemption(&code)].concat()),
        Message::post(at.clone(), &[&OWN[..], &refresh].concat()),
        Message::post(at.clone(), &itself).basic(("my-app", SECRET)),
        Message::post(at.clone(), &itself).basic(("museum", MUSEUM_SECRET)),
        Message::post(at.clone(), &itself).basic(("my-app", SECRET)).with("dpop", &proof),
        Message::post(at.clone(), &exchange).basic(("my-app", SECRET)),
        Message::post(at.clone(), &asserted).basic(("my-app", SECRET)),
        Message::post(at.clone(), &[&OWN[..], &asked].concat()),
        Message::post(at, &[&OWN[..], &device].concat()),
    ]
}

async fn end_session(world: &World) -> Vec<Message> {
    let at = world.path("/connect/endsession");
    let tokens = world.tokens().await;
    let cookie = cookie(world, "john").await;
    let fields = [
        ("id_token_hint", tokens.identity()),
        ("post_logout_redirect_uri", "https://library.example/bye"),
        ("state", "s"),
        ("client_id", "my-app"),
    ];
    vec![
        Message::get(at.clone(), &fields).with("cookie", &cookie),
        Message::get(at.clone(), &fields[1..]),
        Message::post(at, &fields),
    ]
}

/// Of an interaction that has only begun, and of a device.
async fn pages(world: &World) -> Vec<Message> {
    let mut browser = world.app.browser();
    let begun = browser.get(&world.authorize(&Ask::of("museum"))).await.expect(303);
    let login = begun.header("location").to_owned();
    let (path, query) = login.split_once('?').expect("an interaction");
    let interaction = form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>();
    let interaction: Vec<(&str, &str)> = interaction.iter().map(|(name, value)| (&**name, &**value)).collect();
    let origin = world.app.origin();
    let cookie = cookie(world, "john").await;
    let on = |page: &str| format!("{}?{query}", world.path(page));
    let page = |page: &str, fields: &[(&str, &str)]| {
        Message::post(on(page), fields).with("origin", origin).with("cookie", &cookie)
    };
    let new = [("username", "ann"), ("email", "ann@example.org"), ("password", "x"), ("password_confirmation", "x")];
    vec![
        Message::get(path.to_owned(), &interaction),
        // Only what is too long is looked at without hashing: the rest is for the tests of signing in.
        page("/login", &[("username", "john"), ("password", &PASSWORD.repeat(1_000))]),
        page("/register", &new),
        page("/consent", &[("decision", "allow")]),
        page("/claims", &[("library_card", "LC-123456")]),
        page("/device", &[("user_code", "BCDF-GHJK")]),
        Message::get(world.path("/device"), &[("user_code", "BCDF-GHJK")]).with("cookie", &cookie),
        Message::get(world.path("/requests"), &[]).with("cookie", &cookie),
        Message::get(world.path("/requests/open/x"), &[("x", "y")]).with("cookie", &cookie),
        page("/requests/answer", &[("decision", "allow")]),
        Message::get(world.path("/account"), &[]).with("cookie", &cookie),
    ]
}
