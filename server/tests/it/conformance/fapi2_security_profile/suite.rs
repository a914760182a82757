//! What the suite is to a provider here: two registered clients, each with a key for assertions and one for proofs.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::oauth::ask::{Answer, Ask, VERIFIER};
use crate::oauth::library::CALLBACK;
use crate::oauth::signer::Signer;
use crate::oauth::world::{Tokens, World, payload};
use crate::support::app::{encode, form};
use crate::support::{Browser, Reply, TestApp};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client of the suite's: its keys for assertions and for proofs.
pub struct Client {
    pub name: &'static str,
    pub key: Signer,
    pub proofs: Signer,
}

pub struct Suite {
    pub world: World,
    pub first: Client,
    pub second: Client,
    /// Assertions and proofs so far: each has an id of its own.
    made: AtomicUsize,
}

impl Suite {
    pub async fn open(app: &TestApp) -> Self {
        let first = Client { name: "my-app", key: Signer::new(1), proofs: Signer::new(2) };
        let second = Client { name: "museum", key: Signer::new(3), proofs: Signer::new(4) };
        let fapi = |client: &Client| {
            json!({
                "token_endpoint_auth_method": "private_key_jwt", "jwks": client.key.jwks(), "signing_alg": "EdDSA",
                "access_token_signing_alg": "EdDSA", "require_pushed_authorization_requests": true,
                "dpop_bound_access_tokens": true, "require_pkce": true, "security_profile": "fapi2",
            })
        };
        let world = World::with(app, |library| {
            library
                .without_secret(first.name)
                .without_secret(second.name)
                .application(first.name, &fapi(&first))
                .application(second.name, &fapi(&second))
        });
        Self { world: world.await, first, second, made: AtomicUsize::new(0) }
    }

    pub fn id(&self) -> String {
        format!("message {}", self.made.fetch_add(1, Ordering::Relaxed))
    }

    pub fn now(&self) -> i64 {
        self.world.app.ctx.now()
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.world.issuer())
    }

    /// An assertion with other values for some of its claims; `null` leaves one out.
    pub fn assertion(&self, client: &Client, other: &Value) -> String {
        let now = self.now();
        let mut claims = json!({
            "iss": client.name, "sub": client.name, "aud": self.world.issuer(), "jti": self.id(),
            "iat": now, "exp": now + 60,
        });
        for (name, value) in other.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        claims.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        client.key.sign(&json!({ "alg": "EdDSA" }), &claims)
    }

    pub fn proof(&self, client: &Client, path: &str, other: &Value) -> String {
        let mut claims = json!({ "iat": self.now() });
        for (name, value) in other.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        client.proofs.proof("POST", &self.url(path), &self.id(), &claims)
    }

    pub async fn post(&self, path: &str, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
        let request = proofs.iter().fold(form(&self.world.path(path)), |request, proof| request.header("dpop", *proof));
        self.world.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    }

    /// Pushes a request with this assertion.
    pub async fn push_with(&self, assertion: &str, proofs: &[&str], ask: &Ask) -> Reply {
        let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.post("/connect/par", proofs, &[&ask.fields()[..], &own].concat()).await
    }

    pub async fn push(&self, ask: &Ask) -> Reply {
        self.push_with(&self.assertion(&self.first, &json!({})), &[], ask).await
    }

    pub fn ask(&self) -> Ask {
        Ask::of(self.first.name).with("scope", "openid profile")
    }

    /// What the browser brings.
    pub fn bring(&self, client_id: &str, uri: &str) -> String {
        self.world.path(&format!("/connect/authorize?{}", encode(&[("client_id", client_id), ("request_uri", uri)])))
    }

    pub async fn answered(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        let uri = request_uri(self.push(ask).await);
        let answer = Answer::of(&browser.get(&self.bring(self.first.name, &uri)).await);
        // RFC 9207, which the profile demands.
        assert_eq!(answer.get("iss"), self.world.issuer());
        answer
    }

    pub async fn code(&self, ask: &Ask) -> String {
        let mut browser = self.world.signed_in("john").await;
        self.answered(&mut browser, ask).await.code()
    }

    pub async fn token_with(&self, assertion: &str, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
        let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.post("/connect/token", proofs, &[fields, &own].concat()).await
    }

    /// A token request of a client's, as it should be.
    pub async fn token(&self, client: &Client, fields: &[(&str, &str)]) -> Reply {
        let (assertion, proof) = (self.assertion(client, &json!({})), self.proof(client, "/connect/token", &json!({})));
        self.token_with(&assertion, &[&proof], fields).await
    }

    pub async fn redeem(&self, code: &str) -> Reply {
        self.token(&self.first, &redemption(code)).await
    }

    /// Calls UserInfo, which stands for the resource.
    pub async fn resource(&self, scheme: &str, token: &str, other: &Value) -> Reply {
        let mut claims = json!({
            "iat": self.now(), "ath": oidc::digest::sha256_base64url(token.as_bytes()),
        });
        for (name, value) in other.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        let proof = self.first.proofs.proof("GET", &self.url("/connect/userinfo"), &self.id(), &claims);
        let request = Request::get(self.world.path("/connect/userinfo"));
        let request = request.header(AUTHORIZATION, format!("{scheme} {token}")).header("dpop", proof);
        self.world.app.send(request.body(Body::empty()).expect("a request")).await
    }

    /// The whole flow for a request, to the resource.
    pub async fn succeeds(&self, ask: &Ask) -> Tokens {
        let tokens = Tokens::of(self.redeem(&self.code(ask).await).await);
        assert_eq!(tokens.0["token_type"], "DPoP");
        assert_eq!(payload(tokens.access())["cnf"]["jkt"], self.first.proofs.thumbprint());
        self.resource("DPoP", tokens.access(), &json!({})).await.expect(200);
        tokens
    }
}

/// The fields that redeem a code.
pub fn redemption(code: &str) -> Vec<(&str, &str)> {
    vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]
}

#[track_caller]
pub fn request_uri(reply: Reply) -> String {
    reply.expect(201).json()["request_uri"].as_str().expect("a request_uri").to_owned()
}

#[track_caller]
pub fn assert_refused(reply: &Reply, errors: &[&str]) {
    let error = reply.json()["error"].as_str().unwrap_or_default().to_owned();
    assert!(reply.status.is_client_error() && errors.contains(&error.as_str()), "{} {}", reply.status, reply.body);
}
