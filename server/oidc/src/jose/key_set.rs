//! A JWK Set (RFC 7517 section 5).

use serde_json::Value;

use super::{EncryptionKey, PublicKey};

/// Keys of one set that are looked at.
const MOST: usize = 20;

/// What of a set can be used. Section 5: "Implementations SHOULD ignore JWKs within a JWK Set that use `kty` (key type)
/// values that are not understood by them, that are missing required members, or for which values are out of the supported
/// ranges."
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet {
    /// Those that check signatures.
    pub signature: Vec<PublicKey>,
    /// Those for whose owner something can be encrypted; one without `use` is among both.
    pub encryption: Vec<EncryptionKey>,
}

impl KeySet {
    /// Reads a set.
    pub fn parse(jwks: &Value) -> Self {
        let keys = jwks.get("keys").and_then(Value::as_array);
        let keys = || keys.into_iter().flatten();
        Self {
            signature: keys().filter_map(|jwk| PublicKey::parse(jwk).ok()).take(MOST).collect(),
            encryption: keys().filter_map(|jwk| EncryptionKey::parse(jwk).ok()).take(MOST).collect(),
        }
    }

    /// True where there is nothing that could be used.
    pub fn is_empty(&self) -> bool {
        self.signature.is_empty() && self.encryption.is_empty()
    }
}
