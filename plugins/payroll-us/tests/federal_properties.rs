//! What holds for every payment under federal law.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::OnceLock;

use payroll_us::{Item, Law, Payslip};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::{Date, Decimal};
use stele_sdk_test::{amount, day};
use support::{law_on, paid, payment, payslip};

const DATES: [&str; 4] = ["2023-06-30", "2024-06-30", "2025-06-30", "2026-06-30"];
const FREQUENCIES: [&str; 8] =
    ["daily", "weekly", "biweekly", "semimonthly", "monthly", "quarterly", "semiannual", "annual"];
const STATUSES: [&str; 3] = ["single", "married_joint", "head_of_household"];

fn law(year: usize) -> (&'static Law, Date) {
    static LAWS: OnceLock<Vec<Law>> = OnceLock::new();
    let laws = LAWS.get_or_init(|| DATES.iter().map(|date| law_on(day(date))).collect());
    (&laws[year], day(DATES[year]))
}

fn money(cents: i64) -> String {
    Decimal::new(cents, 2).to_string()
}

fn of(year: usize, facts: Json) -> Payslip {
    let Json::Object(mut facts) = facts else { panic!("an object") };
    facts.insert("state".to_owned(), json!("none"));
    let (law, date) = law(year);
    paid(law, &facts, date)
}

