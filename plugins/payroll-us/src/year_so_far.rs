//! Amounts of the year before the payment. Limits of a year run out by them, so one that is not stated
//! after the first pay period of the year is a warning: there may have been payments.

use stele_sdk::prelude::*;

use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::items::Finding;
use crate::payslip::Payslip;

/// Takes an amount that is not stated for nothing, and says so where there may have been one; `name` is
/// that of the fact.
pub(crate) fn earlier(
    payment: &Payment,
    name: &str,
    stated: Option<Decimal>,
    out: &mut Payslip,
) -> Decimal {
    if stated.is_none() && !is_in_first_period(payment) {
        out.finding(Finding::EarlierAmountNotStated).about(name);
    }
    stated.unwrap_or_default()
}

/// Whether no payment of a whole pay period of the year can lie before this one.
fn is_in_first_period(payment: &Payment) -> bool {
    let (month, day) = (payment.on.month(), payment.on.day());
    match payment.pay_frequency {
        PayFrequency::Daily => month == 1 && day == 1,
        PayFrequency::Weekly => month == 1 && day <= 7,
        PayFrequency::Biweekly => month == 1 && day <= 14,
        PayFrequency::Semimonthly => month == 1 && day <= 15,
        PayFrequency::Monthly => month == 1,
        PayFrequency::Quarterly => month <= 3,
        PayFrequency::Semiannual => month <= 6,
        PayFrequency::Annual | PayFrequency::YearEstimate => true,
    }
}
