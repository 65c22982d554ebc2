//! Solidarity surcharge: SolZG § 3 and § 4.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::rounding::{cents_down, euros_down, half};
use crate::wage_tax::annual_tax::by_class;
use crate::wage_tax::{Context, WageTax};

/// MSOLZ: 5.5 % of the tax above the exemption, at most 11.9 % of what exceeds it.
pub(crate) fn of_year(context: &Context<'_>, base: Decimal) -> Decimal {
    let exemption = context.solidarity_exemption();
    if base <= exemption {
        return Decimal::ZERO;
    }
    let full = cents_down(base * context.law.solidarity_rate);
    let sliding = cents_down((base - exemption) * context.law.solidarity_sliding_rate);
    full.at_most(sliding)
}

/// MSOLZSTS: on the tax of one-off payments, where the tax of the year with them exceeds the
/// exemption.
pub(crate) fn on_one_off(
    context: &Context<'_>,
    income: Decimal,
    children: Decimal,
    tax: &WageTax,
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
    if base > context.solidarity_exemption() {
        rate_on(context, tax.one_off_tax)
    } else {
        Decimal::ZERO
    }
}

/// 5.5 %, cut to whole cents.
pub(crate) fn rate_on(context: &Context<'_>, tax: Decimal) -> Decimal {
    cents_down(tax * context.law.solidarity_rate)
}
