//! How often a difference of which size occurs.
//!
//! Buckets are powers of ten, the same on both sides of zero: 0 to 0.01, 0.01 to 0.1 … 100,000 to
//! 1,000,000, and beyond. The end nearer to zero belongs to a bucket, the other does not. Zero is
//! in none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::total::Total;

/// The bucket next to zero ends at ten to the power of this: a cent.
const SMALLEST: i64 = -2;
/// The last bucket begins at ten to the power of this.
const GREATEST: i64 = 6;

/// Differences counted by size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Histogram {
    /// By sign and distance from zero: 1 is the bucket next to zero on the positive side.
    buckets: BTreeMap<i64, u64>,
}

/// A bucket of a histogram. Of the two ends the one nearer to zero belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// The lower end; none: without end.
    pub from: Option<String>,
    /// The upper end; none: without end.
    pub to: Option<String>,
    /// Calculations whose difference lies in it.
    pub calculations: u64,
}

impl Histogram {
    /// Counts a difference; zero is not counted.
    pub(crate) fn count(&mut self, difference: Total) {
        let Some(decade) = difference.decade() else { return };
        let distance = decade.clamp(SMALLEST - 1, GREATEST) - SMALLEST + 2;
        let bucket = if difference.is_negative() { -distance } else { distance };
        *self.buckets.entry(bucket).or_default() += 1;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.buckets {
            *self.buckets.entry(*bucket).or_default() += count;
        }
    }

    /// The buckets that are not empty, from the most negative.
    pub(crate) fn buckets(&self) -> Vec<Bucket> {
        let buckets = self.buckets.iter().map(|(bucket, calculations)| {
            let exponent = bucket.abs() + SMALLEST - 2;
            let near = if exponent < SMALLEST { "0".to_owned() } else { power(exponent) };
            let far = (exponent < GREATEST).then(|| power(exponent + 1));
            let (from, to) = if *bucket < 0 {
                let near = if near == "0" { near } else { format!("-{near}") };
                (far.map(|far| format!("-{far}")), Some(near))
            } else {
                (Some(near), far)
            };
            Bucket { from, to, calculations: *calculations }
        });
        buckets.collect()
    }
}

/// Ten to the power, as text.
fn power(exponent: i64) -> String {
    let zeros = "0".repeat(usize::try_from(exponent.unsigned_abs()).unwrap_or_default());
    match exponent {
        0.. => format!("1{zeros}"),
        _ => format!("0.{}1", zeros.get(1..).unwrap_or_default()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn every_difference_lies_between_the_ends_of_its_bucket_and_both_sides_are_alike() {
        for text in [
            "0.0001",
            "0.0099",
            "0.01",
            "0.09",
            "0.1",
            "0.99",
            "1",
            "9.99",
            "10",
            "99.99",
            "100",
            "99999.99",
            "100000",
            "999999.99",
            "1000000",
            "123456789",
        ] {
            let amount: Decimal = text.parse().unwrap();
            let mut positive = Histogram::default();
            positive.count(amount.into());
            let mut negative = Histogram::default();
            negative.count((-amount).into());
            let (up, down) = (positive.buckets(), negative.buckets());
            let end = |end: &Option<String>| end.as_ref().map(|end| end.parse().unwrap());
            let from: Decimal = end(&up[0].from).unwrap();
            assert!(from <= amount, "{text}: {up:?}");
            assert!(end(&up[0].to).is_none_or(|to: Decimal| amount < to), "{text}: {up:?}");
            assert_eq!(end(&down[0].to), Some(-from));
            assert_eq!(end(&down[0].from), end(&up[0].to).map(|to: Decimal| -to));
        }
        let mut nothing = Histogram::default();
        nothing.count(Decimal::ZERO.into());
        assert!(nothing.buckets().is_empty());
    }
}
