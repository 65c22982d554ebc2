//! Official values and the official algorithm run by independent ports, a small sample; see
//! `tests/conformance/samples/README.md`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeMap;

use payroll_de::{Item, Law};
use serde_json::{Map, Value as Json};
use stele_sdk::prelude::*;
use stele_sdk_test::{amount, day, oracle};
use support::{law_on, payment, payslip};

/// Inputs of the chart that are amounts or numbers and only change their name.
const RENAMED: [(&str, &str); 26] = [
    ("RE4", "gross"),
    ("ZKF", "child_allowances"),
    ("LZZFREIB", "allowance"),
    ("LZZHINZU", "addition"),
    ("PVA", "care_discounts"),
    ("PKPV", "private_premium"),
    ("PKPVAGZ", "private_subsidy"),
    ("VBEZ", "pension_pay"),
    ("VJAHR", "pension_start_year"),
    ("VBEZM", "pension_first_month"),
    ("VBEZS", "pension_special_payments"),
    ("ZMVB", "pension_months"),
    ("SONSTB", "one_off"),
    ("SONSTENT", "one_off_compensation"),
    ("VBS", "one_off_pension"),
    ("STERBE", "one_off_death_grant"),
    ("MBV", "untaxed_equity"),
    ("JRE4", "annual_gross"),
    ("JRE4ENT", "annual_compensation"),
    ("JVBEZ", "annual_pension"),
    ("JFREIB", "annual_allowance"),
    ("JHINZU", "annual_addition"),
    ("VMT", "multi_year_pay"),
    ("VKAPA", "multi_year_pension"),
    ("ENTSCH", "multi_year_compensation"),
    ("f", "factor"),
];

/// Outputs of the chart and the lines that they are.
const LINES: [(&str, Item); 17] = [
    ("LSTLZZ", Item::WageTax),
    ("SOLZLZZ", Item::SolidaritySurcharge),
    ("BK", Item::ChurchTaxBase),
    ("STS", Item::OneOffWageTax),
    ("SOLZS", Item::OneOffSolidaritySurcharge),
    ("BKS", Item::OneOffChurchTaxBase),
    ("STV", Item::MultiYearWageTax),
    ("SOLZV", Item::MultiYearSolidaritySurcharge),
    ("BKV", Item::MultiYearChurchTaxBase),
    ("VFRB", Item::AllowancesUsed),
    ("VFRBS1", Item::AllowancesUsedAnnual),
    ("VFRBS2", Item::AllowancesUsedOneOff),
    ("WVFRB", Item::IncomeAboveBasicAllowance),
    ("WVFRBO", Item::IncomeAboveBasicAllowanceAnnual),
    ("WVFRBM", Item::IncomeAboveBasicAllowanceOneOff),
    ("VKVLZZ", Item::PrivateInsurance),
    ("VKVSONST", Item::PrivateInsuranceOneOff),
];

/// The inputs of a row as facts.
fn facts(input: &Map<String, Json>, date: Date) -> Map<String, Json> {
    let number = |name: &str| input.get(name).and_then(Json::as_i64).unwrap_or_default();
    let mut facts = Map::new();
    for (name, fact) in RENAMED {
        if let Some(value) = input.get(name) {
            facts.insert(fact.to_owned(), value.clone());
        }
    }
    if number("STKL") != 4 || input.get("af") == Some(&Json::from(0)) {
        facts.remove("factor");
    }
    let mut say = |fact: &str, value: Json| {
        facts.insert(fact.to_owned(), value);
    };
    let period = ["year", "month", "week", "day"][number("LZZ") as usize - 1];
    say("pay_period", period.into());
    let class = ["I", "II", "III", "IV", "V", "VI"][number("STKL") as usize - 1];
    say("tax_class", class.into());
    say("church", if number("R") > 0 { "protestant" } else { "none" }.into());
    // The chart asks for nothing but Saxony, and no output compared depends on the other states.
    say("state", if number("PVS") == 1 { "saxony" } else { "hesse" }.into());
    say("contribution_group", "none".into());
    say("care_childless", (number("PVZ") == 1).into());
    say("care_discounts", number("PVA").into());
    // The chart takes 0 for the pension within one-off payments.
    if input.contains_key("VJAHR") && !input.contains_key("VBS") {
        say("one_off_pension", "0".into());
    }
    // The chart needs the addition of the year only with one-off payments.
    if input.contains_key("LZZHINZU") && !input.contains_key("JHINZU") {
        say("annual_addition", "0".into());
    }
    if number("ALTER1") == 1 {
        say("age_relief_year", number("AJAHR").into());
    }
    if let Some(rate) = input.get("KVZ") {
        let percent = amount(rate.as_str().expect("a decimal"));
        say("additional_rate", (percent / Decimal::from(100)).to_string().into());
    }
    let subsidised = number("PKV") == 2 || input.contains_key("PKPVAGZ");
    let health = match (number("PKV"), subsidised) {
        (0, _) => "statutory",
        (_, false) => "private",
        (_, true) => "private_with_subsidy",
    };
    say("health_insurance", health.into());
    let pension = match (date.year(), number("KRV")) {
        (2024, 1) => "statutory_east",
        (_, 0) => "statutory",
        _ => "none",
    };
    say("pension_insurance", pension.into());
    say("unemployment_insured", (number("ALV") == 0).into());
    facts
}

/// Every output of every row must be equal; the first differences are shown.
fn compare(file: &str) {
    let rows = oracle(file);
    assert!(rows.len() >= 5);
    let mut laws: BTreeMap<i16, Law> = BTreeMap::new();
    let mut different = Vec::new();
    for row in &rows {
        let date = day(row["date"].as_str().expect("a date"));
        let law = laws.entry(date.year()).or_insert_with(|| law_on(date));
        let facts = facts(row["input"].as_object().expect("inputs"), date);
        let out = match payslip(law, &payment(&facts, date)) {
            Ok(out) => out,
            Err(fault) => {
                different.push(format!("{}: {fault}", row["id"]));
                continue;
            }
        };
        for (output, wanted) in row["expected"].as_object().expect("outputs") {
            let line = LINES.iter().find(|(name, _)| name == output).expect("an output").1;
            let found = out.amount(line).unwrap_or_default();
            let wanted = amount(wanted.as_str().expect("a decimal"));
            if found != wanted {
                different.push(format!("{} {output}: {found} for {wanted}", row["id"]));
            }
        }
    }
    let first: Vec<_> = different.iter().take(12).map(String::as_str).collect();
    assert!(different.is_empty(), "{file}: {} differ\n{}", different.len(), first.join("\n"));
    println!("{file}: {} of {} rows equal", rows.len(), rows.len());
}

#[test]
fn wage_tax_of_december_2024_agrees_in_every_output() {
    compare("de-wage-tax-2024-12.jsonl");
}

#[test]
fn wage_tax_of_2025_agrees_in_every_output() {
    compare("de-wage-tax-2025.jsonl");
}

#[test]
fn wage_tax_of_2026_agrees_in_every_output() {
    compare("de-wage-tax-2026.jsonl");
}

#[test]
fn the_official_check_tables_of_2026_agree() {
    compare("de-pruftabelle-2026.jsonl");
}
