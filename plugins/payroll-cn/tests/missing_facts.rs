//! A missing fact is not a choice: whoever leaves one out is refused or told, and never pays less
//! tax or contributions in silence.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeSet;

use payroll_cn::{ChinaPayroll, Law, Payslip};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use stele_sdk_test::{amount, day};
use support::{SHIPPED, employee, law_on, paid, payslip_of};

/// Lines of these categories, added up by item.
fn sums(out: &Payslip, categories: &[&str]) -> Vec<(&'static str, Decimal)> {
    let described = stele_sdk::describe::<ChinaPayroll>();
    let counts = |name: &str| {
        let mut items = described.items.iter();
        items.any(|item| item.name == name && categories.contains(&&*item.category))
    };
    let mut sums: Vec<(&'static str, Decimal)> = Vec::new();
    for line in out.lines().filter(|line| counts(line.name)) {
        match sums.iter_mut().find(|(name, _)| *name == line.name) {
            Some((_, sum)) => *sum += line.amount,
            None => sums.push((line.name, line.amount)),
        }
    }
    sums
}

fn earned(out: &Payslip) -> Decimal {
    sums(out, &["earning", "in-kind"]).iter().map(|(_, amount)| *amount).sum()
}

fn said(out: &Payslip) -> BTreeSet<(&'static str, Option<String>)> {
    out.findings().map(|finding| (finding.name, finding.subject.map(str::to_owned))).collect()
}

/// Lines of tax and contributions that are lower without something, where nothing says so. Whoever
/// earns less without it pays less on it.
fn lost_in_silence(
    law: &Law,
    with: &Payslip,
    facts: &Map<String, Json>,
    date: Date,
) -> Vec<String> {
    let Some(without) = payslip_of(law, facts, date) else { return Vec::new() };
    if earned(&without) < earned(with) || !said(&without).is_subset(&said(with)) {
        return Vec::new();
    }
    let due = ["tax", "employee-contribution", "employer-contribution"];
    let left = sums(&without, &due);
    let lower = |(name, before): &(&str, Decimal)| {
        let after = left.iter().find(|(other, _)| other == name).map(|(_, amount)| *amount);
        after.unwrap_or_default() < *before
    };
    let lost = sums(with, &due).into_iter().filter(lower);
    lost.map(|(name, before)| format!("{name} of {before}")).collect()
}

/// Lines of tax that are another without an amount of the year so far, where nothing says so.
fn changed_in_silence(
    law: &Law,
    with: &Payslip,
    facts: &Map<String, Json>,
    date: Date,
) -> Vec<String> {
    let Some(without) = payslip_of(law, facts, date) else { return Vec::new() };
    if !said(&without).is_subset(&said(with)) {
        return Vec::new();
    }
    let (before, after) = (sums(with, &["tax"]), sums(&without, &["tax"]));
    let changed = before.into_iter().filter(|line| !after.contains(line));
    changed.map(|(name, before)| format!("{name} of {before}")).collect()
}

/// The facts without one fact, without one row of one, and without one cell of one that may be
/// left out.
fn each_without_something(facts: &Map<String, Json>) -> Vec<(String, Map<String, Json>)> {
    let mut thinned = Vec::new();
    for (name, value) in facts {
        let mut without = facts.clone();
        without.remove(name);
        thinned.push((name.clone(), without));
        for (position, row) in value.as_array().into_iter().flatten().enumerate() {
            let mut without = facts.clone();
            without[name].as_array_mut().expect("rows").remove(position);
            thinned.push((format!("{name}/{position}"), without));
            let cells = row.as_object().expect("a row").keys();
            for cell in
                cells.filter(|cell| ["floor", "cap", "decimals", "earlier"].contains(&&***cell))
            {
                let mut without = facts.clone();
                without[name][position].as_object_mut().expect("a row").remove(cell);
                thinned.push((format!("{name}/{position}/{cell}"), without));
            }
        }
    }
    thinned
}

#[test]
fn nobody_loses_a_tax_or_a_contribution_in_silence_because_a_fact_is_missing() {
    let mut computed = 0;
    let mut lost = Vec::new();
    for case in SHIPPED.cases() {
        let law = law_on(case.date);
        let Some(with) = payslip_of(&law, &case.facts, case.date) else { continue };
        computed += 1;
        for (what, facts) in each_without_something(&case.facts) {
            for line in lost_in_silence(&law, &with, &facts, case.date) {
                lost.push(format!("{}: without {what} {line} is lower", case.file));
            }
        }
    }
    assert!(computed >= 30, "{computed} cases have a payslip");
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn no_tax_is_another_in_silence_because_an_amount_of_the_year_is_missing() {
    let mut taken = 0;
    let mut changed = Vec::new();
    for case in SHIPPED.cases() {
        let law = law_on(case.date);
        let Some(with) = payslip_of(&law, &case.facts, case.date) else { continue };
        for (what, facts) in each_without_something(&case.facts) {
            if !what.contains("earlier") && !what.ends_with("additional_deductions") {
                continue;
            }
            taken += 1;
            for line in changed_in_silence(&law, &with, &facts, case.date) {
                changed.push(format!("{}: without {what} {line} is another", case.file));
            }
        }
    }
    assert!(taken >= 50, "{taken} amounts were taken away");
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn special_additional_deductions_of_which_nothing_is_said_are_a_note() {
    let date = day("2026-01-31");
    let law = law_on(date);
    let mut given = employee(&[
        ("gross", "20000"),
        ("months_employed", "1"),
        ("employee_contributions", "2000"),
    ]);
    let not_stated = ("additional_deductions_not_stated", None);
    let without = paid(&law, &given, date);
    assert_eq!(said(&without), BTreeSet::from([not_stated]));
    given.insert("additional_deductions".into(), "0".into());
    let stated = paid(&law, &given, date);
    assert!(said(&stated).is_empty());
    assert!(stated.lines().eq(without.lines()), "it was taken as what is stated now");
    given.remove("additional_deductions");
    given.insert("cumulative_additional_deductions".into(), "1000".into());
    assert!(said(&paid(&law, &given, date)).is_empty());
}

#[test]
fn earlier_amounts_that_are_stated_as_0_are_no_finding() {
    let date = day("2026-11-30");
    let law = law_on(date);
    let earlier = [
        "earlier_gross",
        "earlier_contributions",
        "earlier_additional_deductions",
        "earlier_tax_withheld",
    ];
    let unstated = |given: &Map<String, Json>| -> Vec<String> {
        let out = paid(&law, given, date);
        let mut found = Vec::new();
        for finding in out.findings() {
            assert_eq!(
                (finding.name, finding.actual),
                ("earlier_amount_not_stated", Some(Decimal::ZERO))
            );
            found.push(finding.subject.expect("what is not stated").to_owned());
        }
        found
    };
    let mut given = employee(&[
        ("gross", "20000"),
        ("months_employed", "11"),
        ("employee_contributions", "2000"),
        ("additional_deductions", "0"),
    ]);
    let nothing_stated = paid(&law, &given, date);
    assert_eq!(unstated(&given), earlier);
    for (position, fact) in earlier.into_iter().enumerate() {
        given.insert(fact.into(), "0".into());
        assert_eq!(unstated(&given), earlier[position + 1..]);
    }
    let all_stated = paid(&law, &given, date);
    assert!(all_stated.lines().eq(nothing_stated.lines()), "it was taken as what is stated now");

    // One cumulative amount stands for both facts of the special additional deductions.
    given.remove("earlier_additional_deductions");
    given.remove("additional_deductions");
    given.insert("cumulative_additional_deductions".into(), "11000".into());
    assert!(unstated(&given).is_empty());
}

#[test]
fn the_first_month_has_none_before_it() {
    for date in ["2026-01-31", "2026-11-30"].map(day) {
        let given = employee(&[
            ("gross", "20000"),
            ("months_employed", "1"),
            ("employee_contributions", "2000"),
            ("additional_deductions", "0"),
        ]);
        assert_eq!(paid(&law_on(date), &given, date).findings().count(), 0, "{date}");
    }
}

#[test]
fn a_month_that_stands_by_itself_asks_for_no_earlier_amounts() {
    let date = day("2026-11-30");
    let law = law_on(date);
    for (kind, residence) in [
        ("wages", "non_resident"),
        ("student_internship", "non_resident"),
        ("labour_remuneration", "resident"),
    ] {
        let given = employee(&[
            ("gross", "20000"),
            ("months_employed", "11"),
            ("employee_contributions", "0"),
            ("income_kind", kind),
            ("tax_residence", residence),
        ]);
        assert_eq!(paid(&law, &given, date).findings().count(), 0, "{kind}, {residence}");
    }
}

#[test]
fn what_stands_for_a_base_is_said_with_its_amount() {
    let date = day("2026-11-22");
    let law = law_on(date);
    let mut given = employee(&[
        ("gross", "20000"),
        ("months_employed", "1"),
        ("additional_deductions", "0"),
        ("city", "beijing"),
        ("housing_fund_rate", "0.05"),
        ("work_injury_rate", "0.004"),
    ]);
    let said = |given: &Map<String, Json>| -> Vec<(&'static str, Option<Decimal>)> {
        paid(&law, given, date).findings().map(|finding| (finding.name, finding.actual)).collect()
    };
    let fund_rate = ("housing_fund_employee_rate_not_stated", Some(amount("5")));
    assert_eq!(
        said(&given),
        [
            ("contribution_base_not_stated", Some(amount("20000"))),
            ("housing_fund_base_not_stated", Some(amount("20000"))),
            fund_rate,
        ]
    );
    given.insert("contribution_base".into(), "18000".into());
    assert_eq!(said(&given), [("housing_fund_base_not_stated", Some(amount("18000"))), fund_rate]);
    given.insert("housing_fund_base".into(), "18000".into());
    given.insert("housing_fund_employee_rate".into(), "0.05".into());
    assert!(said(&given).is_empty());
}
