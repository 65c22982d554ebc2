//! The employer's subsidy to private health and care insurance: SGB V § 257 Abs. 2, SGB XI § 61
//! Abs. 2.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::choices::State;
use crate::days::MONTH;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::ContributionYear;
use crate::rounding::{half, half_up, share_half_up};
use crate::social::one_off::YEAR;
use crate::steps::{PayStep, Step};

/// The subsidy, which is free of tax and contributions (EStG § 3 Nr. 62) up to what statutory
/// insurance would cost the employer on this pay, and up to half of the premium: for health and for
/// care insurance apart, as far as their premiums are given.
pub(crate) fn subsidy(year: &ContributionYear, payment: &Payment, out: &mut Payslip) -> Decimal {
    let Some(subsidy) = payment.private_subsidy else {
        return Decimal::ZERO;
    };
    let days = payment.insurance_days.unwrap_or(MONTH);
    let ceiling = share_half_up(year.health_ceiling, days, YEAR);
    let one_off = payment.contributory_one_off.or(payment.one_off).unwrap_or_default();
    let pay = payment.contributory_gross.unwrap_or(payment.gross) + one_off;
    let base = pay.at_most(ceiling);
    let rate = half(year.health_rate + year.average_additional_rate);
    let saxony = payment.state == State::Saxony;
    let of_premium = |most: Decimal, premium: Option<Decimal>| match premium {
        Some(premium) => most.at_most(half_up(half(premium))),
        None => most,
    };
    let most = of_premium(half_up(base * rate), payment.private_health_premium)
        + of_premium(half_up(base * year.employer_care_rate(saxony)), payment.private_care_premium);
    compare(payment, subsidy, most, out);
    out.step(|| Step::from(PayStep::Stated { amount: subsidy }));
    out.line(Item::PrivateSubsidy, subsidy);
    subsidy
}

/// Says what the subsidy exceeds. The premium that wage tax knows is that of basic insurance, health
/// and care together; half of the whole premium of each may be more. Where neither is given, it is
/// the only bound of Satz 2, and what exceeds it is worth a warning of its own. What could not be
/// compared is said where nothing was exceeded.
fn compare(payment: &Payment, subsidy: Decimal, most: Decimal, out: &mut Payslip) {
    if subsidy.is_zero() {
        return;
    }
    let above_limit = subsidy > most;
    if above_limit {
        out.finding(Finding::SubsidyAboveLimit).limit(most).actual(subsidy);
    }
    let (health, care) = (payment.private_health_premium, payment.private_care_premium);
    if health.is_some() && care.is_some() {
        return;
    }
    let together = payment.private_premium.filter(|_| health.is_none() && care.is_none());
    let half_of_premium = together.map(|premium| half_up(half(premium)));
    match half_of_premium {
        Some(limit) if subsidy > limit => {
            out.finding(Finding::SubsidyAboveHalfOfPremium).limit(limit).actual(subsidy);
        }
        _ if !above_limit => {
            out.finding(Finding::SubsidyPremiumsNotApart).limit(most).actual(subsidy);
        }
        _ => {}
    }
}
