//! New York State: NYS-50-T-NYS, method II (exact calculation), and method III above its tables.

use stele_sdk::prelude::*;

use super::{
    Schedule, StateFilingStatus, StateTerms, StateWages, Withheld, no_table, supplemental_tax,
};
use crate::Payslip;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::law::Law;
use crate::steps::Step;

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let exact = tax(law, payment, terms, wages, out)?;
    Ok(Withheld { regular: cents(exact.regular), supplemental: cents(exact.supplemental) })
}

/// The state's tax before it is rounded: the Yonkers surcharge is a share of it.
pub(super) fn tax(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let taxable = wages.taxable(terms);
    let regular = method_ii(law, payment, taxable, out)?;
    // Supplemental wages, method a, is for one from whose regular wages tax is withheld; without
    // regular tax they are added to the regular wages (method b).
    if regular.is_zero() && !taxable.is_zero() && !wages.supplemental.is_zero() {
        let both = method_ii(law, payment, taxable + wages.supplemental, out)?;
        return Ok(Withheld { regular: both, supplemental: Decimal::ZERO });
    }
    let supplemental =
        supplemental_tax(terms, payment, wages.supplemental, out).unwrap_or_default();
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
    let wages = wages / times;

    // Step 1: the deduction and exemption allowances (tables A, B and C).
    let allowances = payment.state_allowances.unwrap_or_default();
    let row = law
        .new_york_allowances
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table of allowances"))?;
    let deduction = if married { row.state_married } else { row.state_single };
    let deduction = deduction + row.exemption * Decimal::from(allowances);
    let net = (wages - deduction).max(Decimal::ZERO);
    out.step(|| Step::StateTaxable { wages, deduction, taxable: net });

    // Method III, where a year of such wages lies above the tables.
    let schedule = if married { Schedule::Married } else { Schedule::Single };
    let annualized = net * periods(frequency, WORKING_DAYS);
    let top = law
        .new_york_top_rates
        .iter()
        .rfind(|row| row.schedule == schedule && annualized >= row.over);
    if let Some(top) = top {
        let tax = net * top.rate;
        out.step(|| Step::NewYorkTopRate {
            annualized,
            over: top.over,
            rate: percent(top.rate),
            tax: cents(tax),
        });
        return Ok(tax * times);
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
    out.step(|| Step::StateBracket {
        taxable: net,
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: cents(tax),
    });
    Ok(tax * times)
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
