//! Income tax of a whole year at once, as an estimate: the liability on the code's allowance
//! (Income Tax Act 2007, ss. 10 and 23) to the penny, without the tables' whole pounds. Payroll
//! deducts the same to within a few pounds. The allowance is not tapered above 100,000: the code
//! says what HMRC allows.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::counted_pay;
use crate::facts::Payment;
use crate::income_tax::TaxablePay;
use crate::items::Item;
use crate::law::{Band, Law};
use crate::pay_adjustment;
use crate::rounding::nearest_penny;
use crate::steps::{TaxStep, percent};
use crate::tax_code::{self, Kind, TaxCode};

/// The tax of the year.
pub(crate) fn tax(
    law: &Law,
    payment: &Payment,
    code: TaxCode,
    taxable: TaxablePay,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    refuse_year_to_date(payment)?;
    let pay = taxable.total;
    counted_pay::explain(payment, taxable.apart, out);
    out.line(Item::TaxablePay, pay);
    let bands = code.region.bands(law);
    let tax = match code.kind {
        Kind::NoTax => {
            out.step(|| TaxStep::NoTax);
            Decimal::ZERO
        }
        Kind::Flat(flat) => {
            let rate = tax_code::flat_rate(bands, flat)?;
            let tax = nearest_penny(pay * rate);
            out.step(|| TaxStep::FlatRate {
                code: flat.name(),
                taxable: pay,
                rate: percent(rate),
                tax,
            });
            tax
        }
        Kind::Free(number) => {
            let free = pay_adjustment::of_year(law, number);
            let left = pay - free;
            out.step(|| TaxStep::FreePay { pay, free, taxable: left });
            by_bands(bands, left.max(Decimal::ZERO), out)
        }
        Kind::Additional(number) => {
            let additional = pay_adjustment::of_year(law, number);
            let taxable = pay + additional;
            out.step(|| TaxStep::AdditionalPay { pay, additional, taxable });
            by_bands(bands, taxable, out)
        }
    };
    out.line(Item::IncomeTax, tax);
    Ok(tax)
}

fn by_bands(bands: &[Band], taxable: Decimal, out: &mut Payslip) -> Decimal {
    let mut below = (Decimal::ZERO, Decimal::ZERO);
    let mut rate = Decimal::ZERO;
    for band in bands {
        rate = band.rate;
        let (Some(limit), Some(tax)) = (band.up_to, band.tax) else { break };
        if taxable <= limit {
            break;
        }
        below = (limit, tax);
    }
    let (limit, base_tax) = below;
    let tax = nearest_penny(base_tax + (taxable - limit) * rate);
    out.step(|| match taxable.is_zero() {
        true => TaxStep::NothingTaxable,
        false => TaxStep::Bands { taxable, limit, base_tax, rate: percent(rate), tax },
    });
    tax
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
