//! The summary beside a naive one that keeps everything and adds up at the end, over random
//! populations that are cut into parts and merged in any order.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;
use stele_ruleset::Finding;

use super::*;
use crate::release::impact::difference::Answer;
use crate::release::impact::histogram::Histogram;

const DATES: usize = 3;
const ITEMS: usize = 3;
const KINDS: usize = 2;

/// What one employee's calculations answered on each date: with the version in force, if there is
/// one, and with the candidate.
type Answers = Vec<(Option<Answer>, Answer)>;

fn shape() -> Arc<Shape> {
    // The first item is the net, the last no money.
    let weights = vec![Weight::Net, Weight::Other, Weight::None];
    let money = vec![true, true, false];
    Arc::new(Shape { dates: DATES, weights, money, findings: KINDS })
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    // Few values, so that both versions often agree.
    let line = (0..ITEMS, proptest::option::of("[ab]"), -3_i64..4, 0_u32..3);
    let lines = line.prop_map(|(item, subject, mantissa, scale)| Line {
        item,
        subject,
        amount: Decimal::new(mantissa, scale),
    });
    proptest::collection::vec(lines, 0..4)
}

fn findings() -> impl Strategy<Value = Vec<Finding>> {
    let finding = (0..KINDS, proptest::option::of("[ab]"), proptest::option::of(0_i64..2));
    let findings = finding.prop_map(|(kind, subject, actual)| Finding {
        kind,
        subject,
        on: None,
        limit: None,
        actual: actual.map(Decimal::from),
    });
    proptest::collection::vec(findings, 0..3)
}

fn answer() -> impl Strategy<Value = Answer> {
    let outcome = (lines(), findings())
        .prop_map(|(lines, findings)| Ok(Outcome { lines, findings, steps: Vec::new() }));
    prop_oneof![
        5 => outcome,
        1 => "[xyz]".prop_map(|reason| Err(Reason::from(reason))),
    ]
}

fn population() -> impl Strategy<Value = BTreeMap<String, Answers>> {
    // A version in force that often answers what the candidate does.
    let answers = (proptest::option::weighted(0.9, answer()), answer(), any::<bool>()).prop_map(
        |(before, after, same)| match before {
            Some(_) if same => (Some(after.clone()), after),
            before => (before, after),
        },
    );
    proptest::collection::btree_map(
        "[a-z]{1,3}",
        proptest::collection::vec(answers, DATES..=DATES),
        0..40,
    )
}

fn summarise(people: &[(&String, &Answers)]) -> Summary {
    let mut summary = Summary::new(shape());
    for (employee, answers) in people {
        let mut differences = Differences::new();
        for (date, (before, after)) in answers.iter().enumerate() {
            let difference = Difference::between(before.as_ref(), after).unwrap();
            if let (None | Some(Ok(_)), Ok(after)) = (before, after) {
                let before = before.as_ref().and_then(|before| before.as_ref().ok());
                summary.totals(date, before, after).unwrap();
            }
            summary.calculations += 1;
            if difference.counts() {
                differences.push((date, difference));
            }
        }
        summary.employee(employee, &differences).unwrap();
    }
    summary
}

/// Amounts by item and subject.
fn amounts(outcome: Option<&Outcome>) -> BTreeMap<(usize, Option<String>), Decimal> {
    let mut amounts = BTreeMap::new();
    for line in outcome.into_iter().flat_map(|outcome| &outcome.lines) {
        *amounts.entry((line.item, line.subject.clone())).or_insert(Decimal::ZERO) += line.amount;
    }
    amounts
}

/// What is found of one kind, subject and day, sorted.
fn found(outcome: Option<&Outcome>, kind: usize, subject: &Option<String>) -> Vec<Option<Decimal>> {
    let findings = outcome.into_iter().flat_map(|outcome| &outcome.findings);
    let mut found: Vec<_> = findings
        .filter(|finding| finding.kind == kind && finding.subject == *subject)
        .map(|finding| finding.actual)
        .collect();
    found.sort();
    found
}

/// How many of `some` are not in `others`, each counted as often as it occurs.
fn only_in(some: &[Option<Decimal>], others: &[Option<Decimal>]) -> u64 {
    let mut left = others.to_vec();
    let only = some.iter().filter(|value| {
        let place = left.iter().position(|other| other == *value);
        place.map(|place| left.swap_remove(place)).is_none()
    });
    only.count() as u64
}

