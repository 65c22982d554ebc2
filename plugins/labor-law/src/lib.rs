//! Labor law: limits as data, findings as results.
//!
//! One rule serves every jurisdiction that limits working time: the numbers are parameters, and a
//! limit that a ruleset does not set is not checked. It reads time entries, a schedule and the
//! contract's facts of one employee and yields hours by class, overtime pay, attendance and leave as
//! lines, and what breaks the law as findings.
//!
//! What may not enter: amounts, rates or limits of any law (they are dated parameters of a ruleset)
//! and anything about taxes or social insurance (that is payroll's).

mod attendance;
mod calendar;
mod check;
mod contract;
mod dates;
mod derogation;
pub mod facts;
pub mod findings;
mod hours;
pub mod items;
pub mod law;
mod leave;
mod moment;
mod night;
mod notice_pay;
mod overtime;
mod rest;
mod severance;
pub mod steps;
mod timesheet;
mod untaken_leave;
mod wage;
mod working_time_system;

use stele_sdk::prelude::*;

use crate::calendar::Calendar;
use crate::derogation::{Derogations, Force};
use crate::facts::{Leave, Provision, WorkingTime, WorkingTimeSystem};
use crate::findings::Finding;
use crate::items::Item;
use crate::law::Law;
use crate::steps::{Step, TimeStep};
use crate::timesheet::Timesheet;

/// Outcome of this rule.
type Out = Outcome<Item, Finding, Step>;

/// The rule.
pub struct LaborLaw;

impl Rule for LaborLaw {
    const NAME: &'static str = "labor-law";
    const MEANING: &'static str = "Working time, overtime, rest, wages, probation, leave and notice \
        of one employee in one period: hours, overtime pay and attendance as lines, violated limits \
        as findings.";
    type Facts = WorkingTime;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        check::parameters(law)
    }

    fn evaluate(law: &Law, facts: &WorkingTime, out: &mut Out) -> Result<(), Fault> {
        period(facts)?;
        hours::agreed_reference_period(law, facts)?;
        let calendar = Calendar::new(law, facts)?;
        let sheet = Timesheet::read(law, facts, &calendar)?;

        let reckoning = working_time_system::reckoning(law, facts, &sheet, out)?;
        let overtime = overtime::overtime(law, &sheet, &calendar, reckoning);

        // Lines first: a step before a line leads to it, a step after all lines stands by itself.
        let worked = overtime
            .as_ref()
            .map_or_else(|| timesheet::hours(sheet.worked()), |overtime| overtime.worked(&sheet));
        out.step(|| TimeStep::Worked {
            entries: count(sheet.entries.len()),
            days: count(sheet.days.len()),
            hours: worked,
        });
        out.line(Item::WorkedHours, worked);
        out.further_line(Item::WorkedDays, Decimal::from(count(sheet.days.len())));
        night::night_line(law, &sheet, out);
        if let Some(overtime) = &overtime {
            overtime.hour_lines(law, &sheet, out);
            overtime.pay_lines(law, facts, out);
        }
        attendance::attendance(law, facts, &sheet, out)?;
        let minimum = wage::minimum_wage(law, facts)?;
        if let Some(leave) = leave::annual_leave(law, facts, out)? {
            untaken_leave::untaken_leave(law, facts, &leave, out);
        }
        severance::severance(law, facts, minimum, out)?;
        notice_pay::pay_in_lieu_of_notice(law, facts, out);

        // Working time and rest.
        sheet.say_assumed(law, out);
        let mut derogations = Derogations::new(law, facts);
        let standard = working_time_system::system(facts) == WorkingTimeSystem::Standard;
        hours::daily(law, &sheet, out);
        hours::weekly(law, &sheet, out);
        hours::monthly(law, &sheet, out);
        if derogations.force(Provision::WeeklyHours) == Force::Applies {
            hours::average_weekly(law, facts, &sheet, out);
        }
        if let Some(overtime) = &overtime {
            overtime.daily_cap(law, out);
            overtime.monthly_cap(law, out);
        }
        rest::daily_rest(law, &sheet, &mut derogations, out);
        rest::breaks(law, &sheet, &mut derogations, out);
        if standard {
            // Labor Law, art. 39: who has another system approved need not keep art. 38.
            rest::weekly_rest(law, facts, &sheet, &mut derogations, out);
        }
        hours::night_average(law, facts, &sheet, &mut derogations, out);
        night::hazardous(law, facts, &sheet, &mut derogations, out);

        // Wage and contract.
        if let Some(minimum) = minimum {
            wage::minimum_wage_kept(minimum, facts, out);
        }
        contract::probation_length(law, facts, out)?;
        contract::probation_pay(law, facts, minimum, out);
        contract::notice(law, facts, out)
    }
}

stele_sdk::export!(LaborLaw);

/// Longest period of one calculation. The longest reference period that any law knows is a year
/// (Directive 2003/88/EC, art. 19), and a bound keeps the work of one calculation small.
const LONGEST_PERIOD_MONTHS: i64 = 12;

/// The period and every leave end after they begin, and the period is not longer than a year.
fn period(facts: &WorkingTime) -> Result<(), Fault> {
    if facts.period_until < facts.period_from {
        return Err(Fault::fact(
            WorkingTime::PERIOD_UNTIL,
            format!(
                "must not be before the first day of the period, {}, found {}",
                facts.period_from, facts.period_until
            ),
        ));
    }
    let last = dates::previous_day(dates::add_months(facts.period_from, LONGEST_PERIOD_MONTHS));
    if facts.period_until > last {
        return Err(Fault::fact(
            WorkingTime::PERIOD_UNTIL,
            format!(
                "must be within a year of the first day of the period, at most {last}, found {}",
                facts.period_until
            ),
        ));
    }
    for (row, leave) in facts.leave.iter().enumerate() {
        if leave.until < leave.from {
            return Err(Fault::fact_cell(
                WorkingTime::LEAVE,
                row,
                Leave::UNTIL,
                format!(
                    "must not be before the first day of the leave, {}, found {}",
                    leave.from, leave.until
                ),
            ));
        }
    }
    Ok(())
}

/// More seconds than so many hours, exactly.
fn exceeds(seconds: i64, limit: Decimal) -> bool {
    Decimal::from(seconds) > timesheet::seconds(limit)
}

/// A number of rows; the host bounds tables far below what fits.
fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
