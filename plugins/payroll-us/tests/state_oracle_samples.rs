//! Annual state income tax of an independent program: a small sample, or the whole file where
//! `ORACLES` names the folder that holds it; see `tests/conformance/samples/README.md`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::HashMap;

use payroll_us::{Item, Law};
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::{Date, Decimal};
use stele_sdk_test::{amount, day, oracle};
use support::{law_on, paid};

#[test]
fn the_estimate_of_a_state_s_year_agrees_with_an_independent_program() {
    let file = "us-state-annual.jsonl";
    let tolerance = amount("0.05");
    let mut laws: HashMap<Date, Law> = HashMap::new();
    let mut differences = Vec::new();
    let mut count = 0;
    for row in oracle(file) {
        count += 1;
        let date = day(row["date"].as_str().expect("a date"));
        let law = laws.entry(date).or_insert_with(|| law_on(date));
        let input = &row["input"];
        let wages: Decimal = input["wages"]
            .as_array()
            .expect("wages")
            .iter()
            .map(|wage| amount(wage.as_str().expect("a decimal")))
            .sum();
        let single = input["filing_status"] == json!("single");
        let given = json!({
            "gross": wages.to_string(),
            "pay_frequency": "year_estimate",
            "filing_status": input["filing_status"],
            "state": input["state"],
            "state_filing_status": if single { "single" } else { "married" },
        });
        let given: Map<String, Json> = given.as_object().expect("facts").clone();
        let out = paid(law, &given, date);
        let found = out.amount(Item::StateIncomeTax).unwrap_or_default();
        let wanted = amount(row["expected"]["state_income_tax"].as_str().expect("a decimal"));
        if (found - wanted).abs() > tolerance {
            differences
                .push(format!("{}: expected {wanted}, found {found} {input}\n{out:?}", row["id"]));
        }
    }
    for difference in differences.iter().take(10) {
        println!("{difference}");
    }
    assert!(differences.is_empty(), "{file}: {} of {count} rows differ", differences.len());
    println!("{file}: {count} of {count} rows equal");
}
