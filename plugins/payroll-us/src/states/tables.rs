//! The line of a rate table on which wages lie, and the refusal where a table is missing.

use stele_sdk::prelude::*;

use super::choices::Schedule;
use super::law::PeriodBracket;
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

/// The line of a table that the taxable wages of the period lie over.
pub(super) fn line_of<'a>(
    table: &'a [PeriodBracket],
    payment: &Payment,
    schedule: Schedule,
    taxable: Decimal,
) -> Result<&'a PeriodBracket, Fault> {
    let mut line = None;
    for row in table {
        if row.schedule == schedule && row.pay_frequency == payment.pay_frequency {
            if line.is_some() && taxable <= row.over {
                break;
            }
            line = Some(row);
        }
    }
    line.ok_or_else(|| no_table(payment, "rate table"))
}
