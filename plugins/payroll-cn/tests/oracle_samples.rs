//! Answers of independent programs, a small sample; see `tests/conformance/samples/README.md`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_cn::Item;
use serde_json::{Map, Value as Json, json};
use stele_sdk_test::{amount, day, oracle};
use support::{employee, law_on, paid};

fn text(value: &Json) -> String {
    value.as_str().expect("a decimal as text").to_owned()
}

/// The rates that the source of the rows uses for Beijing; they are not quite the city's own: the
/// employee's 3 yuan of medical insurance and the whole yuan of the housing fund are left out, and
/// maternity insurance is added.
fn source_terms() -> Json {
    let term = |branch: &str, employee: &str, employer: &str| json!({"branch": branch, "floor": "7162", "cap": "35811", "employee_rate": employee, "employer_rate": employer});
    let mut fund = term("housing_fund", "0.12", "0.12");
    fund["floor"] = json!("0");
    json!([
        term("pension", "0.08", "0.16"),
        term("medical", "0.02", "0.098"),
        term("unemployment", "0.005", "0.005"),
        term("work_injury", "0", "0.004"),
        term("maternity", "0", "0.008"),
        fund,
    ])
}

#[test]
fn cumulative_withholding_agrees_month_by_month() {
    let rows = oracle("cn-iit-cumulative.jsonl");
    assert!(rows.len() >= 5);
    for row in &rows {
        let id = &row["id"];
        let date = day(row["date"].as_str().expect("a date"));
        let law = law_on(date);
        let mut carried = Map::new();
        let months = row["input"]["months"].as_array().expect("months");
        let expected = row["expected"]["months"].as_array().expect("months");
        for (position, (month, wanted)) in months.iter().zip(expected).enumerate() {
            let mut given = employee(&[]);
            given.extend(carried.clone());
            given.insert("gross".into(), month["gross"].clone());
            given.insert("months_employed".into(), json!(position + 1));
            given.insert(
                "additional_deductions".into(),
                month["special_additional_deductions"].clone(),
            );
            match month.get("social_insurance_and_housing_fund_employee") {
                Some(total) => given.insert("employee_contributions".into(), total.clone()),
                None => given.insert("contribution_terms".into(), source_terms()),
            };
            let out = paid(&law, &given, date);
            let at = format!("{id}, month {}", position + 1);
            let agree = |item: Item, wanted: &Json| {
                assert_eq!(
                    out.amount(item),
                    Some(amount(&text(wanted))),
                    "{at}: {item:?}\n{out:?}"
                );
            };
            agree(Item::CumulativeTaxableIncome, &wanted["cumulative_taxable"]);
            agree(Item::IncomeTax, &wanted["tax_withheld"]);
            agree(Item::CumulativeTax, &wanted["cumulative_tax"]);
            agree(Item::NetPay, &wanted["net_pay"]);
            if let Some(items) = wanted.get("items") {
                agree(
                    Item::EmployeeContributions,
                    &wanted["social_insurance_and_housing_fund_employee"],
                );
                agree(
                    Item::EmployerContributions,
                    &wanted["social_insurance_and_housing_fund_employer"],
                );
                for (name, base, employee, employer) in [
                    (
                        "养老保险",
                        Item::PensionBase,
                        Some(Item::PensionEmployee),
                        Item::PensionEmployer,
                    ),
                    (
                        "医疗保险",
                        Item::MedicalBase,
                        Some(Item::MedicalEmployee),
                        Item::MedicalEmployer,
                    ),
                    (
                        "失业保险",
                        Item::UnemploymentBase,
                        Some(Item::UnemploymentEmployee),
                        Item::UnemploymentEmployer,
                    ),
                    ("工伤保险", Item::WorkInjuryBase, None, Item::WorkInjuryEmployer),
                    ("生育保险", Item::MaternityBase, None, Item::MaternityEmployer),
                    (
                        "公积金",
                        Item::HousingFundBase,
                        Some(Item::HousingFundEmployee),
                        Item::HousingFundEmployer,
                    ),
                ] {
                    agree(base, &items[name]["base"]);
                    agree(employer, &items[name]["employer"]);
                    if let Some(employee) = employee {
                        agree(employee, &items[name]["employee"]);
                    }
                }
            }
            for (fact, item) in [
                ("earlier_gross", Item::CumulativeGross),
                ("earlier_contributions", Item::CumulativeContributions),
                ("earlier_additional_deductions", Item::CumulativeAdditionalDeductions),
                ("earlier_tax_withheld", Item::CumulativeTaxWithheld),
            ] {
                let carry = out.amount(item).expect("a cumulative line").to_string();
                carried.insert(fact.into(), Json::String(carry));
            }
        }
    }
    println!("cn-iit-cumulative: {} of {} sequences equal", rows.len(), rows.len());
}

#[test]
fn annual_bonus_taxed_separately_agrees() {
    let rows = oracle("cn-annual-bonus.jsonl");
    assert!(rows.len() >= 8);
    for row in &rows {
        let date = day(row["date"].as_str().expect("a date"));
        let bonus = text(&row["input"]["annual_one_off_bonus"]);
        let given = employee(&[
            ("gross", "0"),
            ("months_employed", "12"),
            ("employee_contributions", "0"),
            ("annual_bonus", &bonus),
            ("annual_bonus_taxation", "separate"),
        ]);
        let out = paid(&law_on(date), &given, date);
        let wanted = amount(&text(&row["expected"]["tax"]));
        assert_eq!(out.amount(Item::AnnualBonusTax), Some(wanted), "{}", row["id"]);
    }
    println!("cn-annual-bonus: {} of {} rows equal", rows.len(), rows.len());
}
