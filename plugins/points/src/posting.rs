//! Postings: the events of a period, valued and in the order in which the ledger takes them.

use crate::facts::{Event, Period};
use crate::parameters::{SameDay, Tariff, TariffBook};
use crate::rounding::half_up;
use stele_sdk::prelude::*;

/// An event with its value.
#[derive(Clone, Debug)]
pub(crate) struct Posting<'a> {
    pub(crate) on: Date,
    pub(crate) tariff: &'a Tariff,
    pub(crate) quantity: Decimal,
    pub(crate) reference: Option<&'a str>,
    /// Quantity times points each, rounded; below zero for a deduction.
    pub(crate) points: Decimal,
}

/// All events: by day, and on one day as the tariff book says, at last in the order in which they
/// were given (the counted facts after the rows, on the last day).
///
/// # Errors
/// A fault that names the fact, row and column of an event that the tariff does not have or that
/// is entered twice.
pub(crate) fn in_order<'a>(
    book: &'a TariffBook,
    period: &'a Period,
) -> Result<Vec<Posting<'a>>, Fault> {
    let mut postings = Vec::with_capacity(period.events.len() + 4);
    for (row, event) in period.events.iter().enumerate() {
        refuse_repetition(period, row, event)?;
        let tariff = tariff_of(book, &event.event)
            .map_err(|message| Fault::fact_cell(Period::EVENTS, row, Event::EVENT, message))?;
        let quantity = event.quantity.unwrap_or(Decimal::ONE);
        postings.push(posting(book, tariff, event.on, quantity, event.reference.as_deref()));
    }
    let counted = [
        ("full_attendance", period.full_attendance_months, Period::FULL_ATTENDANCE_MONTHS),
        ("late_arrival", period.late_arrivals, Period::LATE_ARRIVALS),
        ("excellent_review", period.excellent_reviews, Period::EXCELLENT_REVIEWS),
        ("course_completed", period.courses_completed, Period::COURSES_COMPLETED),
    ];
    for (event, count, field) in counted {
        let Some(count) = count.filter(|count| *count > 0) else { continue };
        let tariff = tariff_of(book, event).map_err(|message| Fault::fact(field, message))?;
        postings.push(posting(book, tariff, period.period_end, Decimal::from(count), None));
    }
    // A stable sort: what is equal stays in the order in which it was given.
    match book.same_day {
        SameDay::AsGiven => postings.sort_by_key(|posting| posting.on),
        SameDay::GrantsFirst => {
            postings.sort_by_key(|posting| (posting.on, posting.points < Decimal::ZERO));
        }
    }
    Ok(postings)
}

/// The tariff of an event, or what is wrong with its name.
pub(crate) fn tariff_of<'a>(book: &'a TariffBook, event: &str) -> Result<&'a Tariff, String> {
    book.tariff.iter().find(|tariff| tariff.event == event).ok_or_else(|| {
        let known: Vec<&str> = book.tariff.iter().map(|tariff| tariff.event.as_str()).collect();
        format!("must be one of {}, found {event}", known.join(", "))
    })
}

fn posting<'a>(
    book: &TariffBook,
    tariff: &'a Tariff,
    on: Date,
    quantity: Decimal,
    reference: Option<&'a str>,
) -> Posting<'a> {
    let points = half_up(quantity * tariff.points, book.points_decimals);
    Posting { on, tariff, quantity, reference, points }
}

/// Whoever refers to something names one event: the same course cannot be completed twice on a
/// day. Without a reference the same event may happen twice.
fn refuse_repetition(period: &Period, row: usize, event: &Event) -> Result<(), Fault> {
    let Some(reference) = &event.reference else { return Ok(()) };
    let first = period.events[..row].iter().position(|other| {
        other.on == event.on && other.event == event.event && other.reference == event.reference
    });
    first.map_or(Ok(()), |first| {
        Err(Fault::fact_cell(
            Period::EVENTS,
            row,
            Event::REFERENCE,
            format!("must occur once, but {reference} is already in row {first} (counted from 0)"),
        ))
    })
}
