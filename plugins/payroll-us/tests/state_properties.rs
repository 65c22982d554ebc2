//! What holds for every payment in every state.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::OnceLock;

use payroll_us::{Item, Law, Payslip};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use stele_sdk::prelude::Decimal;
use stele_sdk_test::{Exceptions, day, unexplained};
use support::{law_on, paid};

const STATES: [&str; 6] = ["CA", "NY", "IL", "PA", "MA", "NJ"];
const FREQUENCIES: [&str; 8] =
    ["daily", "weekly", "biweekly", "semimonthly", "monthly", "quarterly", "semiannual", "annual"];

fn law(year: usize) -> &'static Law {
    static LAWS: OnceLock<[Law; 2]> = OnceLock::new();
    let laws = LAWS.get_or_init(|| ["2025-06-30", "2026-06-30"].map(|date| law_on(day(date))));
    &laws[year]
}

fn tax(
    year: usize,
    state: &str,
    frequency: &str,
    married: bool,
    allowances: u32,
    cents: i64,
) -> Decimal {
    let mut facts = json!({
        "gross": Decimal::new(cents, 2).to_string(),
        "pay_frequency": frequency,
        "state": state,
        "state_filing_status": if married { "married" } else { "single" },
        // What a state deducts for social security is capped for the year: left out here.
        "fica_exempt": true,
    });
    match state {
        "PA" => {
            facts["local_income_tax_rate"] = json!("0");
            facts["local_services_tax"] = json!("0");
        }
        "NY" => {
            facts["locality"] = json!("none");
            facts["state_allowances"] = json!(allowances);
        }
        _ => facts["state_allowances"] = json!(allowances),
    }
    let facts: Map<String, Json> = facts.as_object().expect("facts").clone();
    let date = day(["2025-06-30", "2026-06-30"][year]);
    paid(law(year), &facts, date).amount(Item::StateIncomeTax).expect("a line")
}

/// A payslip with everything that an employee of the state may have; what the state does not know is
/// left out.
fn of_everything(year: usize, state: &str, frequency: &str, facts: Json) -> Payslip {
    let mut facts: Map<String, Json> = facts.as_object().expect("facts").clone();
    facts.insert("state".to_owned(), json!(state));
    facts.insert("pay_frequency".to_owned(), json!(frequency));
    match state {
        "PA" => {
            facts.remove("state_allowances");
            facts.insert("local_income_tax_rate".to_owned(), json!("0.0379"));
            facts.insert("local_services_tax".to_owned(), json!("52.00"));
        }
        "CA" => {
            facts.insert("state_additional_allowances".to_owned(), json!(3));
        }
        "MA" => {
            facts.insert("blindness".to_owned(), json!(1));
        }
        _ => {}
    }
    let date = day(["2025-06-30", "2026-06-30"][year]);
    paid(law(year), &facts, date)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_state_withholds_no_more_than_a_sixth_and_never_less_than_nothing(
        year in 0..2usize, state in 0..6usize, frequency in 0..8usize, married: bool,
        allowances in 0..14u32, cents in 0..2_000_000_000_i64,
    ) {
        let tax = tax(year, STATES[state], FREQUENCIES[frequency], married, allowances, cents);
        prop_assert!(tax >= Decimal::ZERO);
        prop_assert!(tax * Decimal::from(6) <= Decimal::new(cents, 2), "{tax} of {cents} cents");
        prop_assert_eq!(tax, tax.round_dp(2));
    }

    #[test]
    fn another_allowance_never_costs_tax(
        year in 0..2usize, state in 0..6usize, frequency in 0..8usize,
        allowances in 0..14u32, cents in 0..10_000_000_i64,
    ) {
        let name = STATES[state];
        let less = tax(year, name, FREQUENCIES[frequency], false, allowances + 1, cents);
        let more = tax(year, name, FREQUENCIES[frequency], false, allowances, cents);
        // New Jersey's and New York's printed tables have seams of up to a dollar at their limits.
        prop_assert!(less <= more + Decimal::ONE, "{less} > {more}");
    }

    #[test]
    fn a_year_of_equal_months_is_withheld_like_the_annual_table_to_within_rounding(
        state in 0..6usize, cents in 100_000..2_000_000i64,
    ) {
        let name = STATES[state];
        let months = tax(1, name, "monthly", false, 0, cents) * Decimal::from(12);
        let year = tax(1, name, "annual", false, 0, cents * 12);
        prop_assert!((months - year).abs() <= Decimal::from(40), "{months} and {year}");
    }

    #[test]
    fn every_line_is_led_to_by_a_sentence_with_its_amount(
        year in 0..2usize, state in 0..6usize, frequency in 0..8usize, married: bool, exempt: bool,
        allowances in 0..14u32, cents in 50_000..200_000_000_i64, bonus in 0..200_000_000_i64,
        deducted in 0..20_000_i64, earlier in 0..30_000_000_i64, locality in 0..4usize,
    ) {
        let (state, money) = (STATES[state], |cents| Decimal::new(cents, 2).to_string());
        let mut facts = json!({
            "gross": money(cents), "supplemental_wages": money(bonus),
            "retirement_deferral": money(deducted), "roth_deferral": money(deducted),
            "cafeteria_contribution": money(deducted / 2),
            "health_savings_contribution": money(deducted / 3), "other_deductions": "10.00",
            "employer_contributions": "25.00", "earlier_fica_wages": money(earlier),
            "taxable_benefits": money(deducted / 4), "reported_tips": money(deducted / 5),
            "group_term_life_cost": money(deducted / 6),
            "employer_health_savings_contribution": money(deducted / 7),
            "retirement_plan": if married { "other" } else { "plan_401k" },
            "earlier_state_wages": money(earlier), "earlier_supplemental_wages": money(earlier),
            "state_filing_status": if married { "married" } else { "single" },
            "state_allowances": allowances, "state_exempt": exempt,
            "state_extra_withholding": if exempt { "0.00" } else { "12.34" },
        });
        if state == "NY" {
            let localities = ["new_york_city", "yonkers", "yonkers_nonresident", "none"];
            facts["locality"] = json!(localities[locality]);
        }
        let out = of_everything(year, state, FREQUENCIES[frequency], facts);
        let exempt = "the certificate says that no tax is withheld";
        let in_words = Exceptions::none()
            .nothing_in_words("exempt", exempt)
            .nothing_in_words("state_exempt", exempt);
        let unexplained = unexplained(&out, &in_words);
        prop_assert!(unexplained.is_empty(), "{unexplained:?}\n{out:?}");
    }
}
