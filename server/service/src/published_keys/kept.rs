//! When to ask an application's address for its keys, and which to use until then. No more than this decides how
//! often a stranger who sends signed messages makes us ask.

use oidc::jose::PublicKey;

use crate::places::{Ages, Kept};

/// For how long keys are kept.
pub(super) const AGES: Ages = Ages { usual: 600, longest: 3_600 };
/// Seconds beyond their age that they are used while the address gives no others.
const STALE: i64 = 3_600;
/// Keys of one set that are looked at.
pub(super) const MOST_KEYS: usize = 20;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    These(Vec<PublicKey>),
    Fetch,
    /// Nothing is known, and it is too early to ask again.
    Nothing,
}

/// OpenID Connect Core section 10.1.1: "The verifier knows to go back to the `jwks_uri` location to re-retrieve
/// the keys when it sees an unfamiliar `kid` value."
pub(super) fn to_use(kept: &Kept<Vec<PublicKey>>, kid: Option<&str>, now: i64) -> Use {
    if let Some(keys) = kept.within(0, now).filter(|keys| keys.iter().any(|key| key.may_be(kid))) {
        return Use::These(keys.clone());
    }
    if kept.may_be_asked(now) {
        return Use::Fetch;
    }
    now_used(kept, now).map_or(Use::Nothing, Use::These)
}

/// What there is, without asking.
pub(super) fn now_used(kept: &Kept<Vec<PublicKey>>, now: i64) -> Option<Vec<PublicKey>> {
    kept.within(STALE, now).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::places::PAUSE;

    fn keys(kid: &str) -> Vec<PublicKey> {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        vec![PublicKey::parse(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid })).expect("a key")]
    }

    fn kept(max_age: Option<u64>) -> Kept<Vec<PublicKey>> {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep(keys("a"), max_age, &AGES, 0);
        kept
    }

    #[test]
    fn keys_are_kept_for_their_age_within_bounds() {
        for (max_age, last) in [(None, 599), (Some(0), 59), (Some(300), 299), (Some(86_400), 3_599)] {
            let kept = kept(max_age);
            assert_eq!(to_use(&kept, Some("a"), last), Use::These(keys("a")), "{max_age:?}");
            assert_eq!(to_use(&kept, Some("a"), last + 1), Use::Fetch, "{max_age:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_looked_for_once_in_a_minute() {
        let mut kept = kept(None);
        assert_eq!(to_use(&kept, Some("b"), 59), Use::These(keys("a")));
        assert_eq!(to_use(&kept, Some("b"), 60), Use::Fetch);
        // The attempt failed, or brought no such key.
        kept.try_at(60);
        assert_eq!(to_use(&kept, Some("b"), 119), Use::These(keys("a")));
        assert_eq!(to_use(&kept, Some("b"), 120), Use::Fetch);
        assert_eq!(to_use(&kept, None, 120), Use::These(keys("a")), "no name, so any");
    }

    #[test]
    fn stale_keys_are_used_for_an_hour_while_the_address_is_silent() {
        let mut kept = kept(None);
        let last = 600 + STALE - 1;
        kept.try_at(last);
        assert_eq!(to_use(&kept, Some("a"), last), Use::These(keys("a")));
        assert_eq!(to_use(&kept, Some("a"), last + 1), Use::Nothing);
        assert_eq!(to_use(&kept, Some("a"), last + PAUSE), Use::Fetch);
    }

    #[test]
    fn a_failure_is_remembered_for_a_minute() {
        let mut kept = Kept::default();
        assert_eq!(to_use(&kept, None, 0), Use::Fetch);
        kept.try_at(0);
        assert_eq!(to_use(&kept, None, 59), Use::Nothing);
        assert_eq!(to_use(&kept, None, 60), Use::Fetch);
    }
}
