//! An explanation leaves no line out: at least one step leads to each, and says its amount. Those
//! of the cases are looked at by `suite`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::LazyLock;

use payroll_de::{
    Church, Employment, FlatTaxKind, FlatTaxedBenefit, HealthInsurance, Law, NetDeduction,
    NetDeductionKind, OtherJob, PayPeriod, Payment, Payslip, State, TaxClass,
};
use proptest::prelude::*;
use stele_sdk::prelude::{Choice as _, Date, Decimal};
use stele_sdk_test::{Exceptions, day, unexplained};
use support::{insured_days, law_on, payment, payslip, plain};

static DATES: LazyLock<[Date; 4]> =
    LazyLock::new(|| [day("2024-12-31"), day("2025-06-30"), day("2026-02-28"), day("2026-06-30")]);
static LAWS: LazyLock<[Law; 4]> = LazyLock::new(|| DATES.map(law_on));

/// An amount of so many cents.
fn euro(cents: u64) -> Decimal {
    Decimal::new(cents.try_into().expect("an amount"), 2)
}

/// What a payslip may have to do with taxes.
fn taxed(on: usize) -> impl Strategy<Value = Payment> {
    let person = (0..6_usize, any::<Option<bool>>(), 0..4_i64, 0..16_usize, 1..=1000_i64);
    let pay = (0..2_500_000_u64, 0..3_000_000_u64, 0..600_000_u64, 0..2_000_000_u64);
    let reliefs = (any::<[bool; 6]>(), 1980..2024_i64, 0..3_usize, 0..4_usize);
    (person, pay, reliefs).prop_map(move |(person, pay, reliefs)| {
        let (class, church, children, state, factor) = person;
        let (gross, one_off, extra, several) = pay;
        let ([aged, pension, equity, card, factored, years], begun, health, period) = reliefs;
        let mut payment = payment(&plain(&[]), DATES[on]);
        payment.pay_period = PayPeriod::ALL[period];
        payment.gross = euro(gross);
        payment.tax_class = TaxClass::ALL[class];
        payment.factor =
            (factored && payment.tax_class == TaxClass::Four).then(|| Decimal::new(factor, 3));
        payment.child_allowances = Some(Decimal::new(children * 5, 1));
        payment.church = match church {
            None => Church::None,
            Some(true) => Church::Protestant,
            Some(false) => Church::RomanCatholic,
        };
        payment.state = State::ALL[state];
        payment.annual_gross = Some(euro(gross * 12));
        payment.one_off = Some(euro(one_off));
        payment.health_insurance = Some(HealthInsurance::ALL[health]);
        if payment.health_insurance != Some(HealthInsurance::Statutory) {
            payment.private_premium = Some(euro(extra / 8));
            payment.private_subsidy = (payment.health_insurance
                == Some(HealthInsurance::PrivateWithSubsidy))
            .then(|| euro(extra / 20));
        }
        if aged {
            payment.age_relief_year = Some(begun.max(2005));
        }
        if pension {
            payment.pension_pay = Some(euro(gross.min(extra)));
            payment.annual_pension = Some(euro(gross.min(extra) * 12));
            payment.pension_first_month = Some(euro(gross.min(extra)));
            payment.one_off_pension = Some(Decimal::ZERO);
            payment.pension_start_year = Some(begun);
            payment.pension_months = Some(12);
        }
        if equity {
            payment.untaxed_equity = Some(euro(extra));
            payment.one_off = years.then(|| euro(one_off));
        }
        if aged && payment.pay_period == PayPeriod::Month {
            payment.tax_days = Some(children + 11);
        }
        if card {
            payment.allowance = Some(euro(extra / 3));
            payment.addition = Some(euro(extra / 7));
            payment.annual_addition = Some(euro(extra / 3));
            payment.annual_allowance = Some(euro(extra / 2));
        }
        if years && on == 0 {
            payment.multi_year_pay = Some(euro(several));
            payment.multi_year_pension = pension.then(|| euro(extra));
        }
        payment
    })
}

/// Contribution groups, and mini-jobs.
const GROUPS: [&str; 10] =
    ["1111", "0100", "3321", "9111", "0110", "0000", "6500", "6100", "0500", "1011"];