/// Everything in one pass over everything, without a thought for speed.
#[derive(Debug, Default, PartialEq)]
struct Naive {
    affected: HashSet<String>,
    affected_on: [u64; DATES],
    before: [[Decimal; ITEMS]; DATES],
    after: [[Decimal; ITEMS]; DATES],
    changed: [[u64; ITEMS]; DATES],
    employees_of: [HashSet<String>; ITEMS],
    spread: [Vec<Decimal>; ITEMS],
    appearing: [u64; KINDS],
    vanishing: [u64; KINDS],
    changing: [u64; KINDS],
    newly_failing: BTreeMap<String, (usize, u64, String)>,
    newly_succeeding: BTreeMap<String, (usize, u64, String)>,
    failing_in_both: u64,
    affected_by_money: HashSet<String>,
    /// Those for whom a finding differs, and those for whom anything else does.
    by_findings: HashSet<String>,
    by_others: HashSet<String>,
    /// With the candidate, then with the version in force: how many fail for which reason.
    reasons: [BTreeMap<String, u64>; 2],
    computed: u64,
    /// Sizes of the net and of any money, employee, date.
    sizes: Vec<((Decimal, Decimal), String, usize)>,
}

impl Naive {
    fn of(people: &BTreeMap<String, Answers>) -> Self {
        let mut naive = Self::default();
        for (employee, answers) in people {
            let mut greatest: Option<((Decimal, Decimal), usize)> = None;
            for (date, (before, after)) in answers.iter().enumerate() {
                naive.computed += u64::from(after.is_ok());
                for (side, answer) in [Some(after), before.as_ref()].into_iter().enumerate() {
                    if let Some(Err(reason)) = answer {
                        *naive.reasons[side].entry(reason.common.clone()).or_default() += 1;
                    }
                }
                if before.as_ref().is_some_and(|before| before.is_err() != after.is_err())
                    || (before.is_none() && after.is_err())
                {
                    naive.by_others.insert(employee.clone());
                }
                match (before, after) {
                    (Some(Err(_)), Err(_)) => naive.failing_in_both += 1,
                    (_, Err(reason)) => {
                        note(&mut naive.newly_failing, employee, date, reason);
                        naive.touch(employee, date);
                    }
                    (Some(Err(reason)), Ok(_)) => {
                        note(&mut naive.newly_succeeding, employee, date, reason);
                        naive.touch(employee, date);
                    }
                    (None, Ok(after)) => naive.compare(employee, date, None, after, &mut greatest),
                    (Some(Ok(before)), Ok(after)) => {
                        naive.compare(employee, date, Some(before), after, &mut greatest);
                    }
                }
            }
            if let Some((size, date)) = greatest {
                naive.sizes.push((size, employee.clone(), date));
            }
        }
        naive.sizes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        naive
    }

    fn touch(&mut self, employee: &str, date: usize) {
        self.affected.insert(employee.to_owned());
        self.affected_on[date] += 1;
    }

    fn compare(
        &mut self,
        employee: &str,
        date: usize,
        before: Option<&Outcome>,
        after: &Outcome,
        greatest: &mut Option<((Decimal, Decimal), usize)>,
    ) {
        let (old, new) = (amounts(before), amounts(Some(after)));
        let mut differs = false;
        let mut size: Option<(Decimal, Decimal)> = None;
        for item in 0..ITEMS {
            let of_item = |amounts: &BTreeMap<(usize, Option<String>), Decimal>| {
                amounts
                    .iter()
                    .filter(|((of, _), _)| *of == item)
                    .map(|(_, sum)| *sum)
                    .sum::<Decimal>()
            };
            self.before[date][item] += of_item(&old);
            self.after[date][item] += of_item(&new);
            let keys: BTreeSet<_> =
                old.keys().chain(new.keys()).filter(|(of, _)| *of == item).collect();
            let differing: Vec<_> =
                keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).collect();
            if differing.is_empty() {
                continue;
            }
            differs = true;
            self.by_others.insert(employee.to_owned());
            if item < 2 {
                self.affected_by_money.insert(employee.to_owned());
            }
            self.changed[date][item] += 1;
            self.employees_of[item].insert(employee.to_owned());
            self.spread[item].push(of_item(&new) - of_item(&old));
            for key in differing {
                let side = |amounts: &BTreeMap<_, Decimal>| amounts.get(key).copied();
                let difference = side(&new).unwrap_or_default() - side(&old).unwrap_or_default();
                let counts = |most: usize| match item < most {
                    true => difference.abs(),
                    false => Decimal::ZERO,
                };
                let (net, any) = size.unwrap_or_default();
                size = Some((net.max(counts(1)), any.max(counts(2))));
            }
        }
        for kind in 0..KINDS {
            for subject in [None, Some("a".to_owned()), Some("b".to_owned())] {
                let old = found(before, kind, &subject);
                let new = found(Some(after), kind, &subject);
                let (gone, come) = (only_in(&old, &new), only_in(&new, &old));
                let both = gone.min(come);
                self.changing[kind] += both;
                self.vanishing[kind] += gone - both;
                self.appearing[kind] += come - both;
                differs |= gone + come > 0;
                if gone + come > 0 {
                    self.by_findings.insert(employee.to_owned());
                }
            }
        }
        if let Some(size) = size
            && greatest.is_none_or(|(greatest, _)| size > greatest)
        {
            *greatest = Some((size, date));
        }
        if differs {
            self.touch(employee, date);
        }
    }
}

