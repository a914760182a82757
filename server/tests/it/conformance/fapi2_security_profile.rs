//! FAPI 2.0 Security Profile, authorization server: `private_key_jwt`, DPoP, OpenID Connect, unsigned requests. Names are
//! those of the suite's plan `fapi2-security-profile-final`, whose modules for other countries' profiles, signed requests
//! and grant management are left out.

use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::oauth::ask::{Answer, Ask, VERIFIER};
use crate::oauth::forge;
use crate::oauth::library::CALLBACK;
use crate::oauth::signer::Signer;
use crate::oauth::world::{Tokens, World, payload};
use crate::support::app::{NOW, encode, form};
use crate::support::{Browser, Reply, Setup, TestApp};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client of the suite's: its keys for assertions and for proofs.
struct Client {
    name: &'static str,
    key: Signer,
    proofs: Signer,
}

struct Suite {
    world: World,
    first: Client,
    second: Client,
    /// Assertions and proofs so far: each has an id of its own.
    made: AtomicUsize,
}

impl Suite {
    async fn open(app: &TestApp) -> Self {
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

    fn id(&self) -> String {
        format!("message {}", self.made.fetch_add(1, Ordering::Relaxed))
    }

    fn now(&self) -> i64 {
        self.world.app.ctx.now()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.world.issuer())
    }

