//! One payment, from top to bottom of the payslip: federal law, the state of work, net pay.

use stele_sdk::prelude::*;

use super::certificate::{self, Certificate};
use super::{
    net_pay, retirement, social_security, supplemental, unemployment, wages, worksheet_1b,
};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::stated_line;
use crate::states;
use crate::states::wages::StateWages;
use crate::steps::PayStep;

/// Withholds from the payment and says what is paid out.
pub(crate) fn pay(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
    let certificate = certificate::read(payment)?;
    if certificate.form.is_pension() {
        return pension(law, payment, certificate, out);
    }
    let wages = wages::of(payment, out)?;
    retirement::check_limit(law, payment, out);
    let income_tax = supplemental::withhold(law, payment, certificate, wages, out)?;
    let social_security = social_security::of_payment(law, payment, wages, out);
    let state = StateWages {
        social_security_and_medicare: social_security.employee,
        ..wages.for_states(payment)
    };
    let state = states::payment::withhold(law, payment, state, out)?;
    let unemployment = unemployment::of_payment(law, payment, wages.futa, out)?;
    let taken = net_pay::Taken {
        before_tax: wages.before_tax(),
        income_tax,
        social_security: social_security.employee,
        state,
    };
    net_pay::settle(payment, wages.pay, taken, out);
    let taxes = net_pay::EmployerTaxes {
        social_security: social_security.employer,
        unemployment: Some(unemployment),
    };
    net_pay::employer_cost(payment, wages.pay, taxes, out);
    Ok(())
}

/// A periodic pension or annuity payment: income tax only (26 U.S.C. s. 3405 (a)).
fn pension(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    out: &mut Payslip,
) -> Result<(), Fault> {
    stated_line(payment, Item::Gross, payment.gross, out);
    out.step(|| PayStep::PensionPayment { amount: payment.gross });
    out.line(Item::FederalTaxableWages, payment.gross);
    let income_tax = worksheet_1b::withhold(law, payment, certificate, out);
    out.line(Item::FederalIncomeTax, income_tax);
    let taken = net_pay::Taken { income_tax, ..net_pay::Taken::default() };
    net_pay::settle(payment, payment.gross, taken, out);
    Ok(())
}
