//! Relief on pensions from the employer: EStG § 39b Abs. 2 Satz 3, § 19 Abs. 2.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{Chart, PayPeriod};
use crate::rounding::{cents_down, cents_up, euros_up};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::{Context, Inputs, age_relief};

/// For how many months the pension counts.
#[derive(Clone, Copy)]
pub(crate) enum Months {
    /// A year's calculation (LZZ = 1): only the months for which it is paid (ZMVB).
    Given(i64),
    /// A shorter period: a whole year.
    WholeYear,
}

impl Months {
    /// For current wages.
    pub(crate) fn of_period(inputs: &Inputs) -> Self {
        match inputs.pay_period {
            PayPeriod::Year => Months::Given(inputs.pension_months.unwrap_or_default()),
            _ => Months::WholeYear,
        }
    }

    /// MSONST sets LZZ to 1, and ZMVB to 12 where it is 0.
    pub(crate) fn of_one_off(inputs: &Inputs) -> Self {
        Months::Given(inputs.pension_months.unwrap_or(12))
    }
}

/// What MRE4 leaves behind.
#[derive(Clone, Copy, Default)]
pub(crate) struct Reliefs {
    /// FVB: exempt part of the pension.
    pub exemption: Decimal,
    /// FVBZ: its supplement.
    pub supplement: Decimal,
    /// FVBSO: exempt part with the one-off payment.
    pub exemption_with_one_off: Decimal,
    /// FVBZSO: its supplement.
    pub supplement_with_one_off: Decimal,
    /// ALTE: relief for old age.
    pub age: Decimal,
}

/// MRE4: relief on pensions, then (MRE4ALTE) relief for old age. `death_grant` is VBEZBSO.
pub(crate) fn reliefs(
    context: &Context<'_>,
    wage: &AnnualWage,
    months: Months,
    death_grant: Decimal,
) -> Result<Reliefs, Fault> {
    let age = age_relief::relief(context, wage)?;
    if wage.pension.is_zero() {
        return Ok(Reliefs { age, ..Reliefs::default() });
    }
    let inputs = context.inputs;
    let row = context.law.pension_relief(inputs.pension_start_year)?;

    // VBEZB, HFVB and the supplement that the year allows.
    let base;
    let maximum;
    let mut supplement;
    match months {
        Months::Given(months) => {
            let months = Decimal::from(months);
            base = inputs.pension_first_month * months + inputs.pension_special_payments;
            let monthly = |yearly: Decimal| yearly / Decimal::from(12) * months;
            // The chart of 2024 does not round the maximum.
            maximum = match context.law.chart {
                Chart::December2024 => monthly(row.maximum),
                _ => euros_up(monthly(row.maximum)),
            };
            supplement = euros_up(monthly(row.supplement));
        }
        Months::WholeYear => {
            base = inputs.pension_first_month * Decimal::from(12) + inputs.pension_special_payments;
            maximum = row.maximum;
            supplement = row.supplement;
        }
    }
    let exemption = cents_up(base * row.rate).at_most(maximum).at_most(wage.pension);

    let exemption_with_one_off = cents_up(exemption + death_grant * row.rate).at_most(row.maximum);
    // HFVBZSO
    let left = cents_down(base + death_grant - exemption_with_one_off);
    let mut supplement_with_one_off = euros_up(supplement + death_grant);
    if supplement_with_one_off > left {
        supplement_with_one_off = euros_up(left);
    }
    let supplement_with_one_off = supplement_with_one_off.at_most(row.supplement);

    // HFVBZ
    let left = cents_down(base - exemption);
    if supplement > left {
        supplement = euros_up(left);
    }
    Ok(Reliefs { exemption, supplement, exemption_with_one_off, supplement_with_one_off, age })
}
