//! What employees contribute to the insurances of the state of work: disability, family leave,
//! unemployment, workforce development, long-term care. Each is a rate on wages of its own, up to the
//! year's wage base.

use stele_sdk::prelude::*;

use super::choices::State;
use super::law::InsuranceTerms;
use super::wages::StateWages;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::{
    DisabilityInsuranceStep, InsuranceSentence, LongTermCareStep, PaidFamilyLeaveStep, Step,
    UnemploymentInsuranceStep, WorkforceDevelopmentStep,
};
use crate::year_so_far;

/// One insurance of the states.
struct Insurance<'a> {
    table: &'a [InsuranceTerms],
    item: Item,
    step: fn(InsuranceSentence) -> Step,
}

impl<'a> Insurance<'a> {
    /// With the steps that show the table's sources.
    fn explained_by<S>(table: &'a [InsuranceTerms], item: Item) -> Self
    where
        S: From<InsuranceSentence>,
        Step: From<S>,
    {
        Self { table, item, step: |sentence| Step::from(S::from(sentence)) }
    }

    fn of(&self, state: State) -> Option<&'a InsuranceTerms> {
        self.table.iter().find(|row| row.state == state)
    }
}

/// All insurances that a state may have, in the order of their lines.
fn all(law: &Law) -> [Insurance<'_>; 5] {
    [
        Insurance::explained_by::<DisabilityInsuranceStep>(
            &law.state_disability_insurance,
            Item::StateDisabilityInsurance,
        ),
        Insurance::explained_by::<PaidFamilyLeaveStep>(
            &law.paid_family_leave,
            Item::PaidFamilyLeave,
        ),
        Insurance::explained_by::<UnemploymentInsuranceStep>(
            &law.state_unemployment,
            Item::StateUnemployment,
        ),
        Insurance::explained_by::<WorkforceDevelopmentStep>(
            &law.workforce_development,
            Item::WorkforceDevelopment,
        ),
        Insurance::explained_by::<LongTermCareStep>(&law.long_term_care, Item::LongTermCare),
    ]
}

/// Whether employees contribute to an insurance of the state.
pub(super) fn is_due(law: &Law, state: State) -> bool {
    all(law).iter().any(|insurance| insurance.of(state).is_some())
}

/// Writes the state's contributions and gives their sum.
pub(super) fn contribute(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: StateWages,
    out: &mut Payslip,
) -> Decimal {
    let mut sum = Decimal::ZERO;
    let is_limited = |insurance: &Insurance<'_>| {
        insurance.of(state).is_some_and(|terms| terms.wage_base.is_some())
    };
    let stated = payment.earlier_state_wages;
    let earlier = if all(law).iter().any(is_limited) {
        year_so_far::earlier(payment, "earlier_state_wages", stated, out)
    } else {
        stated.unwrap_or_default()
    };
    for insurance in all(law) {
        let Some(terms) = insurance.of(state) else { continue };
        if insurance.item == Item::LongTermCare && payment.long_term_care_exempt == Some(true) {
            continue;
        }
        let amount = contribution(terms, insurance.step, payment, earlier, wages, out);
        out.line_about(insurance.item, state.name(), amount);
        sum += amount;
    }
    sum
}

fn contribution(
    terms: &InsuranceTerms,
    step: fn(InsuranceSentence) -> Step,
    payment: &Payment,
    earlier: Decimal,
    wages: StateWages,
    out: &mut Payslip,
) -> Decimal {
    let counted = counted(terms, step, wages, out);
    let liable = below_base(terms, step, earlier, counted, out);
    let rate = percent(terms.rate);
    let amount = match terms.employee_share {
        None => {
            let amount = cents(liable * terms.rate);
            out.step(|| step(InsuranceSentence::Contribution { rate, wages: liable, amount }));
            amount
        }
        Some(share) => {
            let amount = cents(liable * terms.rate * share);
            let share = percent(share);
            out.step(|| step(InsuranceSentence::Share { rate, wages: liable, share, amount }));
            amount
        }
    };
    let Some(week) = terms.weekly_maximum else {
        return amount;
    };
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let maximum = cents(week * Decimal::from(52) / periods);
    if amount > maximum {
        out.step(|| step(InsuranceSentence::Maximum { week, periods, amount: maximum }));
    }
    amount.min(maximum)
}

/// Wages that the insurance counts: not those of the state's income tax.
fn counted(
    terms: &InsuranceTerms,
    step: fn(InsuranceSentence) -> Step,
    wages: StateWages,
    out: &mut Payslip,
) -> Decimal {
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
        out.step(|| step(InsuranceSentence::Wages { pay, deductions, further, wages: counted }));
    }
    counted
}

/// What of the wages lies below the year's wage base, if there is one.
fn below_base(
    terms: &InsuranceTerms,
    step: fn(InsuranceSentence) -> Step,
    earlier: Decimal,
    wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let Some(base) = terms.wage_base else {
        return wages;
    };
    let liable = wages.min(base - earlier).max(Decimal::ZERO);
    if liable != wages {
        out.step(|| step(InsuranceSentence::Base { earlier, liable, wages, base }));
    }
    liable
}
