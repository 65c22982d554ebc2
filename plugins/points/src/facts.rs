//! What is known of one person's period.

use stele_sdk::prelude::*;

/// One person's period: what happened in it, and what was there before.
#[derive(Facts, Clone, Debug)]
pub struct Period {
    /// Day of the calculation. The tariff is known as of this day: no event is later.
    #[fact(calculation_date)]
    pub on: Date,
    /// First day of the period.
    pub period_start: Date,
    /// Last day of the period, which still belongs to it.
    pub period_end: Date,
    /// What happened, each with its day. On one day, the order of the rows may count.
    #[fact(optional, maximum_rows = 1000)]
    pub events: Vec<Event>,
    /// Late arrivals in the period, beside those among the events. They count as events
    /// `late_arrival` on the last day.
    #[fact(unit = "arrivals", minimum = "0", maximum = "10000")]
    pub late_arrivals: Option<i64>,
    /// Months of full attendance in the period: 1 or 0 where it is a month. They count as events
    /// `full_attendance` on the last day.
    #[fact(unit = "months", minimum = "0", maximum = "120")]
    pub full_attendance_months: Option<i64>,
    /// Reviews with an excellent result in the period. They count as events `excellent_review` on
    /// the last day.
    #[fact(unit = "reviews", minimum = "0", maximum = "1000")]
    pub excellent_reviews: Option<i64>,
    /// Courses completed in the period, beside those among the events. They count as events
    /// `course_completed` on the last day.
    #[fact(unit = "courses", minimum = "0", maximum = "10000")]
    pub courses_completed: Option<i64>,
    /// The points that were there before the period, by the day on which they were granted.
    #[fact(optional, maximum_rows = 500)]
    pub opening_lots: Vec<OpeningLot>,
    /// How far the balance was below zero before the period. Never together with opening lots.
    #[fact(unit = "points", minimum = "0", maximum = "1000000000", decimals = 6)]
    pub opening_debt: Option<Decimal>,
    /// What counted before the period towards a cap of a quarter or year that began earlier.
    #[fact(optional, maximum_rows = 500)]
    pub earlier: Vec<Earlier>,
    /// The performance bonus before points decide their share. With it, that share is also given
    /// in money.
    #[fact(unit = "currency", minimum = "0", maximum = "1000000000", decimals = 4)]
    pub grade_bonus: Option<Decimal>,
}

/// Something that happened on a day.
#[derive(Row, Clone, Debug)]
pub struct Event {
    /// What happened, by its name in the tariff.
    #[column(maximum_length = 64)]
    pub event: String,
    /// The day, within the period and not after the day of the calculation.
    pub on: Date,
    /// How often or how much. Left out: once. Below zero an event is taken back that happened
    /// earlier: its points and its room under the cap come back.
    #[column(minimum = "-100000", maximum = "100000", decimals = 4)]
    pub quantity: Option<Decimal>,
    /// Only where an event is taken back: the day on which it had happened, in this period or
    /// before. Left out: the latest day of the period on which it happened, with the same reference
    /// where there is one.
    pub happened_on: Option<Date>,
    /// What it was about: a course, a shift. The same event with the same reference on one day is
    /// refused as entered twice.
    #[column(maximum_length = 64)]
    pub reference: Option<String>,
}

/// Points that were there before the period.
#[derive(Row, Clone, Debug)]
pub struct OpeningLot {
    /// The day on which they were granted, before the period.
    pub granted_on: Date,
    /// How many are left.
    #[column(unit = "points", minimum = "0", maximum = "1000000000", decimals = 6)]
    pub points: Decimal,
    /// The last day on which they can be used. None: they do not expire.
    pub expires_on: Option<Date>,
}

/// What an event brought before the period, in a month, quarter or year that still runs.
#[derive(Row, Clone, Debug)]
pub struct Earlier {
    /// The event, by its name in the tariff.
    #[column(maximum_length = 64)]
    pub event: String,
    /// The day, before the period.
    pub on: Date,
    /// Points that counted towards the cap, without sign.
    #[column(unit = "points", minimum = "0", maximum = "1000000000", decimals = 6)]
    pub points: Decimal,
}

impl Event {
    /// Whether an earlier event is taken back.
    pub(crate) fn takes_back(&self) -> bool {
        self.quantity.is_some_and(|quantity| quantity < Decimal::ZERO)
    }
}

/// The rows belong where they are entered: events into the period and not after the day of the
/// calculation, everything else before the period.
///
/// # Errors
/// A fault that names the row and the column.
pub(crate) fn check_period(period: &Period) -> Result<(), Fault> {
    let (start, end) = (period.period_start, period.period_end);
    if end < start {
        return Err(Fault::fact(
            Period::PERIOD_END,
            format!("must not be before {start}, the first day, found {end}"),
        ));
    }
    for (row, event) in period.events.iter().enumerate() {
        if event.on < start || event.on > end {
            return Err(Fault::fact_cell(
                Period::EVENTS,
                row,
                Event::ON,
                format!("must be {start} to {end}, the period, found {}", event.on),
            ));
        }
        // What a later day is worth may still change: a tariff of today would be a guess.
        if event.on > period.on {
            return Err(Fault::fact_cell(
                Period::EVENTS,
                row,
                Event::ON,
                format!(
                    "must not be after {}, the day of the calculation, found {}",
                    period.on, event.on
                ),
            ));
        }
        match event.happened_on {
            Some(day) if !event.takes_back() => {
                return Err(Fault::fact_cell(
                    Period::EVENTS,
                    row,
                    Event::HAPPENED_ON,
                    format!("must be left out where nothing is taken back, found {day}"),
                ));
            }
            Some(day) if day > event.on => {
                return Err(Fault::fact_cell(
                    Period::EVENTS,
                    row,
                    Event::HAPPENED_ON,
                    format!("must not be after {}, the day of the row, found {day}", event.on),
                ));
            }
            _ => {}
        }
    }
    for (row, earlier) in period.earlier.iter().enumerate() {
        if earlier.on >= start {
            return Err(Fault::fact_cell(
                Period::EARLIER,
                row,
                Earlier::ON,
                format!(
                    "must be before {start}, the first day of the period, found {}",
                    earlier.on
                ),
            ));
        }
    }
    Ok(())
}
