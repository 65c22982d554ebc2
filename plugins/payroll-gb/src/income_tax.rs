//! Income tax under PAYE: HMRC's "Specification for PAYE Tax Table Routines", in its order and with
//! its symbols.
//!
//! | symbol | here |
//! |---|---|
//! | n | week or month of the tax year, or weeks or months of the payment on the week 1/month 1 basis |
//! | P | pay to date, before the code |
//! | U | taxable pay to date: P less n × free pay, or plus n × additional pay |
//! | T | U rounded down to the pound |
//! | C, K, R | limit of a band in a year, tax on it, rate |
//! | c, k, v | C and K for n, to four decimals; c rounded up to the pound |
//! | L, l | tax to date; tax of this payment, negative for a refund |
//! | M | overriding limit |

use stele_sdk::prelude::*;
use stele_sdk::rounding::{PENNY, POUND, Unit};

use crate::Payslip;
use crate::choices::TaxBasis;
use crate::counted_pay::TaxablePay;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Band, Law};
use crate::pay_adjustment;
use crate::period::{Calendar, Period};
use crate::tax_code::{self, Kind, TaxCode};

/// c and k are calculated to "four decimal places", without correction.
const FOUR_PLACES: Unit = Unit::decimals(4);

/// What the tables count from: on the cumulative basis the year so far, otherwise nothing.
#[derive(Clone, Copy)]
enum Basis {
    /// n is the week or month of the year.
    Cumulative,
    /// n is how many weeks or months the payment is for. Sections 8 to 11 and 14: on the week
    /// 1/month 1 basis, and beyond week 52.
    Alone,
}

/// The tax to deduct from this payment, or to refund if it is negative.
pub(crate) fn deduct(
    law: &Law,
    payment: &Payment,
    code: TaxCode,
    period: Period,
    pay: TaxablePay,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    together(payment)?;
    let week_1 = payment.tax_basis == Some(TaxBasis::Week1Month1);
    let (basis, number) = match week_1 || period.beyond_the_year {
        true => (Basis::Alone, period.length),
        false => (Basis::Cumulative, period.number),
    };
    let counted = counted(payment, basis, number, pay.total, out);
    let due = tax_to_date(law, code, period.calendar, number, counted, out)?;
    let due = of_payment(payment, basis, due, out);
    Ok(limited(law, payment, due, pay.money, out))
}

/// Pay of the year so far without the tax on it would be taxed again, and tax without the pay be
/// refunded.
fn together(payment: &Payment) -> Result<(), Fault> {
    let (pay, tax) = (payment.earlier_taxable_pay.is_some(), payment.earlier_tax.is_some());
    let (missing, other) = match (pay, tax) {
        (true, false) => (Payment::EARLIER_TAX, "earlier_taxable_pay"),
        (false, true) => (Payment::EARLIER_TAXABLE_PAY, "earlier_tax"),
        _ => return Ok(()),
    };
    Err(Fault::fact(
        missing,
        format!("must be given, 0 if there was none, where {other} is given, found none"),
    )
    .citing("Income Tax (PAYE) Regulations 2003, reg. 23"))
}

/// P. Tax of the year so far counts unless the code is issued for the payment by itself.
#[provision]
fn counted(
    payment: &Payment,
    basis: Basis,
    number: i64,
    #[is(Item::TaxablePay)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let to_date = work!(out, Item::TaxablePayToDate = payment.earlier_taxable_pay + pay);
    match basis {
        Basis::Alone => {
            say!(
                out,
                BasisWeek1Month1,
                "Tax counts this payment by itself, with the allowances of {number} week(s) or month(s)."
            );
            work!(out, Figure::PayCounted = pay)
        }
        Basis::Cumulative => {
            say!(
                out,
                BasisCumulative,
                "Tax counts the tax year so far, with the allowances up to week or month {number}."
            );
            work!(out, Figure::PayCounted = to_date)
        }
    }
}

/// L for the pay to date.
fn tax_to_date(
    law: &Law,
    code: TaxCode,
    calendar: Calendar,
    number: i64,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let bands = code.region.bands(law);
    let adjustment = |code| pay_adjustment::of_first_period(law, code, calendar);
    let taxable = match code.kind {
        // Section 7 (and 11): on the cumulative basis all tax so far is refunded.
        Kind::NoTax => return Ok(no_tax(out)),
        // Sections 5, 6 (and 9, 10).
        Kind::Flat(flat) => return Ok(at_one_rate(tax_code::flat_rate(bands, flat)?, pay, out)),
        Kind::Free(code) => free_pay(adjustment(code), number, pay, out),
        Kind::Additional(code) => additional_pay(adjustment(code), number, pay, out),
    };
    Ok(by_bands(bands, calendar, number, taxable, out))
}

