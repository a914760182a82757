//! Randomness: 256-bit secrets and row ids, from the operating system by way of aws-lc.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::Clock;
use crate::error::{Error, Result};

/// The source of everything that must not be guessed.
#[derive(Debug)]
pub struct Random(SystemRandom);

impl Default for Random {
    fn default() -> Self {
        Self(SystemRandom::new())
    }
}

impl Random {
    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).map_err(|_| Error::internal("the system gave no random bytes"))?;
        Ok(bytes)
    }

    /// 256 random bits as 43 base64url characters: codes, cookies, refresh tokens, secrets.
    pub fn token(&self) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(self.bytes::<32>()?))
    }

    /// 256 random bits as 64 hexadecimal characters: reference access tokens.
    pub fn hex_token(&self) -> Result<String> {
        Ok(crate::crypto::hex(&self.bytes::<32>()?))
    }

    /// A row id: UUID version 7, ordered by time. Never a secret.
    pub fn id(&self, clock: &Clock) -> Result<String> {
        let millis = u64::try_from(clock.now()).unwrap_or(0) * 1000;
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()?).into_uuid().to_string())
    }

    /// A short reference for a failure page: eight characters without look-alikes.
    pub fn reference(&self) -> Result<String> {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        Ok(self.bytes::<8>()?.iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect())
    }
}
