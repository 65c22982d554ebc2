//! Income tax of a payment: regular wages by Worksheet 1A, supplemental wages by Publication 15,
//! section 7 (26 CFR s. 31.3402(g)-1).

use stele_sdk::prelude::*;

use super::certificate::Certificate;
use super::wages::Wages;
use super::worksheet_1a;
use crate::amounts::{cents, percent};
use crate::choices::SupplementalMethod;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::together;
use crate::states::choices::State;
use crate::steps::WithholdingStep;
use crate::year_so_far;

/// Withholds and writes the line.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    wages: Wages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    // What exceeds a million in the year is taxed at the highest rate, without regard to the
    // certificate; the rest by one of two methods.
    let earlier = earlier_supplemental(payment, wages.supplemental, out);
    let above = above_threshold(law, earlier, wages.supplemental);
    let supplemental = wages.supplemental - above;
    if !above.is_zero() {
        out.step(|| WithholdingStep::MandatorySupplemental {
            wages: wages.supplemental,
            earlier,
            from: law.mandatory_supplemental_from,
            above,
            rest: supplemental,
        });
    }
    find_flat_rate(payment, supplemental, out);
    let (regular, flat) = match (payment.exempt == Some(true), payment.supplemental_method) {
        (true, _) => {
            out.step(|| WithholdingStep::Exempt { wages: wages.regular + supplemental });
            (Decimal::ZERO, Decimal::ZERO)
        }
        (false, Some(SupplementalMethod::Aggregate)) => {
            let together = wages.regular + supplemental;
            (aggregate(law, payment, certificate, together, out)?, Decimal::ZERO)
        }
        (false, None | Some(SupplementalMethod::Flat)) => {
            let regular = if wages.supplemental_alone {
                // A bonus by itself: nothing else is paid from which Step 4(c) could be taken.
                Decimal::ZERO
            } else {
                worksheet_1a::withhold(law, payment, certificate, wages.regular, out)?
            };
            (regular, at_rate(law.supplemental_rate, supplemental, out))
        }
    };
    let highest = at_rate(law.mandatory_supplemental_rate, above, out);
    together(&[regular, flat, highest], out);
    let tax = regular + flat + highest;
    out.line(Item::FederalIncomeTax, tax);
    Ok(tax)
}

/// Says that the method is not stated, where a tax depends on it: for one who is exempt that of a state
/// still does.
fn find_flat_rate(payment: &Payment, supplemental: Decimal, out: &mut Payslip) {
    let taxed = payment.exempt != Some(true) || payment.state != Some(State::NoState);
    if taxed && payment.supplemental_method.is_none() && !supplemental.is_zero() {
        out.finding(Finding::FlatRateAssumed);
    }
}

/// Supplemental wages of the year before the payment; where it has none they do not matter.
fn earlier_supplemental(payment: &Payment, supplemental: Decimal, out: &mut Payslip) -> Decimal {
    let stated = payment.earlier_supplemental_wages;
    if supplemental.is_zero() {
        return stated.unwrap_or_default();
    }
    year_so_far::earlier(payment, "earlier_supplemental_wages", stated, out)
}

/// Supplemental wages of this payment beyond the threshold of the year.
fn above_threshold(law: &Law, earlier: Decimal, supplemental: Decimal) -> Decimal {
    (earlier + supplemental - law.mandatory_supplemental_from).max(Decimal::ZERO).min(supplemental)
}

/// Methods 1a and the mandatory rate.
fn at_rate(rate: Decimal, wages: Decimal, out: &mut Payslip) -> Decimal {
    if wages.is_zero() {
        return Decimal::ZERO;
    }
    let tax = cents(wages * rate);
    out.step(|| WithholdingStep::Supplemental { wages, rate: percent(rate), tax });
    tax
}

/// Method 1b: as a single payment of the payroll period, less what was already withheld.
fn aggregate(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let already_paid = payment.wages_already_paid.unwrap_or_default();
    let total = wages + already_paid;
    let tax = worksheet_1a::withhold(law, payment, certificate, total, out)?;
    let Some(withheld) = payment.tax_already_withheld else {
        return Ok(tax);
    };
    let left = (tax - withheld).max(Decimal::ZERO);
    out.step(|| WithholdingStep::Aggregate { wages, already_paid, total, tax, withheld, left });
    Ok(left)
}
