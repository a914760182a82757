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
use crate::ctx::Ctx;
use crate::error::{Error, Result};

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

/// Where new private keys come from.
///
/// A server makes them. Tests have more of them made than of anything else and an RSA key takes a tenth of a second,
/// so they take theirs from a heap of real ones.
#[derive(Clone)]
pub struct KeySource(Arc<dyn Fn(SigningAlg) -> Result<Vec<u8>> + Send + Sync>);

impl KeySource {
    /// Keys as `make` gives them: PKCS#8, never the same one twice.
    pub fn new(make: impl Fn(SigningAlg) -> Result<Vec<u8>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
}

impl Default for KeySource {
    fn default() -> Self {
        Self::new(new_pkcs8)
    }
}

impl std::fmt::Debug for KeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeySource")
    }
}

/// A new private key as PKCS#8 (RFC 5208); RSA ones have 2048 bits and take a moment.
pub fn new_pkcs8(alg: SigningAlg) -> Result<Vec<u8>> {
    let pair = Pair::generate(alg).map_err(|_| Error::internal("no key could be made"))?;
    pair.to_pkcs8().map_err(|_| Error::internal("key encoding"))
}

/// Makes a key.
pub async fn generate(ctx: &Ctx, alg: SigningAlg) -> Result<NewKey> {
    let (source, sealer, random) = (ctx.key_source.clone(), Arc::clone(&ctx.sealer), Arc::clone(&ctx.random));
    tokio::task::spawn_blocking(move || {
        let der = (source.0)(alg)?;
        let pair = Pair::from_pkcs8(alg, &der).map_err(|_| Error::internal("new signing key"))?;
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

    /// Unix seconds when the first of the published keys is no longer; far away where all of them stay.
    pub fn published_until(&self, now: i64) -> i64 {
        self.published(now).filter_map(|key| key.expires_at).min().unwrap_or(i64::MAX)
    }

    /// The JWK Set (RFC 7517 section 5): public members only.
    pub fn jwks(&self, now: i64) -> Value {
        json!({ "keys": self.published(now).map(|k| &k.public_jwk).collect::<Vec<_>>() })
    }
}
