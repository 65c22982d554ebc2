//! A missing fact is not a choice: whichever fact of a case is taken away, the payment is refused, or a
//! finding says what was taken for it, or no tax and no contribution is smaller.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use payroll_us::{Item, Law, Payslip};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::{Date, Decimal};
use stele_sdk_test::day;
use support::{SHIPPED, law_on, paid, payment, payslip, payslip_of, pointer};

/// Amounts that are paid or given, and dependents: who has none states none.
const NATURALLY_ABSENT: [&str; 7] = [
    "supplemental_wages",
    "taxable_benefits",
    "group_term_life_cost",
    "reported_tips",
    "employer_contributions",
    "employer_health_savings_contribution",
    "children",
];

/// Lines of taxes and contributions, of the employee and of the employer.
const OWED: [Item; 17] = [
    Item::FederalIncomeTax,
    Item::SocialSecurity,
    Item::Medicare,
    Item::AdditionalMedicare,
    Item::StateIncomeTax,
    Item::LocalIncomeTax,
    Item::LocalServicesTax,
    Item::StateDisabilityInsurance,
    Item::PaidFamilyLeave,
    Item::StateUnemployment,
    Item::WorkforceDevelopment,
    Item::LongTermCare,
    Item::EmployerSocialSecurity,
    Item::EmployerMedicare,
    Item::Futa,
    Item::FutaCreditReduction,
    Item::IncomeTaxAfterCredits,
];

fn owed(out: &Payslip) -> BTreeMap<(String, String), Decimal> {
    out.lines()
        .filter(|line| OWED.contains(&line.item))
        .map(|line| {
            let subject = line.subject.unwrap_or_default().to_owned();
            ((line.name.to_owned(), subject), line.amount)
        })
        .collect()
}

/// What the findings say, and of what.
fn said(out: &Payslip) -> BTreeSet<(&'static str, Option<String>)> {
    out.findings().map(|finding| (finding.name, finding.subject.map(str::to_owned))).collect()
}

fn kinds(out: &Payslip) -> BTreeSet<&'static str> {
    out.findings().map(|finding| finding.name).collect()
}

/// What is smaller without the fact while nothing says so.
fn lost_in_silence(
    law: &Law,
    facts: &Map<String, Json>,
    fact: &str,
    with: &Payslip,
    date: Date,
) -> Vec<String> {
    let mut facts = facts.clone();
    facts.remove(fact);
    let Some(without) = payslip_of(law, &facts, date) else { return Vec::new() };
    if !said(&without).is_subset(&said(with)) {
        return Vec::new();
    }
    let after = owed(&without);
    owed(with)
        .into_iter()
        .filter_map(|(line, amount)| {
            let left = after.get(&line).copied().unwrap_or_default();
            (left.abs() < amount.abs()).then(|| format!("{fact}: {line:?} {left} for {amount}"))
        })
        .collect()
}

/// What is another, smaller or larger, without an amount of the year so far, while nothing says so.
fn changed_in_silence(
    law: &Law,
    facts: &Map<String, Json>,
    fact: &str,
    with: &Payslip,
    date: Date,
) -> Vec<String> {
    let mut facts = facts.clone();
    facts.remove(fact);
    let Some(without) = payslip_of(law, &facts, date) else { return Vec::new() };
    if !said(&without).is_subset(&said(with)) {
        return Vec::new();
    }
    let after = owed(&without);
    let changed = owed(with).into_iter().filter(|(line, amount)| after.get(line) != Some(amount));
    changed.map(|(line, amount)| format!("{fact}: {line:?} of {amount}")).collect()
}

