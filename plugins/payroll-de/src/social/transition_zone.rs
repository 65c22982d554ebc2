//! The transition zone (Übergangsbereich, "Midijob"): SGB IV § 20 Abs. 2 and 2a.

use stele_sdk::prelude::*;

use crate::choices::Employment;
use crate::days::MONTH;
use crate::facts::Payment;
use crate::law::ContributionYear;
use crate::missing;
use crate::rounding::half_up;
use crate::social::Group;
use crate::social::basis::Basis;
use crate::steps::BaseStep;

const CITATION: &str = "SGB IV § 20 Abs. 2 and 2a";

/// The pay that decides whether and how the transition zone applies.
#[derive(Clone, Copy)]
pub(crate) struct ZonePay {
    /// Current pay of the insured days.
    pub current: Decimal,
    /// One-off payments of the month.
    pub one_off: Decimal,
    /// Pay of the month in other insured jobs: the pay of all decides (§ 20 Abs. 2 Satz 1).
    pub elsewhere: Decimal,
    /// Insured days.
    pub days: i64,
}

impl ZonePay {
    /// What is paid here.
    fn here(&self) -> Decimal {
        self.current + self.one_off
    }

    /// The pay of a whole month. Only current pay is projected: a one-off payment is not earned by
    /// the day (Gemeinsames Rundschreiben of 20 December 2022, 4.3.2.5).
    fn of_whole_month(&self) -> Decimal {
        let current = match whole_month(self.days) {
            true => self.current,
            false => self.current * Decimal::from(MONTH) / Decimal::from(self.days),
        };
        current + self.one_off + self.elsewhere
    }

    /// What of a base of the whole month and of all jobs falls to the pay here: by days where they
    /// alone make the difference, else by pay (Gemeinsames Rundschreiben, 4.3.4.1).
    fn part_of(&self, base: Decimal, monthly: Decimal) -> Decimal {
        if self.one_off.is_zero() && self.elsewhere.is_zero() {
            return match whole_month(self.days) {
                true => half_up(base),
                false => half_up(base * Decimal::from(self.days) / Decimal::from(MONTH)),
            };
        }
        match self.here() == monthly {
            true => half_up(base),
            false => half_up(base * self.here() / monthly),
        }
    }
}

/// Whether the zone can apply to the employment and to the pay of the month.
fn concerns(year: &ContributionYear, payment: &Payment, group: &Group, pay: ZonePay) -> bool {
    // Short-time work does not make a regular pay above the zone one within it.
    let limit = year.transition_limit;
    let short_time = payment.short_time_target_pay.is_some_and(|target| target > limit);
    let monthly = pay.of_whole_month();
    group.employment == Employment::Regular && !short_time && monthly <= limit && !monthly.is_zero()
}

/// Where the zone can apply, the facts say whether it does: the regular pay, which the employer
/// forecasts, decides and not that of the month; vocational training has no zone; and the pay of
/// all jobs counts (§ 20 Abs. 2).
pub(crate) fn check(
    year: &ContributionYear,
    payment: &Payment,
    group: &Group,
    pay: ZonePay,
) -> Result<(), Fault> {
    if !concerns(year, payment, group, pay) {
        return Ok(());
    }
    missing::required(
        payment.employment,
        Payment::EMPLOYMENT,
        "up to the upper limit of the transition zone, which vocational training does not have",
        CITATION,
    )?;
    let in_zone = missing::required(
        payment.transition_zone,
        Payment::TRANSITION_ZONE,
        "where the pay of the month in all jobs does not exceed the upper limit of the transition zone: whether the regular pay lies in it",
        CITATION,
    )?;
    if in_zone && payment.other_jobs.is_empty() {
        missing::required(
            payment.several_jobs,
            Payment::SEVERAL_JOBS,
            "in the transition zone without a row in other_jobs: false where there is no other insured job",
            CITATION,
        )?;
    }
    Ok(())
}

/// The bases in the transition zone, where the employment and the pay of the month lie in it.
pub(crate) fn basis(
    year: &ContributionYear,
    payment: &Payment,
    group: &Group,
    pay: ZonePay,
) -> Option<Basis> {
    if payment.transition_zone != Some(true) || !concerns(year, payment, group, pay) {
        return None;
    }
    let (monthly, limit) = (pay.of_whole_month(), year.mini_job_limit);
    let (whole, employee) = if monthly > limit {
        formulas(year, monthly)
    } else {
        // Below the zone the factor alone, and nothing of the employee.
        (monthly * year.transition_factor, Decimal::ZERO)
    };
    Some(Basis::Transition {
        whole: pay.part_of(whole, monthly),
        employee: pay.part_of(employee, monthly),
    })
}

fn whole_month(days: i64) -> bool {
    days == MONTH || days == 0
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
    of: ZonePay,
    whole: Decimal,
    employee: Decimal,
) -> BaseStep {
    let (lower, upper, factor) =
        (year.mini_job_limit, year.transition_limit, year.transition_factor);
    let (pay, days, monthly) = (of.here(), of.days, of.of_whole_month());
    if monthly <= lower {
        BaseStep::BelowTransitionZone { lower, pay, factor, whole }
    } else if pay == monthly {
        BaseStep::TransitionZone { factor, lower, upper, pay, whole, employee }
    } else if of.one_off.is_zero() && of.elsewhere.is_zero() {
        BaseStep::TransitionZoneOfPart { pay, days, factor, lower, upper, whole, employee }
    } else {
        BaseStep::TransitionZoneByPay {
            current: of.current,
            days: if whole_month(days) { MONTH } else { days },
            one_off: of.one_off,
            elsewhere: of.elsewhere,
            monthly: half_up(monthly),
            factor,
            lower,
            upper,
            pay,
            whole,
            employee,
        }
    }
}
