//! Annual leave.
//!
//! China: Regulations on Paid Annual Leave of Employees, art. 3. European Union: Directive
//! 2003/88/EC, art. 7.

use stele_sdk::prelude::*;

use crate::Out;
use crate::dates;
use crate::facts::WorkingTime;
use crate::findings::Finding;
use crate::items::Item;
use crate::law::Law;
use crate::steps::Step;

/// Months that make a full year of service.
const MONTHS_OF_A_YEAR: i64 = 12;

/// Entitlement, what is left of it, and whether the contract grants enough.
pub(crate) fn annual_leave(law: &Law, facts: &WorkingTime, out: &mut Out) {
    let Some(due) = entitlement(law, facts, out) else { return };
    out.line(Item::AnnualLeaveEntitlement, due);
    if let Some(granted) = facts.annual_leave_days
        && granted < due
    {
        out.finding(Finding::AnnualLeaveShort).limit(due).actual(granted);
    }
    // A contract may grant more than the law, never less.
    let granted = facts.annual_leave_days.unwrap_or(due).max(due);
    if let Some(taken) = facts.annual_leave_taken {
        let left = granted - taken;
        out.step(|| Step::AnnualLeaveLeft { granted, taken, left });
        out.line(Item::AnnualLeaveRemaining, left);
        if taken > granted {
            out.finding(Finding::AnnualLeaveOverdrawn).limit(granted).actual(taken);
        }
    }
}

/// Days of leave that the law gives: by full years of service on the last day of the period, or as
/// weeks of the employee's working days, whichever the ruleset knows. None where it knows neither,
/// or the facts are missing.
fn entitlement(law: &Law, facts: &WorkingTime, out: &mut Out) -> Option<Decimal> {
    if !law.annual_leave.is_empty() {
        // Art. 3: 1 to 9 full years 5 days, 10 to 19 full years 10 days, from 20 full years 15.
        let since = facts.service_since?;
        let until = dates::next_day(facts.period_until);
        let years = dates::full_months(since, until).max(0) / MONTHS_OF_A_YEAR;
        let band = law.annual_leave.iter().filter(|band| band.from_years <= years);
        let days = band.max_by_key(|band| band.from_years).map_or(Decimal::ZERO, |band| band.days);
        out.step(|| Step::AnnualLeaveByService { years, days });
        return Some(days);
    }
    // Art. 7 (1): at least four weeks.
    let (weeks, per_week) = (law.annual_leave_weeks?, facts.working_days_per_week?);
    let days = (weeks * per_week).normalize();
    out.step(|| Step::AnnualLeaveByWeeks { weeks, per_week, days });
    Some(days)
}
