//! The shipped ruleset, read as the host reads it: the law on a date, facts by name.

#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;

use payroll_us::{Law, Payment, Payslip, UnitedStatesPayroll};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use stele_sdk_test::Shipped;

/// The ruleset beside its rule.
pub(crate) static SHIPPED: LazyLock<Shipped<UnitedStatesPayroll>> =
    LazyLock::new(|| Shipped::open("us/payroll"));

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
    UnitedStatesPayroll::evaluate(law, payment, &mut out)?;
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