    /// An assertion with other values for some of its claims; `null` leaves one out.
    fn assertion(&self, client: &Client, other: &Value) -> String {
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

    fn proof(&self, client: &Client, path: &str, other: &Value) -> String {
        let mut claims = json!({ "iat": self.now() });
        for (name, value) in other.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        client.proofs.proof("POST", &self.url(path), &self.id(), &claims)
    }

    async fn post(&self, path: &str, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
        let request = proofs.iter().fold(form(&self.world.path(path)), |request, proof| request.header("dpop", *proof));
        self.world.app.send(request.body(Body::from(encode(fields))).expect("a request")).await
    }

    /// Pushes a request with this assertion.
    async fn push_with(&self, assertion: &str, proofs: &[&str], ask: &Ask) -> Reply {
        let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.post("/connect/par", proofs, &[&ask.fields()[..], &own].concat()).await
    }

    async fn push(&self, ask: &Ask) -> Reply {
        self.push_with(&self.assertion(&self.first, &json!({})), &[], ask).await
    }

    fn ask(&self) -> Ask {
        Ask::of(self.first.name).with("scope", "openid profile")
    }

    /// What the browser brings.
    fn bring(&self, client_id: &str, uri: &str) -> String {
        self.world.path(&format!("/connect/authorize?{}", encode(&[("client_id", client_id), ("request_uri", uri)])))
    }

    async fn answered(&self, browser: &mut Browser, ask: &Ask) -> Answer {
        let uri = request_uri(self.push(ask).await);
        let answer = Answer::of(&browser.get(&self.bring(self.first.name, &uri)).await);
        // RFC 9207, which the profile demands.
        assert_eq!(answer.get("iss"), self.world.issuer());
        answer
    }

    async fn code(&self, ask: &Ask) -> String {
        let mut browser = self.world.signed_in("john").await;
        self.answered(&mut browser, ask).await.code()
    }

    async fn token_with(&self, assertion: &str, proofs: &[&str], fields: &[(&str, &str)]) -> Reply {
        let own = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.post("/connect/token", proofs, &[fields, &own].concat()).await
    }

    /// A token request of a client's, as it should be.
    async fn token(&self, client: &Client, fields: &[(&str, &str)]) -> Reply {
        let (assertion, proof) = (self.assertion(client, &json!({})), self.proof(client, "/connect/token", &json!({})));
        self.token_with(&assertion, &[&proof], fields).await
    }

    async fn redeem(&self, code: &str) -> Reply {
        self.token(&self.first, &redemption(code)).await
    }

    /// Calls UserInfo, which stands for the resource.
    async fn resource(&self, scheme: &str, token: &str, other: &Value) -> Reply {
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
    async fn succeeds(&self, ask: &Ask) -> Tokens {
        let tokens = Tokens::of(self.redeem(&self.code(ask).await).await);
        assert_eq!(tokens.0["token_type"], "DPoP");
        assert_eq!(payload(tokens.access())["cnf"]["jkt"], self.first.proofs.thumbprint());
        self.resource("DPoP", tokens.access(), &json!({})).await.expect(200);
        tokens
    }
}

/// The fields that redeem a code.
fn redemption(code: &str) -> Vec<(&str, &str)> {
    vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]
}

#[track_caller]
fn request_uri(reply: Reply) -> String {
    reply.expect(201).json()["request_uri"].as_str().expect("a request_uri").to_owned()
}

#[track_caller]
fn assert_refused(reply: &Reply, errors: &[&str]) {
    let error = reply.json()["error"].as_str().unwrap_or_default().to_owned();
    assert!(reply.status.is_client_error() && errors.contains(&error.as_str()), "{} {}", reply.status, reply.body);
}

/// One test for each module.
macro_rules! module {
    ($name:ident, |$suite:ident| $body:expr) => {
        both!($name, |app| async move {
            let $suite = Suite::open(&app).await;
            $body
        });
    };
}

// On an https issuer: the profile knows no other.
both!(discovery_end_point_verification, Setup::https(), |app| async move {
    let suite = Suite::open(&app).await;
    let path = suite.world.path("/.well-known/openid-configuration");
    let metadata = suite.world.app.get(&path).await.expect(200).json();
    let lists = |name: &str, value: &str| {
        let list = metadata[name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(list.iter().any(|one| one == value), "{name}: {value}");
    };
    assert!(metadata["pushed_authorization_request_endpoint"].as_str().is_some_and(|url| url.starts_with("https://")));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    lists("token_endpoint_auth_methods_supported", "private_key_jwt");
    lists("code_challenge_methods_supported", "S256");
    for alg in ["PS256", "ES256", "EdDSA"] {
        lists("token_endpoint_auth_signing_alg_values_supported", alg);
        lists("dpop_signing_alg_values_supported", alg);
        lists("id_token_signing_alg_values_supported", alg);
    }
});

module!(happy_flow, |suite| {
    let tokens = suite.succeeds(&suite.ask()).await;
    let identity = payload(tokens.identity());
    assert_eq!((&identity["nonce"], &identity["aud"]), (&json!("the nonce"), &json!("my-app")));
});

module!(user_rejects_authentication, |suite| {
    let mut world = suite.world.clone();
    world.change(|library| library.application("my-app", &json!({ "require_consent": true }))).await;
    let mut browser = world.signed_in("john").await;
    let uri = request_uri(suite.push(&suite.ask()).await);
    browser.open(&suite.bring("my-app", &uri)).await.expect(200);
    let here = browser.here.clone();
    let answer = Answer::of(&browser.submit(&here, &[("decision", "deny")]).await);
    assert_eq!((answer.get("error"), answer.get("state")), ("access_denied", "the state"));
    assert_eq!(answer.get("iss"), world.issuer());
});

module!(ensure_authorization_request_without_state_success, |suite| {
    suite.succeeds(&suite.ask().without("state")).await;
});

module!(ensure_authorization_request_without_nonce_success, |suite| {
    let tokens = suite.succeeds(&suite.ask().without("nonce")).await;
    assert_eq!(payload(tokens.identity()).get("nonce"), None);
});

module!(ensure_authorization_request_with_64_char_nonce_success, |suite| {
    let nonce = "n".repeat(64);
    let tokens = suite.succeeds(&suite.ask().with("nonce", &nonce)).await;
    assert_eq!(payload(tokens.identity())["nonce"], nonce);
});

module!(ensure_other_scope_order_succeeds, |suite| {
    suite.succeeds(&suite.ask().with("scope", "profile openid")).await;
});

module!(test_claims_parameter_identity_claims, |suite| {
    let claims = json!({ "id_token": { "name": null }, "userinfo": { "name": { "essential": true } } }).to_string();
    let tokens = suite.succeeds(&suite.ask().with("claims", &claims)).await;
    assert_eq!(payload(tokens.identity())["name"], "John Doe");
    assert_eq!(suite.resource("DPoP", tokens.access(), &json!({})).await.expect(200).json()["name"], "John Doe");
});

module!(access_token_type_header_case_sensitivity, |suite| {
    let tokens = suite.succeeds(&suite.ask()).await;
    for scheme in ["dpop", "DPOP", "dPoP"] {
        suite.resource(scheme, tokens.access(), &json!({})).await.expect(200);
    }
});

module!(check_dpop_proof_nbf_exp, |suite| {
    let code = suite.code(&suite.ask()).await;
    let times = json!({ "nbf": NOW - 5, "exp": NOW + 60 });
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/token", &times));
    let tokens = Tokens::of(suite.token_with(&assertion, &[&proof], &redemption(&code)).await);
    suite.resource("DPoP", tokens.access(), &times).await.expect(200);
});

async fn proof_of(suite: &Suite, seconds: i64) {
    let code = suite.code(&suite.ask()).await;
    let times = json!({ "iat": suite.now() + seconds });
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/token", &times));
    let tokens = Tokens::of(suite.token_with(&assertion, &[&proof], &redemption(&code)).await);
    suite.resource("DPoP", tokens.access(), &times).await.expect(200);
}

module!(ensure_dpop_proof_with_iat_10_seconds_before_succeeds, |suite| proof_of(&suite, -10).await);

module!(ensure_dpop_proof_with_iat_10_seconds_after_succeeds, |suite| proof_of(&suite, 10).await);

module!(ensure_mismatched_dpop_jkt_fails, |suite| {
    let ask = suite.ask().with("dpop_jkt", &suite.second.proofs.thumbprint());
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/par", &json!({})));
    let reply = suite.push_with(&assertion, &[&proof], &ask).await;
    assert_refused(&reply, &["invalid_request", "invalid_dpop_proof"]);
});

module!(ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt, |suite| {
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.second, "/connect/par", &json!({})));
    let uri = request_uri(suite.push_with(&assertion, &[&proof], &suite.ask()).await);
    let code = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await).code();
    assert_refused(&suite.redeem(&code).await, &["invalid_grant", "invalid_dpop_proof"]);
});

