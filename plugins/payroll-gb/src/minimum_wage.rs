//! The national minimum wage: National Minimum Wage Act 1998, s. 1; National Minimum Wage
//! Regulations 2015 (SI 2015/621), regs. 4 to 16.
//!
//! The rule checks what it is told: the pay of the pay reference period after salary sacrifice,
//! divided by the hours worked, against the rate. What a benefit in kind or a contribution of the
//! employer is worth does not count (regs. 10 and 14), so pay that was given up is not pay.

use stele_sdk::by_day::applying_on;
use stele_sdk::jiff::{Span, ToSpan as _};
use stele_sdk::prelude::*;
use stele_sdk::rounding::PENNY;

use crate::Payslip;
use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Law, MinimumWage};

const REFERENCE_PERIOD: &str = "National Minimum Wage Regulations 2015, regs. 6 and 9 (1) and (2)";

/// The hourly pay, and a finding where it is below the rate.
pub(crate) fn check(
    law: &Law,
    payment: &Payment,
    sacrifice: Decimal,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let Some(hours) = payment.minimum_wage_hours else {
        return match payment.minimum_wage_band {
            None => Ok(()),
            Some(_) => Err(Fault::fact(
                Payment::MINIMUM_WAGE_HOURS,
                "must be given where minimum_wage_band is, found none",
            )),
        };
    };
    let Some(band) = payment.minimum_wage_band else {
        return Err(Fault::fact(
            Payment::MINIMUM_WAGE_BAND,
            "must be given where minimum_wage_hours is, found none",
        )
        .citing("National Minimum Wage Regulations 2015, reg. 4A"));
    };
    // Reg. 4B: the rate of the first day of the pay reference period holds to its end.
    let from = first_day(payment, out)?;
    let Some(row) = applying_on(law.minimum_wages.iter().filter(|row| row.band == band), from)
    else {
        return Err(Fault::fact(
            Payment::PAY_REFERENCE_FROM,
            format!("no minimum wage is known for {} on {from}", band.name()),
        ));
    };
    let hourly = hourly(payment, row, sacrifice, out);
    // The comparison is exact; what is shown of an hour is cut.
    let outside = payment.pay_outside_minimum_wage.unwrap_or_default();
    if payment.gross - sacrifice - outside < hours * row.rate {
        out.finding(Finding::BelowMinimumWage).about(band.name()).limit(row.rate).actual(hourly);
    }
    Ok(())
}

/// Regs. 7 and 8: the pay that counts, for an hour.
#[provision("National Minimum Wage Regulations 2015, regs. 4 to 16")]
fn hourly(
    payment: &Payment,
    row: &MinimumWage,
    #[is(Item::SalarySacrifice)] sacrifice: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::MinimumWageRate = row.rate);
    work!(
        out,
        Item::MinimumWagePay = down(
            (payment.gross - sacrifice - payment.pay_outside_minimum_wage)
                / payment.minimum_wage_hours,
            PENNY
        )
    )
}

/// The first day of the pay reference period. Pay counts for the period in which it is paid or for
/// the one before (reg. 9 (1) (a), (b)). Later pay counts where a record of the work was handed in
/// late (9 (1) (c), (2)), and a month after the end of the employment (9 (1) (d)); the facts do not
/// tell, so it is said. How late a record may be has no limit in the regulations; that of a year is
/// the rule's own: the rates change every 1 April (reg. 4), so a day further back has none that can
/// be meant.
fn first_day(payment: &Payment, out: &mut Payslip) -> Result<Date, Fault> {
    let on = payment.on;
    let Some(from) = payment.pay_reference_from else { return Ok(on) };
    if from > on {
        return Err(Fault::fact(
            Payment::PAY_REFERENCE_FROM,
            format!("must not lie after the payment on {on}, found {from}"),
        )
        .citing(REFERENCE_PERIOD));
    }
    let earliest = on.saturating_sub(1.year());
    if from < earliest {
        return Err(Fault::fact(
            Payment::PAY_REFERENCE_FROM,
            format!(
                "must lie on or after {earliest}, a year before the payment, which counts for the pay reference period that it is paid in, the one before, or an earlier one whose record was handed in late, found {from}"
            ),
        )
        .citing(REFERENCE_PERIOD));
    }
    let next_but_one = from.saturating_add(two_periods(payment.pay_frequency));
    if on >= next_but_one {
        let days = |until: Date| Decimal::from(until.duration_since(from).as_hours() / 24);
        out.finding(Finding::PaidAfterFollowingPeriod)
            .limit(days(next_but_one) - Decimal::ONE)
            .actual(days(on));
    }
    Ok(from)
}

/// Two pay reference periods. Reg. 6: a month, or the shorter period by which wages are paid.
fn two_periods(frequency: PayFrequency) -> Span {
    match frequency {
        PayFrequency::Weekly => 2.weeks(),
        PayFrequency::TwoWeekly => 4.weeks(),
        PayFrequency::FourWeekly => 8.weeks(),
        PayFrequency::Monthly
        | PayFrequency::Quarterly
        | PayFrequency::HalfYearly
        | PayFrequency::Yearly
        | PayFrequency::YearEstimate => 2.months(),
    }
}
