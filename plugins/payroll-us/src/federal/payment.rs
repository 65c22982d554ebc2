//! One payment, from top to bottom of the payslip: federal law, the state of work, net pay.

use stele_sdk::prelude::*;

use super::certificate::{self, Certificate};
use super::{
    net_pay, retirement, social_security, supplemental, unemployment, wages, worksheet_1b,
};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::states;
use crate::states::wages::StateWages;

/// Withholds from the payment and says what is paid out.
pub(crate) fn pay(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
    let certificate = certificate::read(payment)?;
    if certificate.form.is_pension() {
        pension(law, payment, certificate, out);
        return Ok(());
    }
    let wages = wages::of(payment, out)?;
    retirement::check_limit(law, payment, out);
    let income_tax = supplemental::withhold(law, payment, certificate, &wages, out)?;
    let social_security = social_security::of_payment(law, payment, &wages, out);
    let state = StateWages {
        social_security_and_medicare: social_security.employee,
        ..wages.for_states(payment)
    };
    let state = states::payment::withhold(law, payment, state, out)?;
    let unemployment = unemployment::of_payment(law, payment, &wages, out)?;
    let total =
        net_pay::deductions(payment, &wages, income_tax, social_security.employee, state, out);
    net_pay::net_pay(wages.pay, total, out);
    net_pay::employer_cost(payment, &wages, social_security, unemployment, out);
    Ok(())
}

/// A periodic pension or annuity payment: income tax only (26 U.S.C. s. 3405 (a)). It is stated as far
/// as it is taxable.
#[provision("26 U.S.C. s. 3405 (a) and (e)")]
fn pension(law: &Law, payment: &Payment, certificate: Certificate, out: &mut Payslip) {
    work!(out, Item::Gross = payment.gross);
    work!(out, Item::FederalTaxableWages = payment.gross);
    #[is(Figure::Withheld)]
    let withheld = worksheet_1b::withhold(law, payment, certificate, out);
    let income_tax = work!(out, Item::FederalIncomeTax = withheld);
    net_pay::after_tax(payment, out);
    let total = work!(
        out,
        Item::TotalDeductions = income_tax + payment.roth_deferral + payment.other_deductions
    );
    let pay = work!(out, Figure::PayInMoney = payment.gross);
    net_pay::net_pay(pay, total, out);
}
