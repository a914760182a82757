//! What others sign: client assertions (RFC 7523), request objects (RFC 9101) and DPoP proofs (RFC 9449); and the public
//! keys of those who sign, or for whom something is encrypted.
//!
//! A message is taken apart here, and its claims are checked by whoever expects it. The cryptography is the
//! caller's ([`CheckSignature`]): this crate has none but SHA-256.

mod alg;
mod compact;
mod encryption_key;
mod key_set;
mod public_key;
mod times;

pub use alg::{Alg, MacAlg};
pub use compact::Signed;
pub use encryption_key::{EncryptionKey, EncryptionNumbers};
pub use key_set::KeySet;
pub use public_key::{BadKey, Curve, PublicKey};
pub use times::Times;

/// Is `signature` the one of this key over these octets?
pub trait CheckSignature {
    /// False for a wrong signature, and for a key that cannot be used.
    fn verifies(&self, key: &PublicKey, alg: Alg, signed: &[u8], signature: &[u8]) -> bool;
}

impl<F: Fn(&PublicKey, Alg, &[u8], &[u8]) -> bool> CheckSignature for F {
    fn verifies(&self, key: &PublicKey, alg: Alg, signed: &[u8], signature: &[u8]) -> bool {
        self(key, alg, signed, signature)
    }
}

/// Is `tag` the one of this secret over these octets? The secret comes as it is stored, sealed.
pub trait CheckTag {
    /// False for a wrong tag, and for a secret that does not open. Takes as long for any tag, and for no secret.
    fn verifies(&self, sealed: &str, alg: MacAlg, signed: &[u8], tag: &[u8]) -> bool;
}

impl<F: Fn(&str, MacAlg, &[u8], &[u8]) -> bool> CheckTag for F {
    fn verifies(&self, sealed: &str, alg: MacAlg, signed: &[u8], tag: &[u8]) -> bool {
        self(sealed, alg, signed, tag)
    }
}
