//! A fact that is missing is no choice: without it the payslip is refused, or owes no less, or says
//! what was assumed.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use payroll_gb::{Law, Payment, Payslip, UnitedKingdomPayroll};
use proptest::prelude::*;
use stele_sdk::declaration::Shape;
use stele_sdk::prelude::{Decimal, Facts as _};
use support::anyone::{LAW, anyone};
use support::{SHIPPED, law_on, payslip};

/// Categories of what the law demands of employee or employer.
const OWED: [&str; 4] = ["tax", "employee-contribution", "employer-contribution", "loan"];

/// Facts that are amounts paid: of what is not stated, nothing was paid.
const PAID: [&str; 8] = [
    "payrolled_benefits",
    "statutory_payments",
    "tax_free_pay",
    "pay_without_ni",
    "ni_only_earnings",
    "termination_award",
    "employer_pension_amount",
    "other_deductions",
];

/// A fact, and how it is taken away.
type Without = (&'static str, fn(&mut Payment));

macro_rules! without {
    ($($fact:ident),* $(,)?) => {
        [$((stringify!($fact), |payment: &mut Payment| payment.$fact = None)),*]
    };
}

/// Every fact that may be left out, but for amounts paid.
const OPTIONAL: [Without; 32] = without![
    tax_period,
    tax_basis,
    earlier_taxable_pay,
    earlier_tax,
    earlier_termination_awards,
    ni_frequency,
    period_ni_earnings,
    period_employee_ni,
    period_employer_ni,
    director,
    director_since_week,
    earlier_ni_earnings,
    earlier_employee_ni,
    earlier_employer_ni,
    student_loan,
    postgraduate_loan,
    period_student_loan,
    period_postgraduate_loan,
    earlier_student_loan,
    earlier_postgraduate_loan,
    pension_arrangement,
    pension_basis,
    pensionable_pay,
    employee_pension_rate,
    employee_pension_amount,
    employer_pension_rate,
    apprenticeship_levy,
    employment_allowance_left,
    minimum_wage_hours,
    minimum_wage_band,
    pay_outside_minimum_wage,
    pay_reference_from,
];

/// What a payslip owes, line by line.
fn owed(out: &Payslip) -> BTreeMap<(String, Option<String>), Decimal> {
    let items = stele_sdk::describe::<UnitedKingdomPayroll>().items;
    let owed: BTreeSet<_> = (items.iter())
        .filter(|item| OWED.contains(&item.category.as_str()))
        .map(|item| item.name.as_str())
        .collect();
    (out.lines().filter(|line| owed.contains(line.name)))
        .map(|line| ((line.name.to_owned(), line.subject.map(str::to_owned)), line.amount))
        .collect()
}

fn findings(out: &Payslip) -> BTreeSet<(String, Option<String>)> {
    out.findings().map(|found| (found.name.to_owned(), found.subject.map(str::to_owned))).collect()
}

/// What a payslip loses in silence without one of its facts, for each of them.
fn lost_in_silence(law: &Law, payment: &Payment, whole: &Payslip) -> Vec<String> {
    let (owed_before, said_before) = (owed(whole), findings(whole));
    let mut lost = Vec::new();
    for (fact, take_away) in OPTIONAL {
        let mut less = payment.clone();
        take_away(&mut less);
        let Ok(out) = payslip(law, &less) else { continue };
        if !findings(&out).is_subset(&said_before) {
            continue;
        }
        let owed_now = owed(&out);
        for (line, before) in &owed_before {
            let now = owed_now.get(line).copied().unwrap_or_default();
            if now < *before {
                lost.push(format!("without {fact}: {line:?} {before}, now {now}"));
            }
        }
    }
    lost
}

/// What of a payslip is another, smaller or larger, without an amount of the year so far, while nothing
/// says so.
fn changed_in_silence(law: &Law, payment: &Payment, whole: &Payslip) -> Vec<String> {
    let (owed_before, said_before) = (owed(whole), findings(whole));
    // Of earnings that were nothing no loan was repaid, whatever is said of it.
    let earned = payment.earlier_ni_earnings.is_some_and(|earned| !earned.is_zero());
    let earlier = OPTIONAL
        .iter()
        .filter(|(fact, _)| fact.starts_with("earlier_") && (earned || !fact.ends_with("_loan")));
    let mut changed = Vec::new();
    for (fact, take_away) in earlier {
        let mut less = payment.clone();
        take_away(&mut less);
        let Ok(out) = payslip(law, &less) else { continue };
        if findings(&out).is_subset(&said_before) && owed(&out) != owed_before {
            changed.push(format!("without {fact}: {owed_before:?}, now {:?}", owed(&out)));
        }
    }
    changed
}

#[test]
fn no_case_owes_another_amount_in_silence_because_one_of_the_year_so_far_is_missing() {
    let mut changed = Vec::new();
    for case in SHIPPED.cases() {
        let Ok(payment) = SHIPPED.try_facts(&case.facts, case.date) else { continue };
        let law = law_on(case.date);
        let Ok(whole) = payslip(&law, &payment) else { continue };
        let silent = changed_in_silence(&law, &payment, &whole);
        changed.extend(silent.iter().map(|changed| format!("{} {changed}", case.file)));
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn every_fact_is_required_or_an_amount_paid_or_looked_at() {
    for field in Payment::FIELDS {
        let required = matches!(field.shape, Shape::Scalar { required: true, .. });
        let looked_at = OPTIONAL.iter().any(|(fact, _)| *fact == field.name);
        let paid = PAID.contains(&field.name);
        let ways = [required, looked_at, paid].into_iter().filter(|way| *way).count();
        assert_eq!(ways, 1, "{}", field.name);
    }
}

#[test]
fn no_case_loses_a_tax_a_contribution_or_a_loan_without_a_word() {
    let mut lost = Vec::new();
    let mut count = 0;
    for case in SHIPPED.cases() {
        let Ok(payment) = SHIPPED.try_facts(&case.facts, case.date) else { continue };
        let law = law_on(case.date);
        let Ok(whole) = payslip(&law, &payment) else { continue };
        let silent = lost_in_silence(&law, &payment, &whole);
        lost.extend(silent.iter().map(|lost| format!("{} {lost}", case.file)));
        count += 1;
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(count >= 70, "at least 70 payslips, found {count}");
}

proptest! {
    // Whoever is taken here may be refused; those who are not reach all facts many times.
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn nobody_loses_a_tax_a_contribution_or_a_loan_without_a_word(payment in anyone()) {
        let result = payslip(&LAW, &payment);
        prop_assume!(result.is_ok());
        let whole = result.expect("a payslip");
        let lost = lost_in_silence(&LAW, &payment, &whole);
        prop_assert!(lost.is_empty(), "{}", lost.join("\n"));
        let changed = changed_in_silence(&LAW, &payment, &whole);
        prop_assert!(changed.is_empty(), "{}", changed.join("\n"));
    }
}