fn line(out: &Payslip, item: Item) -> Decimal {
    out.amount(item).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn net_pay_and_what_was_taken_make_up_the_pay(
        year in 0..4usize, frequency in 0..8usize, status in 0..3usize, cents in 100_000..9_000_000_i64,
        bonus in 0..2_000_000_i64, deferral in 0..50_000_i64, cafeteria in 0..20_000_i64,
        health in 0..20_000_i64, roth in 0..10_000_i64, earlier in 0..30_000_000_i64,
        not_paid in 0..20_000_i64,
    ) {
        let out = of(year, json!({
            "gross": money(cents), "pay_frequency": FREQUENCIES[frequency],
            "filing_status": STATUSES[status], "supplemental_wages": money(bonus),
            "retirement_deferral": money(deferral), "cafeteria_contribution": money(cafeteria),
            "health_savings_contribution": money(health), "roth_deferral": money(roth),
            "earlier_fica_wages": money(earlier),
            // Wages that are not paid out change what is taken, not what there is to take it from.
            "taxable_benefits": money(not_paid), "reported_tips": money(not_paid / 2),
            "group_term_life_cost": money(not_paid / 3),
        }));
        let taken = [
            Item::RetirementDeferral, Item::CafeteriaContribution, Item::HealthSavingsContribution,
            Item::FederalIncomeTax, Item::SocialSecurity, Item::Medicare, Item::AdditionalMedicare,
            Item::RothDeferral,
        ];
        let taken: Decimal = taken.into_iter().map(|item| line(&out, item)).sum();
        prop_assert_eq!(line(&out, Item::TotalDeductions), taken);
        prop_assert_eq!(line(&out, Item::NetPay) + taken, Decimal::new(cents + bonus, 2));
        let cost = [Item::EmployerSocialSecurity, Item::EmployerMedicare, Item::Futa];
        let cost: Decimal = cost.into_iter().map(|item| line(&out, item)).sum();
        prop_assert_eq!(line(&out, Item::EmployerCost), Decimal::new(cents + bonus, 2) + cost);
        prop_assert_eq!(
            line(&out, Item::MedicareWages) - line(&out, Item::FederalTaxableWages),
            Decimal::new(deferral + not_paid / 3, 2)
        );
        for line in out.lines() {
            prop_assert_eq!(line.amount, line.amount.round_dp(2), "{}", line.name);
            prop_assert!(line.amount >= Decimal::ZERO, "{} is {}", line.name, line.amount);
        }
    }

    #[test]
    fn a_higher_wage_is_never_withheld_less_and_never_more_than_the_highest_rate_of_the_rise(
        year in 0..4usize, frequency in 0..8usize, status in 0..3usize,
        cents in 0..30_000_000_i64, rise in 0..1_000_000_i64,
    ) {
        let tax = |cents| {
            let facts = json!({
                "gross": money(cents), "pay_frequency": FREQUENCIES[frequency],
                "filing_status": STATUSES[status],
            });
            line(&of(year, facts), Item::FederalIncomeTax)
        };
        let more = tax(cents + rise) - tax(cents);
        prop_assert!(more >= Decimal::ZERO, "{more}");
        let most = Decimal::new(rise, 2) * amount("0.37") + amount("0.01");
        prop_assert!(more <= most, "{more} of a rise of {rise} cents");
    }

    #[test]
    fn a_checked_box_an_extra_amount_or_other_income_never_lowers_the_tax_and_a_deduction_never_raises_it(
        year in 0..4usize, frequency in 0..8usize, status in 0..3usize, cents in 0..5_000_000_i64,
        yearly in 0..5_000_000_i64,
    ) {
        let with = |fact: &str, value: Json| {
            let mut facts = json!({
                "gross": money(cents), "pay_frequency": FREQUENCIES[frequency],
                "filing_status": STATUSES[status],
            });
            facts[fact] = value;
            line(&of(year, facts), Item::FederalIncomeTax)
        };
        let plain = with("exempt", json!(false));
        prop_assert!(with("multiple_jobs", json!(true)) >= plain);
        prop_assert!(with("other_income", json!(money(yearly))) >= plain);
        prop_assert!(with("deductions", json!(money(yearly))) <= plain);
        prop_assert!(with("tax_credits", json!(money(yearly))) <= plain);
        let extra = with("extra_withholding", json!(money(yearly)));
        prop_assert!((extra - plain - Decimal::new(yearly, 2)).abs() <= amount("0.01"));
    }

    #[test]
    fn social_security_of_a_year_is_the_rate_of_the_wage_base_however_it_is_paid(
        year in 0..4usize, payments in prop::collection::vec(1_00..6_000_000_i64, 1..14),
    ) {
        let (law, _) = law(year);
        let (mut earlier, mut tax, mut unemployment) = (0, Decimal::ZERO, Decimal::ZERO);
        for cents in &payments {
            let out = of(year, json!({
                "gross": money(*cents), "pay_frequency": "monthly",
                "earlier_fica_wages": money(earlier),
            }));
            tax += line(&out, Item::SocialSecurity);
            unemployment += line(&out, Item::Futa);
            earlier += cents;
        }
        let wages = Decimal::new(earlier, 2);
        let rounding = Decimal::new(i64::try_from(payments.len()).expect("few"), 2);
        let exact = wages.min(law.social_security_wage_base) * law.social_security_rate;
        prop_assert!((tax - exact).abs() <= rounding, "{tax} and {exact}");
        let exact = wages.min(law.futa_wage_base) * (law.futa_rate - law.futa_credit);
        prop_assert!((unemployment - exact).abs() <= rounding, "{unemployment} and {exact}");
    }

    #[test]
    fn a_million_of_supplemental_wages_is_taxed_alike_however_it_is_paid(
        year in 0..4usize, payments in prop::collection::vec(1_00..60_000_000_i64, 1..6),
    ) {
        let (mut earlier, mut tax) = (0, Decimal::ZERO);
        for cents in &payments {
            let out = of(year, json!({
                "gross": "0.00", "pay_frequency": "monthly", "supplemental_wages": money(*cents),
                "earlier_supplemental_wages": money(earlier),
            }));
            tax += line(&out, Item::FederalIncomeTax);
            earlier += cents;
        }
        let wages = Decimal::new(earlier, 2);
        let flat = wages.min(amount("1000000"));
        let exact = flat * amount("0.22") + (wages - flat) * amount("0.37");
        prop_assert!((tax - exact).abs() <= amount("0.06"), "{tax} and {exact}");
    }

    #[test]
    fn whatever_is_given_there_is_a_payslip_or_a_fault_that_names_a_fact_and_quotes_the_law(
        form in prop::option::weighted(0.3, 0..4usize), status in prop::option::of(0..3usize),
        frequency in 0..9usize,
        flags in prop::collection::vec(prop::option::weighted(0.15, any::<bool>()), 6),
        amounts in prop::collection::vec(prop::option::weighted(0.15, 0..100_000_000_000_i64), 20),
        allowances in prop::option::weighted(0.1, 0..99_i64),
        aggregate in prop::option::weighted(0.2, any::<bool>()),
        state in prop::option::weighted(0.8, 0..5usize),
    ) {
        let forms =
            ["w4_2020_or_later", "w4_2019_or_earlier", "w4p_2022_or_later", "w4p_2021_or_earlier"];
        let names = [
            "supplemental_wages", "other_jobs_and_pensions", "tax_credits", "other_income",
            "deductions", "extra_withholding", "earlier_supplemental_wages", "wages_already_paid",
            "tax_already_withheld", "retirement_deferral", "cafeteria_contribution",
            "roth_deferral", "earlier_fica_wages", "spouse_wages", "gross", "taxable_benefits",
            "group_term_life_cost", "reported_tips", "employer_health_savings_contribution",
            "earlier_futa_wages",
        ];
        let switches = [
            "multiple_jobs", "exempt", "lock_in_letter", "nonresident_alien", "fica_exempt",
            "futa_exempt",
        ];
        let mut facts = Map::new();
        facts.insert("gross".to_owned(), json!("0.00"));
        let frequencies: Vec<&str> = FREQUENCIES.iter().copied().chain(["year_estimate"]).collect();
        facts.insert("pay_frequency".to_owned(), json!(frequencies[frequency]));
        for (name, value) in switches.iter().zip(&flags) {
            if let Some(value) = value {
                facts.insert((*name).to_owned(), json!(value));
            }
        }
        for (name, value) in names.iter().zip(&amounts) {
            if let Some(value) = value {
                facts.insert((*name).to_owned(), json!(money(*value)));
            }
        }
        let choices = [
            ("withholding_form", form.map(|form| json!(forms[form]))),
            ("filing_status", status.map(|status| json!(STATUSES[status]))),
            ("allowances", allowances.map(|number| json!(number))),
            ("supplemental_method", aggregate.map(|both| json!(if both { "aggregate" } else { "flat" }))),
            ("state", state.map(|state| json!(["CA", "NY", "TX", "PA", "none"][state]))),
        ];
        for (name, value) in choices {
            if let Some(value) = value {
                facts.insert(name.to_owned(), value);
            }
        }
        let (law, date) = law(3);
        match payslip(law, &payment(&facts, date)) {
            Ok(out) => prop_assert!(out.amount(Item::NetPay).is_some()),
            Err(fault) => {
                prop_assert!(!support::pointer(&fault).is_empty(), "{fault}");
                prop_assert!(fault.citation().is_some(), "{fault}");
                prop_assert!(fault.message().contains("found"), "{fault}");
            }
        }
    }
}
