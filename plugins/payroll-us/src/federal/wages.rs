//! What is earned, and what of it each tax counts. Elective deferrals reduce the wages for income tax
//! only (26 U.S.C. ss. 402 (e) (3), 3121 (v) (1) (A) and 3306 (r) (1) (A)); contributions to a cafeteria
//! plan, a health savings account among them, reduce the wages for all federal taxes (26 U.S.C. ss. 125,
//! 3121 (a) (5) (G) and 3306 (b) (5) (G)). What a state does with them is the state's.

use stele_sdk::prelude::*;

use crate::choices::SupplementalMethod;
use crate::facts::Payment;
use crate::items::Item;
use crate::payslip::Payslip;
use crate::sentences::{pay_in_all, stated_line};
use crate::steps::{PayStep, SocialSecurityStep};

/// The wages of a payment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wages {
    /// All pay in money.
    pub pay: Decimal,
    /// Regular wages for income tax.
    pub regular: Decimal,
    /// Supplemental wages for income tax.
    pub supplemental: Decimal,
    /// Wages for social security, Medicare and unemployment tax.
    pub fica: Decimal,
    /// Pay that a state may tax as regular wages, before deductions.
    pub state_regular: Decimal,
    /// Pay that a state may tax as supplemental wages, before deductions.
    pub state_supplemental: Decimal,
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
        out.step(|| SocialSecurityStep::FicaWages {
            pay: self.pay,
            deductions: self.cafeteria + self.health_savings,
            wages: self.fica,
        });
    }

    /// Everything taken from the pay before income tax.
    pub(super) fn before_tax(&self) -> Decimal {
        self.retirement + self.cafeteria + self.health_savings
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
    let before_tax = retirement + cafeteria + health_savings;
    if before_tax > pay {
        return Err(more_than_pay(payment, before_tax, pay));
    }
    stated_line(payment, Item::Gross, gross, out);
    for (item, amount) in [
        (Item::SupplementalWages, payment.supplemental_wages),
        (Item::RetirementDeferral, payment.retirement_deferral),
        (Item::CafeteriaContribution, payment.cafeteria_contribution),
        (Item::HealthSavingsContribution, payment.health_savings_contribution),
    ] {
        if let Some(amount) = amount {
            stated_line(payment, item, amount, out);
        }
    }
    // Deductions come off the regular wages first, the rest of them off the supplemental wages.
    let regular = (gross - before_tax).max(Decimal::ZERO);
    let taxable = pay - before_tax;
    pay_in_all(&[gross, supplemental], out);
    out.step(|| PayStep::TaxableWages { pay, deductions: before_tax, wages: taxable });
    if !before_tax.is_zero() && !supplemental.is_zero() {
        out.step(|| PayStep::DeductionsFirst { regular, supplemental: taxable - regular });
    }
    out.line(Item::FederalTaxableWages, taxable);
    let together = payment.supplemental_method == Some(SupplementalMethod::Aggregate);
    let (state_regular, state_supplemental) =
        if together { (pay, Decimal::ZERO) } else { (gross, supplemental) };
    Ok(Wages {
        pay,
        regular,
        supplemental: taxable - regular,
        fica: pay - cafeteria - health_savings,
        state_regular,
        state_supplemental,
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
