//! The national minimum wage: National Minimum Wage Act 1998, s. 1; National Minimum Wage
//! Regulations 2015 (SI 2015/621), regs. 4 to 16.
//!
//! The rule checks what it is told: the pay of the pay reference period after salary sacrifice,
//! divided by the hours worked, against the rate. What a benefit in kind or a contribution of the
//! employer is worth does not count (regs. 10 and 14), so pay that was given up is not pay.

use stele_sdk::by_day::applying_on;
use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::rounding::down_to_penny;
use crate::steps::PayStep;

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
    let from = payment.pay_reference_from.unwrap_or(payment.on);
    let Some(row) = applying_on(law.minimum_wages.iter().filter(|row| row.band == band), from)
    else {
        return Err(Fault::fact(
            Payment::PAY_REFERENCE_FROM,
            format!("no minimum wage is known for {} on {from}", band.name()),
        ));
    };
    let outside = payment.pay_outside_minimum_wage.unwrap_or_default();
    let pay = payment.gross - sacrifice - outside;
    // The comparison is exact; what is shown of an hour is cut.
    let hourly = down_to_penny(pay / hours);
    let rate = row.rate;
    out.step(|| PayStep::MinimumWage {
        gross: payment.gross,
        sacrifice,
        outside,
        pay,
        hours,
        hourly,
        rate,
    });
    out.line(Item::MinimumWagePay, hourly);
    if pay < hours * rate {
        out.finding(Finding::BelowMinimumWage).about(band.name()).limit(rate).actual(hourly);
    }
    Ok(())
}
