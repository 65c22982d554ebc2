//! Overtime: what is beyond normal hours, what it is paid, and its caps.
//!
//! China: Regulations of the State Council on Working Hours, art. 3; Labor Law, arts. 41 and 44.

use stele_sdk::prelude::*;
use stele_sdk::sentence;

use crate::calendar::Calendar;
use crate::dates;
use crate::facts::{DayClass, WorkingTime};
use crate::findings::Finding;
use crate::items::Item;
use crate::law::{Law, OvertimeRate};
use crate::moment::HOUR;
use crate::steps::TimeStep;
use crate::timesheet::{ByClass, Timesheet, hours, round, seconds, whole_seconds};
use crate::wage::hourly_wage;
use crate::working_time_system::{Counted, Reckoning};
use crate::{Out, exceeds};

/// Classes of overtime with their lines, in the order of Labor Law, art. 44.
const CLASSES: [(DayClass, Item, Item); 3] = [
    (DayClass::Workday, Item::OvertimeHoursWorkday, Item::OvertimePayWorkday),
    (DayClass::RestDay, Item::OvertimeHoursRestDay, Item::OvertimePayRestDay),
    (DayClass::PublicHoliday, Item::OvertimeHoursPublicHoliday, Item::OvertimePayPublicHoliday),
];

/// Overtime of the period in seconds.
pub(crate) struct Overtime {
    days: Vec<OvertimeDay>,
    total: ByClass,
    /// Of the overtime on workdays: within the day, beyond the week.
    beyond_week: i64,
    daily: Decimal,
    /// How it was reckoned where not by the day and the week.
    reckoning: Reckoning,
}

struct OvertimeDay {
    date: Date,
    by_class: ByClass,
    /// How far the whole day goes beyond the normal day, whatever its class.
    extension: Decimal,
}

/// Working Hours Regulations, art. 3: 8 hours a day, 40 hours a week. Work on a workday beyond the
/// day or the week is overtime, and so is all work on days of rest and public holidays.
///
/// A week in which the State made a weekend day a workday is longer by a normal day.
/// None where the ruleset knows no normal day.
pub(crate) fn overtime(
    law: &Law,
    sheet: &Timesheet,
    calendar: &Calendar<'_>,
    reckoning: Reckoning,
) -> Option<Overtime> {
    let daily = law.normal_daily_hours?;
    let mut found =
        Overtime { days: Vec::new(), total: ByClass::default(), beyond_week: 0, daily, reckoning };
    match &found.reckoning {
        Reckoning::ByDayAndWeek => {}
        Reckoning::Together(counted) => {
            found.total.workday = counted.iter().map(|period| period.overtime).sum();
            found.total.public_holiday =
                sheet.days.iter().map(|day| day.worked.public_holiday).sum();
            return Some(found);
        }
        Reckoning::NotAtAll => return Some(found),
    }
    // Normal days and weeks may be fractions of a second only in theory; a second is the grain.
    let day_limit = whole_seconds(daily);
    let mut week = None;
    let mut left_of_week = i64::MAX;
    for day in &sheet.days {
        if week != Some(dates::week(day.date)) {
            week = Some(dates::week(day.date));
            left_of_week = law.normal_weekly_hours.map_or(i64::MAX, |weekly| {
                let exchanged = calendar.exchanged_workdays(dates::monday(day.date));
                whole_seconds(weekly) + exchanged * day_limit
            });
        }
        let within_day = day.worked.workday.min(day_limit);
        let normal = within_day.min(left_of_week);
        left_of_week -= normal;
        let by_class = ByClass { workday: day.worked.workday - normal, ..day.worked };
        found.beyond_week += within_day - normal;
        for (class, _, _) in CLASSES {
            found.total.add(class, by_class.get(class));
        }
        let extension = Decimal::from(day.worked.total()) - seconds(daily);
        found.days.push(OvertimeDay { date: day.date, by_class, extension });
    }
    Some(found)
}

impl Overtime {
    /// Normal hours as they are shown.
    fn normal(&self, sheet: &Timesheet) -> Decimal {
        hours(sheet.worked() - self.total.total())
    }

    /// Hours worked: the sum of what is shown for normal hours and each class, so that the lines
    /// add up though each is rounded.
    pub(crate) fn worked(&self, sheet: &Timesheet) -> Decimal {
        let classes = CLASSES.map(|(class, _, _)| hours(self.total.get(class)));
        self.normal(sheet) + classes.iter().sum::<Decimal>()
    }

    /// Lines of hours: normal hours, then overtime by class.
    pub(crate) fn hour_lines(&self, law: &Law, sheet: &Timesheet, out: &mut Out) {
        let (worked, normal) = (self.worked(sheet), self.normal(sheet));
        out.step(|| TimeStep::NormalHours { worked, overtime: worked - normal, normal });
        out.line(Item::NormalHours, normal);
        for (class, item, _) in CLASSES {
            let overtime = hours(self.total.get(class));
            if self.reckoning.explain(class, out) {
                out.line(item, overtime);
                continue;
            }
            out.step(|| match class {
                DayClass::Workday => TimeStep::OvertimeOnWorkdays {
                    daily: self.daily,
                    overtime,
                    weekly: hours(if law.normal_weekly_hours.is_some() {
                        self.beyond_week
                    } else {
                        0
                    }),
                },
                DayClass::RestDay => TimeStep::OvertimeOnRestDays { overtime },
                DayClass::PublicHoliday => TimeStep::OvertimeOnPublicHolidays { overtime },
            });
            out.line(item, overtime);
        }
    }

