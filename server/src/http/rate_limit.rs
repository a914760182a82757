//! At most so many requests a second from one address, in this process.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Requests between two rounds of forgetting addresses that are quiet again.
const ROUND: u32 = 16_384;

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
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.checked.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(&network(address)).map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}

const TWO: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// One subscriber of IPv6 holds a whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
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
    fn zero_is_no_limit() {
        let limit = RateLimit::per_second(0);
        assert!((0..1000).all(|_| limit.check(IpAddr::from([192, 0, 2, 1])).is_ok()));
    }
}
