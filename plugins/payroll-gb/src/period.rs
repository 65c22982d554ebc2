//! Tax weeks and tax months, and how much of the tax year a payment stands for.
//!
//! Income Tax (PAYE) Regulations 2003 (SI 2003/2682), reg. 2: a tax month begins on the 6th, a tax
//! week on the weekday of 6 April. A year of tables has 52 weeks or 12 months; a pay day after the
//! 52nd week is week 53 for weekly pay, 54 for two-weekly, 56 for four-weekly (reg. 31).

use stele_sdk::prelude::*;

use crate::choices::PayFrequency;
use crate::facts::Payment;

const CITATION: &str =
    "Income Tax (PAYE) Regulations 2003, regs. 2 and 31; HMRC PAYE manual PAYE70015";

/// Weeks of the tables of a tax year.
pub(crate) const WEEKS: i64 = 52;
/// Months of a tax year.
pub(crate) const MONTHS: i64 = 12;

/// Days of the tax year after which one, two … eleven tax months have passed, in a year with 28 days
/// in February. With 29 it is the same for weeks: none begins on 5 or 6 March.
const MONTHS_PASSED: [i64; 11] = [30, 61, 91, 122, 153, 183, 214, 244, 275, 306, 334];

/// In what the tables count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Calendar {
    /// Tax weeks, 52 of a year.
    Weeks,
    /// Tax months, 12 of a year.
    Months,
}

impl Calendar {
    /// How many there are in the tables of a year.
    pub(crate) fn of_a_year(self) -> i64 {
        match self {
            Calendar::Weeks => WEEKS,
            Calendar::Months => MONTHS,
        }
    }
}

/// The stretch of the tax year that a payment is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    /// Weeks or months.
    pub calendar: Calendar,
    /// How many weeks or months the payment is for.
    pub length: i64,
    /// Weeks or months of the tax year up to and including this payment ("n" of the specification).
    pub number: i64,
    /// A 53rd weekly, 27th two-weekly or 14th four-weekly pay day, outside the tables of the year.
    pub beyond_the_year: bool,
}

/// The period of a payment: as given, or by the date of payment. None for the estimate of a year,
/// which has no period.
pub(crate) fn period(payment: &Payment) -> Result<Option<Period>, Fault> {
    let Some((calendar, length)) = calendar_and_length(payment.pay_frequency) else {
        return no_period(payment);
    };
    let number = match payment.tax_period {
        Some(number) => number,
        None => match calendar {
            Calendar::Months => tax_month(payment.on),
            // The last one or two days of the tax year are beyond the 52 weeks of the tables.
            Calendar::Weeks => match tax_week(payment.on) {
                week if week > WEEKS => WEEKS + length,
                week => week,
            },
        },
    };
    let beyond_the_year = calendar == Calendar::Weeks && number == WEEKS + length;
    if number > calendar.of_a_year() && !beyond_the_year {
        return Err(unknown_period(payment, calendar, length, number));
    }
    Ok(Some(Period { calendar, length, number, beyond_the_year }))
}

/// How many weeks or months a frequency stands for. None for the estimate of a year.
pub(crate) fn calendar_and_length(frequency: PayFrequency) -> Option<(Calendar, i64)> {
    Some(match frequency {
        PayFrequency::Weekly => (Calendar::Weeks, 1),
        PayFrequency::TwoWeekly => (Calendar::Weeks, 2),
        PayFrequency::FourWeekly => (Calendar::Weeks, 4),
        PayFrequency::Monthly => (Calendar::Months, 1),
        PayFrequency::Quarterly => (Calendar::Months, 3),
        PayFrequency::HalfYearly => (Calendar::Months, 6),
        PayFrequency::Yearly => (Calendar::Months, MONTHS),
        PayFrequency::YearEstimate => return None,
    })
}

fn no_period(payment: &Payment) -> Result<Option<Period>, Fault> {
    match payment.tax_period {
        None => Ok(None),
        Some(number) => Err(Fault::fact(
            Payment::TAX_PERIOD,
            format!(
                "must be left out for the estimate of a year, which has no tax week or month, found {number}"
            ),
        )),
    }
}

#[cold]
fn unknown_period(payment: &Payment, calendar: Calendar, length: i64, number: i64) -> Fault {
    let frequency = payment.pay_frequency.name();
    let allowed = match calendar {
        Calendar::Months => format!("a tax month from 1 to {MONTHS}"),
        Calendar::Weeks => format!("a tax week from 1 to {WEEKS}, or {}", WEEKS + length),
    };
    Fault::fact(
        Payment::TAX_PERIOD,
        format!("must be {allowed} where pay_frequency is {frequency}, found {number}"),
    )
    .citing(CITATION)
}

impl Period {
    /// Whether a payment of this frequency can have gone before since a week or month of the tax
    /// year, counted as `number` is.
    pub(crate) fn follows_another_since(&self, first: i64) -> bool {
        self.number >= first + self.length
    }

    /// The week or month, as `number` counts, in which a tax week begins.
    pub(crate) fn of_week(&self, week: i64) -> i64 {
        match self.calendar {
            Calendar::Weeks => week,
            Calendar::Months => {
                let day = (week - 1) * 7;
                1 + MONTHS_PASSED.iter().map(|passed| i64::from(*passed <= day)).sum::<i64>()
            }
        }
    }
}

/// The tax month of a day: 6 April to 5 May is month 1.
fn tax_month(on: Date) -> i64 {
    let begun = i64::from(on.month()) - i64::from(on.day() < 6);
    (begun - 4).rem_euclid(MONTHS) + 1
}

/// The tax week of a day: 6 to 12 April is week 1.
pub(crate) fn tax_week(on: Date) -> i64 {
    let days_into_year = i64::from(on.day_of_year());
    let leap = i64::from(on.in_leap_year());
    // 6 April is day 96, in a leap year day 97; before it the tax year began in the year before.
    let sixth_of_april = 96 + leap;
    let days = if days_into_year >= sixth_of_april {
        days_into_year - sixth_of_april
    } else {
        // From 6 April to 31 December there are 270 days in every year.
        269 + days_into_year
    };
    days / 7 + 1
}
