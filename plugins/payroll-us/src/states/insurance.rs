//! What employees contribute to the insurances of the state of work: disability, family leave,
//! unemployment, workforce development, long-term care. Each is a rate on wages of its own, up to the
//! year's wage base.

use stele_sdk::prelude::*;

use super::choices::{State, StateInsurance};
use super::law::StateContribution;
use super::wages::StateWages;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::InsuranceStep;

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
        if terms.contribution == StateInsurance::LongTermCare
            && payment.long_term_care_exempt == Some(true)
        {
            continue;
        }
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
    let counted = counted(terms, wages, out);
    let liable = below_base(terms, payment, counted, out);
    let rate = percent(terms.rate);
    let amount = match terms.employee_share {
        None => {
            let amount = cents(liable * terms.rate);
            out.step(|| InsuranceStep::Contribution { rate, wages: liable, amount });
            amount
        }
        Some(share) => {
            let amount = cents(liable * terms.rate * share);
            let share = percent(share);
            out.step(|| InsuranceStep::Share { rate, wages: liable, share, amount });
            amount
        }
    };
    let Some(week) = terms.weekly_maximum else {
        return amount;
    };
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let maximum = cents(week * Decimal::from(52) / periods);
    if amount > maximum {
        out.step(|| InsuranceStep::Maximum { week, periods, amount: maximum });
    }
    amount.min(maximum)
}

/// Wages that the insurance counts: not those of the state's income tax.
fn counted(terms: &StateContribution, wages: StateWages, out: &mut Payslip) -> Decimal {
    let pay = wages.pay();
    let deductions = [
        (terms.retirement, wages.retirement + wages.other_retirement),
        (terms.cafeteria, wages.cafeteria),
        (terms.health_savings, wages.health_savings),
        (!terms.tips, wages.tips),
    ]
    .into_iter()
    .filter_map(|(reduces, deduction)| reduces.then_some(deduction))
    .sum::<Decimal>();
    let further =
        if terms.employer_health_savings { wages.employer_health_savings } else { Decimal::ZERO };
    let counted = (pay - deductions + further).max(Decimal::ZERO);
    if !deductions.is_zero() || !further.is_zero() {
        out.step(|| InsuranceStep::Wages { pay, deductions, further, wages: counted });
    }
    counted
}

/// What of the wages lies below the year's wage base, if there is one.
fn below_base(
    terms: &StateContribution,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let Some(base) = terms.wage_base else {
        return wages;
    };
    let earlier = payment.earlier_state_wages.unwrap_or_default();
    let liable = wages.min(base - earlier).max(Decimal::ZERO);
    if liable != wages {
        out.step(|| InsuranceStep::Base { earlier, liable, wages, base });
    }
    liable
}

fn item(contribution: StateInsurance) -> Item {
    match contribution {
        StateInsurance::DisabilityInsurance => Item::StateDisabilityInsurance,
        StateInsurance::PaidFamilyLeave => Item::PaidFamilyLeave,
        StateInsurance::Unemployment => Item::StateUnemployment,
        StateInsurance::WorkforceDevelopment => Item::WorkforceDevelopment,
        StateInsurance::LongTermCare => Item::LongTermCare,
    }
}
