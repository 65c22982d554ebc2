//! Which day selects which law.
//!
//! Current wages belong to the calendar year in which the wage payment period ends, whenever they
//! are paid (EStG § 38a Abs. 1 Satz 2, § 39b Abs. 2), and contributions on them to the month of work
//! (SGB IV §§ 22 and 23): the date of calculation is the last day of the period. One-off payments
//! belong to the year (EStG § 38a Abs. 1 Satz 3) and to the month (SGB IV § 23a Abs. 1 Satz 3) in
//! which they are paid: where that is another than the period's, they are a calculation of their own.

use stele_sdk::prelude::*;

use crate::facts::Payment;

/// Last day of January on which wages of the year before still are current wages: "innerhalb der
/// ersten drei Wochen des nachfolgenden Kalenderjahres" (R 39b.2 Abs. 1 Nr. 7 LStR).
const THREE_WEEKS: i16 = 21;

/// Wages that fall due in advance, at the end of December for January (as BBesG § 3 Abs. 4), are
/// current wages of January; other wages that are paid in a year before are not (R 39b.2 Abs. 2
/// Satz 2 Nr. 8 LStR).
const DECEMBER: i8 = 12;
const JANUARY: i8 = 1;

/// Refuses what another day selects the law for.
pub(crate) fn check(payment: &Payment) -> Result<(), Fault> {
    let Some(paid) = payment.paid_on else {
        return Ok(());
    };
    let period = payment.on;
    let one_offs = [payment.one_off, payment.contributory_one_off, payment.multi_year_pay];
    let any = one_offs.into_iter().flatten().any(|amount| !amount.is_zero());
    let insured = payment.with_contributions();
    let same_month = paid.year() == period.year() && paid.month() == period.month();
    if any && (paid.year() != period.year() || insured && !same_month) {
        return Err(Fault::fact(
            Payment::PAID_ON,
            format!(
                "must lie in the period that ends on {period} where a one-off payment is given, which belongs to the day on which it is paid: calculate it by itself with that date, found {paid}"
            ),
        )
        .citing("EStG § 38a Abs. 1 Satz 3; SGB IV § 23a Abs. 1 Satz 3"));
    }
    let ahead = i32::from(period.year()) - i32::from(paid.year());
    let turn_of_year = ahead == 1 && paid.month() == DECEMBER && period.month() == JANUARY;
    if ahead > 0 && !turn_of_year && !payment.gross.is_zero() {
        return Err(Fault::fact(
            Payment::PAID_ON,
            format!(
                "must not lie in an earlier year than the period that ends on {period}, unless in December for January: give wages that are paid in advance for another year as one_off with the date of payment, and their contributions by contributory_gross with a gross of 0 here, found {paid}"
            ),
        )
        .citing("EStG § 38a Abs. 1; R 39b.2 Abs. 2 Satz 2 Nr. 8 LStR"));
    }
    let late = match i32::from(paid.year()) - i32::from(period.year()) {
        1 => paid.day_of_year() > THREE_WEEKS,
        years => years > 1,
    };
    if late && !payment.gross.is_zero() {
        return Err(Fault::fact(
            Payment::PAID_ON,
            format!(
                "must not be later than three weeks after the year in which the period ended on {period}: give wages that are paid later as one_off with the date of payment, and their contributions by contributory_gross with a gross of 0 here, found {paid}"
            ),
        )
        .citing("EStG § 38a Abs. 1; R 39b.2 LStR"));
    }
    Ok(())
}
