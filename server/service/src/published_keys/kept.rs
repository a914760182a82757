//! When to ask an application's address for its keys, and which to use until then. No more than this decides how
//! often a stranger who sends signed messages makes us ask.

use std::ops::RangeInclusive;

use oidc::jose::PublicKey;

use crate::places::{Known, PAUSE};

/// Seconds that keys are kept, whatever the answer says of itself.
const AGES: RangeInclusive<i64> = PAUSE..=3_600;
/// Seconds that they are kept where it says nothing.
const USUAL_AGE: i64 = 600;
/// Seconds beyond their age that they are used while the address gives no others.
const STALE: i64 = 3_600;
/// Keys of one set that are looked at.
pub(super) const MOST_KEYS: usize = 20;

/// What is known of an address.
#[derive(Debug, Default)]
pub(super) struct Kept {
    good: Option<Good>,
    tried_at: Option<i64>,
}

#[derive(Debug)]
struct Good {
    keys: Vec<PublicKey>,
    fresh_until: i64,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    These(Vec<PublicKey>),
    Fetch,
    /// Nothing is known, and it is too early to ask again.
    Nothing,
}

impl Kept {
    /// OpenID Connect Core section 10.1.1: "The verifier knows to go back to the `jwks_uri` location to re-retrieve
    /// the keys when it sees an unfamiliar `kid` value."
    pub fn to_use(&self, kid: Option<&str>, now: i64) -> Use {
        let fresh = self.good.as_ref().filter(|good| now < good.fresh_until);
        let known = fresh.filter(|good| good.keys.iter().any(|key| key.may_be(kid)));
        if let Some(good) = known {
            return Use::These(good.keys.clone());
        }
        if self.tried_at.is_none_or(|at| at + PAUSE <= now) {
            return Use::Fetch;
        }
        self.now_used(now).map_or(Use::Nothing, Use::These)
    }

    /// What there is, without asking.
    pub fn now_used(&self, now: i64) -> Option<Vec<PublicKey>> {
        self.good.as_ref().filter(|good| now < good.fresh_until + STALE).map(|good| good.keys.clone())
    }

    pub fn try_at(&mut self, now: i64) {
        self.tried_at = Some(now);
    }

    pub fn keep(&mut self, keys: Vec<PublicKey>, max_age: Option<u64>, now: i64) {
        let age = max_age.map_or(USUAL_AGE, |age| i64::try_from(age).unwrap_or(i64::MAX));
        self.good = Some(Good { keys, fresh_until: now + age.clamp(*AGES.start(), *AGES.end()) });
    }
}

impl Known for Kept {
    fn tried_at(&self) -> i64 {
        self.tried_at.unwrap_or(i64::MIN / 2)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(kid: &str) -> Vec<PublicKey> {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        vec![PublicKey::parse(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid })).expect("a key")]
    }

    fn kept(max_age: Option<u64>) -> Kept {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep(keys("a"), max_age, 0);
        kept
    }

    #[test]
    fn keys_are_kept_for_their_age_within_bounds() {
        for (max_age, last) in [(None, 599), (Some(0), 59), (Some(300), 299), (Some(86_400), 3_599)] {
            let kept = kept(max_age);
            assert_eq!(kept.to_use(Some("a"), last), Use::These(keys("a")), "{max_age:?}");
            assert_eq!(kept.to_use(Some("a"), last + 1), Use::Fetch, "{max_age:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_looked_for_once_in_a_minute() {
        let mut kept = kept(None);
        assert_eq!(kept.to_use(Some("b"), 59), Use::These(keys("a")));
        assert_eq!(kept.to_use(Some("b"), 60), Use::Fetch);
        // The attempt failed, or brought no such key.
        kept.try_at(60);
        assert_eq!(kept.to_use(Some("b"), 119), Use::These(keys("a")));
        assert_eq!(kept.to_use(Some("b"), 120), Use::Fetch);
        assert_eq!(kept.to_use(None, 120), Use::These(keys("a")), "no name, so any");
    }

    #[test]
    fn stale_keys_are_used_for_an_hour_while_the_address_is_silent() {
        let mut kept = kept(None);
        let last = 600 + STALE - 1;
        kept.try_at(last);
        assert_eq!(kept.to_use(Some("a"), last), Use::These(keys("a")));
        assert_eq!(kept.to_use(Some("a"), last + 1), Use::Nothing);
        assert_eq!(kept.to_use(Some("a"), last + PAUSE), Use::Fetch);
    }

    #[test]
    fn a_failure_is_remembered_for_a_minute() {
        let mut kept = Kept::default();
        assert_eq!(kept.to_use(None, 0), Use::Fetch);
        kept.try_at(0);
        assert_eq!(kept.to_use(None, 59), Use::Nothing);
        assert_eq!(kept.to_use(None, 60), Use::Fetch);
    }
}
