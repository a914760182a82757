//! Durations, sorted out.

use std::time::Duration;

/// What many runs of one thing took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Half of the runs were faster.
    pub median: Duration,
    /// Nineteen of twenty runs were faster.
    pub p95: Duration,
}

impl Timing {
    /// `None` without a run.
    pub fn of(mut runs: Vec<Duration>) -> Option<Self> {
        runs.sort_unstable();
        let at = |part: usize| runs.get((runs.len() * part / 100).min(runs.len().saturating_sub(1))).copied();
        Some(Self { median: at(50)?, p95: at(95)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_one_and_the_slow_one() {
        let runs = (1..=100).rev().map(Duration::from_millis).collect();
        let timing = Timing::of(runs).expect("runs");
        assert_eq!(timing, Timing { median: Duration::from_millis(51), p95: Duration::from_millis(96) });
        assert_eq!(Timing::of(Vec::new()), None);
    }
}
