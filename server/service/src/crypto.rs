//! Hashing of secrets, and sealing under the master key (AES-256-GCM).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::random::Random;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 in hexadecimal: how codes, tokens, cookies and generated secrets are stored.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// base64url without padding (RFC 7515 section 2).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Seals and opens what is kept encrypted at rest, under the installation's master key.
pub struct Sealer {
    key: LessSafeKey,
    fingerprint: String,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealer({})", self.fingerprint)
    }
}

impl Sealer {
    /// A sealer for a 256-bit key.
    pub fn new(master_key: &[u8; 32]) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, master_key).map_err(|_| Error::internal("master key"))?;
        // A fingerprint of a hash with a label of its own tells nothing of the key.
        let mut digest = Sha256::new_with_prefix(b"tessera master key fingerprint");
        digest.update(master_key);
        Ok(Self { key: LessSafeKey::new(key), fingerprint: hex(&digest.finalize()[..16]) })
    }

    /// Names the key without telling it; the database keeps it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Encrypts `plain` for one purpose; the same purpose opens it again.
    pub fn seal(&self, random: &Random, purpose: &str, plain: &[u8]) -> Result<String> {
        let nonce = random.bytes::<NONCE_LEN>()?;
        let mut data = plain.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose.as_bytes()), &mut data)
            .map_err(|_| Error::internal("sealing"))?;
        let mut sealed = nonce.to_vec();
        sealed.extend_from_slice(&data);
        Ok(STANDARD_NO_PAD.encode(sealed))
    }

    /// Decrypts what [`Self::seal`] made. `None` for anything else: another key or purpose, or a
    /// changed byte.
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, data) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut data = data.to_vec();
        let plain = self.key.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut data).ok()?;
        Some(plain.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_purpose() {
        let random = Random::default();
        let sealer = Sealer::new(&[7; 32]).expect("key");
        let text = sealer.seal(&random, "signing key", b"secret").expect("sealed");
        assert!(!text.contains("secret"));
        assert_eq!(sealer.open("signing key", &text), Some(b"secret".to_vec()));
        assert_eq!(sealer.open("notice", &text), None);
        assert_eq!(Sealer::new(&[8; 32]).expect("key").open("signing key", &text), None);
        assert_eq!(sealer.open("signing key", &text[..text.len() - 2]), None);
    }
}
