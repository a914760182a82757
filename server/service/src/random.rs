//! Randomness: 256-bit secrets and row ids, from the operating system by way of aws-lc.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::Clock;
use crate::error::{Error, Result};

/// The source of everything that must not be guessed.
#[derive(Debug)]
pub struct Random {
    system: SystemRandom,
    /// Milliseconds and counter of the last row id.
    last_id: AtomicU64,
}

impl Default for Random {
    #[expect(clippy::disallowed_methods, reason = "the one place that opens the system's source")]
    fn default() -> Self {
        Self { system: SystemRandom::new(), last_id: AtomicU64::new(0) }
    }
}

impl Random {
    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.system.fill(&mut bytes).map_err(|_| Error::internal("the system gave no random bytes"))?;
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
    ///
    /// RFC 9562 section 6.2, method 1: the twelve bits below the milliseconds count, so that the
    /// ids of one process are in the order in which they were made. The logs are sorted by them.
    pub fn id(&self, clock: &Clock) -> Result<String> {
        const COUNTER: u32 = 12;
        let first = (u64::try_from(clock.now()).unwrap_or(0) * 1000) << COUNTER;
        let after = |last: u64| first.max(last + 1);
        let last = self.last_id.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(after(last)));
        let next = after(last.unwrap_or_else(|last| last));
        let mut bytes = self.bytes::<10>()?;
        bytes[..2].copy_from_slice(&next.to_be_bytes()[6..]);
        Ok(uuid::Builder::from_unix_timestamp_millis(next >> COUNTER, &bytes).into_uuid().to_string())
    }

    /// A short reference for a failure page: eight characters without look-alikes.
    pub fn reference(&self) -> Result<String> {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        Ok(self.bytes::<8>()?.iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6749 section 10.10: "The probability of an attacker guessing generated tokens [...] MUST be less than or
    // equal to 2^(-128)".
    #[test]
    fn what_is_a_secret_has_256_bits_of_its_own() {
        let random = Random::default();
        let secrets: std::collections::BTreeSet<String> =
            (0..1_000).flat_map(|_| [random.token().expect("token"), random.hex_token().expect("token")]).collect();
        assert_eq!(secrets.len(), 2_000);
        assert!(secrets.iter().all(|secret| [43, 64].contains(&secret.len())));
    }

    #[test]
    fn ids_of_one_second_keep_their_order() {
        let (random, clock) = (Random::default(), Clock::fixed(1_800_000_000));
        let ids: Vec<String> = (0..5_000).map(|_| random.id(&clock).expect("id")).collect();
        assert!(ids.is_sorted());
        clock.advance(10);
        assert!(random.id(&clock).expect("id") > ids[4_999]);
        assert!(ids[0].starts_with("01a3185c-5000-7000-"), "{}", ids[0]);
    }
}
