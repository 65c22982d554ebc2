//! Yonkers: NYS-50-T-Y. Residents pay a share of the state's tax, others a tax on what they earn
//! there.

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::law::{YonkersExclusion, YonkersRates};
use super::tables::no_table;
use super::wages::Taxed;
use super::withheld::Withheld;
use crate::amounts::{WORKING_DAYS, periods};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// The subject of the city's line.
const CITY: &str = "yonkers";

/// Resident income tax surcharge: a share of the state's tax before it is rounded, without what the
/// employee asked for on top.
pub(super) fn surcharge(
    law: &Law,
    payment: &Payment,
    state: Withheld,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rates = rates(law, payment)?;
    Ok(yonkers_surcharge(rates, state.exact, state.supplemental, out))
}

#[provision("NYS-50-T-Y, residents")]
fn yonkers_surcharge(
    rates: &YonkersRates,
    #[is(Figure::StateTableTax)] regular: Decimal,
    #[is(Figure::StateSupplementalTax)] supplemental: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::LocalIncomeTax.about(CITY) = half_up(share(regular, rates.surcharge), CENT)
            + half_up(share(supplemental, rates.surcharge), CENT)
    )
}

/// Nonresident earnings tax, method VIII: on the pay of a year less the exclusion.
pub(super) fn earnings_tax(
    law: &Law,
    payment: &Payment,
    wages: Taxed,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rates = rates(law, payment)?;
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let pay = wages.regular * periods;
    let exclusion = law.yonkers_exclusions.iter().rfind(|row| pay > row.over);
    Ok(match exclusion {
        None => yonkers_supplemental(rates, wages.supplemental, out),
        Some(row) => yonkers_earnings(rates, row, periods, wages, out),
    })
}

#[provision("NYS-50-T-Y, method VIII")]
fn yonkers_supplemental(
    rates: &YonkersRates,
    #[is(Figure::StateSupplemental)] supplemental: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::LocalIncomeTax.about(CITY) = half_up(share(supplemental, rates.earnings), CENT)
    )
}

#[provision("NYS-50-T-Y, method VIII")]
fn yonkers_earnings(
    rates: &YonkersRates,
    row: &YonkersExclusion,
    periods: Decimal,
    wages: Taxed,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::LocalIncomeTax.about(CITY) = half_up(
            share(
                at_least(wages.regular as Figure::StateWages * stated(periods) - row.exclusion, 0),
                rates.earnings
            ) / stated(periods),
            CENT
        ) + half_up(
            share(wages.supplemental as Figure::StateSupplemental, rates.earnings),
            CENT
        )
    )
}

fn rates<'a>(law: &'a Law, payment: &Payment) -> Result<&'a YonkersRates, Fault> {
    law.yonkers_rates.first().ok_or_else(|| no_table(payment, "local rate"))
}
