//! Yonkers: NYS-50-T-Y. Residents pay a share of the state's tax, others a tax on what they earn
//! there.

use stele_sdk::prelude::*;

use super::law::{WageTerms, YonkersRates};
use super::new_york;
use super::tables::no_table;
use super::wages::StateWages;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{together, unrounded};
use crate::steps::YonkersStep;

/// Resident income tax surcharge: a share of the state's tax before it is rounded, without what the
/// employee asked for on top.
pub(super) fn surcharge(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rate = rates(law, payment)?.surcharge;
    let mut quiet = Payslip::new(false);
    let tax = new_york::tax(law, payment, terms, wages, &mut quiet)?;
    let regular = cents(tax.regular * rate);
    let supplemental = cents(tax.supplemental * rate);
    let surcharge = regular + supplemental;
    out.step(|| {
        let rate = percent(rate);
        if tax.supplemental.is_zero() {
            let state_tax = unrounded(tax.regular);
            return YonkersStep::Surcharge { state_tax, rate, surcharge };
        }
        YonkersStep::SurchargeApart {
            rate,
            regular_tax: unrounded(tax.regular),
            regular,
            supplemental_tax: unrounded(tax.supplemental),
            supplemental,
            surcharge,
        }
    });
    Ok(surcharge)
}

/// Nonresident earnings tax, method VIII: on the pay of a year less the exclusion.
pub(super) fn earnings_tax(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rate = rates(law, payment)?.earnings;
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let pay = wages.taxable(terms) * periods;
    let exclusion = law.yonkers_exclusions.iter().rfind(|row| pay > row.over);
    let regular = exclusion.map_or(Decimal::ZERO, |row| {
        cents((pay - row.exclusion).max(Decimal::ZERO) * rate / periods)
    });
    out.step(|| YonkersStep::Earnings {
        pay,
        exclusion: exclusion.map_or(pay, |row| row.exclusion),
        rate: percent(rate),
        periods,
        tax: regular,
    });
    let supplemental = cents(wages.supplemental * rate);
    if !wages.supplemental.is_zero() {
        out.step(|| YonkersStep::Supplemental {
            wages: wages.supplemental,
            rate: percent(rate),
            tax: supplemental,
        });
    }
    together(&[regular, supplemental], out);
    Ok(regular + supplemental)
}

fn rates<'a>(law: &'a Law, payment: &Payment) -> Result<&'a YonkersRates, Fault> {
    law.yonkers_rates.first().ok_or_else(|| no_table(payment, "local rate"))
}
