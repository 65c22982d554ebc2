//! The contract: probation and notice.
//!
//! China: Labor Contract Law, arts. 19, 20, 37 and 40.

use stele_sdk::prelude::*;

use crate::Out;
use crate::dates;
use crate::facts::{ContractKind, WorkingTime};
use crate::findings::Finding;
use crate::law::{Law, MinimumWage};
use crate::steps::ContractStep;

/// Labor Contract Law, art. 19: by the term of the contract no probation (under three months, or
/// for a task), one month (under a year), two months (under three years) or six months.
///
/// Fault: a contract that ends before it begins, a fixed term without an end, a probation that
/// ends before the contract begins.
pub(crate) fn probation_length(law: &Law, facts: &WorkingTime, out: &mut Out) -> Result<(), Fault> {
    let (Some(kind), Some(start), Some(probation_end)) =
        (facts.contract_kind, facts.contract_start, facts.probation_end)
    else {
        return Ok(());
    };
    if probation_end < start {
        return Err(Fault::fact(
            WorkingTime::PROBATION_END,
            format!("must not be before the contract begins, {start}, found {probation_end}"),
        ));
    }
    let term = match (kind, facts.contract_end) {
        (ContractKind::FixedTerm, None) => {
            return Err(Fault::fact(
                WorkingTime::CONTRACT_END,
                "must be given for a fixed-term contract, found none",
            ));
        }
        (ContractKind::FixedTerm, Some(end)) if end < start => {
            return Err(Fault::fact(
                WorkingTime::CONTRACT_END,
                format!("must not be before the contract begins, {start}, found {end}"),
            ));
        }
        (ContractKind::FixedTerm, Some(end)) => dates::full_months(start, dates::next_day(end)),
        (ContractKind::OpenEnded | ContractKind::Task, _) => 0,
    };
    let rows = law.probation.iter().filter(|row| row.kind == kind && row.from_months <= term);
    let Some(row) = rows.max_by_key(|row| row.from_months) else { return Ok(()) };
    let end_of_limit = dates::add_months(start, row.months);
    let limit = dates::days_between(start, end_of_limit);
    let actual = dates::days_inclusive(start, probation_end);
    out.step(|| ContractStep::ProbationLength {
        term,
        months: row.months,
        until: dates::previous_day(end_of_limit),
    });
    if actual > limit {
        out.finding(Finding::ProbationLength)
            .on(probation_end)
            .limit(Decimal::from(limit))
            .actual(Decimal::from(actual));
    }
    Ok(())
}

/// Labor Contract Law, art. 20, and its Implementing Regulations, art. 15: 80 % of the lowest wage
/// for the same post or 80 % of the agreed wage, and never less than the minimum wage. Either share
/// will do, so the lower one is the limit.
pub(crate) fn probation_pay(
    law: &Law,
    facts: &WorkingTime,
    minimum: Option<&MinimumWage>,
    out: &mut Out,
) {
    let (Some(share), Some(paid), Some(agreed)) =
        (law.probation_pay_share, facts.probation_wage, facts.monthly_wage)
    else {
        return;
    };
    let wage = facts.lowest_grade_wage.map_or(agreed, |lowest| lowest.min(agreed));
    let least = minimum.map_or(Decimal::ZERO, |row| row.monthly).max(wage * share).normalize();
    out.step(|| ContractStep::ProbationPay { share, wage, least });
    if paid < least {
        out.finding(Finding::ProbationPay).limit(least).actual(paid);
    }
}

/// Labor Contract Law, art. 37: an employee gives notice 30 days ahead, 3 days in probation; art.
/// 40: an employer 30 days ahead, or pays a month's wage instead.
///
/// Fault: an end before the notice.
pub(crate) fn notice(law: &Law, facts: &WorkingTime, out: &mut Out) -> Result<(), Fault> {
    let (Some(party), Some(given), Some(end)) =
        (facts.notice_by, facts.notice_given_on, facts.employment_end)
    else {
        return Ok(());
    };
    if end < given {
        return Err(Fault::fact(
            WorkingTime::EMPLOYMENT_END,
            format!("must not be before notice was given, {given}, found {end}"),
        ));
    }
    if facts.paid_in_lieu_of_notice == Some(true) {
        return Ok(());
    }
    let in_probation = facts.probation_end.is_some_and(|until| given <= until);
    let due = law.notice.iter().find(|row| row.party == party && row.in_probation == in_probation);
    let actual = dates::days_between(given, end);
    if let Some(row) = due
        && actual < row.days
    {
        out.finding(Finding::NoticePeriod)
            .on(end)
            .limit(Decimal::from(row.days))
            .actual(Decimal::from(actual));
    }
    Ok(())
}
