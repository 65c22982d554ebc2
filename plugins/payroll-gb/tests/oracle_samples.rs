//! HMRC's test data and answers of independent programs: a small sample, or the whole files where
//! `ORACLES` names the folder that holds them; see `tests/conformance/samples/README.md`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::HashMap;

use payroll_gb::{Item, Law, Payslip};
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::{Date, Decimal};
use stele_sdk_test::{amount, day, oracle};
use support::{law_on, paid};

fn decimal(value: &Json) -> Decimal {
    amount(value.as_str().expect("a decimal as text"))
}

/// Facts from pairs; null is "not given".
fn facts(value: Json) -> Map<String, Json> {
    let Json::Object(facts) = value else { panic!("an object") };
    facts.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// The laws of the dates, each read once.
#[derive(Default)]
struct Laws(HashMap<Date, Law>);

impl Laws {
    fn paid(&mut self, row: &Json, given: Json) -> Payslip {
        let date = day(row["date"].as_str().expect("a date"));
        let law = self.0.entry(date).or_insert_with(|| law_on(date));
        paid(law, &facts(given), date)
    }
}

/// What differs by more than the tolerance.
fn difference(out: &Payslip, item: Item, wanted: Decimal, tolerance: Decimal) -> Option<String> {
    let found = out.amount(item).unwrap_or_default();
    ((found - wanted).abs() > tolerance)
        .then(|| format!("{item:?}: expected {wanted}, found {found}"))
}

fn assert_all(source: &str, count: usize, differences: &[String]) {
    for difference in differences.iter().take(10) {
        println!("{difference}");
    }
    assert!(differences.is_empty(), "{source}: {} of {count} rows differ", differences.len());
    println!("{source}: {count} of {count} rows equal");
}

fn paye(file: &str, tolerance: &str) {
    let rows = oracle(file);
    let tolerance = amount(tolerance);
    let mut laws = Laws::default();
    let mut differences = Vec::new();
    for row in &rows {
        let input = &row["input"];
        let earlier = decimal(&input["taxable_pay_to_date"]) - decimal(&input["gross_pay"]);
        let out = laws.paid(
            row,
            json!({
                "gross": input["gross_pay"],
                "pay_frequency": input["frequency"],
                "tax_period": input["period"],
                "tax_code": input["code"],
                "tax_basis": match input["basis"].as_str() {
                    Some("W1M1") => "week1_month1",
                    _ => "cumulative",
                },
                "earlier_taxable_pay": earlier.to_string(),
                "earlier_tax": input["tax_to_date_before"],
                "ni_category": "none",
            }),
        );
        for (item, name) in [(Item::IncomeTax, "tax_due"), (Item::TaxToDate, "tax_due_to_date")] {
            let wanted = decimal(&row["expected"][name]);
            if let Some(difference) = difference(&out, item, wanted, tolerance) {
                differences.push(format!("{}: {difference} {input}\n{out:?}", row["id"]));
                break;
            }
        }
    }
    assert_all(file, rows.len(), &differences);
}

#[test]
fn tax_agrees_with_the_test_data_of_hmrc() {
    paye("gb-paye-2026-27.jsonl", "0.01");
}

#[test]
fn tax_agrees_with_two_independent_programs_over_whole_years() {
    paye("gb-paye-generated-2026-27.jsonl", "0");
}

#[test]
fn national_insurance_agrees_with_the_test_data_of_hmrc() {
    let file = "gb-ni-2025-26.jsonl";
    let rows = oracle(file);
    let mut laws = Laws::default();
    let mut differences = Vec::new();
    for row in &rows {
        let input = &row["input"];
        let out = laws.paid(
            row,
            json!({
                "gross": input["gross_pay"],
                "pay_frequency": input["pay_frequency"],
                "ni_category": input["ni_category"],
                "tax_code": "NT",
            }),
        );
        for (item, name) in [(Item::EmployeeNi, "employee_ni"), (Item::EmployerNi, "employer_ni")] {
            let wanted = decimal(&row["expected"][name]);
            if let Some(difference) = difference(&out, item, wanted, Decimal::ZERO) {
                differences.push(format!("{}: {difference} {input}", row["id"]));
            }
        }
    }
    assert_all(file, rows.len(), &differences);
}

#[test]
fn the_estimate_of_a_year_agrees_with_the_hmrc_app() {
    let file = "gb-annual.jsonl";
    let rows = oracle(file);
    let tolerance = amount("0.01");
    let mut laws = Laws::default();
    let mut differences = Vec::new();
    for row in &rows {
        let (input, expected) = (&row["input"], &row["expected"]);
        let plans: Vec<_> = input["student_loan_plans"]
            .as_array()
            .expect("plans")
            .iter()
            .filter_map(Json::as_str)
            .collect();
        let plan = plans.iter().find_map(|plan| plan_name(plan));
        let mut given = json!({
            "gross": input["wages"],
            "pay_frequency": "year_estimate",
            "tax_code": code_after_tapering(input),
            "ni_category": "A",
            "student_loan": plan,
            "postgraduate_loan": plans.contains(&"postgraduate_plan"),
        });
        if let Some(method) = input["pension_method"].as_str() {
            let pension = decimal(&input["pension_amount"]);
            given["pension_arrangement"] = json!("net_pay_arrangement");
            if method == "PERCENTAGE" {
                given["pension_basis"] = json!("total_pay");
                given["employee_pension_rate"] = json!((pension / amount("100")).to_string());
            } else {
                given["employee_pension_amount"] = json!((pension * amount("12")).to_string());
            }
        }
        let out = laws.paid(row, given);
        for (item, name) in [
            (Item::IncomeTax, "yearly_income_tax"),
            (Item::EmployeeNi, "yearly_ni_employee"),
            (Item::TotalDeductions, "yearly_total_deduction"),
            (Item::NetPay, "yearly_take_home"),
            (Item::EmployeePension, "pension_contribution_derived"),
        ] {
            if expected[name].is_null() {
                continue;
            }
            if let Some(difference) = difference(&out, item, decimal(&expected[name]), tolerance) {
                differences.push(format!("{}: {difference} {input}\n{out:?}", row["id"]));
                break;
            }
        }
    }
    assert_all(file, rows.len(), &differences);
}

/// The app tapers the allowance itself where the user gave no code: £1 for every £2 above 100,000.
fn code_after_tapering(input: &Json) -> String {
    let code = input["tax_code"].as_str().expect("a code");
    let excess = decimal(&input["wages"]) - amount("100000");
    if input["user_supplied_tax_code"] != json!(false) || excess <= Decimal::ZERO {
        return code.to_owned();
    }
    let prefix = if code.starts_with(['S', 'C']) { &code[..1] } else { "" };
    let units = ((amount("12570") - excess / amount("2")) / amount("10")).floor();
    if units > Decimal::ZERO { format!("{prefix}{units}L") } else { format!("{prefix}0T") }
}

fn plan_name(plan: &str) -> Option<&'static str> {
    match plan {
        "plan_one" => Some("plan_1"),
        "plan_two" => Some("plan_2"),
        "plan_four" => Some("plan_4"),
        "plan_five" => Some("plan_5"),
        _ => None,
    }
}

