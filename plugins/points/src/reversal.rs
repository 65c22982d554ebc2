//! Taking back: an event that turns out not to have happened, or not so often.
//!
//! A correction is an entry of its own: what was entered stays. The points and the room under the cap
//! that come back are those of the day on which the event had happened.

use crate::facts::{Event, Period};
use crate::parameters::TariffBook;
use crate::posting::Posting;
use stele_sdk::prelude::*;
use stele_sdk::rounding::half_up_to;

/// What a posting takes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reversed {
    /// Of an event of this period, by its place among the postings.
    InPeriod(usize),
    /// Of an event before the period.
    Before(Date),
}

/// Finds for each posting that takes something back what it is, and values it by the tariff of that
/// day.
///
/// # Errors
/// A fault that names the row where nothing of the kind happened, or less than is taken back.
pub(crate) fn resolve(
    book: &TariffBook,
    period: &Period,
    postings: &mut [Posting<'_>],
) -> Result<(), Fault> {
    let mut left: Vec<Decimal> = postings.iter().map(|posting| posting.quantity).collect();
    for at in 0..postings.len() {
        let Some(row) = postings[at].row.filter(|_| postings[at].quantity < Decimal::ZERO) else {
            continue;
        };
        let back = -postings[at].quantity;
        let event = &period.events[row];
        if let Some(day) = event.happened_on.filter(|day| *day < period.period_start) {
            postings[at].reverses = Some(Reversed::Before(day));
            continue;
        }
        let Some(found) = happened(&postings[..at], event) else {
            return Err(Fault::fact_cell(
                Period::EVENTS,
                row,
                Event::HAPPENED_ON,
                format!(
                    "must be a day on which {} happened, in this period or before it, found none",
                    event.event
                ),
            ));
        };
        if back > left[found] {
            return Err(Fault::fact_cell(
                Period::EVENTS,
                row,
                Event::QUANTITY,
                format!(
                    "must not take back more than the {} that happened on {}, found {back}",
                    left[found].normalize(),
                    postings[found].on
                ),
            ));
        }
        // What is rounded is what is left: an event that is taken back in parts comes back whole.
        let tariff = postings[found].tariff;
        let worth =
            |quantity: Decimal| half_up_to(quantity * tariff.points, book.points_decimals.into());
        let points = worth(left[found] - back) - worth(left[found]);
        left[found] -= back;
        let posting = &mut postings[at];
        posting.tariff = tariff;
        posting.points = points;
        posting.reverses = Some(Reversed::InPeriod(found));
    }
    Ok(())
}

/// The event of the period that is meant: on the day that is given, or else the latest; with the
/// reference that is given.
fn happened(earlier: &[Posting<'_>], event: &Event) -> Option<usize> {
    earlier.iter().rposition(|posting| {
        posting.quantity >= Decimal::ZERO
            && posting.tariff.event == event.event
            && event.happened_on.is_none_or(|day| day == posting.on)
            && event.reference.as_deref().is_none_or(|mine| posting.reference == Some(mine))
    })
}
