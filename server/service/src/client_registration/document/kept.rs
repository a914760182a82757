//! When to ask for a document again, and what counts until then. No more than this decides how often a stranger who names the
//! address makes us ask.

use super::Found;
use crate::places::{Ages, Kept};

/// Section 4.4: "The authorization server MAY cache the client metadata", within what the answer says; what is gone from a
/// document stops to count after a day at most.
pub(super) const AGES: Ages = Ages { usual: 3_600, longest: 86_400 };
/// Seconds beyond its age that a document counts while its address does not answer.
const STALE: i64 = 86_400;

/// What to do.
#[derive(Debug)]
pub(super) enum Use {
    This(Found),
    Fetch,
    /// Nothing is known, and it is too early to ask again.
    Nothing,
}

pub(super) fn to_use(kept: &Kept<Found>, now: i64) -> Use {
    if let Some(found) = kept.within(0, now) {
        return Use::This(found.clone());
    }
    if kept.may_be_asked(now) {
        return Use::Fetch;
    }
    meanwhile(kept, now).map_or(Use::Nothing, |found| Use::This(Some(found)))
}

/// A document that is old, while there is no answer.
pub(super) fn meanwhile(kept: &Kept<Found>, now: i64) -> Option<std::sync::Arc<oidc::client_registration::Metadata>> {
    kept.within(STALE, now).cloned().flatten()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use oidc::client_registration::Metadata;

    use super::*;

    fn kept(found: Found, max_age: Option<u64>) -> Kept<Found> {
        let mut kept = Kept::default();
        kept.try_at(0);
        kept.keep(found, max_age, &AGES, 0);
        kept
    }

    fn document() -> Arc<Metadata> {
        Arc::new(Metadata::default())
    }

    #[test]
    fn a_document_is_kept_for_its_age_within_bounds() {
        for (max_age, last) in [(None, 3_599), (Some(0), 59), (Some(300), 299), (Some(1_000_000), 86_399)] {
            let kept = kept(Some(document()), max_age);
            assert!(matches!(to_use(&kept, last), Use::This(Some(_))), "{max_age:?}");
            assert!(matches!(to_use(&kept, last + 1), Use::Fetch), "{max_age:?}");
        }
    }

    #[test]
    fn none_is_believed_for_a_minute() {
        let kept = kept(None, Some(0));
        assert!(matches!(to_use(&kept, 59), Use::This(None)));
        assert!(matches!(to_use(&kept, 60), Use::Fetch));
    }

    #[test]
    fn an_old_one_counts_for_a_day_while_nobody_answers() {
        let mut kept = kept(Some(document()), Some(60));
        kept.try_at(60 + STALE - 1);
        assert!(matches!(to_use(&kept, 60 + STALE - 1), Use::This(Some(_))));
        assert!(matches!(to_use(&kept, 60 + STALE), Use::Nothing));
    }
}
