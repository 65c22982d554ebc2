//! Solidarity surcharge: SolZG § 3 and § 4.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::items::Item;
use crate::rounding::{cents_down, euros_down, half, percent};
use crate::steps::SurchargeStep;
use crate::wage_tax::annual_tax::by_class;
use crate::wage_tax::{Context, Notes, WageTax};

/// MSOLZ: 5.5 % of the tax above the exemption, at most 11.9 % of what exceeds it.
pub(crate) fn of_year(context: &Context<'_>, base: Decimal, notes: &mut Notes) -> Decimal {
    let exemption = context.solidarity_exemption();
    if base <= exemption {
        return Decimal::ZERO;
    }
    let full = cents_down(base * context.law.solidarity_rate);
    let sliding = cents_down((base - exemption) * context.law.solidarity_sliding_rate);
    let yearly = full.at_most(sliding);
    notes.step(Item::SolidaritySurcharge, || SurchargeStep::Solidarity {
        base,
        exemption,
        rate: percent(context.law.solidarity_rate),
        full,
        sliding_rate: percent(context.law.solidarity_sliding_rate),
        sliding,
        yearly,
    });
    yearly
}

/// MSOLZSTS: on the tax of one-off payments, where the tax of the year with them exceeds the
/// exemption.
pub(crate) fn on_one_off(
    context: &Context<'_>,
    income: Decimal,
    children: Decimal,
    tax: &mut WageTax,
) -> Decimal {
    // SOLZSZVE
    let income = income - children;
    let x = if income < Decimal::ONE {
        Decimal::ZERO
    } else if context.splitting() {
        euros_down(half(income))
    } else {
        euros_down(income)
    };
    // SOLZSBMG
    let base = context.times_factor(by_class(context, x));
    let exemption = context.solidarity_exemption();
    if base <= exemption {
        return Decimal::ZERO;
    }
    let amount = rate_on(context, tax.one_off_tax);
    let item = Item::OneOffSolidaritySurcharge;
    if tax.notes.explaining() && !children.is_zero() {
        tax.notes.surcharge_base(&[item], context, children, income.not_negative(), base);
    }
    tax.notes.step(item, || SurchargeStep::SolidarityOnTop {
        base,
        exemption,
        rate: percent(context.law.solidarity_rate),
        tax: tax.one_off_tax,
        amount,
    });
    amount
}

/// 5.5 %, cut to whole cents.
pub(crate) fn rate_on(context: &Context<'_>, tax: Decimal) -> Decimal {
    cents_down(tax * context.law.solidarity_rate)
}
