//! Federal withholding and the federal taxes of a year, as independent programs compute them: small
//! samples, or the whole files where `ORACLES` names the folder that holds them; see
//! `tests/conformance/samples/README.md`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::HashMap;

use payroll_us::Law;
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::{Date, Decimal};
use stele_sdk_test::{amount, day, oracle};
use support::{law_on, paid};

/// A line that a row expects: item, subject, amount.
type Wanted = (&'static str, Option<&'static str>, Decimal);

fn decimal(value: &Json) -> Decimal {
    value.as_str().map_or(Decimal::ZERO, amount)
}

/// Runs every row of a file and lists the lines that differ by more than the tolerance.
fn compare(
    file: &str,
    tolerance: &str,
    facts: fn(&Json) -> Json,
    wanted: fn(&Json) -> Vec<Wanted>,
) {
    let tolerance = amount(tolerance);
    let mut laws: HashMap<Date, Law> = HashMap::new();
    let mut differences = Vec::new();
    let rows = oracle(file);
    for row in &rows {
        let date = day(row["date"].as_str().expect("a date"));
        let law = laws.entry(date).or_insert_with(|| law_on(date));
        let Json::Object(given) = facts(&row["input"]) else { panic!("an object") };
        let given: Map<String, Json> =
            given.into_iter().filter(|(_, value)| !value.is_null()).collect();
        let out = paid(law, &given, date);
        for (item, subject, wanted) in wanted(row) {
            let line = out.lines().find(|line| line.name == item && line.subject == subject);
            let found = line.map_or(Decimal::ZERO, |line| line.amount);
            if (found - wanted).abs() > tolerance {
                let id = &row["id"];
                differences
                    .push(format!("{id}: {item}: expected {wanted}, found {found}\n{out:?}"));
            }
        }
    }
    for difference in differences.iter().take(10) {
        println!("{difference}");
    }
    let count = rows.len();
    assert!(differences.is_empty(), "{file}: {} lines of {count} rows differ", differences.len());
    println!("{file}: {count} of {count} rows equal");
}

#[test]
fn withholding_agrees_with_two_independent_calculations_to_the_cent() {
    compare(
        "us-federal-withholding.jsonl",
        "0",
        |input| {
            let steps = input["w4"] == json!("2020_or_later");
            json!({
                "gross": input["taxable_wages"],
                "state": "none",
                "pay_frequency": input["pay_frequency"],
                "withholding_form": if steps { "w4_2020_or_later" } else { "w4_2019_or_earlier" },
                "filing_status": match input["filing_status"].as_str() {
                    Some("married") => "married_joint",
                    Some("hoh") => "head_of_household",
                    _ => "single",
                },
                "multiple_jobs": input["multiple_jobs"],
                "tax_credits": input["tax_credits"],
                "other_income": input["other_income"],
                "deductions": input["deductions"],
                "extra_withholding": input["extra_withholding"],
                "allowances": input["allowances"],
                "earlier_fica_wages": input["taxable_wages_ytd"],
            })
        },
        |row| {
            let expected = &row["expected"];
            let mut lines = vec![
                ("federal_income_tax", None, decimal(&expected["federal_income_tax"])),
                ("social_security", None, decimal(&expected["social_security"])),
            ];
            // The source gives both Medicare taxes in one sum.
            if let Some(sum) = expected["medicare_employee"].as_str() {
                let wages = decimal(&row["input"]["taxable_wages"]);
                let year = wages + decimal(&row["input"]["taxable_wages_ytd"]);
                let whole = amount(sum);
                let medicare = if year > amount("200000") {
                    (wages * amount("0.0145")).round_dp_with_strategy(
                        2,
                        stele_sdk::prelude::RoundingStrategy::MidpointAwayFromZero,
                    )
                } else {
                    whole
                };
                lines.push(("medicare", None, medicare));
                lines.push(("additional_medicare", None, whole - medicare));
            }
            lines
        },
    );
}

#[test]
fn the_estimate_of_a_year_agrees_with_two_independent_programs() {
    compare(
        "us-federal-annual.jsonl",
        "0.01",
        |input| {
            let joint = input["filing_status"] == json!("married_joint");
            let children: Vec<Json> = input["qualifying_child_ages"]
                .as_array()
                .expect("ages")
                .iter()
                .map(|age| json!({ "age": age }))
                .collect();
            json!({
                "gross": input["wages"][0],
                "state": "none",
                "pay_frequency": "year_estimate",
                "filing_status": input["filing_status"],
                "age": input["ages"][0],
                "spouse_wages": if joint { input["wages"][1].clone() } else { Json::Null },
                "spouse_age": if joint { input["ages"][1].clone() } else { Json::Null },
                "children": children,
            })
        },
        |row| {
            let expected = &row["expected"];
            let mut lines = Vec::new();
            for (item, name) in [
                ("adjusted_gross_income", "adjusted_gross_income"),
                ("standard_deduction", "standard_deduction"),
                ("taxable_income", "taxable_income"),
                ("income_tax_before_credits", "income_tax_before_credits"),
                ("income_tax_after_credits", "income_tax_after_credits"),
                ("additional_medicare", "additional_medicare_tax"),
            ] {
                lines.push((item, None, decimal(&expected[name])));
            }
            for (item, name) in [
                ("social_security", "employee_social_security"),
                ("medicare", "employee_medicare"),
                ("employer_social_security", "employer_social_security"),
                ("employer_medicare", "employer_medicare"),
            ] {
                for (person, subject) in [(0, None), (1, Some("spouse"))] {
                    lines.push((item, subject, decimal(&expected[name][person])));
                }
            }
            lines
        },
    );
}
