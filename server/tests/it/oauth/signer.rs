//! A key of an application's own: what it publishes, and what it signs.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use oidc::digest::sha256_base64url;
use oidc::jose::PublicKey;
use serde_json::{Value, json};

use super::ask::{Ask, VERIFIER};
use super::forge::encode;
use super::library::CALLBACK;
use super::world::World;
use crate::support::app::NOW;

/// An Ed25519 key, always the same for the same number.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// The key of a number.
    pub fn new(number: u8) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[number; 32]).expect("a key"))
    }

    /// Its public half.
    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(self.0.public_key()) })
    }

    /// A set with nothing else in it.
    pub fn jwks(&self) -> Value {
        json!({ "keys": [self.jwk()] })
    }

    /// RFC 7638.
    pub fn thumbprint(&self) -> String {
        PublicKey::parse(&self.jwk()).expect("a key").thumbprint()
    }

    /// A compact JWS.
    pub fn sign(&self, header: &Value, payload: &Value) -> String {
        let signed = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
        let signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", encode(signature.as_ref()))
    }

    /// A proof of possession (RFC 9449) of this moment, with other values for some of its claims.
    pub fn proof(&self, method: &str, url: &str, id: &str, other: &Value) -> String {
        let mut payload = json!({ "htm": method, "htu": url, "jti": id, "iat": NOW });
        for (name, value) in other.as_object().expect("an object") {
            payload[name] = value.clone();
        }
        self.sign(&json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": self.jwk() }), &payload)
    }

    /// A proof for UserInfo with an access token.
    pub fn proof_for(&self, world: &World, token: &str, id: &str) -> String {
        let url = format!("{}/connect/userinfo", world.issuer());
        self.proof("GET", &url, id, &json!({ "ath": sha256_base64url(token.as_bytes()) }))
    }
}

/// The fields that redeem a code of the public `reader`.
pub fn readers_redemption(code: &str) -> [(&str, &str); 5] {
    [
        ("client_id", "reader"),
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}

/// A code for `john` by way of the public `reader`.
pub async fn readers_code(world: &World) -> String {
    world.code(&Ask::of("reader")).await
}
