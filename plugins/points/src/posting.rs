//! Postings: the events of a period, valued and in the order in which the ledger takes them.

use crate::facts::{Event, Period};
use crate::parameters::{SameDay, Tariff, TariffBook};
use crate::reversal::{self, Reversed};
use stele_sdk::prelude::*;
use stele_sdk::rounding::half_up_to;

/// An event with its value.
#[derive(Clone, Debug)]
pub(crate) struct Posting<'a> {
    pub(crate) on: Date,
    /// The tariff of the day on which it happened.
    pub(crate) tariff: &'a Tariff,
    pub(crate) quantity: Decimal,
    pub(crate) reference: Option<&'a str>,
    /// Quantity times points each, rounded; below zero for a deduction, and for what is taken back of
    /// a grant.
    pub(crate) points: Decimal,
    /// What it takes back.
    pub(crate) reverses: Option<Reversed>,
    /// Row of the fact, where it comes from one.
    pub(crate) row: Option<usize>,
}

/// All events: by day, and on one day as the tariff book says, at last in the order in which they
/// were given (the counted facts after the rows, on the last day). What is taken back on a day comes
/// after its events.
///
/// # Errors
/// A fault that names the fact, row and column of an event that the tariff does not have on its
/// day, that is entered twice, or that takes back what did not happen.
pub(crate) fn in_order<'a>(
    book: &'a TariffBook,
    period: &'a Period,
) -> Result<Vec<Posting<'a>>, Fault> {
    let mut postings = Vec::with_capacity(period.events.len() + 4);
    for (row, event) in period.events.iter().enumerate() {
        refuse_repetition(period, row, event)?;
        // What is taken back is valued when it is known what happened.
        let day = event.happened_on.unwrap_or(event.on);
        let tariff = tariff_of(book, &event.event, day)
            .map_err(|message| Fault::fact_cell(Period::EVENTS, row, Event::EVENT, message))?;
        let quantity = event.quantity.unwrap_or(Decimal::ONE);
        let posting = posting(book, tariff, event.on, quantity, event.reference.as_deref());
        postings.push(Posting { row: Some(row), ..posting });
    }
    let counted = [
        ("full_attendance", period.full_attendance_months, Period::FULL_ATTENDANCE_MONTHS),
        ("late_arrival", period.late_arrivals, Period::LATE_ARRIVALS),
        ("excellent_review", period.excellent_reviews, Period::EXCELLENT_REVIEWS),
        ("course_completed", period.courses_completed, Period::COURSES_COMPLETED),
    ];
    for (event, count, field) in counted {
        let Some(count) = count.filter(|count| *count > 0) else { continue };
        let tariff = tariff_of(book, event, period.period_end)
            .map_err(|message| Fault::fact(field, message))?;
        postings.push(posting(book, tariff, period.period_end, Decimal::from(count), None));
    }
    // A stable sort: what is equal stays in the order in which it was given.
    let takes_back = |posting: &Posting<'_>| posting.quantity < Decimal::ZERO;
    match book.same_day {
        SameDay::AsGiven => postings.sort_by_key(|posting| (posting.on, takes_back(posting))),
        SameDay::GrantsFirst => postings.sort_by_key(|posting| {
            let back = takes_back(posting);
            (posting.on, back, !back && posting.points < Decimal::ZERO)
        }),
    }
    reversal::resolve(book, period, &mut postings)?;
    Ok(postings)
}

/// The tariff of an event on a day, or what is wrong with its name or day.
pub(crate) fn tariff_of<'a>(
    book: &'a TariffBook,
    event: &str,
    on: Date,
) -> Result<&'a Tariff, String> {
    if let Some(tariff) = book.tariff_on(event, on) {
        return Ok(tariff);
    }
    let first = book.tariff.iter().filter(|tariff| tariff.event == event);
    Err(match first.map(|tariff| tariff.applies_from).min() {
        Some(first) => {
            format!("must be in the tariff on its day, {on}, found {event}, which is from {first}")
        }
        None => {
            let mut known: Vec<&str> = Vec::new();
            for tariff in &book.tariff {
                if !known.contains(&tariff.event.as_str()) {
                    known.push(&tariff.event);
                }
            }
            format!("must be one of {}, found {event}", known.join(", "))
        }
    })
}

fn posting<'a>(
    book: &TariffBook,
    tariff: &'a Tariff,
    on: Date,
    quantity: Decimal,
    reference: Option<&'a str>,
) -> Posting<'a> {
    let points = half_up_to(quantity * tariff.points, book.points_decimals.into());
    Posting { on, tariff, quantity, reference, points, reverses: None, row: None }
}

/// Whoever refers to something names one event: the same course cannot be completed twice on a
/// day. Without a reference the same event may happen twice.
fn refuse_repetition(period: &Period, row: usize, event: &Event) -> Result<(), Fault> {
    let Some(reference) = &event.reference else { return Ok(()) };
    if event.takes_back() {
        return Ok(());
    }
    let first = period.events[..row].iter().position(|other| {
        other.on == event.on
            && other.event == event.event
            && other.reference == event.reference
            && !other.takes_back()
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
