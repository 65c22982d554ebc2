//! How many days of a month there can be: of employment for wage tax, of insurance for contributions.

use stele_sdk::prelude::*;

use crate::choices::PayPeriod;
use crate::facts::Payment;
use crate::missing;

/// Insured days of a whole month, however long it is (Beitragsverfahrensverordnung § 1 Abs. 1).
pub(crate) const MONTH: i64 = 30;

const TAX: &str = "R 39b.5 Abs. 2 LStR";

/// Refuses numbers of days that the month cannot have.
pub(crate) fn check(payment: &Payment) -> Result<(), Fault> {
    check_tax_days(payment)?;
    // Contributions are monthly: another period is refused there.
    if !payment.with_contributions() || payment.pay_period != PayPeriod::Month {
        return Ok(());
    }
    if let Some(days) = payment.insurance_days {
        check_insurance_days(payment, days)?;
    }
    check_both(payment)
}

/// Who says one number of days says the other: where the employment begins or ends within the
/// month, both are a part, and what is taken for a whole month is taxed, or insured, as one.
/// Without pay the employment goes on, and all days of the month are tax days (R 39b.5 Abs. 2 Satz
/// 3 LStR).
fn check_both(payment: &Payment) -> Result<(), Fault> {
    const CITATION: &str = "R 39b.5 Abs. 2 LStR; Beitragsverfahrensverordnung § 1 Abs. 1";
    let fault = match (payment.tax_days, payment.insurance_days) {
        (None, Some(_)) => missing::refused(
            Payment::TAX_DAYS,
            "where insurance_days is given (all days of the month for the whole month)",
            CITATION,
        ),
        (Some(_), None) => missing::refused(
            Payment::INSURANCE_DAYS,
            "where tax_days is given (30 for the whole month)",
            CITATION,
        ),
        _ => return Ok(()),
    };
    Err(fault)
}

/// Calendar days of employment, where it did not last on all days of the month.
pub(crate) fn part_of_month(payment: &Payment) -> Option<i64> {
    payment.tax_days.filter(|days| *days < of_month(payment))
}

/// Calendar days of the month in which the period ends.
fn of_month(payment: &Payment) -> i64 {
    i64::from(payment.on.days_in_month())
}

fn check_tax_days(payment: &Payment) -> Result<(), Fault> {
    let Some(found) = payment.tax_days else {
        return Ok(());
    };
    let period = payment.pay_period;
    if period != PayPeriod::Month {
        return Err(Fault::fact(
            Payment::TAX_DAYS,
            format!(
                "must be left out unless pay_period is month, found {found} days of a {}",
                period.name()
            ),
        )
        .citing(TAX));
    }
    let days = of_month(payment);
    if found > days {
        return Err(Fault::fact(
            Payment::TAX_DAYS,
            format!(
                "must not exceed the {days} days of the month that ends the period on {}, found {found}",
                payment.on
            ),
        )
        .citing(TAX));
    }
    Ok(())
}

/// A part of a month has fewer calendar days than the month; the whole month counts 30, in February
/// too. Current pay belongs to insured days: unpaid leave of more than a month ends the employment
/// that is insured (SGB IV § 7 Abs. 3), one-off payments have the days of the months before (§ 23a
/// Abs. 3), and what is paid beside sick pay and is not contributory (§ 23c) is no contributory pay.
/// Short-time work keeps the insurance (SGB V § 192 Abs. 1 Nr. 4).
fn check_insurance_days(payment: &Payment, found: i64) -> Result<(), Fault> {
    let most = of_month(payment) - 1;
    if found > most && found != MONTH {
        return Err(Fault::fact(
            Payment::INSURANCE_DAYS,
            format!(
                "must be 0 to {most}, or {MONTH} for the whole month, in the month of {}, found {found}",
                payment.on
            ),
        )
        .citing("Beitragsverfahrensverordnung § 1 Abs. 1"));
    }
    let pay = payment.contributory_gross.unwrap_or(payment.gross);
    let short_time = payment.short_time_target_pay.unwrap_or_default();
    if found == 0 && !(pay.is_zero() && short_time.is_zero()) {
        return Err(Fault::fact(
            Payment::INSURANCE_DAYS,
            format!(
                "must be at least 1 with current contributory pay of {pay} and pay without short-time work of {short_time}: give pay that is not contributory by a contributory_gross of 0, and one-off payments by one_off, found 0"
            ),
        )
        .citing(
            "Beitragsverfahrensverordnung § 1 Abs. 1; SGB IV § 7 Abs. 3, §§ 23a, 23c; SGB V § 192 Abs. 1 Nr. 4",
        ));
    }
    Ok(())
}