/// What a payslip may have to do with social insurance.
fn insured(on: usize) -> impl Strategy<Value = Payment> {
    let pay = (
        prop_oneof![0..70_000_u64, 30_000..250_000_u64, 0..2_500_000_u64],
        prop_oneof![Just(0), 0..50_000_u64, 0..3_000_000_u64],
    );
    let kind = (0..GROUPS.len(), 1..=30_i64, 0..5_i64, any::<bool>());
    let flags = any::<[bool; 7]>();
    let before = (0..360_i64, 0..10_000_000_u64);
    (pay, kind, flags, before).prop_map(move |(pay, kind, flags, before)| {
        let (gross, one_off) = pay;
        let (group, days, children, zone) = kind;
        let [apprentice, household, saxony, flat, part, levied, free] = flags;
        let group = GROUPS[group];
        let given = [("contribution_group", group), ("earlier_days", "30")];
        let mut payment = payment(&plain(&given), DATES[on]);
        let mini_job = group.starts_with('6') || group.ends_with("500");
        payment.gross = euro(gross);
        payment.one_off = Some(euro(one_off));
        payment.annual_gross = Some(euro(gross * 12));
        payment.insurance_days = part.then(|| insured_days(days, DATES[on]));
        payment.tax_days = part.then(|| i64::from(DATES[on].days_in_month()));
        payment.earlier_pension_base = Some(euro(gross.min(550_000)));
        payment.earlier_health_base = Some(euro(gross.min(550_000)));
        payment.last_year_days = Some(before.0);
        payment.last_year_pension_base = Some(euro(before.1));
        payment.last_year_health_base = Some(euro(before.1 / 2));
        payment.last_year_additional_rate = Some(Decimal::new(25, 3));
        payment.state = if saxony { State::Saxony } else { State::Bremen };
        payment.care_discounts = Some(children);
        payment.care_childless = Some(children == 0 && part);
        payment.transition_zone = Some(zone);
        payment.employment = Some(match (mini_job, apprentice, household) {
            (true, _, true) => Employment::MiniJobInHousehold,
            (true, ..) => Employment::MiniJob,
            (false, true, _) => Employment::Apprentice,
            (false, false, _) => Employment::Regular,
        });
        payment.flat_tax = mini_job.then_some(flat);
        payment.flat_tax_kind = (mini_job && flat).then_some(FlatTaxKind::MiniJob);
        payment.u1_rate = Some(Decimal::new(if levied { 16 } else { 0 }, 3));
        payment.u2_rate = Some(Decimal::new(if levied { 39 } else { 0 }, 4));
        payment.insolvency_levy = free.then_some(false);
        payment.tax_free_pay = free.then(|| euro(5_000));
        payment.benefits_in_kind = household.then(|| euro(gross / 3));
        if one_off == 0 && !mini_job && levied {
            payment.other_jobs = vec![OtherJob { pay: euro(before.1 / 20) }];
        }
        payment.several_jobs = Some(!payment.other_jobs.is_empty());
        if free {
            let kind = NetDeductionKind::Garnishment;
            payment.net_deductions = vec![NetDeduction { kind, amount: euro(before.1 / 99) }];
        }
        if part && mini_job {
            payment.flat_taxed_benefits = vec![FlatTaxedBenefit {
                kind: FlatTaxKind::Commuting,
                amount: euro(before.1 / 77),
            }];
        }
        if group.as_bytes()[2] == b'1' && saxony {
            payment.short_time_target_pay = Some(euro(gross + before.1 / 20));
            payment.short_time_allowance = Some(euro(before.1 / 50));
        }
        payment.least_base_elsewhere = (mini_job && levied).then_some(part);
        if group.starts_with('0') && !mini_job {
            payment.health_insurance = Some(HealthInsurance::PrivateWithSubsidy);
            payment.private_subsidy = Some(euro(one_off / 9));
        }
        payment
    })
}

fn assert_explained(on: usize, payment: &Payment) -> Result<(), TestCaseError> {
    let out = payslip(&LAWS[on], payment).unwrap_or_else(|fault| panic!("{fault}"));
    let unexplained = unexplained(&out, &Exceptions::none());
    prop_assert!(unexplained.is_empty(), "{unexplained:?}\n{out:?}");
    for step in out.steps() {
        prop_assert!(step.line.is_some(), "{} leads to no line", step.text);
    }
    let mut bare = Payslip::new(false);
    <payroll_de::GermanyPayroll as stele_sdk::Rule>::evaluate(&LAWS[on], payment, &mut bare)
        .unwrap_or_else(|fault| panic!("{fault}"));
    prop_assert!(out.lines().eq(bare.lines()));
    Ok(())
}

proptest! {
    #[test]
    fn every_line_of_taxes_is_explained((on, payment) in (0..4_usize).prop_flat_map(|on| (Just(on), taxed(on)))) {
        assert_explained(on, &payment)?;
    }

    #[test]
    fn every_line_of_contributions_is_explained((on, payment) in (1..4_usize).prop_flat_map(|on| (Just(on), insured(on)))) {
        assert_explained(on, &payment)?;
    }
}
