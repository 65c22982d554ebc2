//! What is paid out, and what the payment costs the employer.

use stele_sdk::prelude::*;

use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::payslip::Payslip;
use crate::sentences::{pay_in_all, stated_line};
use crate::steps::PayStep;

/// What is taken from the pay but for the deductions after tax.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    /// Deductions before tax.
    pub before_tax: Decimal,
    /// Federal income tax; in the estimate of a year after credits, negative where more is refunded.
    pub income_tax: Decimal,
    /// Social security and Medicare.
    pub social_security: Decimal,
    /// Taxes and contributions of the state and its localities.
    pub state: Decimal,
}

/// What the employer owes on the pay.
#[derive(Clone, Copy, Debug)]
pub(super) struct EmployerTaxes {
    /// Social security and Medicare.
    pub social_security: Decimal,
    /// Federal unemployment tax; none where it is left out, as in the estimate of a year.
    pub unemployment: Option<Decimal>,
}

/// Pay less everything that is taken from it: `taken` and the deductions from pay after tax.
pub(super) fn settle(payment: &Payment, pay: Decimal, taken: Taken, out: &mut Payslip) {
    let mut after_tax = Decimal::ZERO;
    for (item, amount) in [
        (Item::RothDeferral, payment.roth_deferral),
        (Item::OtherDeductions, payment.other_deductions),
    ] {
        if let Some(amount) = amount {
            stated_line(payment, item, amount, out);
            after_tax += amount;
        }
    }
    let Taken { before_tax, income_tax, social_security, state } = taken;
    let total = before_tax + income_tax + social_security + state + after_tax;
    out.step(|| PayStep::TotalDeductions {
        before_tax,
        income_tax,
        social_security,
        state,
        after_tax,
        total,
    });
    out.line(Item::TotalDeductions, total);
    let net = pay - total;
    let supplemental = payment.supplemental_wages.unwrap_or_default();
    let spouse = payment.spouse_wages.unwrap_or_default();
    pay_in_all(&[payment.gross, supplemental, spouse], out);
    out.step(|| PayStep::NetPay { pay, total, net });
    out.line(Item::NetPay, net);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
}

/// Pay in money, the employer's taxes, and what it contributes to plans; what benefits that are not money
/// cost it is not known.
pub(super) fn employer_cost(
    payment: &Payment,
    pay: Decimal,
    taxes: EmployerTaxes,
    out: &mut Payslip,
) {
    let mut contributions = Decimal::ZERO;
    for (item, amount) in [
        (Item::EmployerContributions, payment.employer_contributions),
        (Item::EmployerHealthSavingsContribution, payment.employer_health_savings_contribution),
    ] {
        if let Some(amount) = amount {
            stated_line(payment, item, amount, out);
            contributions += amount;
        }
    }
    let social_security = taxes.social_security;
    let cost = pay + social_security + taxes.unemployment.unwrap_or_default() + contributions;
    out.step(|| match taxes.unemployment {
        Some(unemployment) => {
            PayStep::EmployerCost { pay, social_security, unemployment, contributions, cost }
        }
        None => PayStep::EmployerCostOfYear { pay, social_security, contributions, cost },
    });
    out.line(Item::EmployerCost, cost);
}
