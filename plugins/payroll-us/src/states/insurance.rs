//! What employees contribute to the insurances of their state: disability, family leave,
//! unemployment, workforce development. Each is a rate on wages up to the year's wage base.

use stele_sdk::prelude::*;

use super::{State, StateContribution, StateInsurance, StateWages};
use crate::Payslip;
use crate::amounts::{cents, percent, periods};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::steps::Step;

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
    let mut liable = wages.regular + wages.supplemental;
    if terms.cafeteria {
        liable -= wages.cafeteria + wages.health_savings;
    }
    if let Some(base) = terms.wage_base {
        liable = liable.min(base - payment.earlier_state_wages.unwrap_or_default());
    }
    let liable = liable.max(Decimal::ZERO);
    let mut amount = cents(liable * terms.rate);
    if let Some(week) = terms.weekly_maximum {
        amount = amount.min(of_weeks(week, payment));
    }
    let rate = percent(terms.rate);
    out.step(|| Step::StateContribution { wages: liable, rate, amount });
    amount
}

/// A weekly maximum for the pay period.
fn of_weeks(week: Decimal, payment: &Payment) -> Decimal {
    cents(week * Decimal::from(52) / periods(payment.pay_frequency, crate::amounts::WORKING_DAYS))
}

fn item(contribution: StateInsurance) -> Item {
    match contribution {
        StateInsurance::DisabilityInsurance => Item::StateDisabilityInsurance,
        StateInsurance::PaidFamilyLeave => Item::PaidFamilyLeave,
        StateInsurance::Unemployment => Item::StateUnemployment,
        StateInsurance::WorkforceDevelopment => Item::WorkforceDevelopment,
    }
}
