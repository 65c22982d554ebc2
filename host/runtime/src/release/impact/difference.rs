//! One employee on one date under two versions: what differs.
//!
//! Lines are compared by item and subject, and lines of the same item and subject are added up
//! first: two lines of 5 are one of 10. A line that is missing is told apart from one of zero.
//! Findings are the same if kind, subject and day are the same; if only limit or actual value
//! differ, the finding changes. Their order does not count.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use stele_ruleset::{Finding, Line, Outcome};

use super::reason::Reason;
use super::total::{TooManyDigits, Total};

/// What a version answered, or why it did not.
pub(crate) type Answer = Result<Outcome, Reason>;

/// A line whose amount differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineDifference {
    /// Number of the item.
    pub(crate) item: usize,
    /// What tells lines of the same item apart.
    pub(crate) subject: Option<String>,
    /// The amount with the version in force; none: no such line.
    pub(crate) before: Option<Total>,
    /// The amount with the candidate; none: no such line.
    pub(crate) after: Option<Total>,
}

impl LineDifference {
    /// What the candidate adds.
    pub(crate) fn amount(&self) -> Result<Total, TooManyDigits> {
        self.after.unwrap_or_default().minus(self.before.unwrap_or_default())
    }
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FindingChange {
    /// Only the candidate has it.
    Appears,
    /// Only the version in force has it.
    Vanishes,
    /// Both have it, with another limit or actual value.
    Changes,
}

/// All that differs in one calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Both have an outcome, or the candidate alone because nothing is in force.
    Outcome {
        /// Lines that differ, by item and subject.
        lines: Vec<LineDifference>,
        /// Findings that differ: number of the kind and what becomes of it.
        findings: Vec<(usize, FindingChange)>,
    },
    /// The candidate has no outcome, and the version in force does not fail.
    NewlyFails(Reason),
    /// The candidate has an outcome where the version in force fails, for this reason.
    NewlySucceeds(Reason),
    /// Neither has one.
    FailsInBoth {
        /// Why the version in force has none.
        before: Reason,
        /// Why the candidate has none.
        after: Reason,
    },
}

impl Difference {
    /// Compares; `before` is none where nothing is in force.
    pub(crate) fn between(before: Option<&Answer>, after: &Answer) -> Result<Self, TooManyDigits> {
        Ok(match (before, after) {
            (None, Ok(after)) => Self::of_outcomes(None, after)?,
            (Some(Ok(before)), Ok(after)) => Self::of_outcomes(Some(before), after)?,
            (None | Some(Ok(_)), Err(reason)) => Self::NewlyFails(reason.clone()),
            (Some(Err(reason)), Ok(_)) => Self::NewlySucceeds(reason.clone()),
            (Some(Err(before)), Err(after)) => {
                Self::FailsInBoth { before: before.clone(), after: after.clone() }
            }
        })
    }

    fn of_outcomes(before: Option<&Outcome>, after: &Outcome) -> Result<Self, TooManyDigits> {
        let (lines, findings) = before
            .map(|before| (before.lines.as_slice(), before.findings.as_slice()))
            .unwrap_or_default();
        Ok(Self::Outcome {
            lines: lines_between(lines, &after.lines)?,
            findings: findings_between(findings, &after.findings),
        })
    }

    /// Whether nothing differs.
    pub(crate) fn is_none(&self) -> bool {
        match self {
            Self::Outcome { lines, findings } => lines.is_empty() && findings.is_empty(),
            Self::NewlyFails(_) | Self::NewlySucceeds(_) => false,
            Self::FailsInBoth { .. } => true,
        }
    }

    /// Whether it has to be added up: what fails in both is no difference, but counted.
    pub(crate) fn counts(&self) -> bool {
        !self.is_none() || matches!(self, Self::FailsInBoth { .. })
    }
}

fn lines_between(before: &[Line], after: &[Line]) -> Result<Vec<LineDifference>, TooManyDigits> {
    // Most calculations do not differ at all.
    if before == after {
        return Ok(Vec::new());
    }
    type Amounts = (Option<Total>, Option<Total>);
    let mut sums: BTreeMap<(usize, Option<&str>), Amounts> = BTreeMap::new();
    let add = |sum: &mut Option<Total>, amount: Decimal| {
        *sum = Some(sum.unwrap_or_default().plus(amount.into())?);
        Ok(())
    };
    for line in before {
        add(&mut sums.entry((line.item, line.subject.as_deref())).or_default().0, line.amount)?;
    }
    for line in after {
        add(&mut sums.entry((line.item, line.subject.as_deref())).or_default().1, line.amount)?;
    }
    let differing = sums.into_iter().filter(|(_, (before, after))| before != after);
    Ok(differing
        .map(|((item, subject), (before, after))| LineDifference {
            item,
            subject: subject.map(str::to_owned),
            before,
            after,
        })
        .collect())
}