module!(ensure_token_endpoint_fails_with_mismatched_dpop_jkt, |suite| {
    let code = suite.code(&suite.ask().with("dpop_jkt", &suite.second.proofs.thumbprint())).await;
    assert_refused(&suite.redeem(&code).await, &["invalid_grant", "invalid_dpop_proof"]);
});

module!(ensure_dpop_proof_at_par_endpoint_binding_success, |suite| {
    let (assertion, proof) =
        (suite.assertion(&suite.first, &json!({})), suite.proof(&suite.first, "/connect/par", &json!({})));
    let uri = request_uri(suite.push_with(&assertion, &[&proof], &suite.ask()).await);
    let code = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await).code();
    suite.redeem(&code).await.expect(200);
});

module!(ensure_dpop_auth_code_binding_success, |suite| {
    suite.succeeds(&suite.ask().with("dpop_jkt", &suite.first.proofs.thumbprint())).await;
});

// Either is good: to be taken as it is, or to be refused.
module!(ensure_authorization_request_with_long_nonce, |suite| {
    let nonce = "n".repeat(384);
    let tokens = suite.succeeds(&suite.ask().with("nonce", &nonce)).await;
    assert_eq!(payload(tokens.identity())["nonce"], nonce);
});

module!(ensure_authorization_request_with_long_state, |suite| {
    let state = "s".repeat(384);
    let answer = suite.answered(&mut suite.world.signed_in("john").await, &suite.ask().with("state", &state)).await;
    assert_eq!(answer.get("state"), state);
});

