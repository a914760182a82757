//! What the suite is to a provider: two registered clients and a person with a password. It knows the provider by
//! its metadata only, and looks at every answer in the way of the suite's conditions.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use model::spec::SigningAlg;
use oidc::digest::left_half;
use serde_json::{Value, json};

use crate::oauth::ask::{Answer, Ask};
use crate::oauth::library::{BYE, CALLBACK, Library, MUSEUM_SECRET, PASSWORD, SECRET};
use crate::oauth::world::{Tokens, World, payload};
use crate::support::app::{encode, form};
use crate::support::{Browser, Reply, TestApp};

/// The first client, and its secret.
pub const CLIENT: (&str, &str) = ("my-app", SECRET);
/// The second.
pub const CLIENT2: (&str, &str) = ("museum", MUSEUM_SECRET);
/// Where both may go after a sign-out.
pub const AFTERWARDS: &str = BYE;

/// What a profile is done with.
#[derive(Clone)]
pub struct Variant {
    pub app: TestApp,
    response_type: &'static str,
    form_post: bool,
    /// What else the first client is registered with.
    registered: Value,
}

impl Variant {
    /// The code flow.
    pub fn code(app: &TestApp) -> Self {
        Self::of(app, "code")
    }

    /// The code flow, answered by a form.
    pub fn form_post(app: &TestApp) -> Self {
        Self { form_post: true, ..Self::code(app) }
    }

    /// The code flow of a client with something more registered.
    pub fn registered(app: &TestApp, with: Value) -> Self {
        Self { registered: with, ..Self::code(app) }
    }

    /// Another response type.
    pub fn of(app: &TestApp, response_type: &'static str) -> Self {
        Self { app: app.clone(), response_type, form_post: false, registered: json!({}) }
    }
}

/// A provider under test.
pub struct Provider {
    app: TestApp,
    variant: Variant,
    /// What discovery told.
    pub metadata: Value,
}

/// All that one run of the code flow gave.
pub struct Run {
    pub tokens: Tokens,
    /// Claims of the identity token, whose signature was verified.
    pub identity: Value,
}

impl Provider {
    /// With both clients and `john`, who has a value for every standard claim.
    pub async fn open(variant: &Variant) -> Self {
        let app = &variant.app;
        let scopes = json!({
            "allowed_identity_scopes": ["openid", "profile", "email", "address", "phone"],
            "response_types": [variant.response_type],
        });
        let change = |library: Library| {
            let library = library.password("john").user("john", &john());
            let library = library.application(CLIENT.0, &scopes).application(CLIENT2.0, &scopes);
            library.application(CLIENT.0, &variant.registered)
        };
        let issuer = World::with(app, change).await.issuer();
        let issuer = issuer.strip_prefix(app.origin()).expect("an issuer of this server").to_owned();
        let metadata = app.get(&format!("{issuer}/.well-known/openid-configuration")).await.expect(200).json();
        Self { app: app.clone(), variant: variant.clone(), metadata }
    }

    /// The suite's plain request: no PKCE, `openid` alone.
    pub fn request(&self) -> Ask {
        self.request_of(CLIENT)
    }

    /// The same of either client.
    pub fn request_of(&self, client: (&str, &str)) -> Ask {
        let ask = Ask::of(client.0).without_challenge().with("scope", "openid");
        let ask = ask.with("response_type", self.variant.response_type);
        if self.variant.form_post { ask.with("response_mode", "form_post") } else { ask }
    }

    /// What came back to the client, in the way that it asked for.
    fn answer(&self, reply: &Reply, ask: &Ask) -> Answer {
        // The default of a response type that was not told is the query.
        let front = parameter(ask, "response_type").contains("token");
        match (self.variant.form_post, front) {
            (true, _) => Answer::posted(reply),
            (false, true) => Answer::in_fragment(reply),
            (false, false) => Answer::of(reply),
        }
    }

    /// Somebody who has not been here.
    pub fn browser(&self) -> Browser {
        self.app.browser()
    }

    /// Waits.
    pub fn pass(&self, seconds: i64) {
        self.app.clock.advance(seconds);
    }

    /// Now, in unix seconds.
    pub fn now(&self) -> i64 {
        self.app.ctx.now()
    }

    /// Path of an endpoint, by its name in the metadata.
    #[track_caller]
    pub fn path(&self, endpoint: &str) -> &str {
        let url = self.metadata[endpoint].as_str().unwrap_or_else(|| panic!("no {endpoint}"));
        url.strip_prefix(self.app.origin()).expect("an endpoint of this server")
    }

    /// Opens an authorization request, and follows it to a page or back to the client.
    pub async fn open_request(&self, browser: &mut Browser, ask: &Ask) -> Reply {
        browser.open(&format!("{}?{}", self.path("authorization_endpoint"), ask.query())).await
    }

