//! The provision allowance (Vorsorgepauschale): EStG § 39b Abs. 2 Satz 5 Nr. 3, in the
//! edition of the year, and that from 2026 on.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{Chart, HealthInsurance, PensionInsurance, TaxClass};
use crate::rounding::{cents_down, euros_up, half, percent};
use crate::steps::{Step, TariffStep};
use crate::wage_tax::provision_both_editions::{
    Provision, care_rate, explain_health, explain_pension, health_rate, without_private,
};
use crate::wage_tax::{Context, provision_until_2025};

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

/// How the allowance comes about.
#[cold]
pub(crate) fn explain(context: &Context<'_>, insurable: Decimal) -> Vec<TariffStep> {
    match context.law.chart {
        Chart::December2024 | Chart::Year2025 => provision_until_2025::explain(context, insurable),
        Chart::Year2026 => explain_from_2026(context, insurable),
    }
}

/// How the part for private insurance comes about, which only the charts until 2025 yield.
#[cold]
pub(crate) fn explain_private(context: &Context<'_>, insurable: Decimal) -> Vec<Step> {
    match context.law.chart {
        Chart::December2024 | Chart::Year2025 => {
            provision_until_2025::explain_private(context, insurable)
        }
        Chart::Year2026 => Vec::new(),
    }
}

fn explain_from_2026(context: &Context<'_>, insurable: Decimal) -> Vec<TariffStep> {
    let (year, inputs) = (context.year, context.inputs);
    let pension = pension(context, insurable);
    let health = health_and_care(context, insurable);
    let mut steps = Vec::new();
    if inputs.pension_insurance != PensionInsurance::None {
        let base = insurable.at_most(year.pension_ceiling);
        steps.push(explain_pension(context, base, pension));
    }
    steps.push(match inputs.health_insurance {
        HealthInsurance::Statutory => {
            explain_health(context, insurable.at_most(year.health_ceiling), health)
        }
        _ if inputs.tax_class == TaxClass::Six => without_private(context),
        _ => TariffStep::ProvisionPrivate {
            premium: inputs.private_premium,
            subsidy: inputs.private_subsidy,
            amount: health,
        },
    });
    let total = euros_up(health + pension);
    steps.push(TariffStep::Provision { pension, health, total });
    if inputs.unemployment_insured && inputs.tax_class != TaxClass::Six {
        let base = insurable.at_most(year.pension_ceiling);
        let rate = half(year.unemployment_rate);
        let with = with_unemployment(context, insurable, pension, health);
        steps.push(TariffStep::ProvisionWithUnemployment {
            rate: percent(rate),
            base,
            unemployment: cents_down(base * rate),
            health,
            limit: context.law.provision_limit,
            pension,
            with,
            total: total.at_least(with),
        });
    }
    steps
}
