//! The provisions one by one: codes, periods, thresholds, and what is refused.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_gb::{Band, Item, Law, Payslip, Threshold, UnitedKingdomPayroll};
use stele_sdk::jiff::ToSpan as _;
use stele_sdk::prelude::*;
use stele_sdk_test::{amount, day};
use support::{facts, law_on, paid, payment, payslip};

fn pay(date: &str, pairs: &[(&str, &str)]) -> Payslip {
    let date = day(date);
    paid(&law_on(date), &facts(pairs), date)
}

fn fault(date: &str, pairs: &[(&str, &str)]) -> Fault {
    let date = day(date);
    let result = payslip(&law_on(date), &payment(&facts(pairs), date));
    result.err().unwrap_or_else(|| panic!("a fault for {pairs:?}"))
}

fn step(out: &Payslip, name: &str) -> String {
    let step = out.steps().find(|step| step.name == name);
    step.unwrap_or_else(|| panic!("no step {name}\n{out:?}")).text
}

/// What a step gives.
fn result(out: &Payslip, name: &str) -> Option<Decimal> {
    let step = out.steps().find(|step| step.name == name);
    step.unwrap_or_else(|| panic!("no step {name}\n{out:?}")).result
}

#[test]
fn free_pay_is_that_of_tables_a() {
    for (code, frequency, free) in [
        ("1L", "monthly", "1.59"),
        ("499L", "monthly", "416.59"),
        ("500L", "monthly", "417.42"),
        ("501L", "monthly", "418.26"),
        ("1000L", "monthly", "834.09"),
        ("1001L", "monthly", "834.93"),
        ("1257L", "monthly", "1048.26"),
        ("999999T", "monthly", "833339.92"),
        ("500L", "weekly", "96.33"),
        ("501L", "weekly", "96.53"),
        ("1257L", "weekly", "241.92"),
        ("1257N", "four_weekly", "967.68"),
    ] {
        let period = if frequency == "four_weekly" { "4" } else { "1" };
        let given = [
            ("gross", "0"),
            ("pay_frequency", frequency),
            ("tax_code", code),
            ("tax_period", period),
        ];
        let found = result(&pay("2026-05-01", &given), "free_pay_free_pay");
        assert_eq!(found, Some(amount(free)), "{code} {frequency}");
    }
}

#[test]
fn a_code_is_read_in_small_letters_and_with_blanks_around_it() {
    let tax = |code| {
        let given = [("gross", "3000"), ("pay_frequency", "monthly"), ("tax_code", code)];
        pay("2026-04-30", &given).amount(Item::IncomeTax)
    };
    assert_eq!(tax(" s1257l "), tax("S1257L"));
    assert!(tax("S1257L").is_some());
}

#[test]
fn what_is_no_code_is_refused() {
    for code in [
        "",
        "L",
        "1257",
        "0L",
        "0125L",
        "1257P",
        "12A7L",
        "1234567L",
        "K",
        "K0",
        "K10000",
        "K12L",
        "D",
        "D4",
        "D9",
        "BR1",
        "SBRX",
        "CNT",
        "SNT",
        "XL",
        "Q99",
        "1257LX",
        "1257L M1",
        "BR W1",
        "SS1257L",
        "1257L1257L1257L",
        "€12L",
    ] {
        let given = [("gross", "3000"), ("pay_frequency", "monthly"), ("tax_code", code)];
        let fault = fault("2026-04-30", &given);
        assert!(fault.concerns(payroll_gb::Payment::TAX_CODE), "{code}: {fault}");
        assert!(fault.citation().is_some(), "{code}");
    }
}

#[test]
fn d2_and_d3_are_for_scotland() {
    for code in ["D2", "D3", "CD2", "CD3"] {
        let given = [("gross", "3000"), ("pay_frequency", "monthly"), ("tax_code", code)];
        let fault = fault("2026-04-30", &given);
        assert!(fault.message().contains("BR, D0, D1"), "{fault}");
    }
    let given = [("gross", "3000"), ("pay_frequency", "monthly"), ("tax_code", "SD2")];
    assert_eq!(pay("2026-04-30", &given).amount(Item::IncomeTax), Some(amount("1350.00")));
}

