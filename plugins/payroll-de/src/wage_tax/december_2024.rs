//! December 2024: the basic allowance and the child allowance were raised for the whole of 2024;
//! the tax of December makes up for the eleven months in which too much was withheld.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::items::Item;
use crate::steps::TaxStep;
use crate::wage_tax::current::Current;
use crate::wage_tax::{Inputs, WageTax, share_of_period};

/// Months with the schedule of before.
const MONTHS_BEFORE: i64 = 11;

/// MLST1224: from each yearly amount, eleven times what was withheld too much is taken off.
pub(crate) fn make_up(inputs: &Inputs, now: &Current, before: &Current, tax: &mut WageTax) {
    let WageTax { notes, .. } = tax;
    let mut period = |item: Item, now: Decimal, before: Decimal| {
        let yearly = now - Decimal::from(MONTHS_BEFORE) * (before - now);
        let yearly = yearly.not_negative();
        let amount = share_of_period(yearly, inputs.pay_period);
        notes.step(item, || TaxStep::MadeUpInDecember { before, now, yearly });
        notes.part(item, yearly, inputs.pay_period, amount);
        amount
    };
    let wage_tax = period(Item::WageTax, now.tax, before.tax);
    let solidarity = period(Item::SolidaritySurcharge, now.solidarity, before.solidarity);
    if inputs.church {
        tax.church_base = period(Item::ChurchTaxBase, now.surcharge_base, before.surcharge_base);
    }
    tax.tax = wage_tax;
    tax.solidarity = solidarity;
}