#[test]
fn loan_repayments_agree_in_every_pay_period() {
    let file = "gb-student-loan.jsonl";
    let rows = oracle(file);
    let mut laws = Laws::default();
    let mut differences = Vec::new();
    for row in &rows {
        let (input, expected) = (&row["input"], &row["expected"]);
        let yearly = decimal(&input["wages_yearly"]);
        let plan = input["plan"].as_str().expect("a plan");
        for (frequency, name, payments, months) in [
            ("monthly", "monthly", "12", "1"),
            ("monthly", "yearly", "12", "12"),
            ("four_weekly", "four_weekly", "13", "1"),
            ("weekly", "weekly", "52", "1"),
        ] {
            let gross = (yearly / amount(payments)).round_dp(2);
            let out = laws.paid(
                row,
                json!({
                    "gross": gross.to_string(),
                    "pay_frequency": frequency,
                    "tax_code": "NT",
                    "ni_category": "none",
                    "student_loan": plan_name(plan),
                    "postgraduate_loan": plan == "postgraduate_plan",
                }),
            );
            for (item, loan) in
                [(Item::StudentLoan, "student_loan"), (Item::PostgraduateLoan, "postgraduate_loan")]
            {
                let wanted = decimal(&expected[format!("{name}_{loan}")]) / amount(months);
                if let Some(difference) = difference(&out, item, wanted, Decimal::ZERO) {
                    differences
                        .push(format!("{}, {name}: {difference} {input}\n{out:?}", row["id"]));
                }
            }
        }
    }
    assert_all(file, rows.len(), &differences);
}
