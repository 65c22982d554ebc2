//! The shipped ruleset, read as the host reads it: the law on a date, facts by name.

#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;

use payroll_de::{GermanyPayroll, Law, Payment, Payslip};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use stele_sdk_test::{Shipped, facts};

/// The ruleset beside its rule.
pub(crate) static SHIPPED: LazyLock<Shipped<GermanyPayroll>> =
    LazyLock::new(|| Shipped::open("de/payroll"));

/// The law on a date.
pub(crate) fn law_on(date: Date) -> Law {
    SHIPPED.law(date)
}

/// Facts by name, which are known to be good.
pub(crate) fn payment(facts: &Map<String, Json>, date: Date) -> Payment {
    SHIPPED.facts(facts, date)
}

/// The payslip, with its explanation.
pub(crate) fn payslip(law: &Law, payment: &Payment) -> Result<Payslip, Fault> {
    let mut out = Payslip::new(true);
    GermanyPayroll::evaluate(law, payment, &mut out)?;
    Ok(out)
}

/// The payslip of facts by name, unless host or rule refuse them.
pub(crate) fn payslip_of(law: &Law, facts: &Map<String, Json>, date: Date) -> Option<Payslip> {
    let payment = SHIPPED.try_facts(facts, date).ok()?;
    payslip(law, &payment).ok()
}

/// The payslip of facts that are known to be good.
pub(crate) fn paid(law: &Law, facts: &Map<String, Json>, date: Date) -> Payslip {
    payslip(law, &payment(facts, date)).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Where a fault is, as a JSON pointer into the facts.
pub(crate) fn pointer(fault: &Fault) -> String {
    SHIPPED.pointer(fault)
}

/// A month with nothing but what everybody's payslip needs: class I, no church, in Bremen, a member
/// of a fund whose second child is no child any more; no contributions. `more` is said besides.
pub(crate) fn plain(more: &[(&str, &str)]) -> Map<String, Json> {
    let mut plain = facts(&[
        ("pay_period", "month"),
        ("gross", "0"),
        ("tax_class", "I"),
        ("church", "none"),
        ("state", "bremen"),
        ("contribution_group", "none"),
        ("health_insurance", "statutory"),
        ("additional_rate", "0.029"),
        ("care_childless", "false"),
        ("care_discounts", "0"),
        ("pension_insurance", "statutory"),
        ("unemployment_insured", "true"),
    ]);
    plain.extend(facts(more));
    plain
}

/// So many insured days in the month of a day; the whole month, where it has no more.
pub(crate) fn insured_days(days: i64, on: Date) -> i64 {
    if days < i64::from(on.days_in_month()) { days } else { 30 }
}