module!(state_only_outside_request_object_not_used, |suite| {
    let uri = request_uri(suite.push(&suite.ask().without("state")).await);
    let mut browser = suite.world.signed_in("john").await;
    let answer = Answer::of(&browser.get(&format!("{}&state=outside", suite.bring("my-app", &uri))).await);
    assert!(!answer.code().is_empty() && !answer.names().contains(&"state"), "{answer:?}");
});

module!(ensure_request_object_without_redirect_uri_fails, |suite| {
    assert_refused(&suite.push(&suite.ask().without("redirect_uri")).await, &["invalid_request"]);
});

module!(ensure_redirect_uri_in_authorization_request, |suite| {
    // A scope without `openid`: OAuth alone would let it be left out.
    let ask = suite.ask().with("scope", "books").without("redirect_uri");
    assert_refused(&suite.push(&ask).await, &["invalid_request"]);
});

module!(ensure_registered_redirect_uri, |suite| {
    let other = suite.ask().with("redirect_uri", &format!("{CALLBACK}/unregistered"));
    assert_refused(&suite.push(&other).await, &["invalid_request"]);
});

module!(ensure_unsigned_authorization_request_without_using_par_fails, |suite| {
    let reply = suite.world.signed_in("john").await.get(&suite.world.authorize(&suite.ask())).await;
    let answer = Answer::of(&reply);
    assert_eq!((answer.get("error"), answer.get("code")), ("invalid_request", ""));
});

module!(ensure_response_type_code_idtoken_fails, |suite| {
    let reply = suite.push(&suite.ask().with("response_type", "code id_token")).await;
    assert_refused(&reply, &["unauthorized_client", "unsupported_response_type"]);
});

module!(ensure_response_type_token_fails, |suite| {
    let reply = suite.push(&suite.ask().with("response_type", "token")).await;
    assert_refused(&reply, &["unauthorized_client", "unsupported_response_type"]);
});

module!(ensure_client_id_in_token_endpoint, |suite| {
    let code = suite.code(&suite.ask()).await;
    let fields = [&redemption(&code)[..], &[("client_id", "museum")]].concat();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_client", "invalid_request"]);
});

