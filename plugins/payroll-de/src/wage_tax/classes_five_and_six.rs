//! Wage tax in classes V and VI: EStG § 39b Abs. 2 Satz 7.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::Chart;
use crate::rounding::{cents_down, euros_down};
use crate::wage_tax::{Context, tariff};

/// MST5_6: twice the difference between the tax on 1.25 and on 0.75 of the income, at least 14 %;
/// above the first limit at most 42 % of what exceeds it, above the second 42 % and above the third
/// 45 % of it.
pub(crate) fn tax(context: &Context<'_>, x: Decimal) -> Decimal {
    let schedule = context.schedule;
    let second = schedule.class_five_second_limit;
    if x > second {
        let up_to_second = doubled_difference(context, second);
        let third = schedule.class_five_third_limit;
        if x > third {
            let up_to_third = euros_down(up_to_second + (third - second) * schedule.zone_four_rate);
            return euros_down(up_to_third + (x - third) * schedule.zone_five_rate);
        }
        return euros_down(up_to_second + (x - second) * schedule.zone_four_rate);
    }
    let tax = doubled_difference(context, x);
    let first = schedule.class_five_first_limit;
    if x > first {
        // HOCH: no more than 42 % of what exceeds the first limit.
        let up_to_first = doubled_difference(context, first);
        let highest = euros_down(up_to_first + (x - first) * schedule.zone_four_rate);
        return tax.at_most(highest);
    }
    tax
}

/// UP5_6: twice the difference of the tax on two multiples of the income, at least 14 % of it.
fn doubled_difference(context: &Context<'_>, x: Decimal) -> Decimal {
    let law = context.law;
    // The chart of 2026 cuts the multiples to whole euros, those before to cents.
    let cut = match law.chart {
        Chart::Year2026 => euros_down,
        Chart::December2024 | Chart::Year2025 => cents_down,
    };
    let upper = tariff::tax(context, cut(x * law.class_five_upper_multiple));
    let lower = tariff::tax(context, cut(x * law.class_five_lower_multiple));
    let difference = upper - lower;
    let least = euros_down(x * law.class_five_lowest_rate);
    (difference + difference).at_least(least)
}
