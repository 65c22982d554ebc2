//! How fast bytes must move while they are waited for.
//!
//! Time is counted only while the other side is waited for, and bytes pay it back at the least
//! rate: a body that arrives in bursts is as good as one that arrives evenly, and whoever moves a
//! byte now and then, to look alive, is found out.

use tokio::time::{Duration, Instant};

use crate::limits::LeastRate;

/// The account of one body, answer or connection.
#[derive(Debug)]
pub(crate) struct Pace {
    rate: LeastRate,
    /// Waited for, less what has been paid back.
    waited: Duration,
    /// Since when it is being waited for.
    since: Option<Instant>,
}

impl Pace {
    /// An account with the whole grace.
    pub(crate) fn new(rate: LeastRate) -> Pace {
        Pace { rate, waited: Duration::ZERO, since: None }
    }

    /// The other side is waited for from now on, if it is not already. When it will have been too
    /// slow, unless bytes move before.
    pub(crate) fn wait(&mut self, now: Instant) -> Instant {
        let since = *self.since.get_or_insert(now);
        since + self.rate.grace.saturating_sub(self.waited)
    }

    /// When it will have been too slow; none while it is not waited for.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.since.map(|since| since + self.rate.grace.saturating_sub(self.waited))
    }

    /// So many bytes have moved: it is not waited for any more.
    pub(crate) fn moved(&mut self, bytes: usize, now: Instant) {
        if let Some(since) = self.since.take() {
            self.waited += now.saturating_duration_since(since);
        }
        if !self.waited.is_zero() {
            let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
            let paid = Duration::from_secs(1) * bytes / self.rate.bytes_per_second.get();
            self.waited = self.waited.saturating_sub(paid);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    const RATE: LeastRate = LeastRate {
        bytes_per_second: NonZeroU32::new(100).unwrap(),
        grace: Duration::from_secs(10),
    };

    /// How many pieces of so many bytes, each after so long, are taken before it is too slow.
    fn pieces(bytes: usize, every: Duration, most: usize) -> usize {
        let mut pace = Pace::new(RATE);
        let mut now = Instant::now();
        for piece in 0..most {
            let deadline = pace.wait(now);
            now += every;
            if now >= deadline {
                return piece;
            }
            pace.moved(bytes, now);
        }
        most
    }

    #[test]
    fn a_drip_is_too_slow_however_steady() {
        assert!(pieces(1, Duration::from_secs(1), 1000) < 12);
        assert_eq!(pieces(0, Duration::from_secs(10), 1), 0);
    }

    #[test]
    fn the_least_rate_is_enough_in_pieces_of_any_size() {
        assert_eq!(pieces(100, Duration::from_secs(1), 1000), 1000);
        assert_eq!(pieces(900, Duration::from_secs(9), 1000), 1000);
    }
}
