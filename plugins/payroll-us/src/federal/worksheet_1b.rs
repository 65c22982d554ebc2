//! Publication 15-T, Worksheet 1B: periodic pension and annuity payments, Form W-4P. The lines are the
//! worksheet's. Nothing is rounded before the last line.

use stele_sdk::prelude::*;

use super::certificate::Certificate;
use super::defaults;
use super::worksheet_1a::{adjustment, annual_tax, with_allowances};
use crate::amounts::{WORKING_DAYS, cents, periods};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::unrounded;
use crate::steps::WithholdingStep;

/// Income tax on a periodic payment.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    out: &mut Payslip,
) -> Decimal {
    if payment.exempt == Some(true) {
        out.step(|| WithholdingStep::Exempt { wages: payment.gross });
        return Decimal::ZERO;
    }
    defaults::of_certificate(payment, out);
    // Step 1. 1a: the payment. 1b: payments of a year. 1c: line 1a times line 1b.
    let wages = payment.gross;
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let year = wages * periods;
    out.step(|| WithholdingStep::AnnualWages { wages, periods, year });
    let tentative = if certificate.form.has_allowances() {
        let adjusted = with_allowances(law, payment, year, out);
        annual_tax(law, certificate.status, false, adjusted, out)
    } else {
        of_steps(law, payment, certificate, year, out)
    };
    // Step 3. 3a and 3b: Step 3 of Form W-4P.
    let credits = payment.tax_credits.unwrap_or_default();
    let left = (tentative - credits).max(Decimal::ZERO);
    // Step 4. 4a: line 3b by payments. 4b: Step 4(c). 4c: what is withheld.
    let extra = payment.extra_withholding.unwrap_or_default();
    let withheld = cents(left / periods + extra);
    out.step(|| WithholdingStep::Withheld {
        tax: unrounded(tentative),
        credits,
        periods,
        extra,
        withheld,
    });
    withheld
}

/// Lines 1d to 1i and Step 2: Form W-4P of 2022 or later.
fn of_steps(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    // 1d and 1e: Step 4(a). 1f: Step 4(b). 1g: by filing status. 1h and 1i: the adjusted annual payment
    // amount, which line 2l takes even if it is negative.
    let income = payment.other_income.unwrap_or_default();
    let standard = adjustment(law, certificate.status);
    let deductions = payment.deductions.unwrap_or_default() + standard;
    let adjusted = year + income - deductions;
    let others = payment.other_jobs_and_pensions.unwrap_or_default();
    let status = certificate.status;
    if others.is_zero() {
        // Part I. 2d to 2j: the tax on line 1i.
        let adjusted = adjusted.max(Decimal::ZERO);
        out.step(|| WithholdingStep::AdjustedWages { year, income, deductions, adjusted });
        return annual_tax(law, status, false, adjusted, out);
    }
    out.step(|| WithholdingStep::AdjustedPension { year, income, deductions, adjusted });
    // Part I. 2a to 2c: Step 2(b)(iii) less the amount of line 1g. 2d to 2j: the tax on it.
    let alone = (others - standard).max(Decimal::ZERO);
    out.step(|| WithholdingStep::OtherPensionsAlone { others, standard, alone });
    let tax_alone = annual_tax(law, status, false, alone, out);
    // Part II. 2k to 2m: Step 2(b)(iii) and line 1i together. 2n to 2s: the tax on both.
    let both = (others + adjusted).max(Decimal::ZERO);
    out.step(|| WithholdingStep::OtherPensionsTogether { others, adjusted, both });
    let tax_of_both = annual_tax(law, status, false, both, out);
    // 2t and Part III, 2u: what this pension adds.
    let tax = (tax_of_both - tax_alone).max(Decimal::ZERO);
    out.step(|| WithholdingStep::OtherPensions {
        others,
        tax_alone: unrounded(tax_alone),
        tax_of_both: unrounded(tax_of_both),
        tax: unrounded(tax),
    });
    tax
}
