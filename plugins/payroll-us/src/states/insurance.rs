//! What employees contribute to the insurances of their state: disability, family leave,
//! unemployment, workforce development. Each is a rate on wages up to the year's wage base.

use stele_sdk::prelude::*;

use super::choices::{State, StateInsurance};
use super::law::StateContribution;
use super::wages::StateWages;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::StateStep;

/// Writes the state's contributions and gives their sum.
pub(super) fn contribute(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: StateWages,
    out: &mut Payslip,
) -> Decimal {
    let mut sum = Decimal::ZERO;
    for terms in law.state_contributions.iter().filter(|row| row.state == state) {
        let contribution = contribution(terms, payment, wages, out);
        out.line_about(item(terms.contribution), state.name(), contribution);
        sum += contribution;
    }
    sum
}

fn contribution(
    terms: &StateContribution,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Decimal {
    let pay = wages.regular + wages.supplemental;
    let deductions = wages.cafeteria + wages.health_savings;
    let counted = if terms.cafeteria { pay - deductions } else { pay };
    if counted != pay {
        out.step(|| StateStep::InsuredWages { pay, deductions, wages: counted });
    }
    let liable = below_base(terms, payment, counted, out);
    let amount = cents(liable * terms.rate);
    let rate = percent(terms.rate);
    out.step(|| StateStep::StateContribution { rate, wages: liable, amount });
    let Some(week) = terms.weekly_maximum else {
        return amount;
    };
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let maximum = cents(week * Decimal::from(52) / periods);
    if amount > maximum {
        out.step(|| StateStep::StateContributionMaximum { week, periods, amount: maximum });
    }
    amount.min(maximum)
}

/// What of the wages lies below the year's wage base, if there is one.
fn below_base(
    terms: &StateContribution,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let Some(base) = terms.wage_base else {
        return wages.max(Decimal::ZERO);
    };
    let earlier = payment.earlier_state_wages.unwrap_or_default();
    let liable = wages.min(base - earlier).max(Decimal::ZERO);
    if liable != wages {
        out.step(|| StateStep::InsuredBase { earlier, liable, wages, base });
    }
    liable
}

fn item(contribution: StateInsurance) -> Item {
    match contribution {
        StateInsurance::DisabilityInsurance => Item::StateDisabilityInsurance,
        StateInsurance::PaidFamilyLeave => Item::PaidFamilyLeave,
        StateInsurance::Unemployment => Item::StateUnemployment,
        StateInsurance::WorkforceDevelopment => Item::WorkforceDevelopment,
    }
}
