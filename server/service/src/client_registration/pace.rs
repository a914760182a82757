//! How fast one subscription's configuration may change by the hand of strangers: each change is kept in its history.

use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::{Error, Result};

/// Changes at once on one node, and then every minute.
const BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);
const PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// Counts the changes of each subscription.
#[derive(Debug)]
pub struct Pace(DefaultKeyedRateLimiter<String>);

impl Default for Pace {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(PER_MINUTE).allow_burst(BURST)))
    }
}

impl Pace {
    /// Counts one.
    ///
    /// # Errors
    /// `TooManyRequests`.
    pub(super) fn check(&self, subscription_id: &str) -> Result<()> {
        self.0.check_key(&subscription_id.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Error::TooManyRequests { retry_after: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changes_too_fast_waits_and_stops_nobody_else() {
        let pace = Pace::default();
        assert!((0..100).all(|_| pace.check("a").is_ok()));
        assert!(matches!(pace.check("a"), Err(Error::TooManyRequests { retry_after: 1.. })));
        assert!(pace.check("b").is_ok());
    }
}
