//! Wage tax in classes V and VI: EStG § 39b Abs. 2 Satz 7.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::Chart;
use crate::rounding::{cents_down, euros_down, percent};
use crate::steps::TariffStep;
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
    let [upper, lower] = multiples(context, x).map(|multiple| tariff::tax(context, multiple));
    let difference = upper - lower;
    (difference + difference).at_least(least(context, x))
}

/// 1.25 and 0.75 of the income.
fn multiples(context: &Context<'_>, x: Decimal) -> [Decimal; 2] {
    let law = context.law;
    // The chart of 2026 cuts the multiples to whole euros, those before to cents.
    let cut = match law.chart {
        Chart::Year2026 => euros_down,
        Chart::December2024 | Chart::Year2025 => cents_down,
    };
    [cut(x * law.class_five_upper_multiple), cut(x * law.class_five_lower_multiple)]
}

/// 14 % of the income.
fn least(context: &Context<'_>, x: Decimal) -> Decimal {
    euros_down(x * context.law.class_five_lowest_rate)
}

/// How the tax on `x` comes about.
#[cold]
pub(crate) fn explain(context: &Context<'_>, x: Decimal) -> Vec<TariffStep> {
    let schedule = context.schedule;
    let (first, second) = (schedule.class_five_first_limit, schedule.class_five_second_limit);
    if x > second {
        let third = schedule.class_five_third_limit;
        let up_to = x.at_most(third);
        let mut steps = vec![
            explain_difference(context, second),
            above(
                context,
                second,
                doubled_difference(context, second),
                schedule.zone_four_rate,
                up_to,
            ),
        ];
        if x > third {
            steps.push(above(context, third, tax(context, third), schedule.zone_five_rate, x));
        }
        return steps;
    }
    if x <= first {
        return vec![explain_difference(context, x)];
    }
    let tax_of_first = doubled_difference(context, first);
    let at_most = TariffStep::ClassesFiveAndSixAtMost {
        limit: first,
        tax_of_limit: tax_of_first,
        rate: percent(schedule.zone_four_rate),
        income: x,
        highest: euros_down(tax_of_first + (x - first) * schedule.zone_four_rate),
        tax: tax(context, x),
    };
    vec![explain_difference(context, first), explain_difference(context, x), at_most]
}

fn explain_difference(context: &Context<'_>, x: Decimal) -> TariffStep {
    let law = context.law;
    let [upper, lower] = multiples(context, x);
    TariffStep::ClassesFiveAndSix {
        upper_multiple: law.class_five_upper_multiple,
        income: x,
        upper,
        upper_tax: tariff::tax(context, upper),
        lower_multiple: law.class_five_lower_multiple,
        lower,
        lower_tax: tariff::tax(context, lower),
        least_rate: percent(law.class_five_lowest_rate),
        least: least(context, x),
        tax: doubled_difference(context, x),
    }
}

fn above(
    context: &Context<'_>,
    limit: Decimal,
    tax_of_limit: Decimal,
    rate: Decimal,
    x: Decimal,
) -> TariffStep {
    TariffStep::ClassesFiveAndSixAbove {
        limit,
        tax_of_limit,
        rate: percent(rate),
        income: x,
        tax: tax(context, x),
    }
}
