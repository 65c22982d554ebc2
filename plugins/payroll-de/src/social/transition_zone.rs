//! The transition zone (Übergangsbereich, "Midijob"): SGB IV § 20 Abs. 2 and 2a.

use stele_sdk::prelude::*;

use crate::choices::Employment;
use crate::facts::Payment;
use crate::law::ContributionYear;
use crate::rounding::half_up;
use crate::social::basis::Basis;
use crate::social::{Group, MONTH};
use crate::steps::BaseStep;

/// The bases in the transition zone, where the employment and the pay of the month lie in it.
/// `pay` is the pay of the month with one-off payments.
pub(crate) fn basis(
    year: &ContributionYear,
    payment: &Payment,
    group: &Group,
    pay: Decimal,
    days: i64,
) -> Option<Basis> {
    if group.employment != Employment::Regular || payment.transition_zone == Some(false) {
        return None;
    }
    // A part of a month is projected to a whole one and back.
    let whole_month = whole_month(days);
    let monthly = to_month(pay, days);
    let limit = year.mini_job_limit;
    let regular = payment.transition_zone == Some(true) || monthly > limit;
    if !regular || monthly > year.transition_limit {
        return None;
    }
    let (whole, employee) = if monthly > limit {
        formulas(year, monthly)
    } else {
        // Below the zone the factor alone, and nothing of the employee.
        (monthly * year.transition_factor, Decimal::ZERO)
    };
    let of_month = |base: Decimal| match whole_month {
        true => half_up(base),
        false => half_up(base * Decimal::from(days) / Decimal::from(MONTH)),
    };
    Some(Basis::Transition { whole: of_month(whole), employee: of_month(employee) })
}

fn whole_month(days: i64) -> bool {
    days == MONTH || days == 0
}

fn to_month(pay: Decimal, days: i64) -> Decimal {
    match whole_month(days) {
        true => pay,
        false => pay * Decimal::from(MONTH) / Decimal::from(days),
    }
}

/// Satz 1: F × G + ([O ÷ (O − G)] − [G ÷ (O − G)] × F) × (pay − G), and Satz 6:
/// [O ÷ (O − G)] × (pay − G), where G is the mini-job limit and O the upper limit. Multiplied out
/// with O − G, so that each takes one division.
fn formulas(year: &ContributionYear, pay: Decimal) -> (Decimal, Decimal) {
    let (lower, upper, factor) =
        (year.mini_job_limit, year.transition_limit, year.transition_factor);
    let width = upper - lower;
    let above = pay - lower;
    let whole = factor * lower + (upper - lower * factor) * above / width;
    let employee = upper * above / width;
    (whole, employee)
}

/// How the bases come about.
#[cold]
pub(crate) fn explain(
    year: &ContributionYear,
    pay: Decimal,
    days: i64,
    whole: Decimal,
    employee: Decimal,
) -> BaseStep {
    let (lower, upper, factor) =
        (year.mini_job_limit, year.transition_limit, year.transition_factor);
    if to_month(pay, days) <= lower {
        BaseStep::BelowTransitionZone { lower, pay, factor, whole }
    } else if whole_month(days) {
        BaseStep::TransitionZone { factor, lower, upper, pay, whole, employee }
    } else {
        BaseStep::TransitionZoneOfPart { pay, days, factor, lower, upper, whole, employee }
    }
}
