//! The shipped rulesets, read as the host reads them, so that tests use the law that is shipped.

#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;

use labor_law::LaborLaw;
use labor_law::facts::WorkingTime;
use labor_law::law::Law;
use stele_sdk::prelude::*;
use stele_sdk_test::{Shipped, Written};
pub(crate) use stele_sdk_test::{amount as decimal, day as date};

pub(crate) type Out = Written<LaborLaw>;

static CHINA: LazyLock<Shipped<LaborLaw>> = LazyLock::new(|| Shipped::open("cn/labor-law"));
static EUROPE: LazyLock<Shipped<LaborLaw>> = LazyLock::new(|| Shipped::open("eu/working-time"));

/// The law of China in force on a day.
pub(crate) fn china(on: Date) -> Law {
    CHINA.law(on)
}

/// The law of the European Union in force on a day.
pub(crate) fn europe(on: Date) -> Law {
    EUROPE.law(on)
}

/// Facts on a day, written as in a case.
pub(crate) fn facts(text: &str, on: Date) -> WorkingTime {
    CHINA.facts_in_toml(text, on)
}

/// Runs the rule.
pub(crate) fn evaluate(law: &Law, facts: &WorkingTime) -> Result<Out, Fault> {
    let mut out = Outcome::new(true);
    LaborLaw::evaluate(law, facts, &mut out)?;
    Ok(out)
}

/// Where a fault points to, as a JSON pointer into the facts.
pub(crate) fn pointer(fault: &Fault) -> String {
    CHINA.pointer(fault)
}
