//! The line of a rate table on which wages lie, and the refusal where a table is missing.

use stele_sdk::prelude::*;

use super::choices::Schedule;
use super::law::PeriodBracket;
use crate::amounts::percent;
use crate::facts::Payment;

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

/// Tax by one line of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct TaxByLine {
    /// Where the line begins.
    pub over: Decimal,
    /// Tax up to there.
    pub base_tax: Decimal,
    /// Rate above it, in percent.
    pub rate: Decimal,
    /// The tax, not rounded.
    pub tax: Decimal,
}

/// Tax on the taxable wages of the period: the line that they lie over.
pub(super) fn by_line(
    table: &[PeriodBracket],
    payment: &Payment,
    schedule: Schedule,
    taxable: Decimal,
) -> Result<TaxByLine, Fault> {
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
    Ok(TaxByLine {
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: line.tax + (taxable - line.over) * line.rate,
    })
}
