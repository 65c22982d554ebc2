//! A missing fact is not a choice: whichever fact is taken away from a case, the payslip is
//! refused, or a finding says what was taken for it, or no tax and no contribution is lost or
//! lower.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeMap;

use payroll_de::{GermanyPayroll, Payslip};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use support::{SHIPPED, law_on, payslip_of};

/// Facts that are themselves what was paid: where nothing was paid, there is nothing to say.
const PAID: [&str; 8] = [
    "one_off",
    "one_off_compensation",
    "untaxed_equity",
    "multi_year_pay",
    "tax_free_pay",
    "benefits_in_kind",
    "flat_taxed_benefits",
    "net_deductions",
];

/// Amounts of the months before and of the year before: without them nothing may be another, smaller
/// or larger.
const OF_THE_YEAR: [&str; 9] = [
    "earlier_days",
    "earlier_pension_base",
    "earlier_health_base",
    "last_year_days",
    "last_year_pension_base",
    "last_year_health_base",
    "last_year_additional_rate",
    "withheld_wage_tax",
    "withheld_church_tax",
];

/// Categories of the lines that must not be lost.
const DUE: [&str; 3] = ["tax", "employee-contribution", "employer-contribution"];

/// Taxes and contributions of a payslip, by item and subject.
fn due(out: &Payslip) -> BTreeMap<(&'static str, Option<String>), Decimal> {
    let categories: BTreeMap<_, _> = stele_sdk::describe::<GermanyPayroll>()
        .items
        .into_iter()
        .map(|item| (item.name, item.category))
        .collect();
    let lines = out.lines().filter(|line| DUE.contains(&&*categories[line.name]));
    lines.map(|line| ((line.name, line.subject.map(str::to_owned)), line.amount)).collect()
}

/// What a payslip loses in silence where one of its facts is taken away.
fn lost(law: &payroll_de::Law, facts: &Map<String, Json>, date: Date, name: &str) -> Vec<String> {
    let of = |facts: &Map<String, Json>| payslip_of(law, facts, date);
    let Some(whole) = of(facts) else { return Vec::new() };
    let mut lost = Vec::new();
    for fact in facts.keys().filter(|fact| !PAID.contains(&fact.as_str())) {
        let mut others = facts.clone();
        others.remove(fact);
        let Some(without) = of(&others) else { continue };
        if without.findings().count() > whole.findings().count() {
            continue;
        }
        let left = due(&without);
        if OF_THE_YEAR.contains(&fact.as_str()) && left != due(&whole) {
            lost.push(format!("{name} without {fact}: {left:?}"));
        }
        for ((item, subject), amount) in due(&whole) {
            let still = left.get(&(item, subject.clone())).copied().unwrap_or_default();
            if still < amount {
                let about = subject.map(|subject| format!("/{subject}")).unwrap_or_default();
                lost.push(format!("{name} without {fact}: {item}{about} {still} for {amount}"));
            }
        }
    }
    lost
}

#[test]
fn no_tax_and_no_contribution_is_lost_in_silence_with_a_fact() {
    let mut all = Vec::new();
    let mut count = 0;
    for case in SHIPPED.cases() {
        let law = law_on(case.date);
        if payslip_of(&law, &case.facts, case.date).is_some() {
            all.extend(lost(&law, &case.facts, case.date, &case.file));
            count += 1;
        }
    }
    assert!(count >= 60, "at least 60 cases that compute, found {count}");
    assert!(all.is_empty(), "lost in silence:\n{}", all.join("\n"));
}
