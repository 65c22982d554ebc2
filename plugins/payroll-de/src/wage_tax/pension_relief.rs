//! Relief on pensions from the employer: EStG § 39b Abs. 2 Satz 3, § 19 Abs. 2.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{Chart, PayPeriod, TaxClass};
use crate::law::PensionRelief;
use crate::rounding::{cents_down, cents_up, euros_up, percent};
use crate::steps::ReliefStep;
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::{Context, Inputs, age_relief};

/// ZMVB for one-off payments, where it is 0 (MSONST).
pub(crate) const MONTHS_OF_ONE_OFF: i64 = 12;

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
        Months::Given(inputs.pension_months.unwrap_or(MONTHS_OF_ONE_OFF))
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
    let row = context.law.pension_relief(context.inputs.pension_start_year)?;
    let Limits { base, maximum, mut supplement } = limits(context, row, months);
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

/// What limits the exemption and its supplement.
struct Limits {
    /// VBEZB: base of the exemption.
    base: Decimal,
    /// HFVB: highest exemption.
    maximum: Decimal,
    /// The supplement that the year allows.
    supplement: Decimal,
}

fn limits(context: &Context<'_>, row: &PensionRelief, months: Months) -> Limits {
    let inputs = context.inputs;
    match months {
        Months::Given(months) => {
            let months = Decimal::from(months);
            let monthly = |yearly: Decimal| yearly / Decimal::from(12) * months;
            Limits {
                base: inputs.pension_first_month * months + inputs.pension_special_payments,
                // The chart of 2024 does not round the maximum.
                maximum: match context.law.chart {
                    Chart::December2024 => monthly(row.maximum),
                    _ => euros_up(monthly(row.maximum)),
                },
                supplement: euros_up(monthly(row.supplement)),
            }
        }
        Months::WholeYear => Limits {
            base: inputs.pension_first_month * Decimal::from(12) + inputs.pension_special_payments,
            maximum: row.maximum,
            supplement: row.supplement,
        },
    }
}

/// How the reliefs come about; `death_grant` is given where a one-off payment is taxed. `used` is
/// the supplement that the allowances leave.
#[cold]
pub(crate) fn explain(
    context: &Context<'_>,
    wage: &AnnualWage,
    months: Months,
    death_grant: Option<Decimal>,
    used: Decimal,
) -> Result<Vec<ReliefStep>, Fault> {
    let mut steps = Vec::new();
    if !wage.pension.is_zero() {
        let row = context.law.pension_relief(context.inputs.pension_start_year)?;
        let Limits { base, maximum, supplement } = limits(context, row, months);
        let relief = reliefs(context, wage, months, death_grant.unwrap_or_default())?;
        let (rate, exemption) = (percent(row.rate), relief.exemption);
        let pension = wage.pension;
        steps.push(ReliefStep::PensionExemption {
            rate,
            base,
            maximum,
            pension,
            amount: exemption,
        });
        let mut most = supplement;
        if let Some(death_grant) = death_grant {
            most = euros_up(supplement + death_grant).at_most(row.supplement);
            steps.push(ReliefStep::PensionExemptionWithOneOff {
                exemption,
                rate,
                death_grant,
                maximum: row.maximum,
                amount: relief.exemption_with_one_off,
            });
        }
        if context.inputs.tax_class != TaxClass::Six {
            steps.push(ReliefStep::PensionSupplement { most, amount: used });
        }
    }
    steps.extend(age_relief::explain(context, wage)?);
    Ok(steps)
}
