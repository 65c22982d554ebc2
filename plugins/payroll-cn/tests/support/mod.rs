//! The shipped ruleset, read as the host reads it: the law on a date, facts by name.

#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;

use payroll_cn::{ChinaPayroll, Law, Month, Payslip};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use stele_sdk_test::{Shipped, facts};

/// The ruleset beside its rule.
pub(crate) static SHIPPED: LazyLock<Shipped<ChinaPayroll>> =
    LazyLock::new(|| Shipped::open("cn/payroll"));

/// The law on a date.
pub(crate) fn law_on(date: Date) -> Law {
    SHIPPED.law(date)
}

/// Facts by name, which are known to be good.
pub(crate) fn month(facts: &Map<String, Json>, date: Date) -> Month {
    SHIPPED.facts(facts, date)
}

/// The payslip, with its explanation.
pub(crate) fn payslip(law: &Law, month: &Month) -> Result<Payslip, Fault> {
    let mut out = Payslip::new(true);
    ChinaPayroll::evaluate(law, month, &mut out)?;
    Ok(out)
}

/// The payslip of facts by name, unless host or rule refuse them.
pub(crate) fn payslip_of(law: &Law, facts: &Map<String, Json>, date: Date) -> Option<Payslip> {
    let month = SHIPPED.try_facts(facts, date).ok()?;
    payslip(law, &month).ok()
}

/// The payslip of facts that are known to be good.
pub(crate) fn paid(law: &Law, facts: &Map<String, Json>, date: Date) -> Payslip {
    payslip(law, &month(facts, date)).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Where a fault is, as a JSON pointer into the facts.
pub(crate) fn pointer(fault: &Fault) -> String {
    SHIPPED.pointer(fault)
}

/// Facts of a resident employee's wages.
pub(crate) fn employee(pairs: &[(&str, &str)]) -> Map<String, Json> {
    let mut given = facts(&[("income_kind", "wages"), ("tax_residence", "resident")]);
    given.extend(facts(pairs));
    given
}