/// Section 7.
#[provision("HMRC, Specification for PAYE Tax Table Routines, section 7")]
pub(crate) fn no_tax(out: &mut Payslip) -> Decimal {
    say!(out, NoTax, "Code NT: no tax is due.");
    Decimal::ZERO
}

/// Sections 5 and 6: all pay at one rate; parts of a pound and of a penny are left out.
#[provision(
    "HMRC, Specification for PAYE Tax Table Routines, sections 5 and 6",
    parameters("bands", "scottish_bands", "welsh_bands")
)]
fn at_one_rate(
    rate: Decimal,
    #[is(Figure::PayCounted)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let pounds = work!(out, Figure::WholePounds = down(pay, POUND));
    work!(out, Figure::TaxDue = down(share(pounds, stated(rate)), PENNY))
}

/// 4.3, 4.4: U = P − n a.
#[provision(
    "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
    parameters("code_unit", "code_margin", "code_block", "code_block_week", "code_block_month")
)]
fn free_pay(
    of_first_period: Decimal,
    number: i64,
    #[is(Figure::PayCounted)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let free = work!(out, Figure::FreePay = stated(of_first_period) * stated(number));
    work!(out, Figure::PayAfterCode = pay - free)
}

/// 4.3, 4.4: U = P + n a, for a K code.
#[provision(
    "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
    parameters("code_unit", "code_margin", "code_block", "code_block_week", "code_block_month")
)]
fn additional_pay(
    of_first_period: Decimal,
    number: i64,
    #[is(Figure::PayCounted)] pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let additional = work!(out, Figure::AdditionalPay = stated(of_first_period) * stated(number));
    work!(out, Figure::PayAfterCode = pay + additional)
}

/// 4.4.4, 4.4.5: the formula is chosen by comparing U with v, and computed with T, c and k:
///
/// > L = k + (T − c) R, rounded down to the penny.
#[provision(
    "HMRC, Specification for PAYE Tax Table Routines, 4.4.4 and appendices A to C",
    parameters("bands", "scottish_bands", "welsh_bands")
)]
fn by_bands(
    bands: &[Band],
    calendar: Calendar,
    number: i64,
    #[is(Figure::PayAfterCode)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if taxable <= Decimal::ZERO {
        say!(out, NothingTaxable, "Nothing of it is taxable.");
        return Decimal::ZERO;
    }
    let of_year = calendar.of_a_year();
    let to_date = |limit| limit * Decimal::from(number) / Decimal::from(of_year);
    let band = tax_code::band(bands, |limit| taxable <= to_date(limit).ceil());
    let pounds = work!(out, Figure::WholePounds = down(taxable, POUND));
    #[is(Figure::BandLimit)]
    let mut limit = Decimal::ZERO;
    #[is(Figure::BandTax)]
    let mut tax_below = Decimal::ZERO;
    if let Some((up_to, tax)) = band.below {
        limit = work!(
            out,
            Figure::BandLimit = down(stated(up_to) * stated(number) / stated(of_year), FOUR_PLACES)
        );
        tax_below = work!(
            out,
            Figure::BandTax = down(stated(tax) * stated(number) / stated(of_year), FOUR_PLACES)
        );
    }
    let rate = band.rate;
    work!(out, Figure::TaxDue = down(tax_below + share(pounds - limit, stated(rate)), PENNY))
}

/// l before the limit. Counted by itself, tax before it plays no part.
#[provision]
fn of_payment(
    payment: &Payment,
    basis: Basis,
    #[is(Figure::TaxDue)] due: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match basis {
        Basis::Alone => work!(out, Figure::TaxOfPayment = due),
        Basis::Cumulative => work!(out, Figure::TaxOfPayment = due - payment.earlier_tax),
    }
}

/// 4.5, Income Tax (PAYE) Regulations 2003, regs. 2 and 23: at most half of the payment is deducted.
/// What is held back is not lost: on the cumulative basis it is due with the next payment.
#[provision]
fn limited(
    law: &Law,
    payment: &Payment,
    #[is(Figure::TaxOfPayment)] due: Decimal,
    #[is(Figure::PayInMoney)] money: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let tax = if due <= Decimal::ZERO {
        work!(out, Item::IncomeTax = due)
    } else {
        let limit = work!(
            out,
            Figure::OverridingLimit = down(share(at_least(money, 0), law.overriding_limit), PENNY)
        );
        if due > limit {
            out.finding(Finding::TaxLimited).limit(limit).actual(due);
        }
        work!(out, Item::IncomeTax = at_most(due, limit))
    };
    work!(out, Item::TaxToDate = payment.earlier_tax + tax);
    tax
}