module!(ensure_holder_of_key_required, |suite| {
    let code = suite.code(&suite.ask()).await;
    let assertion = suite.assertion(&suite.first, &json!({}));
    let reply = suite.token_with(&assertion, &[], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_request", "invalid_dpop_proof"]);
});

module!(ensure_authorization_code_is_bound_to_client, |suite| {
    let code = suite.code(&suite.ask()).await;
    assert_refused(&suite.token(&suite.second, &redemption(&code)).await, &["invalid_grant"]);
});

module!(attempt_reuse_authorization_code_after_one_second, |suite| {
    let code = suite.code(&suite.ask()).await;
    let tokens = Tokens::of(suite.redeem(&code).await);
    suite.world.app.clock.advance(1);
    assert_refused(&suite.redeem(&code).await, &["invalid_grant"]);
    suite.resource("DPoP", tokens.access(), &json!({})).await.expect(401);
});

module!(attempt_to_use_expired_auth_code, |suite| {
    let code = suite.code(&suite.ask()).await;
    suite.world.app.clock.advance(61);
    assert_refused(&suite.redeem(&code).await, &["invalid_grant"]);
});

/// A token request with an assertion that is not as it must be.
async fn refused_with(suite: &Suite, other: &Value) {
    let code = suite.code(&suite.ask()).await;
    let proof = suite.proof(&suite.first, "/connect/token", &json!({}));
    let reply = suite.token_with(&suite.assertion(&suite.first, other), &[&proof], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_client"]);
}

module!(ensure_client_assertion_in_token_endpoint, |suite| {
    let code = suite.code(&suite.ask()).await;
    let proof = suite.proof(&suite.first, "/connect/token", &json!({}));
    let fields = [&redemption(&code)[..], &[("client_id", "my-app")]].concat();
    assert_refused(&suite.post("/connect/token", &[&proof], &fields).await, &["invalid_client"]);
});

module!(ensure_client_assertion_with_exp_is_5_minutes_in_past_fails, |suite| {
    refused_with(&suite, &json!({ "exp": NOW - 300, "iat": NOW - 400 })).await;
});

module!(ensure_client_assertion_with_wrong_aud_fails, |suite| {
    refused_with(&suite, &json!({ "aud": "https://other.example/" })).await;
});

module!(ensure_client_assertion_with_no_sub_fails, |suite| refused_with(&suite, &json!({ "sub": null })).await);

module!(ensure_signed_client_assertion_with_rs256_fails, |suite| {
    let key = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let (n, e) = (key.public_key().modulus(), key.public_key().exponent());
    let part = |bytes: &[u8]| forge::encode(bytes);
    let jwk = json!({
        "kty": "RSA", "n": part(n.big_endian_without_leading_zero()), "e": part(e.big_endian_without_leading_zero()),
    });
    let mut world = suite.world.clone();
    world.change(|library| library.application("my-app", &json!({ "jwks": { "keys": [jwk] } }))).await;
    for (alg, padding, is_good) in
        [("PS256", &RSA_PSS_SHA256 as &dyn RsaEncoding, true), ("RS256", &RSA_PKCS1_SHA256 as &dyn RsaEncoding, false)]
    {
        let claims = forge::decode(&forge::parts(&suite.assertion(&suite.first, &json!({})))[1]);
        let signed = format!("{}.{}", forge::encode(json!({ "alg": alg }).to_string()), forge::encode(claims));
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(padding, &SystemRandom::default(), signed.as_bytes(), &mut signature).expect("signs");
        let assertion = format!("{signed}.{}", forge::encode(signature));
        let reply = suite.push_with(&assertion, &[], &suite.ask()).await;
        if is_good {
            reply.expect(201);
        } else {
            assert_refused(&reply, &["invalid_client"]);
        }
    }
});

module!(dpop_negative_tests, |suite| {
    let code = suite.code(&suite.ask()).await;
    let path = "/connect/token";
    for other in [
        json!({ "htm": "GET" }),
        json!({ "htu": suite.url("/connect/userinfo") }),
        json!({ "iat": NOW - 600 }),
        json!({ "iat": NOW + 600 }),
        json!({ "jti": "" }),
    ] {
        let proof = suite.proof(&suite.first, path, &other);
        let assertion = suite.assertion(&suite.first, &json!({}));
        let reply = suite.token_with(&assertion, &[&proof], &redemption(&code)).await;
        assert_refused(&reply, &["invalid_dpop_proof"]);
    }
    let two = [suite.proof(&suite.first, path, &json!({})), suite.proof(&suite.first, path, &json!({}))];
    let assertion = suite.assertion(&suite.first, &json!({}));
    let reply = suite.token_with(&assertion, &[&two[0], &two[1]], &redemption(&code)).await;
    assert_refused(&reply, &["invalid_dpop_proof"]);
    let tokens = Tokens::of(suite.redeem(&code).await);
    suite.resource("Bearer", tokens.access(), &json!({})).await.expect(401);
    suite.resource("DPoP", tokens.access(), &json!({ "ath": "AAAA" })).await.expect(401);
    suite.resource("DPoP", tokens.access(), &json!({ "htm": "POST" })).await.expect(401);
});

module!(refresh_token, |suite| {
    let first = suite.succeeds(&suite.ask()).await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.refresh())];
    assert_refused(&suite.token(&suite.second, &fields).await, &["invalid_grant"]);
    let second = Tokens::of(suite.token(&suite.first, &fields).await);
    suite.resource("DPoP", second.access(), &json!({})).await.expect(200);
});

module!(par_attempt_reuse_request_uri, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    let mut browser = suite.world.signed_in("john").await;
    Answer::of(&browser.get(&suite.bring("my-app", &uri)).await).code();
    let again = browser.get(&suite.bring("my-app", &uri)).await;
    assert!(again.status.is_client_error() || !Answer::of(&again).get("error").is_empty(), "{}", again.status);
});

