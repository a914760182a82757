//! A public key for whose owner something is encrypted, as a JWK (RFC 7517, RFC 7518 section 6).

use model::public_keys;
use model::spec::EncryptionAlg;
use serde_json::Value;

use super::BadKey;
use super::public_key::{Curve, Numbers};

/// A key that can encrypt and do nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptionKey {
    kid: Option<String>,
    is_for_this: bool,
    algs: Vec<EncryptionAlg>,
    numbers: EncryptionNumbers,
}

/// What of the key is public, as octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncryptionNumbers {
    /// RFC 7518 section 6.3.1.
    Rsa {
        /// The modulus.
        n: Vec<u8>,
        /// The exponent.
        e: Vec<u8>,
    },
    /// RFC 7518 section 6.2.1. Whether the point is on its curve is for those to say who agree with it.
    Ec {
        /// Its curve.
        curve: Curve,
        /// One coordinate.
        x: Vec<u8>,
        /// The other.
        y: Vec<u8>,
    },
}

impl EncryptionKey {
    /// Reads a JWK.
    ///
    /// # Errors
    /// See [`BadKey`].
    pub fn parse(jwk: &Value) -> Result<Self, BadKey> {
        let members = jwk.as_object().ok_or(BadKey::Malformed)?;
        if public_keys::is_private(jwk) {
            return Err(BadKey::Private);
        }
        let algs: Vec<EncryptionAlg> =
            EncryptionAlg::ALL.iter().copied().filter(|alg| public_keys::may_encrypt(jwk, *alg)).collect();
        if algs.is_empty() {
            return Err(BadKey::Unsupported);
        }
        let numbers = match Numbers::read(members)? {
            Numbers::Rsa { n, e } => EncryptionNumbers::Rsa { n: n.octets, e: e.octets },
            Numbers::Ec { curve, x, y } => EncryptionNumbers::Ec { curve, x: x.octets, y: y.octets },
            Numbers::Ed25519 { .. } => return Err(BadKey::Unsupported),
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let kid = text("kid").map(str::to_owned);
        Ok(Self { kid, is_for_this: text("use").is_some(), algs, numbers })
    }

    /// Its name, if it has one.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// What it is made of.
    pub fn numbers(&self) -> &EncryptionNumbers {
        &self.numbers
    }

    /// The one to encrypt with by an algorithm: one that is said to be for encryption before one that may be for
    /// everything, and otherwise the first.
    pub fn choose(keys: &[Self], alg: EncryptionAlg) -> Option<&Self> {
        let fits = || keys.iter().filter(|key| key.algs.contains(&alg));
        fits().find(|key| key.is_for_this).or_else(|| fits().next())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ec(kid: &str, more: &Value) -> Value {
        let mut key = json!({
            "kty": "EC", "crv": "P-256", "kid": kid,
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            key[name] = value.clone();
        }
        key
    }

    #[test]
    fn a_key_for_encryption_goes_before_one_for_everything() {
        let keys = [ec("any", &json!({})), ec("own", &json!({ "use": "enc" }))];
        let keys: Vec<EncryptionKey> = keys.iter().filter_map(|jwk| EncryptionKey::parse(jwk).ok()).collect();
        let chosen = |keys, alg| EncryptionKey::choose(keys, alg).and_then(EncryptionKey::kid).map(str::to_owned);
        assert_eq!(chosen(&keys, EncryptionAlg::EcdhEs).as_deref(), Some("own"));
        assert_eq!(chosen(&keys[..1], EncryptionAlg::EcdhEs).as_deref(), Some("any"));
        assert_eq!(chosen(&keys, EncryptionAlg::RsaOaep256), None);
    }

    #[test]
    fn a_key_for_something_else_is_none() {
        let refused = |more: Value| EncryptionKey::parse(&ec("a", &more)).expect_err("refused");
        assert_eq!(refused(json!({ "use": "sig" })), BadKey::Unsupported);
        assert_eq!(refused(json!({ "alg": "ES256" })), BadKey::Unsupported);
        assert_eq!(refused(json!({ "crv": "P-521" })), BadKey::Unsupported);
        assert_eq!(refused(json!({ "d": "AA" })), BadKey::Private);
        assert_eq!(refused(json!({ "x": "AA" })), BadKey::Unsupported);
        assert_eq!(refused(json!({ "y": "=" })), BadKey::Malformed);
        let one = EncryptionKey::parse(&ec("a", &json!({ "alg": "ECDH-ES" }))).expect("a key");
        assert!(EncryptionKey::choose(std::slice::from_ref(&one), EncryptionAlg::EcdhEsA256Kw).is_none());
    }
}
