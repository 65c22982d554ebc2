//! The search: from the amounts at trial values to the value that is wanted.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Most evaluations of one search: halving alone takes 44 for all values up to the largest that is
/// tried, finding where to begin at most 13; what is left goes to straight lines, and to finding how
/// far the rule answers at all.
pub const MOST_EVALUATIONS: u32 = 60;

/// The largest value that is tried where nothing else bounds it, in units: a hundred thousand million
/// in a currency of cents.
const LARGEST: i64 = 10_000_000_000_000;

/// By what the upper end grows until the amount lies below it.
const GROWTH: i64 = 8;

/// What the rule gave for one value of the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// The fact's value.
    pub value: Decimal,
    /// The item's amount there; the sum of its lines.
    pub amount: Decimal,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Solution {
    /// The value gives exactly the wanted amount. Where several do, one of them.
    Found(Trial),
    /// No value between two neighbours gives it: from one to the next the amount steps over it.
    Step {
        /// The smaller of the neighbours.
        before: Trial,
        /// The larger one.
        after: Trial,
    },
    /// The rule refuses a value, and its neighbour gives more already, or less.
    Refused {
        /// The smaller of the neighbours, which the rule refuses.
        before: Decimal,
        /// The larger one.
        after: Trial,
    },
    /// From the first value to the last one that was answered the amount stays on one side of it.
    OutOfReach {
        /// The smallest value.
        first: Trial,
        /// The largest value.
        last: Trial,
    },
}

/// Between which values is searched, in units of `10^-decimals`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) least: i64,
    pub(super) most: Option<i64>,
    pub(super) decimals: u32,
}

impl Range {
    /// A number of units as the fact's value.
    pub(super) fn value(self, units: i64) -> Decimal {
        Decimal::new(units, self.decimals)
    }
}

/// A value in units, with its amount.
#[derive(Debug, Clone, Copy)]
struct Point {
    units: i64,
    amount: Decimal,
}

/// A search that is going on: it says which value to try next, and is told what came of it.
#[derive(Debug)]
pub(super) struct Search {
    range: Range,
    wanted: Decimal,
    /// Evaluations so far.
    evaluations: u32,
    state: State,
}

/// The lower end of what is narrowed: a value in units, with its amount unless the rule refuses it.
#[derive(Debug, Clone, Copy)]
struct Below {
    units: i64,
    amount: Option<Decimal>,
}

#[derive(Debug)]
enum State {
    /// The smallest value is tried.
    First,
    /// The upper end grows until the amount lies between both.
    Growing(Growing),
    /// The amount lies between these.
    Narrowing { before: Below, after: Point, next: i64, line_helps: bool },
    /// It came to its end.
    Done(Solution),
}

#[derive(Debug, Clone, Copy)]
struct Growing {
    first: Point,
    /// The largest value with an answer.
    last: Point,
    /// The largest value below all answers but the first that the rule refuses.
    gap: Option<i64>,
    next: i64,
    /// Nothing beyond it is tried.
    end: i64,
    /// Whether the rule refused a value above one with an answer.
    retreats: bool,
}

/// How often so many units are halved until one is left.
fn halvings(width: i64) -> u32 {
    i64::BITS - width.leading_zeros()
}

/// What a search does next.
#[derive(Debug)]
pub(super) enum Next {
    /// This value is to be tried.
    Try(Decimal),
    /// It is at its end.
    Done(Solution),
}

impl Search {
    /// A search for the value in the range that gives the wanted amount.
    pub(super) fn new(range: Range, wanted: Decimal) -> Self {
        Self { range, wanted, evaluations: 0, state: State::First }
    }

    /// How often the rule was asked.
    pub(super) fn evaluations(&self) -> u32 {
        self.evaluations
    }

    /// What is to be done next.
    pub(super) fn next(&self) -> Next {
        let units = match &self.state {
            State::First => self.range.least,
            State::Growing(growing) => growing.next,
            State::Narrowing { next, .. } => *next,
            State::Done(solution) => return Next::Done(solution.clone()),
        };
        Next::Try(self.range.value(units))
    }

