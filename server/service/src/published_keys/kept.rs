//! When to ask an application's address for its keys, and which to use until then. No more than this decides how
//! often a stranger who sends signed messages makes us ask.

use model::spec::EncryptionAlg;
use oidc::jose::{EncryptionKey, KeySet};

use crate::places::{Ages, Kept};

/// For how long keys are kept.
pub(super) const AGES: Ages = Ages { usual: 600, longest: 3_600 };
/// Seconds beyond their age that they are used while the address gives no others.
const STALE: i64 = 3_600;
/// A key that is looked for.
#[derive(Clone, Debug)]
pub(super) enum Sought {
    /// One that may have signed under this name, or under none.
    Signature(Option<String>),
    /// One to encrypt with.
    Encryption(EncryptionAlg),
}

impl Sought {
    pub fn is_in(&self, keys: &KeySet) -> bool {
        match self {
            Self::Signature(kid) => keys.signature.iter().any(|key| key.may_be(kid.as_deref())),
            Self::Encryption(alg) => EncryptionKey::choose(&keys.encryption, *alg).is_some(),
        }
    }
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    These(KeySet),
    Fetch,
    /// Nothing is known, and it is too early to ask again.
    Nothing,
}

/// OpenID Connect Core section 10.1.1: "The verifier knows to go back to the `jwks_uri` location to re-retrieve
/// the keys when it sees an unfamiliar `kid` value."
pub(super) fn to_use(kept: &Kept<KeySet>, sought: &Sought, now: i64) -> Use {
    if let Some(keys) = kept.within(0, now).filter(|keys| sought.is_in(keys)) {
        return Use::These(keys.clone());
    }
    if kept.may_be_asked(now) {
        return Use::Fetch;
    }
    now_used(kept, now).map_or(Use::Nothing, Use::These)
}

/// What there is, without asking.
pub(super) fn now_used(kept: &Kept<KeySet>, now: i64) -> Option<KeySet> {
    kept.within(STALE, now).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::places::PAUSE;

    fn keys(kid: &str) -> KeySet {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        KeySet::parse(&json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid }] }))
    }

    fn named(kid: &str) -> Sought {
        Sought::Signature(Some(kid.to_owned()))
    }

    const ANY: Sought = Sought::Signature(None);

    fn kept(max_age: Option<u64>) -> Kept<KeySet> {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep(keys("a"), max_age, &AGES, 0);
        kept
    }

    #[test]
    fn keys_are_kept_for_their_age_within_bounds() {
        for (max_age, last) in [(None, 599), (Some(0), 59), (Some(300), 299), (Some(86_400), 3_599)] {
            let kept = kept(max_age);
            assert_eq!(to_use(&kept, &named("a"), last), Use::These(keys("a")), "{max_age:?}");
            assert_eq!(to_use(&kept, &named("a"), last + 1), Use::Fetch, "{max_age:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_looked_for_once_in_a_minute() {
        let mut kept = kept(None);
        assert_eq!(to_use(&kept, &named("b"), 59), Use::These(keys("a")));
        assert_eq!(to_use(&kept, &named("b"), 60), Use::Fetch);
        // The attempt failed, or brought no such key.
        kept.try_at(60);
        assert_eq!(to_use(&kept, &named("b"), 119), Use::These(keys("a")));
        assert_eq!(to_use(&kept, &named("b"), 120), Use::Fetch);
        assert_eq!(to_use(&kept, &ANY, 120), Use::These(keys("a")), "no name, so any");
    }

    #[test]
    fn one_to_encrypt_with_is_looked_for_too() {
        let kept = kept(None);
        assert_eq!(to_use(&kept, &Sought::Encryption(EncryptionAlg::EcdhEs), 59), Use::These(keys("a")));
        assert_eq!(to_use(&kept, &Sought::Encryption(EncryptionAlg::EcdhEs), 60), Use::Fetch);
    }

    #[test]
    fn stale_keys_are_used_for_an_hour_while_the_address_is_silent() {
        let mut kept = kept(None);
        let last = 600 + STALE - 1;
        kept.try_at(last);
        assert_eq!(to_use(&kept, &named("a"), last), Use::These(keys("a")));
        assert_eq!(to_use(&kept, &named("a"), last + 1), Use::Nothing);
        assert_eq!(to_use(&kept, &named("a"), last + PAUSE), Use::Fetch);
    }

    #[test]
    fn a_failure_is_remembered_for_a_minute() {
        let mut kept = Kept::default();
        assert_eq!(to_use(&kept, &ANY, 0), Use::Fetch);
        kept.try_at(0);
        assert_eq!(to_use(&kept, &ANY, 59), Use::Nothing);
        assert_eq!(to_use(&kept, &ANY, 60), Use::Fetch);
    }
}
