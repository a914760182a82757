//! When to ask a registered address for its request object, and how long what it gave is used. No more than this decides
//! how often a stranger who names the address makes us ask.

use crate::places::{Ages, Kept, PAUSE};

/// For how long an object is kept: it is what people are sent through now.
pub(super) const AGES: Ages = Ages { usual: PAUSE, longest: 600 };

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    This(String),
    Fetch,
    /// There is nothing that is wanted, and it is too early to ask again.
    Nothing,
}

/// OpenID Connect Core section 6.2.4: "If the fragment value used for a URI changes, that signals the server that its
/// cached value for that URI with the old fragment value is no longer valid."
pub(super) fn to_use(kept: &Kept<String>, is_wanted: impl Fn(&str) -> bool, now: i64) -> Use {
    if let Some(object) = now_used(kept, now).filter(|object| is_wanted(object)) {
        return Use::This(object);
    }
    if kept.may_be_asked(now) { Use::Fetch } else { Use::Nothing }
}

/// What there is, without asking.
pub(super) fn now_used(kept: &Kept<String>, now: i64) -> Option<String> {
    kept.within(0, now).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(max_age: Option<u64>) -> Kept<String> {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep("a".to_owned(), max_age, &AGES, 0);
        kept
    }

    #[test]
    fn an_object_is_kept_for_its_age_within_bounds() {
        for (max_age, last) in [(None, 59), (Some(0), 59), (Some(300), 299), (Some(86_400), 599)] {
            let kept = kept(max_age);
            assert_eq!(to_use(&kept, |_| true, last), Use::This("a".to_owned()), "{max_age:?}");
            assert_eq!(to_use(&kept, |_| true, last + 1), Use::Fetch, "{max_age:?}");
        }
    }

    #[test]
    fn another_one_is_looked_for_once_in_a_minute() {
        let kept = kept(Some(600));
        assert_eq!(to_use(&kept, |object| object == "b", 59), Use::Nothing);
        assert_eq!(to_use(&kept, |object| object == "b", 60), Use::Fetch);
        assert_eq!(to_use(&kept, |object| object == "a", 60), Use::This("a".to_owned()));
    }

    #[test]
    fn a_failure_is_remembered_for_a_minute() {
        let mut kept = Kept::default();
        assert_eq!(to_use(&kept, |_| true, 0), Use::Fetch);
        kept.try_at(0);
        assert_eq!(to_use(&kept, |_| true, 59), Use::Nothing);
        assert_eq!(to_use(&kept, |_| true, 60), Use::Fetch);
    }
}
