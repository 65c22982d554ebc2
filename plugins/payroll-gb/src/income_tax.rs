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

use crate::Payslip;
use crate::choices::TaxBasis;
use crate::counted_pay::{self, Apart};
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::{Band, Law};
use crate::pay_adjustment;
use crate::period::{Calendar, Period};
use crate::rounding::{down_to_penny, down_to_pound, four_places};
use crate::steps::{PayStep, TaxStep, percent};
use crate::tax_code::{self, Kind, TaxCode};

/// Pay as the tax law sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaxablePay {
    /// Paid in money, after allowable pension contributions.
    pub money: Decimal,
    /// With benefits taxed through the payroll.
    pub total: Decimal,
    /// What makes it differ from the pay.
    pub apart: Apart,
}

/// What the tax tables count from: on the cumulative basis the year so far, otherwise nothing.
struct Counting {
    /// n.
    number: i64,
    /// P before this payment.
    earlier_pay: Decimal,
    /// L before this payment.
    earlier_tax: Decimal,
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
    let earlier_pay = payment.earlier_taxable_pay.unwrap_or_default();
    let earlier_tax = payment.earlier_tax.unwrap_or_default();
    counted_pay::explain(payment, pay.apart, out);
    out.line(Item::TaxablePay, pay.total);
    let pay_to_date = earlier_pay + pay.total;
    out.step(|| PayStep::YearToDate { earlier: earlier_pay, now: pay.total, total: pay_to_date });
    out.line(Item::TaxablePayToDate, pay_to_date);

    // Sections 8 to 11 and 14: on the week 1/month 1 basis, and beyond week 52, the payment counts
    // by itself, with the tables of the weeks or months that it is for.
    let basis = payment.tax_basis.unwrap_or(TaxBasis::Cumulative);
    let alone = basis == TaxBasis::Week1Month1 || period.beyond_the_year;
    let counting = if alone {
        Counting { number: period.length, earlier_pay: Decimal::ZERO, earlier_tax: Decimal::ZERO }
    } else {
        Counting { number: period.number, earlier_pay, earlier_tax }
    };
    out.step(|| match alone {
        true => TaxStep::BasisWeek1Month1 { number: counting.number },
        false => TaxStep::BasisCumulative { number: counting.number, earlier: earlier_pay },
    });

    let due = tax_to_date(law, code, period.calendar, &counting, pay.total, out)?;
    let tax = limited(law, due - counting.earlier_tax, pay.money, out);
    // Counted by itself, tax before it plays no part.
    out.step(|| match alone {
        true => TaxStep::TaxOfPaymentAlone { due, tax },
        false => TaxStep::TaxOfPayment { due, earlier: counting.earlier_tax, tax },
    });
    out.line(Item::IncomeTax, tax);
    let tax_to_date = earlier_tax + tax;
    out.step(|| PayStep::YearToDate { earlier: earlier_tax, now: tax, total: tax_to_date });
    out.line(Item::TaxToDate, tax_to_date);
    Ok(tax)
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

/// L for the pay to date.
fn tax_to_date(
    law: &Law,
    code: TaxCode,
    calendar: Calendar,
    counting: &Counting,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let pay_to_date = counting.earlier_pay + pay;
    let bands = code.region.bands(law);
    let taxable = match code.kind {
        // Section 7 (and 11): no tax; on the cumulative basis all tax so far is refunded.
        Kind::NoTax => {
            out.step(|| TaxStep::NoTax);
            return Ok(Decimal::ZERO);
        }
        // Sections 5, 6 (and 9, 10): all pay at one rate.
        Kind::Flat(flat) => {
            let rate = tax_code::flat_rate(bands, flat)?;
            let taxable = whole_pounds(pay_to_date, out);
            let tax = down_to_penny(taxable * rate);
            out.step(|| TaxStep::FlatRate { code: flat.name(), taxable, rate: percent(rate), tax });
            return Ok(tax);
        }
        // 4.3, 4.4: U = P − n a, or P + n a for a K code.
        Kind::Free(number) => {
            let adjustment = pay_adjustment::of_first_period(law, number, calendar)
                * Decimal::from(counting.number);
            let taxable = pay_to_date - adjustment;
            out.step(|| TaxStep::FreePay { pay: pay_to_date, free: adjustment, taxable });
            taxable
        }
        Kind::Additional(number) => {
            let adjustment = pay_adjustment::of_first_period(law, number, calendar)
                * Decimal::from(counting.number);
            let taxable = pay_to_date + adjustment;
            out.step(|| TaxStep::AdditionalPay {
                pay: pay_to_date,
                additional: adjustment,
                taxable,
            });
            taxable
        }
    };
    Ok(by_bands(bands, calendar, counting.number, taxable, out))
}

/// 4.4.4, 4.4.5: the formula is chosen by comparing U with v, and computed with T, c and k:
///
/// > L = k + (T − c) R, rounded down to the penny.
fn by_bands(
    bands: &[Band],
    calendar: Calendar,
    number: i64,
    taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if taxable <= Decimal::ZERO {
        out.step(|| TaxStep::NothingTaxable);
        return Decimal::ZERO;
    }
    let pounds = whole_pounds(taxable, out);
    let (of_year, number) = (Decimal::from(calendar.of_a_year()), Decimal::from(number));
    let mut below = (Decimal::ZERO, Decimal::ZERO);
    let mut rate = Decimal::ZERO;
    for band in bands {
        rate = band.rate;
        let (Some(limit), Some(tax)) = (band.up_to, band.tax) else { break };
        let limit_to_date = limit * number / of_year;
        if taxable <= limit_to_date.ceil() {
            break;
        }
        below = (limit_to_date, tax);
    }
    let (limit, tax_of_year) = below;
    let base = if limit.is_zero() {
        (Decimal::ZERO, Decimal::ZERO)
    } else {
        (four_places(limit), four_places(tax_of_year * number / of_year))
    };
    let (limit, base_tax) = base;
    let tax = down_to_penny(base_tax + (pounds - limit) * rate);
    out.step(|| TaxStep::Bands { taxable: pounds, limit, base_tax, rate: percent(rate), tax });
    tax
}

/// T.
fn whole_pounds(amount: Decimal, out: &mut Payslip) -> Decimal {
    let taxable = down_to_pound(amount);
    out.step(|| TaxStep::WholePounds { taxable });
    taxable
}

/// 4.5, Income Tax (PAYE) Regulations 2003, regs. 2 and 23: at most half of the payment is deducted.
/// What is held back is not lost: on the cumulative basis it is due with the next payment.
fn limited(law: &Law, tax: Decimal, money: Decimal, out: &mut Payslip) -> Decimal {
    if tax <= Decimal::ZERO {
        return tax;
    }
    let limit = down_to_penny(money.max(Decimal::ZERO) * law.overriding_limit);
    if tax <= limit {
        return tax;
    }
    out.step(|| TaxStep::OverridingLimit { tax, limit, part: percent(law.overriding_limit) });
    out.finding(Finding::TaxLimited).limit(limit).actual(tax);
    limit
}
