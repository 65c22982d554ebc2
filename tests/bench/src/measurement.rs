//! A number, what it is compared with, and what must hold.
//!
//! A bound is a ratio to something measured in the same run: an absolute one says more of the machine
//! than of Stele. The absolute value stands beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// What a number must hold.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    /// Nothing: it explains another number.
    None,
    /// At least so many times the reference.
    AtLeast(Decimal),
    /// At most so many times the reference, and so much more, in the number's unit: what a clock, a
    /// scheduler or a round trip adds to the smallest of numbers.
    AtMost {
        /// Times the reference.
        times: Decimal,
        /// In the number's unit.
        plus: Decimal,
    },
    /// Zero: it counts what must not happen.
    Zero,
}

/// What a number is compared with.
#[derive(Clone)]
pub(crate) struct Reference {
    /// `native formula`, `/healthz`.
    pub(crate) what: &'static str,
    /// Measured in the same run, in the number's unit.
    pub(crate) value: Decimal,
}

/// A measured number.
#[derive(Clone)]
pub(crate) struct Measurement {
    /// What was measured: `payslip.cn`.
    pub(crate) name: Cow<'static, str>,
    /// The number.
    pub(crate) value: Decimal,
    /// What it counts: `ns`, `1/s`.
    pub(crate) unit: &'static str,
    /// What it is compared with.
    pub(crate) reference: Option<Reference>,
    /// What must hold.
    pub(crate) bound: Bound,
}

impl Measurement {
    /// A number without a bound.
    pub(crate) fn new(
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Decimal>,
        unit: &'static str,
    ) -> Self {
        Self { name: name.into(), value: value.into(), unit, reference: None, bound: Bound::None }
    }

    /// The same beside what it is compared with, in the same unit.
    pub(crate) fn against(self, what: &'static str, value: impl Into<Decimal>) -> Self {
        Self { reference: Some(Reference { what, value: value.into() }), ..self }
    }

    /// It must be at least so many times the reference.
    pub(crate) fn at_least(self, times: Decimal) -> Self {
        Self { bound: Bound::AtLeast(times), ..self }
    }

    /// It must be at most so many times the reference.
    pub(crate) fn at_most(self, times: impl Into<Decimal>) -> Self {
        self.at_most_plus(times, Decimal::ZERO)
    }

    /// It must be at most so many times the reference and so much more.
    pub(crate) fn at_most_plus(self, times: impl Into<Decimal>, plus: impl Into<Decimal>) -> Self {
        Self { bound: Bound::AtMost { times: times.into(), plus: plus.into() }, ..self }
    }

    /// It must not happen.
    pub(crate) fn never(self) -> Self {
        Self { bound: Bound::Zero, ..self }
    }

    /// How many times the reference; none without one, or where it is nothing.
    pub(crate) fn ratio(&self) -> Option<Decimal> {
        self.reference.as_ref().and_then(|reference| self.value.checked_div(reference.value))
    }

    /// Whether the bound holds. A bound without a reference does not.
    pub(crate) fn holds(&self) -> bool {
        let reference = self.reference.as_ref().map(|reference| reference.value);
        match (self.bound, reference) {
            (Bound::None, _) => true,
            (Bound::Zero, _) => self.value.is_zero(),
            (Bound::AtLeast(times), Some(reference)) => self.value >= times * reference,
            (Bound::AtMost { times, plus }, Some(reference)) => {
                self.value <= times * reference + plus
            }
            (_, None) => false,
        }
    }
}

/// The middle one of each number's runs, by ratio where there is one: value and reference of the
/// same run stay together.
pub(crate) fn medians(runs: Vec<Vec<Measurement>>) -> Vec<Measurement> {
    let order: Vec<_> = runs
        .first()
        .map(|run| run.iter().map(|one| one.name.clone()).collect())
        .unwrap_or_default();
    let mut by_name: BTreeMap<_, Vec<Measurement>> = BTreeMap::new();
    for one in runs.into_iter().flatten() {
        by_name.entry(one.name.clone()).or_default().push(one);
    }
    let middle = |name: Cow<'static, str>| {
        let mut runs = by_name.remove(&name)?;
        runs.sort_by_key(|one| one.ratio().unwrap_or(one.value));
        // Of an even number the worse for a number that should be small.
        let middle = runs.len() / 2;
        runs.into_iter().nth(middle)
    };
    order.into_iter().filter_map(middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(value: i64, reference: i64) -> Vec<Measurement> {
        vec![Measurement::new("one", value, "ms").against("another", reference).at_most(2)]
    }

    #[test]
    fn the_median_is_taken_by_ratio_and_keeps_the_reference_of_its_run() {
        let median = medians(vec![run(30, 10), run(10, 10), run(40, 20)]).remove(0);
        assert_eq!((median.value, median.ratio()), (40.into(), Some(2.into())));
        assert!(median.holds());
    }

    #[test]
    fn a_bound_is_of_the_reference() {
        assert!(!run(21, 10)[0].holds());
        let more = Measurement::new("one", 21, "ms").against("another", 10).at_most_plus(2, 1);
        assert!(more.holds());
        assert!(!Measurement::new("one", 1, "ms").at_most(2).holds());
        assert!(!Measurement::new("one", 1, "answers").never().holds());
    }
}
