//! Durations of many of the same thing, and the units in which they are printed.

use std::time::{Duration, Instant};

use anyhow::ensure;
use rust_decimal::Decimal;
use stele_end_to_end::Client;

/// Milliseconds with three decimals.
pub(crate) fn milliseconds(duration: Duration) -> Decimal {
    (Decimal::from(duration.as_micros()) / Decimal::from(1000)).round_dp(3)
}

/// How often a second, if so many took so long.
pub(crate) fn a_second(count: u64, duration: Duration) -> Decimal {
    let microseconds = Decimal::from(duration.as_micros().max(1));
    (Decimal::from(count) * Decimal::from(1_000_000) / microseconds).round_dp(0)
}

/// The duration below which this share lies, in thousandths; the longest for a thousand.
pub(crate) fn quantile(mut durations: Vec<Duration>, thousandths: usize) -> Duration {
    durations.sort_unstable();
    let last = durations.len().saturating_sub(1);
    durations.get((durations.len() * thousandths / 1000).min(last)).copied().unwrap_or_default()
}

/// Round trips of an answer that holds nothing, through this client: the floor below which no answer
/// through it can come.
pub(crate) async fn of_healthz(client: &Client, times: usize) -> anyhow::Result<Vec<Duration>> {
    let mut durations = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        let answer = client.get("/healthz").await?;
        durations.push(begun.elapsed());
        ensure!(answer.status == 200, "/healthz answers {}", answer.status);
    }
    Ok(durations)
}
