//! Signing keys of a subscription: made, sealed, parsed once, rotated.

mod pair;

use std::sync::Arc;

use aws_lc_rs::signature::ParsedPublicKey;
use model::spec::SigningAlg;
use oidc::jose::PublicKey;
use oidc::verify::Jws;
use serde_json::{Value, json};

use self::pair::Pair;
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
    /// Signs with it, and with no other.
    pub alg: SigningAlg,
    /// Public members only.
    pub public_jwk: store::JsonText,
    /// PKCS#8, sealed under the master key.
    pub private_sealed: String,
}

/// Makes a key; RSA ones have 2048 bits and take a moment.
pub async fn generate(sealer: &Arc<Sealer>, random: &Arc<Random>, alg: SigningAlg) -> Result<NewKey> {
    let (sealer, random) = (Arc::clone(sealer), Arc::clone(random));
    tokio::task::spawn_blocking(move || {
        let pair = Pair::generate(alg).map_err(|_| Error::internal("no key could be made"))?;
        let der = pair.to_pkcs8().map_err(|_| Error::internal("key encoding"))?;
        let (kid, jwk) = published(&pair, alg)?;
        Ok(NewKey {
            kid,
            alg,
            public_jwk: store::JsonText::encode(&jwk),
            private_sealed: sealer.seal(&random, PURPOSE, &der)?,
        })
    })
    .await
    .map_err(Error::internal)?
}

/// The key's id and its JWK.
fn published(pair: &Pair, alg: SigningAlg) -> Result<(String, Value)> {
    let mut jwk = pair.public_jwk();
    let kid = PublicKey::parse(&jwk).map_err(Error::internal)?.thumbprint();
    jwk["use"] = json!("sig");
    jwk["alg"] = json!(alg.as_str());
    jwk["kid"] = json!(kid);
    Ok((kid, jwk))
}

/// A key ready for use.
pub struct SigningKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// Signs with it, and with no other.
    pub alg: SigningAlg,
    pair: Pair,
    public: ParsedPublicKey,
    public_jwk: Value,
    activates_at: i64,
    retires_at: Option<i64>,
    expires_at: Option<i64>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({} {})", self.alg.as_str(), self.kid)
    }
}

impl SigningKey {
    /// Opens a stored key.
    pub fn open(sealer: &Sealer, row: &store::signing_keys::SigningKey) -> Result<Self> {
        let der = sealer
            .open(PURPOSE, &row.private_sealed)
            .ok_or_else(|| Error::internal(format!("signing key {} does not open with this master key", row.id)))?;
        let alg = SigningAlg::parse(&row.alg)
            .ok_or_else(|| Error::internal(format!("signing key {} has an unknown algorithm", row.id)))?;
        let pair = Pair::from_pkcs8(alg, &der).map_err(|_| Error::internal("stored signing key"))?;
        let public = pair.public().map_err(|_| Error::internal("public key"))?;
        let (kid, public_jwk) = published(&pair, alg)?;
        Ok(Self {
            kid,
            alg,
            pair,
            public,
            public_jwk,
            activates_at: row.activates_at,
            retires_at: row.retires_at,
            expires_at: row.expires_at,
        })
    }

    /// A compact JWS (RFC 7515 section 7.1).
    pub fn sign(&self, typ: &str, payload: &Value) -> Result<String> {
        self.sign_under(&self.header(typ), payload)
    }

    /// The JOSE header of its signatures.
    pub fn header(&self, typ: &str) -> Value {
        oidc::token::header(self.alg, typ, Some(&self.kid))
    }

    /// The same under a header that says more.
    pub fn sign_under(&self, header: &Value, payload: &Value) -> Result<String> {
        let mut token = base64url(header.to_string().as_bytes());
        token.push('.');
        token.push_str(&base64url(payload.to_string().as_bytes()));
        let signature = self.pair.sign(token.as_bytes()).map_err(|_| Error::internal("signing"))?;
        token.push('.');
        token.push_str(&base64url(&signature));
        Ok(token)
    }

    /// True when the signature of a parsed token is this key's, by its own algorithm (RFC 8725 section 3.1: "Each
    /// key MUST be used with exactly one algorithm, and this MUST be checked when the cryptographic operation is
    /// performed").
    pub fn signed(&self, jws: &Jws<'_>) -> bool {
        jws.header.alg == self.alg && self.public.verify_sig(jws.signing_input.as_bytes(), &jws.signature).is_ok()
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

    /// The key that signs now with an algorithm: the youngest one that is active and not retired.
    pub fn signing(&self, alg: SigningAlg, now: i64) -> Result<&SigningKey> {
        self.0
            .iter()
            .filter(|k| k.alg == alg && k.activates_at <= now && k.retires_at.is_none_or(|at| at > now))
            .max_by_key(|k| k.activates_at)
            .ok_or_else(|| Error::internal(format!("no signing key is active for {}", alg.as_str())))
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
