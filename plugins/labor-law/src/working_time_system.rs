//! Systems of working time: standard, comprehensive and flexible.
//!
//! China: Labor Law, art. 39; Measures for Approving Flexible and Comprehensive Working Time, Laobufa
//! [1994] No. 503; Interim Provisions on Payment of Wages, art. 13. Both systems need the approval
//! of the authority; whether it was given is not known here.

use stele_sdk::prelude::*;
use stele_sdk::sentence;

use crate::Out;
use crate::dates;
use crate::facts::{AveragingPeriod, DayClass, WorkingTime, WorkingTimeSystem};
use crate::findings::Finding;
use crate::law::Law;
use crate::steps::TimeStep;
use crate::timesheet::{Timesheet, hours, whole_seconds};

/// How overtime is reckoned.
pub(crate) enum Reckoning {
    /// Beyond the normal day and the normal week, and on days of rest.
    ByDayAndWeek,
    /// Beyond the hours of each averaging period that ends in the period of the calculation.
    Together(Vec<Counted>),
    /// There is none.
    NotAtAll,
}

/// An averaging period that has ended.
pub(crate) struct Counted {
    pub(crate) from: Date,
    pub(crate) until: Date,
    /// Length in months.
    pub(crate) months: Decimal,
    /// Seconds worked, work on public holidays left out.
    worked: i64,
    /// Of those, before the period of the calculation.
    earlier: i64,
    /// Normal seconds.
    normal: i64,
    /// Seconds beyond them.
    pub(crate) overtime: i64,
}

impl Counted {
    /// Its first and last day.
    pub(crate) fn name(&self) -> String {
        format!("{} – {}", self.from, self.until)
    }
}

/// The system of the employee.
pub(crate) fn system(facts: &WorkingTime) -> WorkingTimeSystem {
    facts.working_time_system.unwrap_or(WorkingTimeSystem::Standard)
}

/// Reckons by the system of the facts.
///
/// Interim Provisions on Payment of Wages, art. 13: under the comprehensive system what goes beyond
/// the normal hours of the averaging period is overtime, on whatever day it was worked; work on
/// public holidays is paid as such and counted apart, because the normal hours leave these days
/// out (Renshebufa [2025] No. 2, part 1). Under the flexible system the article does not apply.
///
/// Fault: a comprehensive system without an averaging period, or with one that the ruleset does
/// not know.
pub(crate) fn reckoning(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    out: &mut Out,
) -> Result<Reckoning, Fault> {
    match system(facts) {
        WorkingTimeSystem::Standard => Ok(Reckoning::ByDayAndWeek),
        WorkingTimeSystem::Flexible => {
            let holidays = sheet.days.iter().map(|day| day.worked.public_holiday).sum::<i64>();
            if holidays > 0 {
                out.finding(Finding::FlexibleHolidayWork).actual(hours(holidays));
            }
            Ok(Reckoning::NotAtAll)
        }
        WorkingTimeSystem::Comprehensive => {
            together(law, facts, sheet, out).map(Reckoning::Together)
        }
    }
}

fn together(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    out: &mut Out,
) -> Result<Vec<Counted>, Fault> {
    let fault = |message: String| {
        Fault::fact(WorkingTime::AVERAGING_PERIOD, message)
            .citing("Measures for Approving Flexible and Comprehensive Working Time, Laobufa [1994] No. 503, art. 5")
    };
    let Some(period) = facts.averaging_period else {
        return Err(fault(
            "must be given with the comprehensive system: week, month, quarter or year, found none"
                .into(),
        ));
    };
    let (Some(row), Some(daily)) =
        (law.averaging_periods.iter().find(|row| row.period == period), law.normal_daily_hours)
    else {
        return Err(fault(format!(
            "must be a period whose normal hours are known, found {}",
            period.name()
        )));
    };
    let normal = whole_seconds(row.days * daily);
    let mut counted = Vec::new();
    let mut from = first_day(period, facts.period_from);
    loop {
        let next = next_first_day(period, from);
        let until = dates::previous_day(next);
        if next <= from || until > facts.period_until {
            return Ok(counted);
        }
        let earlier = match facts.earlier_hours {
            _ if from >= facts.period_from => Some(0),
            Some(hours) => Some(whole_seconds(hours)),
            None => {
                out.finding(Finding::EarlierHoursUnknown)
                    .about(format!("{from} – {until}"))
                    .on(facts.period_from);
                None
            }
        };
        if let Some(earlier) = earlier {
            let days = sheet.days.iter().filter(|day| (from..=until).contains(&day.date));
            let now = days.map(|day| day.worked.total() - day.worked.public_holiday).sum::<i64>();
            let worked = earlier + now;
            let overtime = (worked - normal).max(0);
            let months = months(period);
            counted.push(Counted { from, until, months, worked, earlier, normal, overtime });
        }
        from = next;
    }
}

/// First day of the averaging period that a day lies in.
fn first_day(period: AveragingPeriod, day: Date) -> Date {
    let of_month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
    match period {
        AveragingPeriod::Week => dates::monday(day),
        AveragingPeriod::Month => of_month(day.month()),
        AveragingPeriod::Quarter => of_month((day.month() - 1) / 3 * 3 + 1),
        AveragingPeriod::Year => of_month(1),
    }
}

/// First day of the averaging period after the one that begins on `first`.
fn next_first_day(period: AveragingPeriod, first: Date) -> Date {
    match period {
        AveragingPeriod::Week => (0..7).fold(first, |day, _| dates::next_day(day)),
        AveragingPeriod::Month => dates::add_months(first, 1),
        AveragingPeriod::Quarter => dates::add_months(first, 3),
        AveragingPeriod::Year => dates::add_months(first, 12),
    }
}

/// Length in months; twelve fifty-seconds for a week, so that a year of weeks has the cap of a year.
fn months(period: AveragingPeriod) -> Decimal {
    match period {
        AveragingPeriod::Week => Decimal::from(12) / Decimal::from(52),
        AveragingPeriod::Month => Decimal::ONE,
        AveragingPeriod::Quarter => Decimal::from(3),
        AveragingPeriod::Year => Decimal::from(12),
    }
}

impl Reckoning {
    /// Writes how overtime of a class came about. False where it is as under the standard system.
    pub(crate) fn explain(&self, class: DayClass, out: &mut Out) -> bool {
        match (self, class) {
            (Self::ByDayAndWeek, _) | (Self::Together(_), DayClass::PublicHoliday) => return false,
            (Self::NotAtAll, _) => out.step(|| TimeStep::FlexibleHours {}),
            (Self::Together(_), DayClass::RestDay) => out.step(|| TimeStep::RestDaysTogether {}),
            (Self::Together(counted), DayClass::Workday) => {
                for period in counted {
                    out.step(|| TimeStep::OvertimeOfPeriod {
                        from: period.from,
                        until: period.until,
                        worked: hours(period.worked),
                        earlier: hours(period.earlier),
                        normal: hours(period.normal),
                        overtime: hours(period.overtime),
                    });
                }
                match counted.as_slice() {
                    [] => out.step(|| TimeStep::AveragingPeriodOpen {}),
                    [_] => {}
                    several => out.step(|| {
                        let parts = several.iter().map(|period| hours(period.overtime));
                        TimeStep::OvertimeOfPeriods {
                            parts: sentence::sum(parts.clone(), 0),
                            total: parts.sum(),
                        }
                    }),
                }
            }
        }
        true
    }
}
