//! Limits of working time: the day, the week, the month, and the week on average.
//!
//! European Union: Directive 2003/88/EC, arts. 6, 16 (b) and 22 (1).

use stele_sdk::prelude::*;

use crate::dates;
use crate::derogation::{Derogations, Shortfall};
use crate::facts::{LeaveKind, Provision, WorkingTime};
use crate::findings::Finding;
use crate::law::{Law, LeaveRule};
use crate::moment::HOUR;
use crate::steps::TimeStep;
use crate::timesheet::{Timesheet, WorkDay, hours, round, seconds};
use crate::{Out, exceeds};

/// Days of a week.
const WEEK: i64 = 7;

/// Most hours of a day.
pub(crate) fn daily(law: &Law, sheet: &Timesheet, out: &mut Out) {
    let Some(limit) = law.maximum_daily_hours else { return };
    for day in &sheet.days {
        let worked = day.worked.total();
        if exceeds(worked, limit) {
            out.finding(Finding::DailyHours).on(day.date).limit(limit).actual(hours(worked));
        }
    }
}

/// Most hours of a week, Monday to Sunday. A week that lies partly outside of the period counts as
/// far as it is known.
pub(crate) fn weekly(law: &Law, sheet: &Timesheet, out: &mut Out) {
    let Some(limit) = law.maximum_weekly_hours else { return };
    for week in sheet.days.chunk_by(|one, next| dates::week(one.date) == dates::week(next.date)) {
        let Some(first) = week.first() else { continue };
        let worked = sum(week);
        if exceeds(worked, limit) {
            let monday = dates::monday(first.date);
            out.finding(Finding::WeeklyHours)
                .about(monday.to_string())
                .on(monday)
                .limit(limit)
                .actual(hours(worked));
        }
    }
}

/// Most hours of a calendar month.
pub(crate) fn monthly(law: &Law, sheet: &Timesheet, out: &mut Out) {
    let Some(limit) = law.maximum_monthly_hours else { return };
    for month in sheet.days.chunk_by(|one, next| dates::month(one.date) == dates::month(next.date))
    {
        let Some(first) = month.first() else { continue };
        let worked = sum(month);
        if exceeds(worked, limit) {
            out.finding(Finding::MonthlyHours)
                .about(dates::month_name(dates::month(first.date)))
                .limit(limit)
                .actual(hours(worked));
        }
    }
}

/// Directive 2003/88/EC, art. 6 (b): 48 hours for each seven days on average; art. 16 (b): over at
/// most four months, days of annual and sick leave left out.
///
/// The period is cut into reference periods one after the other from its first day. The last one,
/// if it is not full, can only warn: later weeks may still bring the average down. With the
/// employee's agreement (art. 22 (1)) an excess is noted only.
pub(crate) fn average_weekly(law: &Law, facts: &WorkingTime, sheet: &Timesheet, out: &mut Out) {
    let (Some(limit), Some(usual)) = (law.maximum_average_weekly_hours, law.reference_months)
    else {
        return;
    };
    let months = facts.agreed_reference_months.unwrap_or(usual);
    let agreed =
        law.longer_hours_by_agreement == Some(true) && facts.agreed_to_longer_hours == Some(true);
    let mut from = facts.period_from;
    while from <= facts.period_until {
        let next = dates::add_months(from, months);
        let full_until = dates::previous_day(next);
        let until = full_until.min(facts.period_until);
        let neutral =
            leave_days(&facts.leave, from, until, |kind| applies(&law.neutral_leave, kind));
        let days = dates::days_inclusive(from, until) - neutral;
        let worked =
            sheet.days.iter().filter(|day| (from..=until).contains(&day.date)).map(total).sum();
        // hours / (days / 7) > limit, without dividing; no day left means no average.
        if days > 0 {
            let weekly = Decimal::from(worked) * Decimal::from(WEEK);
            let average = round(weekly / Decimal::from(days * HOUR), 4);
            out.step(|| TimeStep::Average {
                hours: hours(worked),
                from,
                until,
                days,
                neutral,
                average,
            });
            if weekly > seconds(limit) * Decimal::from(days) {
                let finding = if agreed {
                    Finding::AverageWeeklyHoursAgreed
                } else if until == full_until {
                    Finding::AverageWeeklyHours
                } else {
                    Finding::AverageWeeklyHoursSoFar
                };
                out.finding(finding)
                    .about(format!("{from} – {until}"))
                    .on(until)
                    .limit(limit)
                    .actual(average);
            }
        }
        if next <= from {
            break;
        }
        from = next;
    }
}

