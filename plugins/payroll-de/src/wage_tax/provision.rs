//! The provision allowance (Vorsorgepauschale): EStG § 39b Abs. 2 Satz 5 Nr. 3, from 2026 on; the
//! rates of the employee, which serve both editions.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{Chart, HealthInsurance, PensionInsurance, TaxClass};
use crate::rounding::{cents_down, euros_up, half};
use crate::wage_tax::{Context, provision_until_2025};

/// The provision allowance.
#[derive(Clone, Copy)]
pub(crate) struct Provision {
    /// VSP
    pub allowance: Decimal,
    /// VKV (UPVKV): what it recognises of private insurance, or the least provision. Until 2025.
    pub private: Decimal,
}

/// UPEVP: in the edition of the year. `insurable` is ZRE4VP.
pub(crate) fn provision(context: &Context<'_>, insurable: Decimal) -> Provision {
    match context.law.chart {
        Chart::December2024 | Chart::Year2025 => {
            provision_until_2025::provision(context, insurable)
        }
        Chart::Year2026 => {
            Provision { allowance: from_2026(context, insurable), private: Decimal::ZERO }
        }
    }
}

/// UPEVP of 2026: pension insurance (VSPR), then health and care insurance (MVSPKVPV), then the
/// comparison with unemployment insurance (MVSPHB).
fn from_2026(context: &Context<'_>, insurable: Decimal) -> Decimal {
    let pension = pension(context, insurable);
    let health = health_and_care(context, insurable);
    let allowance = euros_up(health + pension);
    let inputs = context.inputs;
    if !inputs.unemployment_insured || inputs.tax_class == TaxClass::Six {
        return allowance;
    }
    allowance.at_least(with_unemployment(context, insurable, pension, health))
}

/// Buchstabe a: the employee's half of pension insurance, none for those who are not insured.
fn pension(context: &Context<'_>, insurable: Decimal) -> Decimal {
    if context.inputs.pension_insurance == PensionInsurance::None {
        return Decimal::ZERO;
    }
    cents_down(insurable.at_most(context.year.pension_ceiling) * half(context.year.pension_rate))
}

/// MVSPKVPV, Buchstaben b to d: health and care insurance, or the premiums of private insurance
/// less the employer's subsidy.
fn health_and_care(context: &Context<'_>, insurable: Decimal) -> Decimal {
    let inputs = context.inputs;
    match inputs.health_insurance {
        HealthInsurance::Statutory => {
            let rate = health_rate(context) + care_rate(context);
            cents_down(insurable.at_most(context.year.health_ceiling) * rate)
        }
        _ if inputs.tax_class == TaxClass::Six => Decimal::ZERO,
        _ => {
            let twelve = Decimal::from(12);
            let premiums = (inputs.private_premium - inputs.private_subsidy) * twelve;
            premiums.not_negative()
        }
    }
}

/// MVSPHB, Buchstabe e: with unemployment insurance, but all three together only up to a limit.
fn with_unemployment(
    context: &Context<'_>,
    insurable: Decimal,
    pension: Decimal,
    health: Decimal,
) -> Decimal {
    let base = insurable.at_most(context.year.pension_ceiling);
    let unemployment = cents_down(base * half(context.year.unemployment_rate));
    let limited = (unemployment + health).at_most(context.law.provision_limit);
    euros_up(pension + limited)
}

/// KVSATZAN: half of the reduced rate and half of the fund's additional rate.
pub(super) fn health_rate(context: &Context<'_>) -> Decimal {
    half(context.year.reduced_health_rate + context.inputs.additional_rate)
}

/// PVSATZAN: the employee's care rate, with the Saxon shift, the surcharge for the childless, the
/// discounts for children.
pub(super) fn care_rate(context: &Context<'_>) -> Decimal {
    let year = context.year;
    let inputs = context.inputs;
    year.employee_care_rate(inputs.saxony, inputs.childless, inputs.care_discounts)
}
