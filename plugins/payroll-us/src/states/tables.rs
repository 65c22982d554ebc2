//! The line of a rate table on which wages lie, and the refusal where a table is missing.

use stele_sdk::prelude::*;

use super::choices::Schedule;
use super::law::PeriodBracket;
use crate::amounts::percent;
use crate::facts::Payment;
use crate::payslip::Payslip;
use crate::sentences::unrounded;
use crate::steps::StateStep;

/// A table lacks what the employee's facts ask for.
pub(super) fn no_table(payment: &Payment, what: &str) -> Fault {
    let state = payment.state.map_or("no state", |state| state.name());
    Fault::fact(
        Payment::PAY_FREQUENCY,
        format!(
            "{state}: no {what} is known for {} on {}",
            payment.pay_frequency.name(),
            payment.on
        ),
    )
}

/// Tax on the taxable wages of the period: the line that they lie over.
pub(super) fn rate_table(
    table: &[PeriodBracket],
    payment: &Payment,
    schedule: Schedule,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let mut line = None;
    for row in table {
        if row.schedule == schedule && row.pay_frequency == payment.pay_frequency {
            if line.is_some() && taxable <= row.over {
                break;
            }
            line = Some(row);
        }
    }
    let line = line.ok_or_else(|| no_table(payment, "rate table"))?;
    let tax = line.tax + (taxable - line.over) * line.rate;
    out.step(|| StateStep::StateBracket {
        taxable,
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: unrounded(tax),
    });
    Ok(tax)
}
