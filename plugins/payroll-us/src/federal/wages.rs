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
use crate::items::Item;
use crate::payslip::Payslip;
use crate::sentences::{addition, pay_in_all, stated_line};
use crate::states::wages::StateWages;
use crate::steps::{PayStep, SocialSecurityStep};

/// The wages of a payment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wages {
    /// All pay in money.
    pub pay: Decimal,
    /// Benefits that are not money and reported tips: wages that are not paid out.
    pub not_paid: Decimal,
    /// Regular wages for income tax.
    pub regular: Decimal,
    /// Supplemental wages for income tax.
    pub supplemental: Decimal,
    /// Whether there are supplemental wages only.
    pub supplemental_alone: bool,
    /// Wages for social security and Medicare.
    pub fica: Decimal,
    /// Wages for federal unemployment tax.
    pub futa: Decimal,
    /// Cost of group-term life insurance.
    pub group_term_life: Decimal,
    /// Elective deferrals.
    pub retirement: Decimal,
    /// Contributions to a cafeteria plan.
    pub cafeteria: Decimal,
    /// Contributions to a health savings account.
    pub health_savings: Decimal,
}

impl Wages {
    /// Says which wages social security and Medicare count.
    pub(super) fn explain_fica(&self, out: &mut Payslip) {
        let pay = self.pay + self.not_paid + self.group_term_life;
        if pay != self.pay {
            let parts = [self.pay, self.not_paid, self.group_term_life];
            out.step(|| PayStep::CountedInAll { parts: addition(&parts), wages: pay });
        }
        out.step(|| SocialSecurityStep::FicaWages {
            pay,
            deductions: self.cafeteria + self.health_savings,
            wages: self.fica,
        });
    }

    /// Everything taken from the pay before income tax.
    pub(super) fn before_tax(&self) -> Decimal {
        self.retirement + self.cafeteria + self.health_savings
    }

    /// What a state may tax of the payment.
    pub(super) fn for_states(&self, payment: &Payment) -> StateWages {
        let together = payment.supplemental_method == Some(SupplementalMethod::Aggregate);
        let supplemental = payment.supplemental_wages.unwrap_or_default();
        let (regular, supplemental) = if together {
            (self.pay, Decimal::ZERO)
        } else {
            (self.pay - supplemental, supplemental)
        };
        let (retirement, other_retirement) = match payment.retirement_plan {
            None | Some(RetirementPlan::Section401k) => (self.retirement, Decimal::ZERO),
            Some(RetirementPlan::Other) => (Decimal::ZERO, self.retirement),
        };
        StateWages {
            regular: regular + self.not_paid,
            supplemental,
            tips: payment.reported_tips.unwrap_or_default(),
            retirement,
            other_retirement,
            cafeteria: self.cafeteria,
            health_savings: self.health_savings,
            employer_health_savings: payment
                .employer_health_savings_contribution
                .unwrap_or_default(),
            social_security_and_medicare: Decimal::ZERO,
        }
    }
}

/// The wages of a payment, with the lines of the pay and of the deductions before tax.
pub(super) fn of(payment: &Payment, out: &mut Payslip) -> Result<Wages, Fault> {
    let gross = payment.gross;
    let supplemental = payment.supplemental_wages.unwrap_or_default();
    let pay = gross + supplemental;
    let retirement = payment.retirement_deferral.unwrap_or_default();
    let cafeteria = payment.cafeteria_contribution.unwrap_or_default();
    let health_savings = payment.health_savings_contribution.unwrap_or_default();
    let group_term_life = payment.group_term_life_cost.unwrap_or_default();
    let benefits = payment.taxable_benefits.unwrap_or_default();
    let tips = payment.reported_tips.unwrap_or_default();
    let not_paid = benefits + tips;
    let before_tax = retirement + cafeteria + health_savings;
    if before_tax > pay {
        return Err(more_than_pay(payment, before_tax, pay));
    }
    stated_line(payment, Item::Gross, gross, out);
    for (item, amount) in [
        (Item::SupplementalWages, payment.supplemental_wages),
        (Item::TaxableBenefits, payment.taxable_benefits),
        (Item::GroupTermLifeCost, payment.group_term_life_cost),
        (Item::ReportedTips, payment.reported_tips),
        (Item::RetirementDeferral, payment.retirement_deferral),
        (Item::CafeteriaContribution, payment.cafeteria_contribution),
        (Item::HealthSavingsContribution, payment.health_savings_contribution),
    ] {
        if let Some(amount) = amount {
            stated_line(payment, item, amount, out);
        }
    }
    // Deductions come off the regular wages first, the rest of them off the supplemental wages.
    let counted = pay + not_paid;
    let regular = (gross + not_paid - before_tax).max(Decimal::ZERO);
    let taxable = counted - before_tax;
    pay_in_all(&[gross, supplemental], out);
    if !not_paid.is_zero() {
        let parts = [pay, benefits, tips];
        out.step(|| PayStep::CountedInAll { parts: addition(&parts), wages: counted });
    }
    out.step(|| PayStep::TaxableWages { pay: counted, deductions: before_tax, wages: taxable });
    if !before_tax.is_zero() && !supplemental.is_zero() {
        out.step(|| PayStep::DeductionsFirst { regular, supplemental: taxable - regular });
    }
    out.line(Item::FederalTaxableWages, taxable);
    let futa = counted - cafeteria - health_savings;
    Ok(Wages {
        pay,
        not_paid,
        regular,
        supplemental: taxable - regular,
        supplemental_alone: (gross + not_paid).is_zero() && !supplemental.is_zero(),
        fica: futa + group_term_life,
        futa,
        group_term_life,
        retirement,
        cafeteria,
        health_savings,
    })
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