    /// The rule gave the amount for the value that was to be tried.
    pub(super) fn gave(&mut self, amount: Decimal) {
        let at = |units| Point { units, amount };
        self.evaluations += 1;
        let (point, found) = match &self.state {
            State::First => (at(self.range.least), amount == self.wanted),
            State::Growing(growing) => (at(growing.next), amount == self.wanted),
            State::Narrowing { next, .. } => (at(*next), amount == self.wanted),
            State::Done(_) => return,
        };
        if found {
            self.state = State::Done(Solution::Found(self.shown(point)));
            return;
        }
        match self.state {
            State::First => self.grow(point),
            State::Growing(growing) => self.grown(growing, point),
            State::Narrowing { before, after, line_helps, .. } => {
                let width = after.units - before.units;
                let (before, after) = match self.is_below(point) == self.is_below(after) {
                    true => (before, point),
                    false => (Below { units: point.units, amount: Some(amount) }, after),
                };
                let helped = after.units - before.units <= width / 2;
                self.narrow(before, after, !line_helps || helped);
            }
            State::Done(_) => {}
        }
    }

    /// The rule refuses the value that was to be tried. False: without this value there is no search.
    pub(super) fn refused(&mut self) -> bool {
        self.evaluations += 1;
        match self.state {
            State::First | State::Done(_) => return false,
            State::Growing(growing) if growing.last.units == growing.first.units => {
                // As of pay too small for the rule: it may answer further up.
                let next = growing.next.saturating_mul(GROWTH).min(growing.end);
                let growing = Growing { gap: Some(growing.next), ..growing };
                self.go_on(growing, growing.next, next);
            }
            State::Growing(growing) => {
                // Beyond here the rule refuses; its last answers lie before.
                let (last, end) = (growing.last.units, growing.next - 1);
                // What lies before can still be halved down to neighbours, or is left aside.
                let next = match self.left() > halvings(end - last) {
                    true => last + (end - last) / 2,
                    false => last,
                };
                self.go_on(Growing { end, retreats: true, ..growing }, last, next);
            }
            State::Narrowing { after, next, .. } => {
                self.narrow(Below { units: next, amount: None }, after, false);
            }
        }
        true
    }

    fn grow(&mut self, first: Point) {
        let end = self.range.most.unwrap_or(LARGEST).max(first.units);
        let next = first.units.saturating_add(self.guess()).min(end);
        let growing = Growing { first, last: first, gap: None, next, end, retreats: false };
        self.go_on(growing, first.units, next);
    }

    fn grown(&mut self, growing: Growing, point: Point) {
        let Growing { first, last, gap, end, retreats, .. } = growing;
        if self.is_below(point) != self.is_below(first) {
            let before = match gap.filter(|_| last.units == first.units) {
                Some(units) => Below { units, amount: None },
                None => Below { units: last.units, amount: Some(last.amount) },
            };
            return self.narrow(before, point, true);
        }
        let next = match retreats {
            false => point.units.saturating_mul(GROWTH).max(GROWTH).min(end),
            true => point.units + (end - point.units) / 2,
        };
        self.go_on(Growing { last: point, ..growing }, point.units, next);
    }

    /// Tries the next value above this one, if there is one.
    fn go_on(&mut self, growing: Growing, above: i64, next: i64) {
        let Growing { first, last, .. } = growing;
        self.state = match next > above {
            true => State::Growing(Growing { next, ..growing }),
            false => State::Done(Solution::OutOfReach {
                first: self.shown(first),
                last: self.shown(last),
            }),
        };
    }

    /// How far above the first value the search begins: the wanted amount itself, in units of the
    /// fact, since what is wanted and what is varied mostly are amounts of one size.
    fn guess(&self) -> i64 {
        let scale = Decimal::from(10_i64.saturating_pow(self.range.decimals));
        let units = self.wanted.abs().checked_mul(scale).and_then(|units| units.to_i64());
        units.unwrap_or(LARGEST).clamp(100, LARGEST)
    }

    /// A straight line between both ends mostly points at the value; where it helps too little, or
    /// where the evaluations would not last otherwise, the middle is taken.
    fn narrow(&mut self, before: Below, after: Point, line_helps: bool) {
        let width = after.units - before.units;
        if width <= 1 {
            let (value, after) = (self.range.value(before.units), self.shown(after));
            self.state = State::Done(match before.amount {
                Some(amount) => Solution::Step { before: Trial { value, amount }, after },
                None => Solution::Refused { before: value, after },
            });
            return;
        }
        let lower = before.amount.map(|amount| Point { units: before.units, amount });
        let next = match lower.filter(|_| line_helps && self.left() > halvings(width)) {
            Some(lower) => self.on_the_line(lower, after),
            None => before.units + width / 2,
        };
        self.state = State::Narrowing { before, after, next, line_helps };
    }

