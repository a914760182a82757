//! Signing keys of a subscription: made, sealed, parsed once, rotated.
//!
//! `aws-lc-rs` is called directly: `jsonwebtoken` reads the DER anew at each RSA signature, which
//! costs two thirds of the speed.

use std::sync::Arc;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use oidc::jose::PublicKey;
use serde_json::{Value, json};

use crate::crypto::{Sealer, base64url};
use crate::error::{Error, Result};
use crate::random::Random;

/// Purpose under which private keys are sealed.
const PURPOSE: &str = "signing key";

/// A new key as the database keeps it.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// `RS256`.
    pub alg: &'static str,
    /// Public members only.
    pub public_jwk: store::JsonText,
    /// PKCS#8, sealed under the master key.
    pub private_sealed: String,
}

/// Makes an RSA key of 2048 bits. Takes a moment: call it outside of transactions.
pub async fn generate(sealer: &Arc<Sealer>, random: &Arc<Random>) -> Result<NewKey> {
    let (sealer, random) = (Arc::clone(sealer), Arc::clone(random));
    tokio::task::spawn_blocking(move || {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| Error::internal("no key could be made"))?;
        let der =
            AsDer::<aws_lc_rs::encoding::Pkcs8V1Der>::as_der(&pair).map_err(|_| Error::internal("key encoding"))?;
        let (kid, jwk) = public_jwk(&pair)?;
        Ok(NewKey {
            kid,
            alg: "RS256",
            public_jwk: store::JsonText::encode(&jwk),
            private_sealed: sealer.seal(&random, PURPOSE, der.as_ref())?,
        })
    })
    .await
    .map_err(Error::internal)?
}

fn public_jwk(pair: &KeyPair) -> Result<(String, Value)> {
    let public = pair.public_key();
    let n = base64url(public.modulus().big_endian_without_leading_zero());
    let e = base64url(public.exponent().big_endian_without_leading_zero());
    let mut jwk = json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "n": n, "e": e });
    let kid = PublicKey::parse(&jwk).map_err(Error::internal)?.thumbprint();
    jwk["kid"] = json!(kid);
    Ok((kid, jwk))
}

/// A key ready for use.
pub struct SigningKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    pair: KeyPair,
    public: ParsedPublicKey,
    public_jwk: Value,
    activates_at: i64,
    retires_at: Option<i64>,
    expires_at: Option<i64>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// Opens a stored key.
    pub fn open(sealer: &Sealer, row: &store::signing_keys::SigningKey) -> Result<Self> {
        let der = sealer
            .open(PURPOSE, &row.private_sealed)
            .ok_or_else(|| Error::internal(format!("signing key {} does not open with this master key", row.id)))?;
        let pair = KeyPair::from_pkcs8(&der).map_err(|_| Error::internal("stored signing key"))?;
        let public = {
            let key = pair.public_key();
            let components = PublicKeyComponents {
                n: key.modulus().big_endian_without_leading_zero(),
                e: key.exponent().big_endian_without_leading_zero(),
            };
            components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).map_err(|_| Error::internal("public key"))?
        };
        let (kid, public_jwk) = public_jwk(&pair)?;
        Ok(Self {
            kid,
            pair,
            public,
            public_jwk,
            activates_at: row.activates_at,
            retires_at: row.retires_at,
            expires_at: row.expires_at,
        })
    }

    /// A compact JWS (RFC 7515 section 7.1) with RS256.
    pub fn sign(&self, typ: &str, payload: &Value) -> Result<String> {
        self.sign_under(&self.header(typ), payload)
    }

    /// The JOSE header of its signatures.
    pub fn header(&self, typ: &str) -> Value {
        oidc::token::header("RS256", typ, Some(&self.kid))
    }

    /// The same under a header that says more.
    pub fn sign_under(&self, header: &Value, payload: &Value) -> Result<String> {
        let mut token = base64url(header.to_string().as_bytes());
        token.push('.');
        token.push_str(&base64url(payload.to_string().as_bytes()));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        #[expect(clippy::disallowed_methods, reason = "an argument that aws-lc-rs ignores for this padding")]
        let unused = aws_lc_rs::rand::SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &unused, token.as_bytes(), &mut signature)
            .map_err(|_| Error::internal("signing"))?;
        token.push('.');
        token.push_str(&base64url(&signature));
        Ok(token)
    }

    /// True when `signature` is this key's over `signed`.
    pub fn verify(&self, signed: &[u8], signature: &[u8]) -> bool {
        self.public.verify_sig(signed, signature).is_ok()
    }
}

/// The keys of one subscription.
#[derive(Debug, Default)]
pub struct Keyring(Vec<SigningKey>);

impl Keyring {
    /// A keyring of opened keys.
    pub fn new(keys: Vec<SigningKey>) -> Self {
        Self(keys)
    }

    /// The key that signs now: the youngest one that is active and not retired.
    pub fn signing(&self, now: i64) -> Result<&SigningKey> {
        self.0
            .iter()
            .filter(|k| k.activates_at <= now && k.retires_at.is_none_or(|at| at > now))
            .max_by_key(|k| k.activates_at)
            .ok_or_else(|| Error::internal("no signing key is active"))
    }

    /// A published key by its id: what may verify a token of ours.
    pub fn find(&self, kid: &str, now: i64) -> Option<&SigningKey> {
        self.published(now).find(|k| k.kid == kid)
    }

    /// Any key that this subscription has signed with lately, for reading an old identity token as a
    /// hint: people stay signed in for longer than a retired key is published.
    pub fn find_for_hint(&self, kid: &str) -> Option<&SigningKey> {
        self.0.iter().find(|k| k.kid == kid)
    }

    fn published(&self, now: i64) -> impl Iterator<Item = &SigningKey> {
        self.0.iter().filter(move |k| k.expires_at.is_none_or(|at| at > now))
    }

    /// The JWK Set (RFC 7517 section 5): public members only.
    pub fn jwks(&self, now: i64) -> Value {
        json!({ "keys": self.published(now).map(|k| &k.public_jwk).collect::<Vec<_>>() })
    }
}
