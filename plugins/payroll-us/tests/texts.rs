//! What a finding of this rule names has a label, said by a case or not.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_us::UnitedStatesPayroll;
use support::SHIPPED;

#[test]
fn a_fact_that_a_finding_names_has_a_label() {
    let facts = stele_sdk::describe::<UnitedStatesPayroll>().facts;
    let named: Vec<String> = (facts.into_iter().map(|fact| fact.name))
        .filter(|fact| {
            let earlier = fact.starts_with("earlier_") && fact != "earlier_futa_wages";
            earlier || fact == "age" || fact == "spouse_age"
        })
        .collect();
    assert!(named.len() > 6, "{named:?}");
    for (file, text) in SHIPPED.package().texts() {
        let texts: toml::Table = text.parse().expect("TOML");
        let missing = named.iter().find(|fact| texts["subjects"].get(fact.as_str()).is_none());
        assert_eq!(missing, None, "{file}");
    }
}
