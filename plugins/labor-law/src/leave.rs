//! Annual leave.
//!
//! China: Regulations on Paid Annual Leave of Employees, art. 3; Implementing Measures, Order 1 of
//! 2008 of the Ministry of Human Resources and Social Security, arts. 5 and 12. European Union:
//! Directive 2003/88/EC, art. 7.

use stele_sdk::prelude::*;

use crate::Out;
use crate::dates;
use crate::facts::WorkingTime;
use crate::findings::Finding;
use crate::items::Item;
use crate::law::Law;
use crate::steps::LeaveStep;

/// Months that make a full year of service.
const MONTHS_OF_A_YEAR: i64 = 12;

/// Annual leave of the year in which the period ends.
pub(crate) struct AnnualLeave {
    /// What the law gives for a whole year.
    pub(crate) whole_year: Decimal,
    /// What it gives for the part of the year in which the employee is employed here, fractions of
    /// a day dropped; of a whole year all of it.
    pub(crate) due: Decimal,
    /// The part, where the employee joined or left in the year.
    pub(crate) part: Option<PartOfYear>,
}

/// Days of a year in which somebody is employed here.
#[derive(Clone, Copy)]
pub(crate) struct PartOfYear {
    pub(crate) from: Date,
    pub(crate) until: Date,
    /// Calendar days.
    pub(crate) days: i64,
    /// Days of the year by which they are divided.
    pub(crate) of: i64,
}

impl PartOfYear {
    /// The part of so many days, not rounded.
    pub(crate) fn share(&self, whole_year: Decimal) -> Decimal {
        Decimal::from(self.days) * whole_year / Decimal::from(self.of)
    }
}

/// Entitlement, what is left of it, and whether the contract grants enough.
///
/// Fault: an employment that ends before it begins, a working life that begins after the period.
pub(crate) fn annual_leave(
    law: &Law,
    facts: &WorkingTime,
    out: &mut Out,
) -> Result<Option<AnnualLeave>, Fault> {
    let part = part_of_year(law, facts)?;
    let Some(whole_year) = of_whole_year(law, facts, out)? else { return Ok(None) };
    let due = match part {
        Some(part) => {
            let days = part.share(whole_year).floor();
            let PartOfYear { from, until, days: calendar_days, of } = part;
            out.step(|| LeaveStep::AnnualLeaveOfPart {
                from,
                until,
                calendar_days,
                of,
                whole_year,
                days,
            });
            days
        }
        None => whole_year,
    };
    out.line(Item::AnnualLeaveEntitlement, due);
    if let Some(granted) = facts.annual_leave_days
        && granted < due
    {
        out.finding(Finding::AnnualLeaveShort).limit(due).actual(granted);
    }
    let granted = granted(facts, due);
    if let Some(taken) = facts.annual_leave_taken {
        let left = granted - taken;
        out.step(|| LeaveStep::AnnualLeaveLeft { granted, taken, left });
        out.line(Item::AnnualLeaveRemaining, left);
        if taken > granted {
            out.finding(Finding::AnnualLeaveOverdrawn).limit(granted).actual(taken);
        }
    }
    contradictions(facts, granted, out);
    Ok(Some(AnnualLeave { whole_year, due, part }))
}

/// A contract may grant more than the law, never less.
pub(crate) fn granted(facts: &WorkingTime, due: Decimal) -> Decimal {
    facts.annual_leave_days.unwrap_or(due).max(due)
}

/// More carried over and declined than taking left: one of the facts is wrong, and a result of no
/// untaken days must not hide it.
fn contradictions(facts: &WorkingTime, granted: Decimal, out: &mut Out) {
    let taken = facts.annual_leave_taken.unwrap_or_default();
    let given_away = facts.annual_leave_carried_over.unwrap_or_default()
        + facts.annual_leave_declined.unwrap_or_default();
    if given_away > (granted - taken).max(Decimal::ZERO) {
        out.finding(Finding::AnnualLeaveContradicted).limit(granted).actual(taken + given_away);
    }
}

/// The beginning of working life, against the period and the employment here.
///
/// Years with this employer are years of working life (Order 1 of 2008, art. 4); a gap within the
/// employment may be taken off, so a later beginning is possible, and said.
///
/// Fault: a working life that begins after the period.
fn service_since(facts: &WorkingTime, since: Date, out: &mut Out) -> Result<(), Fault> {
    if since > facts.period_until {
        return Err(Fault::fact(
            WorkingTime::SERVICE_SINCE,
            format!(
                "must not be after the last day of the period, {}, found {since}",
                facts.period_until
            ),
        ));
    }
    if let Some(begin) = first_day_of_employment(facts).filter(|begin| *begin < since) {
        out.finding(Finding::ServiceShorterThanEmployment).about(since.to_string()).on(begin);
    }
    Ok(())
}

/// Days of leave that the law gives for a year: by full years of service on the last day of the
/// period, or as weeks of the employee's working days, whichever the ruleset knows. None where it
/// knows neither, or the facts are missing.
fn of_whole_year(law: &Law, facts: &WorkingTime, out: &mut Out) -> Result<Option<Decimal>, Fault> {
    if !law.annual_leave.is_empty() {
        // Art. 3: 1 to 9 full years 5 days, 10 to 19 full years 10 days, from 20 full years 15.
        let Some(since) = facts.service_since else { return Ok(None) };
        service_since(facts, since, out)?;
        let until = dates::next_day(facts.period_until);
        let years = dates::full_months(since, until).max(0) / MONTHS_OF_A_YEAR;
        let band = law.annual_leave.iter().filter(|band| band.from_years <= years);
        let days = band.max_by_key(|band| band.from_years).map_or(Decimal::ZERO, |band| band.days);
        out.step(|| LeaveStep::AnnualLeaveByService { years, days });
        return Ok(Some(days));
    }
    // Art. 7 (1): at least four weeks.
    let (Some(weeks), Some(per_week)) = (law.annual_leave_weeks, facts.working_days_per_week)
    else {
        return Ok(None);
    };
    let days = (weeks * per_week).normalize();
    out.step(|| LeaveStep::AnnualLeaveByWeeks { weeks, per_week, days });
    Ok(Some(days))
}

/// Order 1 of 2008, art. 5: who joins in the year has "(calendar days left in the year with this
/// employer ÷ 365) × days of the whole year"; art. 12: who leaves has the same of the calendar days
/// that have passed. None for a whole year, and where the ruleset does not prorate.
fn part_of_year(law: &Law, facts: &WorkingTime) -> Result<Option<PartOfYear>, Fault> {
    let Some(of) = law.leave_year_days else { return Ok(None) };
    let begin = first_day_of_employment(facts);
    let end = facts.employment_end;
    if let (Some(begin), Some(end)) = (begin, end)
        && end < begin
    {
        return Err(Fault::fact(
            WorkingTime::EMPLOYMENT_END,
            format!("must not be before employment begins, {begin}, found {end}"),
        ));
    }
    let year = facts.period_until.year();
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return Ok(None);
    };
    let from = begin.map_or(first, |begin| begin.max(first));
    let until = end.map_or(last, |end| end.min(last));
    if from == first && until == last {
        return Ok(None);
    }
    // Nobody is employed here on any day of a year that lies before the beginning or after the end.
    let days = dates::days_inclusive(from, until).max(0);
    Ok(Some(PartOfYear { from, until, days, of }))
}

/// First day with this employer, whichever contract it was.
pub(crate) fn first_day_of_employment(facts: &WorkingTime) -> Option<Date> {
    facts.employed_since.or(facts.contract_start)
}