#[test]
fn tax_months_and_weeks_begin_on_the_sixth_of_april() {
    let number = |date, frequency| {
        let given = [("gross", "0"), ("pay_frequency", frequency), ("tax_code", "1257L")];
        let out = pay(date, &given);
        let kind = if out.steps().any(|step| step.name == "basis_cumulative") { "" } else { "W1 " };
        let name = if kind.is_empty() { "basis_cumulative" } else { "basis_week1_month1" };
        let text = step(&out, name);
        let digits: String = match kind {
            "" => text.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_owned(),
            _ => text.split("allowances of ").nth(1).unwrap_or_default()[..1].to_owned(),
        };
        format!("{kind}{digits}")
    };
    for (date, monthly, weekly, two_weekly) in [
        ("2025-04-06", "1", "1", "1"),
        ("2025-04-12", "1", "1", "1"),
        ("2025-04-13", "1", "2", "2"),
        ("2025-05-05", "1", "5", "5"),
        ("2025-05-06", "2", "5", "5"),
        ("2025-12-31", "9", "39", "39"),
        ("2026-01-01", "9", "39", "39"),
        ("2026-01-05", "9", "40", "40"),
        ("2026-01-06", "10", "40", "40"),
        ("2026-04-04", "12", "52", "52"),
        ("2026-04-05", "12", "W1 1", "W1 2"),
        ("2026-04-06", "1", "1", "1"),
    ] {
        assert_eq!(number(date, "monthly"), monthly, "{date} monthly");
        assert_eq!(number(date, "weekly"), weekly, "{date} weekly");
        assert_eq!(number(date, "two_weekly"), two_weekly, "{date} two-weekly");
    }
}

#[test]
fn a_director_has_no_year_so_far_in_the_month_of_the_appointment() {
    for week in 1..=52 {
        let begins = day("2025-04-06").saturating_add(((week - 1) * 7).days());
        let number =
            (1..=12).find(|number| begins < day("2025-04-06").saturating_add(number.months()));
        let warned = |number: i32| {
            let (week, number) = (week.to_string(), number.to_string());
            let given = [
                ("gross", "3000"),
                ("pay_frequency", "monthly"),
                ("tax_period", &number),
                ("ni_category", "A"),
                ("director", "annual"),
                ("director_since_week", &week),
            ];
            let out = pay("2025-04-30", &given);
            out.findings().any(|finding| finding.subject == Some("earlier_ni_earnings"))
        };
        let number = number.expect("a month");
        assert!(!warned(number), "week {week}, month {number}");
        assert!(number == 12 || warned(number + 1), "week {week}, month {number} and one");
    }
}

#[test]
fn thresholds_of_several_weeks_and_months_are_rounded_up_to_the_pound() {
    // Employee: primary threshold and upper earnings limit; employer: secondary threshold.
    for (frequency, primary, upper, secondary) in [
        ("weekly", "242", "967", "96"),
        ("two_weekly", "484", "1934", "193"),
        ("four_weekly", "967", "3867", "385"),
        ("monthly", "1048", "4189", "417"),
        ("quarterly", "3143", "12568", "1250"),
        ("half_yearly", "6285", "25135", "2500"),
        ("yearly", "12570", "50270", "5000"),
    ] {
        let given = [("gross", "60000"), ("pay_frequency", frequency), ("ni_category", "A")];
        let out = pay("2025-09-30", &given);
        for (name, limit) in [
            ("limits_primary_threshold", primary),
            ("limits_upper_earnings_limit", upper),
            ("of_employer_employer_threshold", secondary),
        ] {
            assert_eq!(result(&out, name), Some(amount(limit)), "{frequency}: {name}");
        }
    }
}

#[test]
fn the_lower_earnings_limit_of_a_month_is_four_and_a_third_weeks() {
    for (date, frequency, limit) in [
        ("2025-09-30", "weekly", "125"),
        ("2025-09-30", "two_weekly", "250"),
        ("2025-09-30", "monthly", "542"),
        ("2025-09-30", "quarterly", "1625"),
        ("2026-09-30", "weekly", "129"),
        ("2026-09-30", "monthly", "559"),
        ("2026-09-30", "yearly", "6708"),
    ] {
        let given = [("gross", "60000"), ("pay_frequency", frequency), ("ni_category", "A")];
        let out = pay(date, &given);
        assert_eq!(out.amount(Item::NiEarningsToLel), Some(amount(limit)), "{date} {frequency}");
    }
    let below = [("gross", "558.99"), ("pay_frequency", "monthly"), ("ni_category", "A")];
    assert_eq!(pay("2026-09-30", &below).amount(Item::NiEarningsToLel), None);
}

