//! What is paid out, and what the payment costs the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::steps::Step;

/// Pay less everything that is taken from it: `taken` and the deductions from pay after tax.
pub(super) fn settle(payment: &Payment, pay: Decimal, taken: Decimal, out: &mut Payslip) {
    let mut after_tax = Decimal::ZERO;
    for (item, amount) in [
        (Item::RothDeferral, payment.roth_deferral),
        (Item::OtherDeductions, payment.other_deductions),
    ] {
        if let Some(amount) = amount {
            out.line(item, amount);
            after_tax += amount;
        }
    }
    let total = taken + after_tax;
    out.step(|| Step::TotalDeductions { taken, after_tax, total });
    out.line(Item::TotalDeductions, total);
    let net = pay - total;
    out.step(|| Step::NetPay { pay, total, net });
    out.line(Item::NetPay, net);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
}

/// Pay, the employer's taxes, and what it contributes to plans.
pub(super) fn employer_cost(payment: &Payment, pay: Decimal, taxes: Decimal, out: &mut Payslip) {
    let contributions = payment.employer_contributions.unwrap_or_default();
    if payment.employer_contributions.is_some() {
        out.line(Item::EmployerContributions, contributions);
    }
    let cost = pay + taxes + contributions;
    out.step(|| Step::EmployerCost { pay, taxes, contributions, cost });
    out.line(Item::EmployerCost, cost);
}
