//! December 2024: the basic allowance and the child allowance were raised for the whole of 2024;
//! the tax of December makes up for the eleven months in which too much was withheld.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::wage_tax::current::Current;
use crate::wage_tax::{Inputs, WageTax, share_of_period};

/// Months with the schedule of before.
const MONTHS_BEFORE: i64 = 11;

/// MLST1224: from each yearly amount, eleven times what was withheld too much is taken off.
pub(crate) fn make_up(inputs: &Inputs, now: &Current, before: &Current, tax: &mut WageTax) {
    let period = |now: Decimal, before: Decimal| {
        let yearly = now - Decimal::from(MONTHS_BEFORE) * (before - now);
        share_of_period(yearly.not_negative(), inputs.pay_period)
    };
    tax.tax = period(now.tax, before.tax);
    tax.solidarity = period(now.solidarity, before.solidarity);
    if inputs.church.is_some() {
        tax.church_base = period(now.surcharge_base, before.surcharge_base);
    }
}
