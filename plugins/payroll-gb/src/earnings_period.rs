//! Earnings periods of Class 1 National Insurance, and the limits and thresholds for each: Social
//! Security (Contributions) Regulations 2001 (SI 2001/1004), regs. 2 to 8 and 11.

use stele_sdk::prelude::*;

use crate::choices::NiThreshold;
use crate::law::{Law, Threshold};
use crate::period::{Calendar, MONTHS, Period, WEEKS};

/// The stretch of time whose earnings are assessed together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EarningsPeriod {
    /// So many weeks. Also what is left of the year when a director is appointed (reg. 8 (2)).
    Weeks(i64),
    /// So many months.
    Months(i64),
    /// A tax year.
    Year,
}

impl EarningsPeriod {
    /// The earnings period of a regular payment (reg. 3).
    pub(crate) fn of(period: Option<Period>) -> Self {
        match period {
            None => EarningsPeriod::Year,
            Some(period) => EarningsPeriod::lasting(period.calendar, period.length),
        }
    }

    /// An earnings period of so many weeks or months.
    pub(crate) fn lasting(calendar: Calendar, length: i64) -> Self {
        match (calendar, length) {
            (Calendar::Months, MONTHS) => EarningsPeriod::Year,
            (Calendar::Months, months) => EarningsPeriod::Months(months),
            (Calendar::Weeks, weeks) => EarningsPeriod::Weeks(weeks),
        }
    }

    /// How many weeks or months of how many in a year.
    pub(crate) fn part(self) -> (i64, i64) {
        match self {
            EarningsPeriod::Year => (1, 1),
            EarningsPeriod::Weeks(weeks) => (weeks, WEEKS),
            EarningsPeriod::Months(months) => (months, MONTHS),
        }
    }

    /// The part of a yearly amount that falls into the period, exactly.
    fn part_of(self, yearly: Decimal) -> Decimal {
        let (count, of) = self.part();
        yearly * Decimal::from(count) / Decimal::from(of)
    }
}

/// Reg. 11: week, month and year are laid down. For another number of weeks or months the yearly
/// amount is divided by 52 or 12, multiplied, and "rounded up to the next whole pound"; the lower
/// earnings limit is a multiple of the weekly one, a month being 4 1/3 weeks.
pub(crate) fn threshold(
    law: &Law,
    wanted: NiThreshold,
    period: EarningsPeriod,
) -> Result<Decimal, Fault> {
    let row = law.ni_thresholds.iter().find(|row| row.threshold == wanted);
    let row = row.ok_or_else(|| {
        Fault::parameter(
            Law::NI_THRESHOLDS,
            format!("must have a row for {}, found none", wanted.name()),
        )
    })?;
    Ok(match period {
        EarningsPeriod::Year => row.year,
        EarningsPeriod::Weeks(1) => row.week,
        EarningsPeriod::Months(1) => row.month,
        multiple if wanted == NiThreshold::LowerEarningsLimit => lower_limit(row, multiple),
        multiple => multiple.part_of(row.year).ceil(),
    })
}

/// Reg. 11 (2).
fn lower_limit(row: &Threshold, period: EarningsPeriod) -> Decimal {
    match period {
        EarningsPeriod::Year => row.year,
        EarningsPeriod::Weeks(weeks) => row.week * Decimal::from(weeks),
        // 4 1/3 weeks are 13 thirds.
        EarningsPeriod::Months(months) => {
            (row.week * Decimal::from(13 * months) / Decimal::from(3)).ceil()
        }
    }
}