#[test]
fn no_tax_is_another_in_silence_because_an_amount_of_the_year_so_far_is_missing() {
    let mut changed = BTreeSet::new();
    let mut taken = 0;
    for case in SHIPPED.cases() {
        let (facts, date) = (&case.facts, case.date);
        let law = law_on(date);
        let Some(with) = payslip_of(&law, facts, date) else { continue };
        for fact in facts.keys().filter(|fact| fact.starts_with("earlier_")) {
            let changes = changed_in_silence(&law, facts, fact, &with, date);
            changed.extend(changes.into_iter().map(|change| format!("{}, {change}", case.file)));
            taken += 1;
        }
    }
    assert!(taken > 150, "{taken} amounts were taken away");
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn no_tax_is_lost_in_silence_whichever_fact_of_a_case_is_taken_away() {
    let mut lost = BTreeSet::new();
    let mut taken = 0;
    for case in SHIPPED.cases() {
        let (facts, date) = (&case.facts, case.date);
        let law = law_on(date);
        let Some(with) = payslip_of(&law, facts, date) else { continue };
        for fact in facts.keys().filter(|fact| !NATURALLY_ABSENT.contains(&fact.as_str())) {
            let losses = lost_in_silence(&law, facts, fact, &with, date);
            lost.extend(losses.into_iter().map(|loss| format!("{}, {loss}", case.file)));
            taken += 1;
        }
    }
    assert!(taken > 1000, "the cases state facts, {taken} were taken away");
    assert!(lost.is_empty(), "{lost:#?}");
}

/// Facts of the year so far, in November.
const NOVEMBER: &str = "2026-11-27";

fn november(more: Json) -> Map<String, Json> {
    let mut facts = json!({
        "gross": "3000.00", "pay_frequency": "biweekly", "state": "none",
        "withholding_form": "none", "nonresident_alien": false,
    });
    let members = facts.as_object_mut().expect("facts");
    members.extend(more.as_object().expect("facts").clone());
    members.clone()
}

#[test]
fn every_amount_of_the_year_so_far_that_is_missing_is_named_and_stated_as_nothing_it_is_not() {
    let date = day(NOVEMBER);
    let law = law_on(date);
    for (fact, more) in [
        ("earlier_fica_wages", json!({})),
        ("earlier_futa_wages", json!({})),
        (
            "earlier_supplemental_wages",
            json!({ "supplemental_wages": "10.00", "supplemental_method": "flat" }),
        ),
        ("earlier_deferrals", json!({ "retirement_deferral": "10.00" })),
        ("earlier_deferrals", json!({ "roth_deferral": "10.00" })),
        ("earlier_state_wages", json!({ "state": "WA", "residence_state": "WA" })),
        (
            "earlier_massachusetts_deduction",
            json!({ "state": "MA", "residence_state": "MA", "state_extra_withholding": "0" }),
        ),
    ] {
        let named = |facts: &Map<String, Json>| {
            let out = paid(&law, facts, date);
            let mut findings = out.findings();
            findings.any(|finding| {
                finding.name == "earlier_amount_not_stated" && finding.subject == Some(fact)
            })
        };
        let mut facts = november(more);
        assert!(named(&facts), "{fact} is missing: {facts:?}");
        facts.insert(fact.to_owned(), json!("0.00"));
        assert!(!named(&facts), "{fact} is stated: {facts:?}");
    }
}

#[test]
fn the_first_pay_period_of_the_year_needs_no_earlier_amounts() {
    for (frequency, first, second) in [
        ("weekly", "2026-01-07", "2026-01-08"),
        ("biweekly", "2026-01-14", "2026-01-15"),
        ("semimonthly", "2026-01-15", "2026-01-16"),
        ("monthly", "2026-01-31", "2026-02-01"),
        ("quarterly", "2026-03-31", "2026-04-01"),
        ("semiannual", "2026-06-30", "2026-07-01"),
    ] {
        let warned = |date: &str| {
            let facts = november(json!({ "pay_frequency": frequency }));
            let out = paid(&law_on(day(date)), &facts, day(date));
            kinds(&out).contains("earlier_amount_not_stated")
        };
        assert!(!warned(first), "{frequency}, {first}");
        assert!(warned(second), "{frequency}, {second}");
    }
}

#[test]
fn who_furnished_no_certificate_is_withheld_from_as_before_and_nothing_is_said_of_it() {
    let date = day(NOVEMBER);
    let law = law_on(date);
    let mut facts = november(json!({ "earlier_fica_wages": "0.00" }));
    let stated = paid(&law, &facts, date);
    assert!(kinds(&stated).is_empty(), "{stated:?}");
    facts.remove("withholding_form");
    let missing = paid(&law, &facts, date);
    assert_eq!(kinds(&missing), BTreeSet::from(["certificate_assumed"]));
    assert_eq!(stated.amount(Item::FederalIncomeTax), missing.amount(Item::FederalIncomeTax));
    facts.insert("withholding_form".to_owned(), json!("none"));
    for (fact, entry) in [
        ("filing_status", json!("married_joint")),
        ("tax_credits", json!("100.00")),
        ("extra_withholding", json!("10.00")),
        ("exempt", json!(true)),
        ("allowances", json!(2)),
    ] {
        let mut facts = facts.clone();
        facts.insert(fact.to_owned(), entry);
        let fault = payslip(&law, &payment(&facts, date)).expect_err("a contradiction");
        assert_eq!(pointer(&fault), format!("/{fact}"), "{fault}");
    }
}

const STATES: [&str; 16] = [
    "CA", "NY", "IL", "PA", "MA", "NJ", "WA", "AK", "FL", "NV", "NH", "SD", "TN", "TX", "WY",
    "none",
];

/// A payment of which everything is stated that its state and its certificate know.
fn complete(state: &str, form: &str, choice: usize, cents: i64) -> Map<String, Json> {
    let money = |cents: i64| Decimal::new(cents, 2).to_string();
    let of = |choices: &[&str]| json!(choices[choice % choices.len()]);
    let mut facts = json!({
        "gross": money(cents), "withholding_form": form, "nonresident_alien": false,
        "pay_frequency": of(&["weekly", "biweekly", "semimonthly", "monthly", "quarterly"]),
        "supplemental_wages": money(cents / 3), "earlier_supplemental_wages": money(cents * 5),
        "supplemental_method": of(&["flat", "aggregate", "flat"]),
        "retirement_deferral": money(cents / 20), "earlier_deferrals": money(cents / 4),
        "retirement_plan": of(&["other", "plan_401k"]), "cafeteria_contribution": money(cents / 30),
        "age": 40, "earlier_fica_wages": money(cents * 4), "earlier_futa_wages": money(cents * 3),
        "state": state,
    });
    let mut more = |name: &str, value: Json| facts[name] = value;
    let status = of(&["married_joint", "head_of_household", "single"]);
    match form {
        "w4_2020_or_later" => {
            for (name, value) in [
                ("filing_status", status),
                ("multiple_jobs", json!(choice.is_multiple_of(2))),
                ("tax_credits", json!("500.00")),
                ("other_income", json!(money(cents * 2))),
                ("deductions", json!("1000.00")),
                ("extra_withholding", json!("25.00")),
            ] {
                more(name, value);
            }
        }
        "w4_2019_or_earlier" => {
            more("filing_status", of(&["married_joint", "single"]));
            more("allowances", json!(choice % 5));
            more("extra_withholding", json!("25.00"));
        }
        _ => {}
    }
    if state == "none" {
        return facts.as_object().expect("facts").clone();
    }
    more("residence_state", json!(state));
    more("earlier_state_wages", json!(money(cents * 4)));
    more("futa_credit_reduction", json!("0.003"));
    if ["CA", "NY", "IL", "MA", "NJ"].contains(&state) {
        more("state_filing_status", of(&["married", "head_of_household", "single"]));
        more("state_allowances", json!(choice % 4));
        more("state_extra_withholding", json!("12.00"));
        more("state_exempt", json!(false));
    }
    match state {
        "NY" => {
            more("locality", of(&["new_york_city", "yonkers", "yonkers_nonresident", "none"]));
            if choice.is_multiple_of(4) {
                more("new_york_city_allowances", json!(choice % 3));
            }
        }
        "PA" => {
            more("local_income_tax_rate", json!("0.0128"));
            more("local_services_tax", json!("52.00"));
        }
        "MA" => more("earlier_massachusetts_deduction", json!(money(cents / 4))),
        "NJ" => more("new_jersey_table", of(&["A", "B", "C", "D", "E"])),
        _ => {}
    }
    facts.as_object().expect("facts").clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_tax_is_lost_in_silence_whichever_fact_of_a_payment_is_taken_away(
        state in 0..16usize, form in 0..3usize, choice in 0..120usize, cents in 10_000..5_000_000_i64,
    ) {
        let form = ["w4_2020_or_later", "w4_2019_or_earlier", "none"][form];
        let facts = complete(STATES[state], form, choice, cents);
        let date = day(NOVEMBER);
        static LAW: OnceLock<Law> = OnceLock::new();
        let law = LAW.get_or_init(|| law_on(day(NOVEMBER)));
        let with = paid(law, &facts, date);
        for fact in facts.keys().filter(|fact| !NATURALLY_ABSENT.contains(&fact.as_str())) {
            let lost = lost_in_silence(law, &facts, fact, &with, date);
            prop_assert!(lost.is_empty(), "{lost:?} of {facts:?}");
        }
    }
}
