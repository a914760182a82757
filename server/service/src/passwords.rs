//! Passwords: the policy, and Argon2id on a bounded number of threads.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use model::Problem;
use model::spec::SubscriptionSpec;
use model::spec::subscription::PASSWORD_MIN_LENGTH;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::random::Random;

/// Most bytes hashed: longer input is refused before it costs anything.
pub const MAX_BYTES: usize = 1024;

/// Passwords that stand in every list of leaked ones and are long enough to pass otherwise.
const BLOCKED: &str = include_str!("blocked_passwords.txt");

/// Checks a password that somebody chooses. `own` are texts it must not be made of: the user's
/// names and addresses. The subscription may want more characters than everybody does, never fewer.
pub fn policy(password: &str, subscription: &SubscriptionSpec, own: &[&str]) -> Result<(), Problem> {
    if password.len() > MAX_BYTES {
        return Err(Problem::new("too-long").with("max", MAX_BYTES));
    }
    let least = subscription.password_min_length.max(PASSWORD_MIN_LENGTH);
    if i64::try_from(password.chars().count()).is_ok_and(|length| length < least) {
        return Err(Problem::new("password-short").with("min", least));
    }
    let canonical = model::canonical::text(password);
    let distinct: std::collections::HashSet<char> = canonical.chars().collect();
    let blocked = BLOCKED.lines().any(|line| !line.is_empty() && line == canonical)
        || distinct.len() < 4
        || own
            .iter()
            .chain([&subscription.name.as_str()])
            .any(|text| !text.is_empty() && canonical == model::canonical::text(text));
    if blocked { Err(Problem::new("password-blocked")) } else { Ok(()) }
}

/// Argon2id with OWASP's parameters (19 MiB, two passes, one lane). At most as many run at once as
/// there are cores, so that a burst of sign-ins can take neither the memory nor the processor.
#[derive(Clone, Debug)]
pub struct Hasher {
    slots: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    decoy: Arc<str>,
}

impl Hasher {
    /// A hasher with `slots` parallel computations and a waiting line of 32 for each.
    pub fn new(slots: usize, random: &Random) -> Result<Self> {
        let slots = slots.max(1);
        let decoy = hash_now("a password that nobody has", random)?;
        Ok(Self {
            slots: Arc::new(Semaphore::new(slots)),
            queue: Arc::new(Semaphore::new(slots * 33)),
            decoy: decoy.into(),
        })
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let Ok(_place) = Arc::clone(&self.queue).try_acquire_owned() else {
            return Err(Error::Unavailable("password hashing is overloaded".to_owned()));
        };
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(slot);
            done
        })
        .await
        .map_err(Error::internal)
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: &str, random: &Random) -> Result<String> {
        let password = password.to_owned();
        let salt = random.bytes::<16>()?;
        self.run(move || hash_with_salt(&password, &salt)).await?
    }

    /// True when the password is the stored one. Without a stored one the same work is done for
    /// nothing, so that the time tells nothing.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        if password.len() > MAX_BYTES {
            return Ok(false);
        }
        let known = stored.is_some();
        let password = password.to_owned();
        let stored = stored.unwrap_or(&self.decoy).to_owned();
        self.run(move || known & verify_now(&password, &stored)).await
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

fn hash_now(password: &str, random: &Random) -> Result<String> {
    hash_with_salt(password, &random.bytes::<16>()?)
}

fn hash_with_salt(password: &str, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = argon2().hash_password_with_salt(password.as_bytes(), salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}

fn verify_now(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> SubscriptionSpec {
        SubscriptionSpec { name: "The reading room of my town".into(), ..SubscriptionSpec::default() }
    }

    #[test]
    fn a_subscription_may_want_more_and_never_less() {
        let wanting = |password_min_length| SubscriptionSpec { password_min_length, ..usual() };
        let refused = |password: &str, length| policy(password, &wanting(length), &[]).map_err(|p| p.code);
        assert_eq!(refused("quiet river under stones", 25), Err("password-short".to_owned()));
        assert_eq!(refused("quiet river under stones", 24), Ok(()));
        assert_eq!(refused("fourteen chars", 8), Err("password-short".to_owned()));
        assert_eq!(refused("The Reading Room of my town", 15), Err("password-blocked".to_owned()));
    }

    #[test]
    fn the_policy_is_length_and_a_block_list() {
        assert_eq!(policy("fourteen chars", &usual(), &[]).map_err(|p| p.code), Err("password-short".to_owned()));
        assert_eq!(
            policy("correct horse battery staple", &usual(), &[]).map_err(|p| p.code),
            Err("password-blocked".to_owned())
        );
        assert_eq!(
            policy("aaaaaaaaaaaaaaaaaaaa", &usual(), &[]).map_err(|p| p.code),
            Err("password-blocked".to_owned())
        );
        assert_eq!(
            policy("john.doe@email.com", &usual(), &["john.doe@email.com"]).map_err(|p| p.code),
            Err("password-blocked".to_owned())
        );
        assert_eq!(policy("quiet river under stones", &usual(), &[]), Ok(()));
        assert_eq!(policy(&"correct staple ".repeat(20), &usual(), &[]), Ok(()));
        assert!(policy(&"x1y2".repeat(400), &usual(), &[]).is_err());
    }

    #[tokio::test]
    async fn verifies_its_own_hashes_and_refuses_others() {
        let random = Random::default();
        let hasher = Hasher::new(2, &random).expect("hasher");
        let stored = hasher.hash("quiet river under stones", &random).await.expect("hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hasher.verify("quiet river under stones", Some(&stored)).await.expect("verify"));
        assert!(!hasher.verify("quiet river under stone", Some(&stored)).await.expect("verify"));
        assert!(!hasher.verify("a password that nobody has", None).await.expect("verify"));
    }
}