/// Directive 2003/88/EC, art. 19: the reference period may be agreed up to twelve months.
///
/// Fault: a longer one than the ruleset allows.
pub(crate) fn agreed_reference_period(law: &Law, facts: &WorkingTime) -> Result<(), Fault> {
    let (Some(agreed), Some(usual)) = (facts.agreed_reference_months, law.reference_months) else {
        return Ok(());
    };
    let longest = law.longest_reference_months.unwrap_or(usual);
    if agreed <= longest {
        return Ok(());
    }
    Err(Fault::fact(
        WorkingTime::AGREED_REFERENCE_MONTHS,
        format!("must not be longer than may be agreed, {longest} months, found {agreed}"),
    )
    .citing("Directive 2003/88/EC, arts. 16 (b) and 19"))
}

/// Directive 2003/88/EC, art. 8 (a): a night worker's 8 hours in 24 on average; art. 16 (c): the
/// weekly rest of 24 hours is not a part of the average.
pub(crate) fn night_average(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    derogations: &mut Derogations<'_>,
    out: &mut Out,
) {
    let Some(limit) = law.maximum_night_average_hours else { return };
    if facts.night_worker != Some(true) {
        return;
    }
    let days = dates::days_inclusive(facts.period_from, facts.period_until);
    let periods = days - days / WEEK;
    if periods <= 0 {
        return;
    }
    let worked = sheet.worked();
    let average = round(Decimal::from(worked) / Decimal::from(periods * HOUR), 4);
    out.step(|| TimeStep::NightAverage { hours: hours(worked), days: periods, average });
    let beyond = Decimal::from(worked) - seconds(limit) * Decimal::from(periods);
    if beyond > Decimal::ZERO {
        let (provision, day) = (Provision::NightWork, facts.period_from);
        let shortfall = Shortfall { provision, day, begun: None, short: beyond, limit };
        derogations.judge(shortfall, out, |out| {
            out.finding(Finding::NightAverage).limit(limit).actual(average);
        });
    }
}

/// Calendar days from `from` to `until` that are covered by leave of a kind that `counts`. A day
/// counts once, however many rows cover it.
pub(crate) fn leave_days(
    leave: &[crate::facts::Leave],
    from: Date,
    until: Date,
    counts: impl Fn(LeaveKind) -> bool,
) -> i64 {
    let mut spans = leave
        .iter()
        .filter(|row| counts(row.kind))
        .map(|row| (row.from.max(from), row.until.min(until)))
        .filter(|(first, last)| first <= last)
        .collect::<Vec<_>>();
    spans.sort_unstable();
    let mut days = 0;
    let mut counted_until: Option<Date> = None;
    for (first, last) in spans {
        let first = counted_until.map_or(first, |counted| first.max(dates::next_day(counted)));
        if first <= last {
            days += dates::days_inclusive(first, last);
            counted_until = Some(last);
        }
    }
    days
}

/// A provision about kinds of leave applies to this one.
pub(crate) fn applies(rules: &[LeaveRule], kind: LeaveKind) -> bool {
    rules.iter().any(|rule| rule.kind == kind)
}

fn total(day: &WorkDay) -> i64 {
    day.worked.total()
}

fn sum(days: &[WorkDay]) -> i64 {
    days.iter().map(total).sum()
}
