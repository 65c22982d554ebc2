//! New York City, residents: NYS-50-T-NYC, method II (exact calculation).

use stele_sdk::prelude::*;

use super::law::WageTerms;
use super::new_york::{is_married, table_of};
use super::tables::no_table;
use super::wages::StateWages;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, together, unrounded};
use crate::steps::NewYorkCityStep;

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let taxable = wages.taxable(terms);
    let regular = method_ii(law, payment, taxable, out)?;
    if wages.supplemental.is_zero() {
        return Ok(to_the_cent(regular, out));
    }
    if regular.is_zero() && !taxable.is_zero() {
        let both = taxable + wages.supplemental;
        out.step(|| NewYorkCityStep::Together {
            wages: taxable,
            supplemental: wages.supplemental,
            total: both,
        });
        let tax = method_ii(law, payment, both, out)?;
        return Ok(to_the_cent(tax, out));
    }
    let regular = to_the_cent(regular, out);
    let rates = law.new_york_city_rates.first().ok_or_else(|| no_table(payment, "local rate"))?;
    let rate = rates.supplemental;
    let tax = cents(wages.supplemental * rate);
    out.step(|| NewYorkCityStep::Supplemental {
        wages: wages.supplemental,
        rate: percent(rate),
        tax,
    });
    together(&[regular, tax], out);
    Ok(regular + tax)
}

fn method_ii(
    law: &Law,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let (frequency, times) = table_of(payment.pay_frequency);
    let part = wages / times;
    if times != Decimal::ONE {
        out.step(|| NewYorkCityStep::TablePart { wages, months: times, part: unrounded(part) });
    }
    let wages = part;

    // Step 1: the city's own deduction allowance, and its exemptions (tables A, B and C).
    let allowances = payment.new_york_city_allowances.or(payment.state_allowances);
    let row = law
        .new_york_city_allowances
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table of allowances"))?;
    let base = if is_married(payment) { row.married } else { row.single };
    let (each, number) = (row.exemption, allowances.unwrap_or_default());
    let deduction = base + each * Decimal::from(number);
    out.step(|| NewYorkCityStep::Allowances { base, each, number, deduction });
    let net = (wages - deduction).max(Decimal::ZERO);
    out.step(|| NewYorkCityStep::Taxable {
        deduction,
        wages: unrounded(wages),
        taxable: unrounded(net),
    });

    // Steps 2 to 5.
    let line = law
        .new_york_city_brackets
        .iter()
        .rfind(|row| row.pay_frequency == frequency && row.over <= net)
        .ok_or_else(|| no_table(payment, "city table"))?;
    let tax = line.tax + (net - line.over) * line.rate;
    out.step(|| NewYorkCityStep::Bracket {
        taxable: unrounded(net),
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: unrounded(tax),
    });
    let total = tax * times;
    if times != Decimal::ONE {
        out.step(|| NewYorkCityStep::TableTimes {
            tax: unrounded(tax),
            months: times,
            total: cents(total),
        });
    }
    Ok(total)
}
