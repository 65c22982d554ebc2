//! New York City, residents: NYS-50-T-NYC, method II (exact calculation).

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::law::{CityBracket, NewYorkAllowance, NewYorkCityRates};
use super::new_york::{is_married, table_of};
use super::tables::no_table;
use super::wages::Taxed;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// The subject of the city's line.
const CITY: &str = "new_york_city";

/// Withholds and writes the line.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    wages: Taxed,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let alone = new_york_city_regular(wages.regular, out);
    let regular = city_method_ii(law, payment, alone, out)?;
    if wages.supplemental.is_zero() {
        return Ok(new_york_city_tax(regular, out));
    }
    if regular.is_zero() && !wages.regular.is_zero() {
        let both = new_york_city_together(wages, out);
        let tax = city_method_ii(law, payment, both, out)?;
        return Ok(new_york_city_tax(tax, out));
    }
    let rates = law.new_york_city_rates.first().ok_or_else(|| no_table(payment, "local rate"))?;
    Ok(new_york_city_with_supplemental(rates, regular, wages.supplemental, out))
}

#[provision("NYS-50-T-NYC, method II")]
fn new_york_city_regular(#[is(Figure::StateWages)] wages: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Figure::CityTogether = wages)
}

#[provision("NYS-50-T-NYC, supplemental wages")]
fn new_york_city_together(wages: Taxed, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::CityTogether =
            wages.regular as Figure::StateWages + wages.supplemental as Figure::StateSupplemental
    )
}

#[provision("NYS-50-T-NYC, method II")]
fn new_york_city_tax(#[is(Figure::CityTableTax)] tax: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Item::LocalIncomeTax.about(CITY) = half_up(tax, CENT))
}

#[provision("NYS-50-T-NYC, supplemental wages")]
fn new_york_city_with_supplemental(
    rates: &NewYorkCityRates,
    #[is(Figure::CityTableTax)] tax: Decimal,
    #[is(Figure::StateSupplemental)] supplemental: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::LocalIncomeTax.about(CITY) =
            half_up(tax, CENT) + half_up(share(supplemental, rates.supplemental), CENT)
    )
}

fn city_method_ii(
    law: &Law,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let (frequency, times) = table_of(payment.pay_frequency);
    // Step 1: the city's own deduction allowance, and its exemptions (tables A, B and C).
    let allowances = payment.new_york_city_allowances.or(payment.state_allowances);
    let row = law
        .new_york_city_allowances
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table of allowances"))?;
    let base = if is_married(payment) { row.married } else { row.single };
    let allowances = allowances.unwrap_or_default();
    let net = new_york_city_net(row, base, allowances, times, wages, out);
    // Steps 2 to 5.
    let line = law
        .new_york_city_brackets
        .iter()
        .rfind(|row| row.pay_frequency == frequency && row.over <= net)
        .ok_or_else(|| no_table(payment, "city table"))?;
    Ok(new_york_city_by_table(line, net, times, out))
}

#[provision("NYS-50-T-NYC, method II, step 1: tables A, B and C; conversion of tables")]
fn new_york_city_net(
    #[is(Law::NEW_YORK_CITY_ALLOWANCES)] row: &NewYorkAllowance,
    base: Decimal,
    allowances: i64,
    times: Decimal,
    #[is(Figure::CityTogether)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let wages = work!(out, Figure::CityTableWages = wages / stated(times));
    let deduction =
        work!(out, Figure::CityDeduction = stated(base) + row.exemption * stated(allowances));
    work!(out, Figure::CityTaxable = at_least(wages - deduction, 0))
}

#[provision("NYS-50-T-NYC, method II, steps 2 to 5; conversion of tables")]
fn new_york_city_by_table(
    line: &CityBracket,
    #[is(Figure::CityTaxable)] net: Decimal,
    times: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::CityTableTax = (line.tax + share(net - line.over, line.rate)) * stated(times)
    )
}
