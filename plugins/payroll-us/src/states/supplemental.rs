//! Supplemental wages at a rate of their own.

use stele_sdk::prelude::*;

use super::law::StateTerms;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::payslip::Payslip;
use crate::steps::StateStep;

/// Rate of supplemental wages, or none where they are taken with the regular wages.
pub(super) fn tax(
    terms: &StateTerms,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Option<Decimal> {
    let other =
        terms.other_supplemental_rate.filter(|_| payment.supplemental_is_no_bonus == Some(true));
    let rate = other.or(terms.supplemental_rate)?;
    let tax = cents(wages * rate);
    if !wages.is_zero() {
        out.step(|| StateStep::StateSupplemental { wages, rate: percent(rate), tax });
    }
    Some(tax)
}
