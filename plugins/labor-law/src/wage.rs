//! Wages: the hourly wage that overtime is measured by, and the minimum wage.
//!
//! China: Renshebufa [2025] No. 2; Labor Law, art. 48; Provisions on Minimum Wages, arts. 5, 12.

use stele_sdk::prelude::*;

use crate::Out;
use crate::facts::{Employment, WorkingTime};
use crate::findings::Finding;
use crate::law::{Law, MinimumWage};
use crate::moment::HOUR;
use crate::steps::{ContractStep, TimeStep};
use crate::timesheet::round;

/// The wage for an hour of normal work, as a fraction, so that nothing is rounded before the end.
pub(crate) struct HourlyWage {
    wage: Decimal,
    hours: Decimal,
}

impl HourlyWage {
    /// Wage of so many seconds.
    pub(crate) fn of(&self, seconds: Decimal) -> Decimal {
        seconds * self.wage / (self.hours * Decimal::from(HOUR))
    }

    /// Wage of an hour to four decimals, for people.
    pub(crate) fn shown(&self) -> Decimal {
        round(self.wage / self.hours, 4)
    }
}

/// Renshebufa [2025] No. 2, part 2: a day's wage is the month's wage divided by 21.75 paid days, an
/// hour's wage a day's wage divided by the 8 hours of a normal day. An agreed hourly wage stands.
///
/// None where no wage is given or the ruleset knows no paid days.
pub(crate) fn hourly_wage(law: &Law, facts: &WorkingTime, out: &mut Out) -> Option<HourlyWage> {
    if let Some(wage) = facts.hourly_wage {
        return Some(HourlyWage { wage, hours: Decimal::ONE });
    }
    let (wage, days, daily) =
        (facts.monthly_wage?, law.monthly_paid_days?, law.normal_daily_hours?);
    let hourly = HourlyWage { wage, hours: days * daily };
    out.step(|| TimeStep::HourlyWage { wage, days, hours: daily, hourly: hourly.shown() });
    Some(hourly)
}

/// The minimum wage of the city, where the ruleset has minimum wages and the city and a wage are
/// given.
///
/// Fault: the city has none on the day of the calculation.
pub(crate) fn minimum_wage<'a>(
    law: &'a Law,
    facts: &WorkingTime,
) -> Result<Option<&'a MinimumWage>, Fault> {
    let Some(city) = facts.city else { return Ok(None) };
    let wages = [facts.monthly_wage, facts.hourly_wage, facts.probation_wage];
    if law.minimum_wages.is_empty() || wages.iter().all(Option::is_none) {
        return Ok(None);
    }
    match law.minimum_wages.iter().find(|row| row.city == city) {
        Some(row) => Ok(Some(row)),
        None => Err(Fault::fact(
            WorkingTime::CITY,
            format!(
                "must be a city whose minimum wage is known on {}, found {}",
                facts.on,
                city.name()
            ),
        )
        .citing("Labor Law, art. 48")),
    }
}

/// Labor Law, art. 48; Provisions on Minimum Wages, art. 5: a month's minimum for full-time work,
/// an hour's minimum for part-time work.
pub(crate) fn minimum_wage_kept(minimum: &MinimumWage, facts: &WorkingTime, out: &mut Out) {
    let found = match facts.employment.unwrap_or(Employment::FullTime) {
        Employment::FullTime => {
            facts.monthly_wage.map(|wage| (Finding::MinimumMonthlyWage, wage, minimum.monthly))
        }
        Employment::PartTime => {
            facts.hourly_wage.map(|wage| (Finding::MinimumHourlyWage, wage, minimum.hourly))
        }
    };
    let Some((finding, wage, limit)) = found else { return };
    out.step(|| ContractStep::MinimumWage { monthly: minimum.monthly, hourly: minimum.hourly });
    if wage < limit {
        out.finding(finding).about(minimum.city.name()).limit(limit).actual(wage);
    }
}
