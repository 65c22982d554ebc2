//! Severance: what the employer owes when employment ends.
//!
//! China: Labor Contract Law, arts. 46, 47, 87 and 97; its Implementing Regulations, arts. 25 and 27.

use stele_sdk::prelude::*;

use crate::Out;
use crate::dates;
use crate::facts::{EndGround, Party, WorkingTime};
use crate::findings::Finding;
use crate::items::Item;
use crate::law::{Law, MinimumWage};
use crate::leave::first_day_of_employment;
use crate::steps::ContractStep;
use crate::timesheet::round;

/// Months of a year, and of the half from which a year counts in full.
const YEAR: i64 = 12;
const HALF_YEAR: i64 = 6;

/// Severance of an employment that ends in the period: years of service times the month's wage.
///
/// A ground that gives none makes a line of 0. Without a ground it is counted as where one of art.
/// 46 applies, and a note says so; not where the employee gave notice. Nothing where no wage or no
/// beginning is known.
///
/// Fault: an end before the beginning.
pub(crate) fn severance(
    law: &Law,
    facts: &WorkingTime,
    minimum: Option<&MinimumWage>,
    out: &mut Out,
) -> Result<(), Fault> {
    let (Some(begin), Some(end), Some(decimals)) =
        (first_day_of_employment(facts), facts.employment_end, law.pay_decimals)
    else {
        return Ok(());
    };
    if law.severance.is_empty() || end < facts.period_from || end > facts.period_until {
        return Ok(());
    }
    if end < begin {
        return Err(Fault::fact(
            WorkingTime::EMPLOYMENT_END,
            format!("must not be before employment begins, {begin}, found {end}"),
        ));
    }
    let Some(paid) = facts.average_wage.or(facts.monthly_wage) else { return Ok(()) };
    let Some(times) = times(law, facts, end, out) else { return Ok(()) };
    let wage = minimum.map_or(paid, |minimum| paid.max(minimum.monthly));
    let served = years(law, begin, end, out);
    let (wage, years) = capped(law, facts, wage, served, out);
    out.line(Item::SeveranceYears, years);
    let amount = round(wage * years * times, u32::try_from(decimals).unwrap_or(0));
    out.step(|| ContractStep::Severance { wage, years, times, amount });
    out.line(Item::Severance, amount);
    Ok(())
}

/// Arts. 46 and 87: once on the grounds of art. 46, twice where the employer broke the law, else
/// not at all.
fn times(law: &Law, facts: &WorkingTime, end: Date, out: &mut Out) -> Option<Decimal> {
    let of = |ground: EndGround| {
        let rule = law.severance.iter().find(|rule| rule.ground == ground);
        rule.map_or(Decimal::ZERO, |rule| rule.times)
    };
    match facts.end_ground {
        Some(ground) => Some(of(ground)),
        None if facts.notice_by == Some(Party::Employee) => None,
        None => {
            out.finding(Finding::SeveranceGroundNotGiven).on(end);
            Some(Decimal::ONE)
        }
    }
}

/// Art. 47: a year for each full year, a year for six months or more, half a year for less. Art.
/// 97: service before the law came into force follows the rules of its time.
fn years(law: &Law, begin: Date, end: Date, out: &mut Out) -> Decimal {
    let from = match law.severance_counts_from {
        Some(first) if begin < first => {
            out.finding(Finding::SeveranceOfEarlierLaw).on(first);
            first.min(dates::next_day(end))
        }
        _ => begin,
    };
    let next = dates::next_day(end);
    let months = dates::full_months(from, next);
    let full = Decimal::from(months / YEAR);
    let rest = if months % YEAR >= HALF_YEAR {
        Decimal::ONE
    } else if dates::add_months(from, months / YEAR * YEAR) < next {
        Decimal::new(5, 1)
    } else {
        Decimal::ZERO
    };
    let years = (full + rest).normalize();
    out.step(|| ContractStep::SeveranceYears { from, until: end, months, years });
    years
}

/// Art. 47, second paragraph: a wage above three times the local average counts as three times the
/// average, and then no more than twelve years count.
fn capped(
    law: &Law,
    facts: &WorkingTime,
    wage: Decimal,
    years: Decimal,
    out: &mut Out,
) -> (Decimal, Decimal) {
    let Some(cap) = law.severance_wage_cap else { return (wage, years) };
    let of_city = || law.average_wages.iter().find(|row| Some(row.city) == facts.city);
    let average = facts.local_average_wage.or_else(|| of_city().map(|row| row.monthly));
    let Some(average) = average else {
        out.finding(Finding::SeveranceCapNotChecked).limit(cap).actual(wage);
        return (wage, years);
    };
    let limit = cap * average;
    if wage <= limit {
        return (wage, years);
    }
    let most = law.severance_years_cap.map_or(years, Decimal::from);
    let counted = years.min(most);
    out.step(|| ContractStep::SeveranceCap { wage, times: cap, average, limit, years, counted });
    (limit, counted)
}