    /// The answer to a request that needs no page.
    pub async fn silently(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        let reply = self.open_request(browser, ask).await;
        self.checked(self.answer(&reply, ask), ask).await
    }

    /// The answer to a request that leads to the sign-in page and from there to the question for consent, which `john` answers with yes.
    pub async fn by_agreeing(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        self.open_request(browser, ask).await.expect(200);
        let here = browser.here.clone();
        browser.submit(&here, &[("username", "john"), ("password", PASSWORD)]).await.expect(200);
        let here = browser.here.clone();
        let reply = browser.submit(&here, &[("decision", "allow")]).await;
        self.checked(self.answer(&reply, ask), ask).await
    }

    /// The answer to a request that leads to the sign-in page, where `john` signs in.
    pub async fn by_signing_in(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        self.open_request(browser, ask).await.expect(200);
        self.signed_in_here(browser, ask).await
    }

    /// The same where the page is open.
    pub async fn signed_in_here(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        let here = browser.here.clone();
        let reply = browser.submit(&here, &[("username", "john"), ("password", PASSWORD)]).await;
        self.checked(self.answer(&reply, ask), ask).await
    }

    /// Whatever is answered carries the state and the issuer; a code has its 128 bits.
    async fn checked(&self, answer: Answer, ask: &Ask) -> Answer {
        assert_eq!(answer.get("state"), parameter(ask, "state"));
        assert_eq!(answer.get("iss"), self.metadata["issuer"].as_str().expect("an issuer"));
        assert!(answer.get("code").is_empty() || answer.get("code").len() >= 22, "a short code");
        if answer.get("error").is_empty() {
            let words: Vec<&str> = self.variant.response_type.split(' ').collect();
            for (word, member) in [("code", "code"), ("token", "access_token"), ("id_token", "id_token")] {
                assert_eq!(words.contains(&word), !answer.get(member).is_empty(), "{member}");
            }
            self.check_front(&answer, ask).await;
        }
        answer
    }

    /// What came by way of the browser: an identity token vouches for all that came with it (OpenID Connect Core
    /// sections 3.2.2.10 and 3.3.2.11), and an access token is one.
    async fn check_front(&self, answer: &Answer, ask: &Ask) {
        let (id_token, access_token) = (answer.get("id_token"), answer.get("access_token"));
        if !id_token.is_empty() {
            let claims = self.verified(id_token, parameter(ask, "client_id")).await;
            assert_eq!(claims["nonce"], parameter(ask, "nonce"));
            let hash = |value: &str| (!value.is_empty()).then(|| left_half(SigningAlg::Rs256, value));
            assert_eq!(claims["c_hash"].as_str().map(str::to_owned), hash(answer.get("code")));
            assert_eq!(claims["at_hash"].as_str().map(str::to_owned), hash(access_token));
        }
        if !access_token.is_empty() {
            assert_eq!(answer.get("token_type"), "Bearer");
            assert!(answer.get("expires_in").parse::<u32>().is_ok_and(|seconds| seconds > 0));
            self.userinfo_with(access_token).await.expect(200);
        }
    }

    /// A token request by `client_secret_basic`.
    pub async fn token(&self, client: (&str, &str), fields: &[(&str, &str)]) -> Reply {
        let credentials = STANDARD.encode(format!("{}:{}", client.0, client.1));
        let request = form(self.path("token_endpoint")).header(AUTHORIZATION, format!("Basic {credentials}"));
        self.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    }

    /// The same by `client_secret_post`.
    pub async fn token_by_post(&self, client: (&str, &str), fields: &[(&str, &str)]) -> Reply {
        let own = [("client_id", client.0), ("client_secret", client.1)];
        self.app.post(self.path("token_endpoint"), &[&own[..], fields].concat()).await
    }

    /// Redeems a code as the first client.
    pub async fn redeem(&self, code: &str) -> Reply {
        self.token(CLIENT, &redemption(code)).await
    }

    /// Redeems the code of an answer and looks at everything that comes.
    pub async fn finish(&self, ask: &Ask, answer: &Answer) -> Run {
        let reply = self.redeem(&answer.code()).await;
        let run = self.run_of(ask, reply).await;
        if !answer.get("id_token").is_empty() {
            // OpenID Connect Core section 3.3.3.6.
            let front = payload(answer.get("id_token"));
            assert_eq!((&front["iss"], &front["sub"]), (&run.identity["iss"], &run.identity["sub"]));
        }
        run
    }