#[test]
fn every_letter_but_x_has_rates_in_both_years() {
    for date in ["2025-04-06", "2026-04-05", "2026-04-06", "2027-04-05"] {
        let law = law_on(day(date));
        assert_eq!(law.ni_rates.len(), 23, "{date}");
        for letter in payroll_gb::NiCategory::ALL {
            let found = law.ni_rates.iter().any(|row| row.category == *letter);
            let liable = !["X", "none"].contains(&letter.name());
            assert_eq!(found, liable, "{} on {date}", letter.name());
        }
    }
}

#[test]
fn category_x_goes_without_earnings_only() {
    let given = |gross| [("gross", gross), ("pay_frequency", "monthly"), ("ni_category", "X")];
    let out = pay("2026-09-30", &given("0"));
    assert_eq!(out.amount(Item::EmployeeNi), None);
    assert_eq!(out.amount(Item::EmployerCost), Some(Decimal::ZERO));
    let fault = fault("2026-09-30", &given("0.01"));
    assert!(fault.concerns(payroll_gb::Payment::NI_CATEGORY), "{fault}");
}

#[test]
fn nothing_is_said_about_what_is_not_asked() {
    let out = pay("2026-04-30", &[("gross", "1500"), ("pay_frequency", "monthly")]);
    let names: Vec<_> = out.lines().map(|line| line.name).collect();
    let tax = ["taxable_pay", "taxable_pay_to_date", "income_tax", "tax_to_date"];
    let sums = ["total_deductions", "net_pay", "employer_cost"];
    assert_eq!(names, [["gross"].as_slice(), &tax, &sums].concat());
    assert_eq!(out.findings().count(), 0);
}

#[test]
fn contradictory_pension_facts_are_refused() {
    let base = [("gross", "3000"), ("pay_frequency", "monthly")];
    for (more, part) in [
        (
            vec![("employee_pension_rate", "0.05"), ("pension_arrangement", "relief_at_source")],
            "pension rate is given",
        ),
        (vec![("pension_basis", "total_pay")], "left out"),
        (vec![("pensionable_pay", "100")], "left out"),
        (vec![("pension_arrangement", "relief_at_source")], "contributes nothing"),
        (
            vec![("employer_pension_rate", "0.03"), ("pension_basis", "pensionable_pay")],
            "must be given",
        ),
        (
            vec![
                ("employer_pension_rate", "0.03"),
                ("employer_pension_amount", "5"),
                ("pension_basis", "total_pay"),
            ],
            "where the rate is given",
        ),
        (
            vec![
                ("employee_pension_amount", "3000.01"),
                ("pension_arrangement", "salary_sacrifice"),
            ],
            "above the pay",
        ),
    ] {
        let given: Vec<_> = base.iter().copied().chain(more).collect();
        let fault = fault("2026-09-30", &given);
        assert!(fault.message().contains(part), "{given:?}: {fault}");
    }
}

#[test]
fn a_misprint_in_the_bands_is_found() {
    let law = law_on(day("2026-09-30"));
    let spoilt = |change: fn(&mut Law)| {
        let mut law = law.clone();
        change(&mut law);
        UnitedKingdomPayroll::check(&law).expect_err("a contradiction")
    };
    let wrong_tax = spoilt(|law| law.scottish_bands[1].tax = Some(Decimal::ONE));
    assert!(wrong_tax.concerns_parameter(Law::SCOTTISH_BANDS), "{wrong_tax}");
    let falling = spoilt(|law| law.bands[1].up_to = Some(Decimal::ONE));
    assert!(falling.message().contains("must rise"), "{falling}");
    let open = |band: &mut Band| (band.up_to, band.tax) = (None, None);
    let mut law = law_on(day("2026-09-30"));
    open(&mut law.welsh_bands[0]);
    assert!(UnitedKingdomPayroll::check(&law).is_err());
    let missing = spoilt(|law| law.ni_thresholds.truncate(8));
    assert!(missing.concerns_parameter(Law::NI_THRESHOLDS), "{missing}");
    let swapped = spoilt(|law| {
        let row: &mut Threshold = &mut law.ni_thresholds[0];
        std::mem::swap(&mut row.week, &mut row.month);
    });
    assert!(swapped.concerns_parameter(Law::NI_THRESHOLDS), "{swapped}");
}
