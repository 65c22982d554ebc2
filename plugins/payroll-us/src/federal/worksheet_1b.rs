//! Publication 15-T, Worksheet 1B: periodic pension and annuity payments, Form W-4P. The lines are the
//! worksheet's. Nothing is rounded before the last line.

use stele_sdk::prelude::*;

use super::certificate::Certificate;
use super::defaults;
use super::supplemental::exempt;
use super::worksheet_1a::{adjustment, annual_tax, with_allowances, withheld};
use crate::amounts::{WORKING_DAYS, periods};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// Income tax on a periodic payment.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    out: &mut Payslip,
) -> Decimal {
    if payment.exempt == Some(true) {
        exempt(payment.gross, out);
        return Decimal::ZERO;
    }
    defaults::of_certificate(payment, out);
    let (periods, year) = annual_payment(payment, out);
    let tentative = if certificate.form.has_allowances() {
        let adjusted = with_allowances(law, payment, year, out);
        annual_tax(law, certificate.status, false, adjusted, out)
    } else {
        of_steps(law, payment, certificate, year, out)
    };
    withheld(payment, tentative, periods, out)
}

/// Step 1. 1a: the payment. 1b: payments of a year. 1c: line 1a times line 1b.
#[provision("Publication 15-T, Worksheet 1B, lines 1a to 1c")]
fn annual_payment(payment: &Payment, out: &mut Payslip) -> (Decimal, Decimal) {
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let periods = work!(out, Figure::PayPeriods = stated(periods));
    (periods, work!(out, Figure::AnnualWages = payment.gross * periods))
}

/// Lines 1d to 1i and Step 2: Form W-4P of 2022 or later.
fn of_steps(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let status = certificate.status;
    let standard = adjustment(law, status, out);
    if payment.other_jobs_and_pensions.unwrap_or_default().is_zero() {
        // Part I. 2d to 2j: the tax on line 1i.
        let adjusted = adjusted_payment(payment, year, standard, out);
        return annual_tax(law, status, false, adjusted, out);
    }
    // Part I. 2a to 2c: Step 2(b)(iii) less the amount of line 1g. 2d to 2j: the tax on it.
    let alone = others_alone(payment, standard, out);
    let tax_on_others = annual_tax(law, status, false, alone, out);
    let tax_on_others = keep(tax_on_others, out);
    // Part II. 2k to 2m: Step 2(b)(iii) and line 1i together. 2n to 2s: the tax on both.
    let both = with_others(payment, year, standard, out);
    let tax_on_both = annual_tax(law, status, false, both, out);
    // 2t and Part III, 2u: what this pension adds.
    added(tax_on_both, tax_on_others, out)
}

/// 1d and 1e: Step 4(a). 1f: Step 4(b). 1g: by filing status. 1h and 1i: the adjusted annual payment
/// amount.
#[provision("Publication 15-T, Worksheet 1B, lines 1d to 1i")]
fn adjusted_payment(
    payment: &Payment,
    #[is(Figure::AnnualWages)] year: Decimal,
    #[is(Figure::Adjustment)] standard: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::AdjustedAnnual =
            at_least(year + payment.other_income - payment.deductions - standard, 0)
    )
}

#[provision("Publication 15-T, Worksheet 1B, lines 2a to 2c")]
fn others_alone(
    payment: &Payment,
    #[is(Figure::Adjustment)] standard: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::AdjustedAnnual = at_least(payment.other_jobs_and_pensions - standard, 0))
}

#[provision("Publication 15-T, Worksheet 1B, lines 2d to 2j")]
fn keep(#[is(Figure::TentativeTax)] tax: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Figure::TaxOnOthers = tax)
}

/// Line 2l takes line 1i even if it is negative.
#[provision("Publication 15-T, Worksheet 1B, lines 1d to 1i and 2k to 2m")]
fn with_others(
    payment: &Payment,
    #[is(Figure::AnnualWages)] year: Decimal,
    #[is(Figure::Adjustment)] standard: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::AdjustedAnnual = at_least(
            payment.other_jobs_and_pensions + year + payment.other_income
                - payment.deductions
                - standard,
            0
        )
    )
}

#[provision("Publication 15-T, Worksheet 1B, lines 2t and 2u")]
fn added(
    #[is(Figure::TentativeTax)] both: Decimal,
    #[is(Figure::TaxOnOthers)] others: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::TentativeTax = at_least(both - others, 0))
}
