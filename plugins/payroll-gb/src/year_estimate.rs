//! Income tax of a whole year at once, as an estimate: the liability on the code's allowance
//! (Income Tax Act 2007, ss. 10 and 23) to the penny, without the tables' whole pounds. Payroll
//! deducts the same to within a few pounds. The allowance is not tapered above 100,000: the code
//! says what HMRC allows.

use stele_sdk::prelude::*;
use stele_sdk::rounding::PENNY;

use crate::Payslip;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::income_tax::no_tax;
use crate::items::Item;
use crate::law::{Band, Law};
use crate::pay_adjustment;
use crate::tax_code::{self, Kind, TaxCode};

/// The tax of the year.
#[provision]
pub(crate) fn of_year(
    law: &Law,
    payment: &Payment,
    code: TaxCode,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    refuse_year_to_date(payment)?;
    let bands = code.region.bands(law);
    #[is(Figure::TaxDue)]
    let due = match code.kind {
        Kind::NoTax => no_tax(out),
        Kind::Flat(flat) => year_at_one_rate(tax_code::flat_rate(bands, flat)?, pay, out),
        Kind::Free(code) => {
            let left = less_allowance(pay_adjustment::of_year(law, code), pay, out);
            year_by_bands(bands, left, out)
        }
        Kind::Additional(code) => {
            let taxable = with_addition(pay_adjustment::of_year(law, code), pay, out);
            year_by_bands(bands, taxable, out)
        }
    };
    Ok(work!(out, Item::IncomeTax = due))
}

/// All pay at one rate.
#[provision(parameters("bands", "scottish_bands", "welsh_bands"))]
fn year_at_one_rate(
    rate: Decimal,
    #[is(Item::TaxablePay)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::TaxDue = half_up(share(pay, stated(rate)), PENNY))
}

/// Income Tax Act 2007, s. 23: the allowance that the code stands for.
#[provision("Income Tax Act 2007, s. 23", parameters("code_unit", "code_margin"))]
fn less_allowance(
    free: Decimal,
    #[is(Item::TaxablePay)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let free = work!(out, Figure::FreePay = stated(free));
    work!(out, Figure::PayAfterCode = at_least(pay - free, 0))
}

/// What a K code adds.
#[provision("Income Tax Act 2007, s. 23", parameters("code_unit", "code_margin"))]
fn with_addition(
    additional: Decimal,
    #[is(Item::TaxablePay)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let additional = work!(out, Figure::AdditionalPay = stated(additional));
    work!(out, Figure::PayAfterCode = pay + additional)
}

/// Income Tax Act 2007, s. 10.
#[provision("Income Tax Act 2007, s. 10", parameters("bands", "scottish_bands", "welsh_bands"))]
fn year_by_bands(
    bands: &[Band],
    #[is(Figure::PayAfterCode)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let band = tax_code::band(bands, |limit| taxable <= limit);
    #[is(Figure::BandLimit)]
    let mut limit = Decimal::ZERO;
    #[is(Figure::BandTax)]
    let mut tax_below = Decimal::ZERO;
    if let Some((up_to, tax)) = band.below {
        limit = work!(out, Figure::BandLimit = stated(up_to));
        tax_below = work!(out, Figure::BandTax = stated(tax));
    }
    let rate = band.rate;
    work!(out, Figure::TaxDue = half_up(tax_below + share(taxable - limit, stated(rate)), PENNY))
}

/// A year has no payments before it.
fn refuse_year_to_date(payment: &Payment) -> Result<(), Fault> {
    let given = [
        (payment.earlier_taxable_pay.is_some(), Payment::EARLIER_TAXABLE_PAY),
        (payment.earlier_tax.is_some(), Payment::EARLIER_TAX),
        (payment.tax_basis.is_some(), Payment::TAX_BASIS),
    ];
    match given.into_iter().find(|(given, _)| *given) {
        None => Ok(()),
        Some((_, fact)) => Err(Fault::fact(
            fact,
            "must be left out for the estimate of a year, which counts the whole year, found a value",
        )),
    }
}
