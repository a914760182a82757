//! At most so many requests a second from one network, in this process.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use app::visit::PageError;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use service::client::network;

use super::arrival::Arrival;
use super::render;
use super::site::Site;
use super::visit::Context;

/// Requests between two rounds of forgetting addresses that are quiet again.
const ROUND: u32 = 16_384;
/// A form that is posted costs a write, and often a password hash.
const POST_WEIGHT: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
const TWO: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// A limit, or none.
pub struct RateLimit {
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    checked: AtomicU32,
}

impl RateLimit {
    /// `limit` requests a second, with bursts of twice as many; 0 is no limit.
    pub fn per_second(limit: u32) -> Self {
        let quota = NonZeroU32::new(limit).map(|limit| Quota::per_second(limit).allow_burst(limit.saturating_mul(TWO)));
        Self { limiter: quota.map(RateLimiter::keyed), checked: AtomicU32::new(0) }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn check(&self, address: IpAddr) -> Result<(), Duration> {
        self.check_weight(address, NonZeroU32::MIN)
    }

    /// Counts a request as so many. One that weighs more than a whole burst counts as a burst.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn check_weight(&self, address: IpAddr, weight: NonZeroU32) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.checked.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let key = network(address);
        let counted = limiter
            .check_key_n(&key, weight)
            .or_else(|most| limiter.check_key_n(&key, NonZeroU32::new(most.0).unwrap_or(NonZeroU32::MIN)));
        match counted {
            Ok(Err(until)) => Err(until.wait_time_from(DefaultClock::default().now())),
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

/// For what browsers come to: each costs rows, and some a password hash, before anybody is known.
pub async fn pages(State(site): State<Site>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<Arc<Arrival>>().map(|arrival| arrival.address);
    let weight = if request.method() == Method::POST { POST_WEIGHT } else { NonZeroU32::MIN };
    let checked = address.map_or(Ok(()), |address| site.page_limit.check_weight(address, weight));
    match checked {
        Ok(()) => next.run(request).await,
        Err(wait) => render::page_error(&site, &Context::of(&request), &PageError::Service(too_many(wait))),
    }
}

/// Whole seconds, at least one.
pub fn too_many(wait: Duration) -> service::Error {
    let retry_after = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1);
    service::Error::TooManyRequests { retry_after }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_ends_and_another_address_is_not_affected() {
        let limit = RateLimit::per_second(2);
        let one = IpAddr::from([192, 0, 2, 1]);
        assert!((0..4).all(|_| limit.check(one).is_ok()));
        assert!(limit.check(one).is_err());
        assert!(limit.check(IpAddr::from([192, 0, 2, 2])).is_ok());
    }

    #[test]
    fn neighbours_in_one_network_of_ipv6_count_together() {
        let limit = RateLimit::per_second(1);
        let address = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]);
        assert!(limit.check(address(1)).is_ok());
        assert!(limit.check(address(2)).is_ok());
        assert!(limit.check(address(3)).is_err());
    }

    #[test]
    fn what_weighs_more_counts_more_and_yet_passes() {
        let one = IpAddr::from([192, 0, 2, 1]);
        let limit = RateLimit::per_second(10);
        assert!((0..2).all(|_| limit.check_weight(one, POST_WEIGHT).is_ok()));
        assert!(limit.check_weight(one, POST_WEIGHT).is_err());
        let narrow = RateLimit::per_second(1);
        assert!(narrow.check_weight(one, POST_WEIGHT).is_ok());
        assert!(narrow.check(one).is_err());
    }

    #[test]
    fn zero_is_no_limit() {
        let limit = RateLimit::per_second(0);
        assert!((0..1000).all(|_| limit.check(IpAddr::from([192, 0, 2, 1])).is_ok()));
    }
}