    /// Where the wanted amount lies on the line between two points, strictly between them.
    fn on_the_line(&self, before: Point, after: Point) -> i64 {
        let middle = before.units + (after.units - before.units) / 2;
        let width = Decimal::from(after.units - before.units);
        let rise = after.amount.checked_sub(before.amount);
        let reach = (self.wanted.checked_sub(before.amount))
            .and_then(|missing| missing.checked_div(rise?)?.checked_mul(width)?.round().to_i64());
        let units = reach.map_or(middle, |reach| before.units.saturating_add(reach));
        units.clamp(before.units + 1, after.units - 1)
    }

    /// How often the rule may still be asked.
    fn left(&self) -> u32 {
        MOST_EVALUATIONS.saturating_sub(self.evaluations)
    }

    fn is_below(&self, point: Point) -> bool {
        point.amount < self.wanted
    }

    fn shown(&self, point: Point) -> Trial {
        Trial { value: self.range.value(point.units), amount: point.amount }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Searches over a rule that gives this for so many units, or refuses them.
    fn searched(wanted: i64, gives: impl Fn(i64) -> Option<i64>) -> (Solution, u32) {
        let range = Range { least: 0, most: None, decimals: 2 };
        let mut search = Search::new(range, Decimal::new(wanted, 2));
        loop {
            match search.next() {
                Next::Done(solution) => return (solution, search.evaluations()),
                Next::Try(value) => match gives(i64::try_from(value.mantissa()).unwrap()) {
                    Some(amount) => search.gave(Decimal::new(amount, 2)),
                    None => assert!(search.refused(), "{value}"),
                },
            }
        }
    }

    proptest! {
        /// Of a net that rises, bends and jumps, and of a rule that refuses small or large pay: what is
        /// found gives exactly the amount, what is not lies between neighbours, and neither takes more
        /// evaluations than may be.
        #[test]
        fn a_search_ends_with_the_amount_or_with_neighbours_within_its_evaluations(
            rate in 1_i64..=100,
            bend in 0_i64..10_000_000,
            jump in 0_i64..100_000,
            from in prop_oneof![Just(0_i64), 1_i64..1_000_000],
            to in prop_oneof![Just(LARGEST), 1_000_000_i64..LARGEST],
            wanted in prop_oneof![0_i64..100_000, 0_i64..100_000_000, 0_i64..LARGEST],
        ) {
            let gives = |units: i64| {
                let above = (units - bend).max(0);
                let net = units - above + above * rate / 100 + if above > 0 { jump } else { 0 };
                (units == 0 || (from..=to).contains(&units)).then_some(net)
            };
            let (solution, evaluations) = searched(wanted, gives);
            prop_assert!(evaluations <= MOST_EVALUATIONS, "{evaluations}: {solution:?}");
            let wanted = Decimal::new(wanted, 2);
            let units = |value: Decimal| i64::try_from(value.mantissa()).unwrap();
            let given = |trial: Trial| gives(units(trial.value)).map(|amount| Decimal::new(amount, 2));
            match solution {
                Solution::Found(trial) => {
                    prop_assert_eq!(trial.amount, wanted);
                    prop_assert_eq!(given(trial), Some(wanted));
                }
                Solution::Step { before, after } => {
                    prop_assert_eq!(units(after.value), units(before.value) + 1);
                    prop_assert!(before.amount < wanted && wanted < after.amount);
                    prop_assert_eq!((given(before), given(after)), (Some(before.amount), Some(after.amount)));
                }
                Solution::Refused { before, after } => {
                    prop_assert_eq!(units(after.value), units(before) + 1);
                    prop_assert_eq!(gives(units(before)), None);
                    prop_assert!(wanted < after.amount);
                }
                Solution::OutOfReach { first, last } => {
                    prop_assert!(first.amount < wanted && last.amount < wanted);
                }
            }
        }
    }
}