    /// Labor Law, art. 44: 150 % on workdays, 200 % on days of rest for which no time off is
    /// given, 300 % on public holidays, of the hourly wage.
    ///
    /// The law names no rounding; each class is rounded to the smallest unit that can be paid, a
    /// half up, and the sum is the sum of what is shown.
    pub(crate) fn pay_lines(&self, law: &Law, facts: &WorkingTime, out: &mut Out) {
        if law.overtime_rates.is_empty() {
            return;
        }
        let Some(decimals) = law.pay_decimals else { return };
        let Some(wage) = hourly_wage(law, facts, out) else { return };
        let decimals = u32::try_from(decimals).unwrap_or(0);
        let mut sum = Decimal::ZERO;
        let mut parts = [Decimal::ZERO; CLASSES.len()];
        for (position, (class, _, item)) in CLASSES.into_iter().enumerate() {
            let Some(rate) = rate(law, class) else { continue };
            let worked = self.total.get(class);
            let paid = match class {
                DayClass::RestDay => {
                    let off = whole_seconds(facts.compensatory_rest_hours.unwrap_or_default());
                    let off = off.min(worked);
                    if off > 0 {
                        out.step(|| TimeStep::TimeOff { taken: hours(off) });
                    }
                    worked - off
                }
                DayClass::Workday | DayClass::PublicHoliday => worked,
            };
            let pay = round(wage.of(Decimal::from(paid) * rate.rate), decimals);
            out.step(|| TimeStep::OvertimePay {
                hours: hours(paid),
                hourly: wage.shown(),
                rate: rate.rate,
                pay,
            });
            out.line(item, pay);
            sum += pay;
            parts[position] = pay;
        }
        out.step(|| TimeStep::OvertimePayInAll {
            parts: sentence::sum(parts, decimals as usize),
            total: sum,
        });
        out.line(Item::OvertimePay, sum);
        if let Some(paid) = facts.overtime_paid
            && paid < sum
        {
            out.finding(Finding::OvertimePayShort).limit(sum).actual(paid);
        }
    }

    /// Labor Law, art. 41: the day is extended by 1 hour as a rule, by 3 hours at most.
    pub(crate) fn daily_cap(&self, law: &Law, out: &mut Out) {
        for day in &self.days {
            let beyond =
                |limit: Option<Decimal>| limit.filter(|limit| day.extension > seconds(*limit));
            let found = beyond(law.maximum_daily_overtime_hours)
                .map(|limit| (Finding::DailyOvertime, limit))
                .or_else(|| {
                    beyond(law.usual_daily_overtime_hours)
                        .map(|limit| (Finding::DailyOvertimeUsual, limit))
                });
            if let Some((finding, limit)) = found {
                let actual = round(day.extension / Decimal::from(HOUR), 4);
                out.finding(finding).on(day.date).limit(limit).actual(actual);
            }
        }
    }

    /// Labor Law, art. 41: 36 hours a month at most.
    pub(crate) fn monthly_cap(&self, law: &Law, out: &mut Out) {
        let Some(limit) = law.maximum_monthly_overtime_hours else { return };
        if let Reckoning::Together(counted) = &self.reckoning {
            average_cap(counted, limit, out);
        }
        for days in
            self.days.chunk_by(|one, next| dates::month(one.date) == dates::month(next.date))
        {
            let Some(first) = days.first() else { continue };
            let counted = days
                .iter()
                .flat_map(|day| CLASSES.map(|(class, _, _)| (class, day.by_class.get(class))))
                .filter(|(class, _)| rate(law, *class).is_some_and(|rate| rate.counts_towards_cap))
                .map(|(_, seconds)| seconds)
                .sum::<i64>();
            let month = dates::month_name(dates::month(first.date));
            out.step(|| TimeStep::MonthlyOvertime {
                month: month.clone(),
                limit,
                hours: hours(counted),
            });
            if exceeds(counted, limit) {
                out.finding(Finding::MonthlyOvertime)
                    .about(month)
                    .limit(limit)
                    .actual(hours(counted));
            }
        }
    }
}

/// Under the comprehensive system the 36 hours are kept on average (Laobufa [1997] No. 271, item 7).
fn average_cap(counted: &[Counted], limit: Decimal, out: &mut Out) {
    for period in counted {
        let limit = limit * period.months;
        if exceeds(period.overtime, limit) {
            out.finding(Finding::MonthlyOvertime)
                .about(period.name())
                .on(period.until)
                .limit(round(limit, 4))
                .actual(hours(period.overtime));
        }
    }
}

/// Row of a class.
fn rate(law: &Law, class: DayClass) -> Option<&OvertimeRate> {
    law.overtime_rates.iter().find(|rate| rate.class == class)
}
