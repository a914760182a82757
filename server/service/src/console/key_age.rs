//! When a signing key needs somebody: nothing takes over when it stops, or it has signed for long.

use store::signing_keys::Lifetime;

/// Seconds.
const DAY: i64 = 86_400;
/// Seconds before its end at which a key without a successor is told.
pub(super) const ENDS_WITHIN: i64 = 14 * DAY;
/// Seconds for which a key may sign before a rotation is suggested.
pub(super) const OLD_AFTER: i64 = 365 * DAY;

/// What is told of the keys of one algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAge {
    /// Slug of the subscription.
    pub slug: String,
    /// JWS algorithm.
    pub alg: String,
    /// Unix seconds: nothing signs after that, as far as is planned.
    pub ends_at: Option<i64>,
    /// Unix seconds: the newest key signs since then.
    pub since: i64,
}

/// What there is to tell, if anything.
pub(super) fn told(keys: Lifetime, now: i64) -> Option<KeyAge> {
    let ends = keys.signs_until <= now + ENDS_WITHIN;
    let is_old = keys.newest <= now - OLD_AFTER;
    (ends || is_old).then(|| KeyAge {
        slug: keys.slug,
        alg: keys.alg,
        ends_at: ends.then_some(keys.signs_until),
        since: keys.newest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn of(newest: i64, signs_until: i64) -> Option<KeyAge> {
        told(Lifetime { slug: "s".into(), alg: "RS256".into(), newest, signs_until }, NOW)
    }

    #[test]
    fn a_key_in_its_first_year_with_no_end_is_no_matter() {
        assert_eq!(of(NOW - OLD_AFTER + 1, i64::MAX), None);
        assert_eq!(of(NOW + 3_600, i64::MAX), None, "the next one waits");
    }

    #[test]
    fn an_end_without_a_successor_and_a_long_life_are_told() {
        assert_eq!(of(NOW - DAY, NOW + DAY).and_then(|age| age.ends_at), Some(NOW + DAY));
        assert_eq!(of(NOW - OLD_AFTER, i64::MAX).map(|age| age.ends_at), Some(None));
    }
}