fn note(
    failures: &mut BTreeMap<String, (usize, u64, String)>,
    employee: &str,
    date: usize,
    reason: &Reason,
) {
    let first = (date, 0, reason.sentence.clone());
    failures.entry(employee.to_owned()).or_insert(first).1 += 1;
}

fn listed(failures: &Failures) -> BTreeMap<String, (usize, u64, String)> {
    let listed = failures.listed.iter();
    listed
        .map(|(employee, failing)| {
            (employee.clone(), (failing.date, failing.dates, failing.reason.clone()))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_summary_is_what_adding_up_everything_gives(people in population()) {
        let summary = summarise(&people.iter().collect::<Vec<_>>());
        let naive = Naive::of(&people);
        prop_assert_eq!(summary.employees, people.len() as u64);
        prop_assert_eq!(summary.affected, naive.affected.len() as u64);
        prop_assert_eq!(summary.failing_in_both, naive.failing_in_both);
        prop_assert_eq!(summary.affected_by_money, naive.affected_by_money.len() as u64);
        let by_findings = naive.by_findings.difference(&naive.by_others).count();
        prop_assert_eq!(summary.affected_by_findings, by_findings as u64);
        prop_assert_eq!(summary.computed(), naive.computed);
        for (found, expected) in
            [&summary.failing_candidate, &summary.failing_in_force].into_iter().zip(&naive.reasons)
        {
            let found: BTreeMap<String, u64> = (found.by_reason.iter())
                .map(|(reason, failures)| (reason.clone(), failures.calculations))
                .collect();
            prop_assert_eq!(&found, expected);
        }
        for (date, found) in summary.dates.iter().enumerate() {
            prop_assert_eq!(found.affected, naive.affected_on[date]);
            for (item, totals) in found.items.iter().enumerate() {
                prop_assert_eq!(totals.before, Total::from(naive.before[date][item]));
                prop_assert_eq!(totals.after, Total::from(naive.after[date][item]));
                prop_assert_eq!(totals.changed, naive.changed[date][item]);
            }
        }
        for (item, spread) in summary.items.iter().enumerate() {
            prop_assert_eq!(spread.employees, naive.employees_of[item].len() as u64);
            let mut histogram = Histogram::default();
            naive.spread[item].iter().for_each(|difference| histogram.count((*difference).into()));
            prop_assert_eq!(&spread.histogram, &histogram);
        }
        for (kind, finding) in summary.findings.iter().enumerate() {
            let count = |change| finding.changes.get(&change).map_or(0, |found| found.findings);
            prop_assert_eq!(count(FindingChange::Appears), naive.appearing[kind]);
            prop_assert_eq!(count(FindingChange::Vanishes), naive.vanishing[kind]);
            prop_assert_eq!(count(FindingChange::Changes), naive.changing[kind]);
        }
        prop_assert_eq!(listed(&summary.newly_failing), naive.newly_failing);
        prop_assert_eq!(listed(&summary.newly_succeeding), naive.newly_succeeding);
        let largest: Vec<_> = summary.largest.changes().iter()
            .map(|change| (change.measured.size(), change.employee.clone(), change.date))
            .collect();
        let expected: Vec<_> = naive.sizes.into_iter().take(crate::release::impact::largest::MOST)
            .map(|((net, any), employee, date)| ((net.into(), any.into()), employee, date))
            .collect();
        prop_assert_eq!(largest, expected);
    }

    #[test]
    fn a_summary_does_not_depend_on_who_adds_what_nor_in_which_order(
        people in population(),
        worker in proptest::collection::vec(0_usize..4, 40),
        reversed in any::<bool>(),
    ) {
        let everyone: Vec<_> = people.iter().collect();
        let whole = summarise(&everyone);
        let mut shares: Vec<Vec<_>> = vec![Vec::new(); 4];
        for (person, worker) in everyone.into_iter().zip(worker) {
            shares[worker].push(person);
        }
        let mut parts: Vec<_> = shares.iter().map(|share| summarise(share)).collect();
        if reversed {
            parts.reverse();
        }
        let mut merged = Summary::new(shape());
        for part in parts {
            merged.merge(part).unwrap();
        }
        prop_assert_eq!(merged, whole);
    }

    #[test]
    fn an_unchanged_candidate_gives_an_empty_summary(people in population()) {
        let unchanged: BTreeMap<String, Answers> = people
            .into_iter()
            .map(|(employee, answers)| {
                let same = answers.into_iter().map(|(_, after)| (Some(after.clone()), after));
                (employee, same.collect())
            })
            .collect();
        let summary = summarise(&unchanged.iter().collect::<Vec<_>>());
        prop_assert_eq!(summary.affected, 0);
        prop_assert!(summary.largest.changes().is_empty());
        prop_assert!(summary.dates.iter().all(|date| date.affected == 0));
        prop_assert!(summary.findings.iter().all(|finding| finding.changes.is_empty()));
    }
}