    /// Looks at a token response and its identity token.
    pub async fn run_of(&self, ask: &Ask, reply: Reply) -> Run {
        let reply = reply.expect(200);
        assert_eq!(reply.header("content-type"), "application/json");
        assert!(reply.header("cache-control").contains("no-store"));
        let tokens = Tokens::of(reply);
        assert_eq!(tokens.0["token_type"], "Bearer");
        assert!(tokens.0["expires_in"].as_i64().is_some_and(|seconds| seconds > 0));
        assert!(tokens.access().len() >= 22, "a short access token");
        let identity = self.verified(tokens.identity(), parameter(ask, "client_id")).await;
        let nonce = parameter(ask, "nonce");
        assert_eq!(identity["nonce"].as_str().unwrap_or_default(), nonce);
        Run { tokens, identity }
    }

    /// A whole run in a new browser.
    pub async fn run(&self, ask: &Ask) -> Run {
        self.run_in(&mut self.browser(), ask).await
    }

    /// The same in a given one.
    pub async fn run_in(&self, browser: &mut Browser, ask: &Ask) -> Run {
        let answer = self.by_signing_in(browser, ask).await;
        self.finish(ask, &answer).await
    }

    /// Claims of an identity token (OpenID Connect Core section 3.1.3.7), its signature verified with the key of
    /// the JWKS that its header names.
    pub async fn verified(&self, token: &str, client_id: &str) -> Value {
        let header = jsonwebtoken::decode_header(token).expect("a header");
        assert_eq!(header.alg, Algorithm::RS256);
        let kid = header.kid.expect("a kid");
        let keys = self.app.get(self.path("jwks_uri")).await.expect(200).json();
        let mut named = keys["keys"].as_array().expect("keys").iter().filter(|key| key["kid"] == kid.as_str());
        let key = named.next().expect("the key that is named");
        assert!(named.next().is_none(), "two keys of one name");
        let part = |name: &str| key[name].as_str().expect("a part of a key").to_owned();
        let key = DecodingKey::from_rsa_components(&part("n"), &part("e")).expect("a key");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[client_id]);
        validation.set_issuer(&[self.metadata["issuer"].as_str().expect("an issuer")]);
        // Of the test's clock, below.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).expect("a good signature").claims;
        let time = |name: &str| claims[name].as_i64().unwrap_or_else(|| panic!("no {name}"));
        assert!(time("iat") <= self.now() && self.now() < time("exp"));
        assert!(time("auth_time") <= self.now());
        assert!(claims["sub"].as_str().is_some_and(|sub| (1..=255).contains(&sub.len()) && sub.is_ascii()));
        claims
    }

    /// UserInfo by GET; `sub` must be the identity token's.
    pub async fn userinfo(&self, run: &Run) -> Value {
        let reply = self.userinfo_with(run.tokens.access()).await;
        run.userinfo(&reply)
    }

    /// UserInfo for any access token.
    pub async fn userinfo_with(&self, access_token: &str) -> Reply {
        let request = Request::get(self.path("userinfo_endpoint"));
        let request = request.header(AUTHORIZATION, format!("Bearer {access_token}"));
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }

    /// UserInfo by POST, the token in the header or in the body.
    pub async fn userinfo_posted(&self, header: Option<&str>, fields: &[(&str, &str)]) -> Reply {
        let request = form(self.path("userinfo_endpoint"));
        let request = match header {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        self.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    }
}

impl Run {
    /// What a good UserInfo answer says about the same user.
    #[track_caller]
    pub fn userinfo(&self, reply: &Reply) -> Value {
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/json"));
        let claims = reply.json();
        assert_eq!(claims["sub"], self.identity["sub"]);
        claims
    }
}

/// The fields that redeem a code without PKCE.
pub fn redemption(code: &str) -> [(&str, &str); 3] {
    [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)]
}

/// Asserts that nobody was sent to a client: a page of the provider stands there.
#[track_caller]
pub fn assert_page(reply: &Reply) {
    assert!(!reply.status.is_redirection(), "sent to {}", reply.header("location"));
    assert!(reply.header("content-type").starts_with("text/html"), "{}", reply.header("content-type"));
    assert!(!reply.status.is_server_error(), "{}", reply.body);
}

fn parameter<'a>(ask: &'a Ask, name: &str) -> &'a str {
    ask.fields().into_iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// A value for every claim of the standard scopes.
fn john() -> Value {
    json!({ "claims": {
        "name": "John Doe", "given_name": "John", "middle_name": "Quincy", "family_name": "Doe",
        "nickname": "Johnny", "profile": "https://john.example/about", "picture": "https://john.example/me.png",
        "website": "https://john.example", "gender": "male", "birthdate": "1990-01-31",
        "zoneinfo": "Europe/Lisbon", "locale": "en-GB", "phone_number": "+5500000000000",
        "address": { "street_address": "1 Quiet Lane", "locality": "Lisbon", "country": "Portugal" },
        "library_card": "LC-123456",
    } })
}
