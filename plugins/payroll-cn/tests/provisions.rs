//! The provisions one by one: limits, choices, and what is refused.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_cn::{ChinaPayroll, Contribution, Item, Law, Month};
use stele_sdk::prelude::*;
use stele_sdk_test::{amount, day, facts};
use support::{employee, law_on, month, paid, payslip, pointer};

/// Tax of a first month with so much taxable income.
fn tax_on(taxable: &str) -> Decimal {
    let date = day("2026-01-31");
    let gross = (amount(taxable) + amount("5000")).to_string();
    let given =
        employee(&[("gross", &gross), ("months_employed", "1"), ("employee_contributions", "0")]);
    paid(&law_on(date), &given, date).amount(Item::IncomeTax).expect("a tax")
}

#[test]
fn a_bracket_includes_its_limit() {
    for (taxable, tax) in [
        ("0", "0"),
        ("0.16", "0.00"),
        ("0.17", "0.01"),
        ("36000", "1080"),
        ("36000.01", "1080.00"),
        ("36000.05", "1080.01"),
        ("144000", "11880"),
        ("300000", "43080"),
        ("420000", "73080"),
        ("660000", "145080"),
        ("960000", "250080"),
        ("960000.10", "250080.05"),
        ("1000000", "268080"),
    ] {
        assert_eq!(tax_on(taxable), amount(tax), "{taxable}");
    }
}

#[test]
fn half_a_fen_is_rounded_up() {
    // 1.50 × 3 % = 0.045
    assert_eq!(tax_on("1.50"), amount("0.05"));
}

#[test]
fn a_twelfth_just_above_a_limit_takes_the_higher_rate() {
    let date = day("2025-12-31");
    let law = law_on(date);
    for (bonus, tax) in [
        ("36000.00", "1080.00"),
        ("36000.01", "3390.00"),
        ("144000.00", "14190.00"),
        ("144000.01", "27390.00"),
        ("300000", "58590"),
        ("300000.01", "72340.00"),
        ("420000", "102340"),
        ("420000.01", "121590.00"),
        ("660000", "193590"),
        ("660000.01", "223840.00"),
        ("960000", "328840"),
        ("960000.01", "416840.00"),
    ] {
        let given = employee(&[
            ("gross", "0"),
            ("months_employed", "12"),
            ("employee_contributions", "0"),
            ("annual_bonus", bonus),
        ]);
        let found = paid(&law, &given, date).amount(Item::AnnualBonusTax);
        assert_eq!(found, Some(amount(tax)), "{bonus}");
    }
}

#[test]
fn a_deduction_is_given_by_month_or_cumulatively_but_not_both() {
    let date = day("2026-02-28");
    let law = law_on(date);
    let mut given = employee(&[
        ("gross", "20000"),
        ("months_employed", "2"),
        ("employee_contributions", "0"),
        ("earlier_gross", "20000"),
        ("earlier_tax_withheld", "450"),
        ("cumulative_additional_deductions", "6000"),
    ]);
    let out = paid(&law, &given, date);
    assert_eq!(out.amount(Item::CumulativeTaxableIncome), Some(amount("24000")));
    assert_eq!(out.amount(Item::IncomeTax), Some(amount("270")));
    given.extend(facts(&[("additional_deductions", "3000")]));
    let fault = payslip(&law, &month(&given, date)).expect_err("a fault");
    assert_eq!(pointer(&fault), "/cumulative_additional_deductions");
}

#[test]
fn the_whole_year_deduction_is_refused_before_it_existed() {
    let date = day("2020-01-31");
    let given = employee(&[
        ("gross", "4000"),
        ("months_employed", "1"),
        ("employee_contributions", "0"),
        ("basic_deduction", "whole_year"),
    ]);
    let fault = payslip(&law_on(date), &month(&given, date)).expect_err("a fault");
    assert!(fault.concerns(Month::BASIC_DEDUCTION), "{fault}");
}

