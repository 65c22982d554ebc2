//! Illinois: Booklet IL-700-T, automated payroll method.

use stele_sdk::prelude::*;

use super::law::WageTerms;
use super::tables::no_table;
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::amounts::{cents, percent, periods};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::IllinoisStep;

/// Says which wages Illinois taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => IllinoisStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                IllinoisStep::WagesApart { pay, deductions, regular, supplemental }
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
    let flat = law.illinois.first().ok_or_else(|| no_table(payment, "rate"))?;
    // Supplemental wages are taxed at the same rate, without further allowances.
    let wages = wages.taxable(terms) + wages.supplemental;

    // The allowances of Form IL-W-4, lines 1 and 2, in the year, then in the period to the cent.
    let basic = Decimal::from(payment.state_allowances.unwrap_or_default());
    let additional = Decimal::from(payment.state_additional_allowances.unwrap_or_default());
    let year = basic * flat.allowance + additional * flat.additional_allowance;
    let periods = periods(payment.pay_frequency, flat.days);
    let deduction = if year.is_zero() { year } else { cents(year / periods) };
    let taxable = (wages - deduction).max(Decimal::ZERO);
    let regular = cents(taxable * flat.rate);
    out.step(|| IllinoisStep::Allowances {
        basic,
        allowance: flat.allowance,
        additional,
        additional_allowance: flat.additional_allowance,
        periods,
        deduction,
    });
    out.step(|| IllinoisStep::Taxable { wages, deduction, taxable });
    out.step(|| IllinoisStep::FlatRate { taxable, rate: percent(flat.rate), tax: regular });
    Ok(Withheld { regular, supplemental: Decimal::ZERO })
}
