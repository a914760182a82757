//! What the suite is to a provider here: a client that nobody knows, with a key of its own, and a person with a
//! password.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::oauth::ask::{Answer, Ask};
use crate::oauth::library::{CALLBACK, PASSWORD};
use crate::oauth::rfc7591_registration::{register, rules};
use crate::oauth::signer::Signer;
use crate::oauth::world::{Tokens, World};
use crate::support::{Browser, Reply, TestApp};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub struct Suite {
    pub world: World,
    /// What discovery told.
    pub metadata: Value,
    /// Assertions so far: each has an id of its own.
    made: AtomicUsize,
}

/// A registered client: what the provider answered to its registration, and its key.
pub struct Client {
    pub registered: Value,
    pub key: Signer,
}

impl Client {
    pub fn id(&self) -> &str {
        self.registered["client_id"].as_str().expect("a client_id")
    }
}

impl Suite {
    pub async fn open(app: &TestApp) -> Self {
        let world = World::with(app, |library| library.password("john").subscription(&rules("open"))).await;
        let metadata = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
        Self { world, metadata, made: AtomicUsize::new(0) }
    }

    /// What the suite registers, with other values for some of it; `null` leaves one out.
    fn metadata_of(key: &Signer, other: &Value) -> Value {
        let mut metadata = json!({
            "client_name": "The suite", "redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"], "token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks(),
            "contacts": ["certification@oidf.org"],
        });
        for (name, value) in other.as_object().expect("an object") {
            metadata[name] = value.clone();
        }
        metadata.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        metadata
    }

    /// The answer to a registration, at the address that discovery tells.
    pub async fn registering(&self, other: &Value) -> Reply {
        assert_eq!(self.metadata["registration_endpoint"], format!("{}/connect/register", self.world.issuer()));
        register(&self.world, None, &Self::metadata_of(&Signer::new(1), other)).await
    }

    pub async fn client(&self, other: &Value) -> Client {
        let registered = self.registering(other).await.expect(201).json();
        // RFC 7591 section 3.2.1; with a key of its own, it has no secret.
        for member in ["client_id", "registration_access_token", "registration_client_uri"] {
            assert!(registered[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {registered}");
        }
        assert!(registered.get("client_secret").is_none());
        Client { registered, key: Signer::new(1) }
    }

    /// The suite's plain request: no PKCE, `openid` alone.
    pub fn request(&self, client: &Client) -> Ask {
        assert!(self.metadata["scopes_supported"].as_array().is_some_and(|all| all.contains(&json!("openid"))));
        Ask::of(client.id()).without_challenge().with("scope", "openid")
    }

    pub fn browser(&self) -> Browser {
        self.world.app.browser()
    }

    /// The page that a request leads to.
    pub async fn open_request(&self, browser: &mut Browser, ask: &Ask) -> Reply {
        browser.open(&self.world.authorize(ask)).await
    }

    /// Where `john` was led who signed in and agreed.
    pub async fn led_by_john(&self, ask: &Ask) -> Reply {
        let mut browser = self.browser();
        self.open_request(&mut browser, ask).await.expect(200);
        let here = browser.here.clone();
        let reply = browser.submit(&here, &[("username", "john"), ("password", PASSWORD)]).await;
        // Who agreed before is not asked again.
        if reply.status.is_redirection() {
            return reply;
        }
        let here = browser.here.clone();
        browser.submit(&here, &[("decision", "allow")]).await
    }

    /// The answer to a request after `john` signed in and agreed.
    pub async fn answer(&self, ask: &Ask) -> Answer {
        let answer = Answer::of(&self.led_by_john(ask).await);
        assert_eq!((answer.get("state"), answer.get("iss")), ("the state", self.world.issuer().as_str()));
        answer
    }

    /// An assertion by this key, with the issuer as its audience.
    pub fn assertion(&self, client: &Client, header: &Value) -> String {
        let (now, id) = (self.world.app.ctx.now(), self.made.fetch_add(1, Ordering::Relaxed));
        let claims = json!({
            "iss": client.id(), "sub": client.id(), "aud": self.world.issuer(), "jti": format!("assertion {id}"),
            "iat": now, "exp": now + 60,
        });
        client.key.sign(header, &claims)
    }

    pub async fn token_with(&self, assertion: &str, fields: &[(&str, &str)]) -> Reply {
        let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.world.app.post(&self.world.path("/connect/token"), &[fields, &own].concat()).await
    }

    pub async fn token(&self, client: &Client, fields: &[(&str, &str)]) -> Reply {
        self.token_with(&self.assertion(client, &json!({ "alg": "EdDSA" })), fields).await
    }

    pub async fn redeem(&self, client: &Client, code: &str, redirect_uri: &str) -> Tokens {
        let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
        Tokens::of(self.token(client, &fields).await)
    }

    /// The whole flow, to UserInfo.
    pub async fn succeeds(&self, client: &Client, ask: &Ask) -> Tokens {
        let tokens = self.redeem(client, &self.answer(ask).await.code(), CALLBACK).await;
        self.world.userinfo(tokens.access()).await.expect(200);
        tokens
    }
}