#[test]
fn shenzhen_asks_for_the_household_and_charges_locals_only() {
    let date = day("2026-11-22");
    let law = law_on(date);
    let mut given = employee(&[
        ("gross", "20000"),
        ("months_employed", "1"),
        ("city", "shenzhen"),
        ("housing_fund_rate", "0.05"),
        ("work_injury_rate", "0.002"),
    ]);
    let fault = payslip(&law, &month(&given, date)).expect_err("a fault");
    assert!(fault.concerns(Month::LOCAL_HOUSEHOLD), "{fault}");
    given.insert("local_household".into(), false.into());
    assert_eq!(paid(&law, &given, date).amount(Item::SupplementaryPensionEmployer), None);
    given.insert("local_household".into(), true.into());
    let found = paid(&law, &given, date).amount(Item::SupplementaryPensionEmployer);
    assert_eq!(found, Some(amount("200")));
}

#[test]
fn every_city_is_known_today() {
    let date = day("2026-11-22");
    let law = law_on(date);
    for city in ["beijing", "shanghai", "guangzhou", "shenzhen", "hangzhou", "chengdu"] {
        let mut given = employee(&[
            ("gross", "20000"),
            ("months_employed", "11"),
            ("city", city),
            ("housing_fund_rate", "0.07"),
            ("work_injury_rate", "0.004"),
        ]);
        given.insert("local_household".into(), true.into());
        assert!(paid(&law, &given, date).amount(Item::NetPay).is_some(), "{city}");
    }
}

#[test]
fn given_terms_are_refused_where_the_law_forbids_them() {
    let date = day("2026-11-22");
    let law = law_on(date);
    let term = |branch: &str, employee: &str| serde_json::json!({"branch": branch, "floor": "0", "employee_rate": employee, "employer_rate": "0.01"});
    let all = vec![
        term("pension", "0.01"),
        term("medical", "0.01"),
        term("maternity", "0"),
        term("unemployment", "0.01"),
        term("work_injury", "0"),
        term("housing_fund", "0.01"),
    ];
    let with = |terms: Vec<serde_json::Value>| {
        let mut given = employee(&[("gross", "20000"), ("months_employed", "1")]);
        given.insert("contribution_terms".into(), terms.into());
        payslip(&law, &month(&given, date))
    };
    assert!(with(all.clone()).is_ok());
    for row in 0..all.len() {
        let mut without = all.clone();
        let branch = without.remove(row)["branch"].as_str().expect("a branch").to_owned();
        let fault = with(without).expect_err("a fault");
        assert_eq!(pointer(&fault), "/contribution_terms");
        assert!(fault.message().ends_with(&format!("found none for {branch}")), "{fault}");
        let mut without = all.clone();
        without[row].as_object_mut().expect("a row").remove("floor");
        let fault = with(without).expect_err("a fault");
        assert_eq!(pointer(&fault), format!("/contribution_terms/{row}/floor"));
    }
    let mut twice = all.clone();
    twice.push(term("pension", "0.01"));
    assert_eq!(pointer(&with(twice).expect_err("a fault")), "/contribution_terms/6/branch");
    let mut employer_alone = all;
    employer_alone[4] = term("work_injury", "0.01");
    let fault = with(employer_alone).expect_err("a fault");
    assert_eq!(pointer(&fault), "/contribution_terms/4/employee_rate");
}

#[test]
fn parameters_that_contradict_themselves_are_refused() {
    let law = law_on(day("2026-11-22"));
    let refused = |change: fn(&mut Law)| {
        let mut law = law.clone();
        change(&mut law);
        ChinaPayroll::check(&law).expect_err("a fault")
    };
    let twisted = refused(|law| {
        let row: &mut Contribution = &mut law.contributions[0];
        std::mem::swap(&mut row.floor, &mut row.cap);
    });
    assert!(twisted.concerns_parameter(Law::CONTRIBUTIONS), "{twisted}");
    assert!(
        refused(|law| law.housing_funds[0].highest_rate = Decimal::ZERO)
            .concerns_parameter(Law::HOUSING_FUNDS)
    );
}