fn findings_between(before: &[Finding], after: &[Finding]) -> Vec<(usize, FindingChange)> {
    if before == after {
        return Vec::new();
    }
    type Values = Vec<(Option<Decimal>, Option<Decimal>)>;
    type Key<'a> = (usize, Option<&'a str>, Option<Date>);
    let mut found: BTreeMap<Key<'_>, (Values, Values)> = BTreeMap::new();
    let key = |finding: &'_ Finding| (finding.kind, finding.on);
    for finding in before {
        let (kind, on) = key(finding);
        let values = found.entry((kind, finding.subject.as_deref(), on)).or_default();
        values.0.push((finding.limit, finding.actual));
    }
    for finding in after {
        let (kind, on) = key(finding);
        let values = found.entry((kind, finding.subject.as_deref(), on)).or_default();
        values.1.push((finding.limit, finding.actual));
    }
    let mut changes = Vec::new();
    for ((kind, ..), (mut before, mut after)) in found {
        // What is the same on both sides goes, as often as it is on both.
        before.retain(|value| {
            let same = after.iter().position(|other| other == value);
            same.map(|same| after.swap_remove(same)).is_none()
        });
        let changed = before.len().min(after.len());
        let appearing = std::iter::repeat_n(FindingChange::Appears, after.len() - changed);
        let vanishing = std::iter::repeat_n(FindingChange::Vanishes, before.len() - changed);
        let changing = std::iter::repeat_n(FindingChange::Changes, changed);
        changes.extend(appearing.chain(vanishing).chain(changing).map(|change| (kind, change)));
    }
    changes
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]
mod tests {
    use super::*;

    fn line(item: usize, subject: Option<&str>, amount: &str) -> Line {
        Line { item, subject: subject.map(str::to_owned), amount: amount.parse().unwrap() }
    }

    fn finding(kind: usize, subject: &str, actual: i64) -> Finding {
        let actual = Some(Decimal::from(actual));
        Finding { kind, subject: Some(subject.to_owned()), on: None, limit: None, actual }
    }

    fn outcome(lines: Vec<Line>, findings: Vec<Finding>) -> Answer {
        Ok(Outcome { lines, findings, steps: Vec::new() })
    }

    #[test]
    fn order_trailing_zeros_and_split_lines_are_no_difference() {
        let before = outcome(
            vec![line(0, None, "10.00"), line(1, Some("a"), "1")],
            vec![finding(0, "x", 1), finding(1, "y", 2)],
        );
        let after = outcome(
            vec![line(1, Some("a"), "1.0"), line(0, None, "4"), line(0, None, "6")],
            vec![finding(1, "y", 2), finding(0, "x", 1)],
        );
        assert!(Difference::between(Some(&before), &after).unwrap().is_none());
    }

    #[test]
    fn a_cent_a_missing_line_and_another_subject_are_differences() {
        let before = outcome(vec![line(0, None, "10.00"), line(1, None, "0")], vec![]);
        let after = outcome(vec![line(0, None, "10.01"), line(2, Some("a"), "0")], vec![]);
        let difference = Difference::between(Some(&before), &after).unwrap();
        let Difference::Outcome { lines, .. } = difference else { panic!("{difference:?}") };
        let amounts: Vec<_> =
            lines.iter().map(|line| (line.item, line.amount().unwrap().text(2))).collect();
        let expected = [(0, "0.01"), (1, "0.00"), (2, "0.00")];
        assert_eq!(amounts, expected.map(|(item, text)| (item, text.to_owned())));
        assert_eq!((lines[1].after, lines[2].before), (None, None));
    }

    #[test]
    fn a_finding_appears_vanishes_or_changes() {
        let before = vec![finding(0, "x", 1), finding(1, "y", 2), finding(2, "z", 3)];
        let after = vec![finding(0, "x", 9), finding(1, "other", 2), finding(2, "z", 3)];
        let difference =
            Difference::between(Some(&outcome(vec![], before)), &outcome(vec![], after)).unwrap();
        let Difference::Outcome { findings, .. } = difference else { panic!("{difference:?}") };
        let expected = [
            (0, FindingChange::Changes),
            (1, FindingChange::Appears),
            (1, FindingChange::Vanishes),
        ];
        assert_eq!(findings, expected);
    }

    #[test]
    fn failures_are_told_apart() {
        let fine = outcome(vec![], vec![]);
        let reason = |reason: &str| Reason::from(reason.to_owned());
        let failed = |text: &str| Err(reason(text));
        let between =
            |before: Option<&Answer>, after: &Answer| Difference::between(before, after).unwrap();
        let newly = Difference::NewlyFails(reason("b"));
        assert_eq!(between(Some(&fine), &failed("b")), newly);
        assert_eq!(between(None, &failed("b")), newly);
        let succeeds = Difference::NewlySucceeds(reason("a"));
        assert_eq!(between(Some(&failed("a")), &fine), succeeds);
        let both = Difference::FailsInBoth { before: reason("a"), after: reason("b") };
        assert!(both.counts() && both.is_none());
        assert_eq!(between(Some(&failed("a")), &failed("b")), both);
    }
}
