//! What is earned, and what of it each tax counts. Elective deferrals reduce the wages for income tax
//! only (26 U.S.C. ss. 402 (e) (3), 3121 (v) (1) (A) and 3306 (r) (1) (A)); contributions to a cafeteria
//! plan, a health savings account among them, reduce the wages for all federal taxes (26 U.S.C. ss. 125,
//! 3121 (a) (5) (G) and 3306 (b) (5) (G)). What a state does with them is the state's.
//!
//! Benefits that are not money are wages at their value (26 CFR s. 1.61-21 (b)), and so are tips that the
//! employee reported (26 U.S.C. ss. 3121 (q), 3306 (s) and 3401 (f)). The cost of group-term life
//! insurance above 50,000 dollars (s. 79) counts for social security and Medicare (s. 3121 (a) (2) (C)),
//! not for withholding (s. 3401 (a) (14)) or unemployment tax (s. 3306 (b) (2) (C)). None of the three is
//! paid out.

use stele_sdk::prelude::*;

use crate::choices::{RetirementPlan, SupplementalMethod};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::payslip::Payslip;
use crate::states::wages::StateWages;

/// The wages of a payment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wages {
    /// All pay in money.
    pub pay: Decimal,
    /// Benefits that are not money and reported tips: wages that are not paid out.
    pub not_paid: Decimal,
    /// Everything taken from the pay before income tax.
    pub before_tax: Decimal,
    /// Wages for income tax.
    pub taxable: Decimal,
}

impl Wages {
    /// What a state may tax of the payment.
    pub(super) fn for_states(&self, payment: &Payment) -> StateWages {
        let given = |amount: Option<Decimal>| amount.unwrap_or_default();
        let together = payment.supplemental_method == Some(SupplementalMethod::Aggregate);
        let supplemental = given(payment.supplemental_wages);
        let (regular, supplemental) = if together {
            (self.pay, Decimal::ZERO)
        } else {
            (self.pay - supplemental, supplemental)
        };
        let deferral = given(payment.retirement_deferral);
        let (retirement, other_retirement) = match payment.retirement_plan {
            None | Some(RetirementPlan::Section401k) => (deferral, Decimal::ZERO),
            Some(RetirementPlan::Other) => (Decimal::ZERO, deferral),
        };
        StateWages {
            regular: regular + self.not_paid,
            supplemental,
            tips: given(payment.reported_tips),
            retirement,
            other_retirement,
            cafeteria: given(payment.cafeteria_contribution),
            health_savings: given(payment.health_savings_contribution),
            employer_health_savings: given(payment.employer_health_savings_contribution),
            social_security_and_medicare: Decimal::ZERO,
        }
    }
}

/// The wages of a payment, with the lines of the pay and of the deductions before tax.
pub(super) fn of(payment: &Payment, out: &mut Payslip) -> Result<Wages, Fault> {
    let given = |amount: Option<Decimal>| amount.unwrap_or_default();
    let pay = payment.gross + given(payment.supplemental_wages);
    let before_tax = given(payment.retirement_deferral)
        + given(payment.cafeteria_contribution)
        + given(payment.health_savings_contribution);
    if before_tax > pay {
        return Err(more_than_pay(payment, before_tax, pay));
    }
    stated(payment, out);
    Ok(taxable(payment, out))
}

/// Lines that are facts.
#[provision]
fn stated(payment: &Payment, out: &mut Payslip) {
    work!(out, Item::Gross = payment.gross);
    if payment.supplemental_wages.is_some() {
        work!(out, Item::SupplementalWages = payment.supplemental_wages);
    }
    if payment.taxable_benefits.is_some() {
        work!(out, Item::TaxableBenefits = payment.taxable_benefits);
    }
    if payment.group_term_life_cost.is_some() {
        work!(out, Item::GroupTermLifeCost = payment.group_term_life_cost);
    }
    if payment.reported_tips.is_some() {
        work!(out, Item::ReportedTips = payment.reported_tips);
    }
    if payment.retirement_deferral.is_some() {
        work!(out, Item::RetirementDeferral = payment.retirement_deferral);
    }
    if payment.cafeteria_contribution.is_some() {
        work!(out, Item::CafeteriaContribution = payment.cafeteria_contribution);
    }
    if payment.health_savings_contribution.is_some() {
        work!(out, Item::HealthSavingsContribution = payment.health_savings_contribution);
    }
}

/// Wages for income tax.
#[provision]
fn taxable(payment: &Payment, out: &mut Payslip) -> Wages {
    let pay = work!(out, Figure::PayInMoney = payment.gross + payment.supplemental_wages);
    let not_paid =
        work!(out, Figure::NotPaidOut = payment.taxable_benefits + payment.reported_tips);
    let before_tax = work!(
        out,
        Figure::BeforeTax = payment.retirement_deferral
            + payment.cafeteria_contribution
            + payment.health_savings_contribution
    );
    let taxable = work!(out, Item::FederalTaxableWages = pay + not_paid - before_tax);
    Wages { pay, not_paid, before_tax, taxable }
}

/// Regular and supplemental wages: deductions come off the regular wages first, the rest of them off
/// the supplemental wages.
#[provision]
pub(super) fn apart(payment: &Payment, wages: &Wages, out: &mut Payslip) -> (Decimal, Decimal) {
    let regular = work!(
        out,
        Figure::RegularWages = at_least(
            payment.gross + wages.not_paid as Figure::NotPaidOut
                - wages.before_tax as Figure::BeforeTax,
            0
        )
    );
    let supplemental = work!(
        out,
        Figure::SupplementalTaxed = wages.taxable as Item::FederalTaxableWages - regular
    );
    (regular, supplemental)
}

/// Wages that social security and Medicare count: contributions to a cafeteria plan and a health
/// savings account come off.
#[provision]
pub(super) fn fica(payment: &Payment, wages: &Wages, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::FicaWages = wages.pay as Figure::PayInMoney + wages.not_paid as Figure::NotPaidOut
            - payment.cafeteria_contribution
            - payment.health_savings_contribution
            + payment.group_term_life_cost
    )
}

/// The same for unemployment tax, without the cost of group-term life insurance.
#[provision]
pub(super) fn futa(payment: &Payment, wages: &Wages, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::FutaCounted = wages.pay as Figure::PayInMoney
            + wages.not_paid as Figure::NotPaidOut
            - payment.cafeteria_contribution
            - payment.health_savings_contribution
    )
}

fn more_than_pay(payment: &Payment, before_tax: Decimal, pay: Decimal) -> Fault {
    let fact = if payment.retirement_deferral.is_some() {
        Payment::RETIREMENT_DEFERRAL
    } else if payment.cafeteria_contribution.is_some() {
        Payment::CAFETERIA_CONTRIBUTION
    } else {
        Payment::HEALTH_SAVINGS_CONTRIBUTION
    };
    Fault::fact(
        fact,
        format!(
            "deductions before tax must not exceed the pay of {pay}, found {before_tax} in all"
        ),
    )
    .citing("26 U.S.C. ss. 125 and 402 (e) (3): they are taken out of pay")
}
