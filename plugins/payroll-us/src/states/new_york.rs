//! New York State: NYS-50-T-NYS, method II (exact calculation), and method III above its tables.

use stele_sdk::prelude::*;

use super::choices::{Schedule, StateFilingStatus};
use super::law::WageTerms;
use super::tables::no_table;
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, unrounded};
use crate::steps::NewYorkStep;

/// Says which wages New York taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => NewYorkStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                NewYorkStep::WagesApart { pay, deductions, regular, supplemental }
            }
        }
    });
}

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let exact = tax(law, payment, terms, wages, out)?;
    let regular = to_the_cent(exact.regular, out);
    let supplemental = to_the_cent(exact.supplemental, out);
    Ok(Withheld { regular, supplemental })
}

/// The state's tax before it is rounded: the Yonkers surcharge is a share of it.
pub(super) fn tax(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let taxable = wages.taxable(terms);
    let regular = method_ii(law, payment, taxable, out)?;
    // Supplemental wages, method a, is for one from whose regular wages tax is withheld; without
    // regular tax they are added to the regular wages (method b).
    if regular.is_zero() && !taxable.is_zero() && !wages.supplemental.is_zero() {
        let both = taxable + wages.supplemental;
        out.step(|| NewYorkStep::Together {
            wages: taxable,
            supplemental: wages.supplemental,
            total: both,
        });
        let both = method_ii(law, payment, both, out)?;
        return Ok(Withheld { regular: both, supplemental: Decimal::ZERO });
    }
    let rate = terms.supplemental_rate.unwrap_or_default();
    let supplemental = cents(wages.supplemental * rate);
    if !wages.supplemental.is_zero() {
        let (wages, tax) = (wages.supplemental, supplemental);
        out.step(|| NewYorkStep::Supplemental { wages, rate: percent(rate), tax });
    }
    Ok(Withheld { regular, supplemental })
}

fn method_ii(
    law: &Law,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let married = is_married(payment);
    let (frequency, times) = table_of(payment.pay_frequency);
    let part = wages / times;
    if times != Decimal::ONE {
        out.step(|| NewYorkStep::TablePart { wages, months: times, part: unrounded(part) });
    }
    let wages = part;

    // Step 1: the deduction and exemption allowances (tables A, B and C).
    let allowances = payment.state_allowances.unwrap_or_default();
    let row = law
        .new_york_allowances
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table of allowances"))?;
    let base = if married { row.married } else { row.single };
    let (each, number) = (row.exemption, allowances);
    let deduction = base + each * Decimal::from(number);
    out.step(|| NewYorkStep::Allowances { base, each, number, deduction });
    let net = (wages - deduction).max(Decimal::ZERO);
    out.step(|| NewYorkStep::Taxable {
        wages: unrounded(wages),
        deduction,
        taxable: unrounded(net),
    });

    // Method III, where a year of such wages lies above the tables.
    let schedule = if married { Schedule::Married } else { Schedule::Single };
    let annualized = net * periods(frequency, WORKING_DAYS);
    let top = law
        .new_york_top_rates
        .iter()
        .rfind(|row| row.schedule == schedule && annualized >= row.over);
    if let Some(top) = top {
        let tax = net * top.rate;
        out.step(|| NewYorkStep::TopRate {
            annualized: unrounded(annualized),
            over: top.over,
            rate: percent(top.rate),
            tax: unrounded(tax),
        });
        return Ok(of_payment(tax, times, out));
    }

    // Steps 2 to 5: the line on which the net wages are "at least … but less than".
    let mut line = None;
    for row in &law.new_york_brackets {
        if row.schedule == schedule && row.pay_frequency == frequency {
            if net < row.over {
                break;
            }
            line = Some(row);
        }
    }
    let line = line.ok_or_else(|| no_table(payment, "exact calculation table"))?;
    let tax = line.tax + (net - line.over) * line.rate;
    out.step(|| NewYorkStep::Bracket {
        taxable: unrounded(net),
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: unrounded(tax),
    });
    Ok(of_payment(tax, times, out))
}

/// Tax by the table back to the payment.
fn of_payment(tax: Decimal, times: Decimal, out: &mut Payslip) -> Decimal {
    let total = tax * times;
    if times != Decimal::ONE {
        out.step(|| NewYorkStep::TableTimes {
            tax: unrounded(tax),
            months: times,
            total: cents(total),
        });
    }
    total
}

/// Form IT-2104 knows single or head of household, and married.
pub(super) fn is_married(payment: &Payment) -> bool {
    payment.state_filing_status == Some(StateFilingStatus::Married)
}

/// The table for a pay frequency, and how often its result is taken: quarterly and semiannual pay
/// goes through the monthly table (NYS-50-T-NYS, conversion of tables).
pub(super) fn table_of(frequency: PayFrequency) -> (PayFrequency, Decimal) {
    match frequency {
        PayFrequency::Quarterly => (PayFrequency::Monthly, Decimal::from(3)),
        PayFrequency::Semiannual => (PayFrequency::Monthly, Decimal::from(6)),
        other => (other, Decimal::ONE),
    }
}
