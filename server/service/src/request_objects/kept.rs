//! When to ask a registered address for its request object, and how long what it gave is used. No more than this decides
//! how often a stranger who names the address makes us ask.

use std::ops::RangeInclusive;

use crate::places::{Known, PAUSE};

/// Seconds that an object is kept, whatever the answer says of itself: it is what people are sent through now.
const AGES: RangeInclusive<i64> = PAUSE..=600;

/// What is known of an address.
#[derive(Debug, Default)]
pub(super) struct Kept {
    good: Option<Good>,
    tried_at: Option<i64>,
}

#[derive(Debug)]
struct Good {
    object: String,
    fresh_until: i64,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    This(String),
    Fetch,
    /// There is nothing that is wanted, and it is too early to ask again.
    Nothing,
}

impl Kept {
    /// OpenID Connect Core section 6.2.4: "If the fragment value used for a URI changes, that signals the server that its
    /// cached value for that URI with the old fragment value is no longer valid."
    pub fn to_use(&self, is_wanted: impl Fn(&str) -> bool, now: i64) -> Use {
        if let Some(object) = self.now_used(now).filter(|object| is_wanted(object)) {
            return Use::This(object);
        }
        if self.tried_at.is_none_or(|at| at + PAUSE <= now) { Use::Fetch } else { Use::Nothing }
    }

    /// What there is, without asking.
    pub fn now_used(&self, now: i64) -> Option<String> {
        self.good.as_ref().filter(|good| now < good.fresh_until).map(|good| good.object.clone())
    }

    pub fn try_at(&mut self, now: i64) {
        self.tried_at = Some(now);
    }

    pub fn keep(&mut self, object: String, max_age: Option<u64>, now: i64) {
        let age = max_age.map_or(*AGES.start(), |age| i64::try_from(age).unwrap_or(i64::MAX));
        self.good = Some(Good { object, fresh_until: now + age.clamp(*AGES.start(), *AGES.end()) });
    }
}

impl Known for Kept {
    fn tried_at(&self) -> i64 {
        self.tried_at.unwrap_or(i64::MIN / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(max_age: Option<u64>) -> Kept {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep("a".to_owned(), max_age, 0);
        kept
    }

    #[test]
    fn an_object_is_kept_for_its_age_within_bounds() {
        for (max_age, last) in [(None, 59), (Some(0), 59), (Some(300), 299), (Some(86_400), 599)] {
            let kept = kept(max_age);
            assert_eq!(kept.to_use(|_| true, last), Use::This("a".to_owned()), "{max_age:?}");
            assert_eq!(kept.to_use(|_| true, last + 1), Use::Fetch, "{max_age:?}");
        }
    }

    #[test]
    fn another_one_is_looked_for_once_in_a_minute() {
        let kept = kept(Some(600));
        assert_eq!(kept.to_use(|object| object == "b", 59), Use::Nothing);
        assert_eq!(kept.to_use(|object| object == "b", 60), Use::Fetch);
        assert_eq!(kept.to_use(|object| object == "a", 60), Use::This("a".to_owned()));
    }

    #[test]
    fn a_failure_is_remembered_for_a_minute() {
        let mut kept = Kept::default();
        assert_eq!(kept.to_use(|_| true, 0), Use::Fetch);
        kept.try_at(0);
        assert_eq!(kept.to_use(|_| true, 59), Use::Nothing);
        assert_eq!(kept.to_use(|_| true, 60), Use::Fetch);
    }
}
