//! The employer's subsidy to private health and care insurance: SGB V § 257 Abs. 2, SGB XI § 61
//! Abs. 2.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::State;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::ContributionYear;
use crate::rounding::{half, half_up, share};
use crate::steps::{PayStep, Step};

/// The subsidy, which is free of tax and contributions up to what statutory insurance would cost
/// the employer at the ceiling.
pub(crate) fn subsidy(year: &ContributionYear, payment: &Payment, out: &mut Payslip) -> Decimal {
    let Some(subsidy) = payment.private_subsidy else {
        return Decimal::ZERO;
    };
    let ceiling = share(year.health_ceiling, 1, 12);
    let rate = half(year.health_rate + year.average_additional_rate);
    let saxony = payment.state == Some(State::Saxony);
    let most = half_up(ceiling * rate) + half_up(ceiling * year.employer_care_rate(saxony));
    if subsidy > most {
        out.finding(Finding::SubsidyAboveLimit).limit(most).actual(subsidy);
    }
    out.step(|| Step::from(PayStep::Stated { amount: subsidy }));
    out.line(Item::PrivateSubsidy, subsidy);
    subsidy
}
