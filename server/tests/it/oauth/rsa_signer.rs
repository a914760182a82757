//! An RSA key of an application's own.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use serde_json::{Value, json};

use super::forge::encode;

/// See the module.
pub struct RsaSigner(KeyPair);

impl RsaSigner {
    /// A new one.
    pub fn new() -> Self {
        Self(KeyPair::generate(KeySize::Rsa2048).expect("a key"))
    }

    /// Its public half.
    pub fn jwk(&self) -> Value {
        let (n, e) = (self.0.public_key().modulus(), self.0.public_key().exponent());
        let (n, e) = (n.big_endian_without_leading_zero(), e.big_endian_without_leading_zero());
        json!({ "kty": "RSA", "n": encode(n), "e": encode(e) })
    }

    /// A set with nothing else in it.
    pub fn jwks(&self) -> Value {
        json!({ "keys": [self.jwk()] })
    }

    /// A compact JWS by `RS256` or `PS256`.
    pub fn sign(&self, alg: &str, payload: &Value) -> String {
        let padding: &dyn RsaEncoding = match alg {
            "RS256" => &RSA_PKCS1_SHA256,
            "PS256" => &RSA_PSS_SHA256,
            _ => panic!("{alg} is not for these keys"),
        };
        let signed = format!("{}.{}", encode(json!({ "alg": alg }).to_string()), encode(payload.to_string()));
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0.sign(padding, &SystemRandom::default(), signed.as_bytes(), &mut signature).expect("signs");
        format!("{signed}.{}", encode(signature))
    }
}