module!(par_attempt_to_use_expired_request_uri, |suite| {
    let reply = suite.push(&suite.ask()).await;
    let seconds = reply.json()["expires_in"].as_i64().expect("seconds");
    assert!(seconds < 600, "{seconds}");
    let uri = request_uri(reply);
    suite.world.app.clock.advance(seconds);
    suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await.expect(400);
});

module!(par_ensure_jwt_client_assertion_with_iat_nbf_8_seconds_in_the_future_is_accepted, |suite| {
    let soon = suite.now() + 8;
    let assertion = suite.assertion(&suite.first, &json!({ "iat": soon, "nbf": soon }));
    suite.push_with(&assertion, &[], &suite.ask()).await.expect(201);
});

module!(par_ensure_jwt_client_assertion_with_iat_nbf_over_60_seconds_in_the_future_fails, |suite| {
    let later = suite.now() + 70;
    let assertion = suite.assertion(&suite.first, &json!({ "iat": later, "nbf": later, "exp": later + 60 }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_ensure_request_uri_is_bound_to_client, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    suite.world.signed_in("john").await.get(&suite.bring("museum", &uri)).await.expect(400);
});

module!(par_reject_request_uri_in_par_authorization_form_params, |suite| {
    let uri = request_uri(suite.push(&suite.ask()).await);
    let reply = suite.push(&suite.ask().with("request_uri", &uri)).await;
    assert_refused(&reply, &["invalid_request"]);
});

module!(par_reject_invalid_http_verb, |suite| {
    for method in ["GET", "PUT"] {
        let request = Request::builder().method(method).uri(suite.world.path("/connect/par"));
        let reply = suite.world.app.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.status, 405, "{method}");
    }
});

module!(par_ensure_pkce_required, |suite| {
    assert_refused(&suite.push(&suite.ask().without_challenge()).await, &["invalid_request"]);
});

module!(par_ensure_pkce_code_verifier_required, |suite| {
    let code = suite.code(&suite.ask()).await;
    let fields: Vec<_> = redemption(&code).into_iter().filter(|(name, _)| *name != "code_verifier").collect();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_grant"]);
});

module!(par_incorrect_pkce_code_verifier_rejected, |suite| {
    let code = suite.code(&suite.ask()).await;
    let other = "another-verifier-of-more-than-forty-three-characters";
    let fields: Vec<_> = redemption(&code);
    let fields: Vec<_> =
        fields.into_iter().map(|(name, value)| (name, if name == "code_verifier" { other } else { value })).collect();
    assert_refused(&suite.token(&suite.first, &fields).await, &["invalid_grant"]);
});

module!(par_ensure_plain_pkce_rejected, |suite| {
    let ask = suite.ask().with("code_challenge", VERIFIER).with("code_challenge_method", "plain");
    assert_refused(&suite.push(&ask).await, &["invalid_request"]);
});

module!(par_without_duplicate_parameters, |suite| {
    // The browser brings nothing but `client_id` and `request_uri`, as everywhere here.
    let uri = request_uri(suite.push(&suite.ask()).await);
    let answer = Answer::of(&suite.world.signed_in("john").await.get(&suite.bring("my-app", &uri)).await);
    suite.redeem(&answer.code()).await.expect(200);
});

module!(par_endpoint_as_audience_fails, |suite| {
    let assertion = suite.assertion(&suite.first, &json!({ "aud": suite.url("/connect/par") }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_endpoint_as_array_audience_fails, |suite| {
    let many = json!({ "aud": [suite.world.issuer(), suite.url("/connect/par"), suite.url("/connect/token")] });
    let assertion = suite.assertion(&suite.first, &many);
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});

module!(par_token_endpoint_as_audience_fails, |suite| {
    let assertion = suite.assertion(&suite.first, &json!({ "aud": suite.url("/connect/token") }));
    assert_refused(&suite.push_with(&assertion, &[], &suite.ask()).await, &["invalid_client"]);
});
