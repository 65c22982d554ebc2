//! Nanoseconds a call: the median over rounds, two candidates in turn so that a drifting machine
//! slows both.

use std::time::{Duration, Instant};

use rust_decimal::Decimal;

/// Calls between two looks at the clock: a fraction of a millisecond, which is less than a scheduler
/// gives a thread at a time. On a machine with other work most rounds then run without a break, and
/// the median is one of those.
const CALLS: u32 = 100;

/// Rounds of which the median is taken.
const ROUNDS: usize = 3_001;

/// Nanoseconds a call of each candidate, measured in turn.
pub(crate) fn in_turn<const N: usize>(
    mut candidates: [&mut dyn FnMut() -> anyhow::Result<()>; N],
) -> anyhow::Result<[Decimal; N]> {
    let mut rounds: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(ROUNDS));
    for round in 0..=ROUNDS {
        for (candidate, durations) in candidates.iter_mut().zip(&mut rounds) {
            let start = Instant::now();
            for _ in 0..CALLS {
                candidate()?;
            }
            // The first round warms caches and branch predictors.
            if round > 0 {
                durations.push(start.elapsed());
            }
        }
    }
    Ok(rounds.map(|mut durations| {
        durations.sort_unstable();
        let median = durations.get(durations.len() / 2).copied().unwrap_or_default();
        (Decimal::from(median.as_nanos()) / Decimal::from(CALLS)).round_dp(1)
    }))
}
