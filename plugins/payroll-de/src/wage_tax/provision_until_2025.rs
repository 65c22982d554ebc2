//! The provision allowance (Vorsorgepauschale) until 2025: EStG § 39b Abs. 2 Satz 5 Nr. 3 and
//! Abs. 4 as then in force.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{HealthInsurance, PensionInsurance, TaxClass};
use crate::rounding::{cents_down, euros_up, half, percent};
use crate::steps::{Step, TariffStep, TaxStep};
use crate::wage_tax::Context;
use crate::wage_tax::provision_both_editions::{
    Provision, care_rate, explain_health, explain_pension, health_rate, without_private,
};

/// UPEVP until 2025: pension insurance with the least provision (VSPN), compared with pension
/// insurance and the true health and care insurance (MVSP).
pub(super) fn provision(context: &Context<'_>, insurable: Decimal) -> Provision {
    let Parts { pension, least, health, .. } = parts(context, insurable);
    let allowance = euros_up(pension + least).at_least(euros_up(health + pension));
    // UPVKV
    let private = match context.inputs.health_insurance {
        HealthInsurance::Statutory => Decimal::ZERO,
        _ => least.at_least(health),
    };
    Provision { allowance, private }
}

/// What the allowance consists of.
struct Parts {
    /// Wages up to the ceiling of pension insurance.
    insurable: Decimal,
    /// VSP1
    pension: Decimal,
    /// VSP2
    least: Decimal,
    /// VSP3
    health: Decimal,
}

fn parts(context: &Context<'_>, insurable: Decimal) -> Parts {
    // VSP1; what follows is limited to the ceiling of pension insurance for those who are insured.
    let (insurable, pension) = match pension_ceiling(context) {
        Some(ceiling) => {
            let insurable = insurable.at_most(ceiling);
            (insurable, cents_down(insurable * half(context.year.pension_rate)))
        }
        None => (insurable, Decimal::ZERO),
    };
    let least = least_provision(context, insurable);
    let health = health_and_care(context, insurable.at_most(context.year.health_ceiling));
    Parts { insurable, pension, least, health }
}

/// BBGRV: the ceiling of pension insurance, which was lower in the east until 2024.
fn pension_ceiling(context: &Context<'_>) -> Option<Decimal> {
    let year = context.year;
    match context.inputs.pension_insurance {
        PensionInsurance::Statutory => Some(year.pension_ceiling),
        PensionInsurance::StatutoryEast => {
            Some(year.pension_ceiling_east.unwrap_or(year.pension_ceiling))
        }
        PensionInsurance::None => None,
    }
}

/// VSP2: 12 % of the wages for health and care insurance, up to VHB.
fn least_provision(context: &Context<'_>, insurable: Decimal) -> Decimal {
    cents_down(insurable * least_rate(context)).at_most(least_limit(context))
}

fn least_rate(context: &Context<'_>) -> Decimal {
    context.law.least_provision_rate.unwrap_or_default()
}

/// VHB
fn least_limit(context: &Context<'_>) -> Decimal {
    let law = context.law;
    match context.inputs.tax_class {
        TaxClass::Three => law.provision_limit_class_three.unwrap_or(law.provision_limit),
        _ => law.provision_limit,
    }
}

/// VSP3: health and care insurance, or the premiums of private insurance less the employer's
/// subsidy at the average rate.
fn health_and_care(context: &Context<'_>, insurable: Decimal) -> Decimal {
    let inputs = context.inputs;
    if inputs.health_insurance == HealthInsurance::Statutory {
        return cents_down(insurable * (health_rate(context) + care_rate(context)));
    }
    if inputs.tax_class == TaxClass::Six {
        return Decimal::ZERO;
    }
    let premiums = inputs.private_premium * Decimal::from(12);
    if inputs.health_insurance == HealthInsurance::PrivateWithSubsidy {
        return cents_down(premiums - insurable * employer_rate(context));
    }
    premiums
}

/// KVSATZAG + PVSATZAG: the employer's rates, with the average additional rate.
fn employer_rate(context: &Context<'_>) -> Decimal {
    let year = context.year;
    half(year.average_additional_rate + year.reduced_health_rate)
        + year.employer_care_rate(context.inputs.saxony)
}

/// How the allowance comes about.
#[cold]
pub(super) fn explain(context: &Context<'_>, insurable: Decimal) -> Vec<TariffStep> {
    let parts = parts(context, insurable);
    let mut steps = Vec::new();
    if pension_ceiling(context).is_some() {
        steps.push(explain_pension(context, parts.insurable, parts.pension));
    }
    steps.extend(explain_least_and_health(context, &parts));
    steps.push(TariffStep::ProvisionUntil2025 {
        pension: parts.pension,
        health: parts.health,
        least: parts.least,
        total: provision(context, insurable).allowance,
    });
    steps
}

/// How VKV comes about.
#[cold]
pub(super) fn explain_private(context: &Context<'_>, insurable: Decimal) -> Vec<Step> {
    if context.inputs.health_insurance == HealthInsurance::Statutory {
        return Vec::new();
    }
    let parts = parts(context, insurable);
    let steps = explain_least_and_health(context, &parts);
    let mut steps: Vec<Step> = steps.into_iter().map(Step::from).collect();
    let yearly = parts.least.at_least(parts.health);
    let counts = TaxStep::PrivateInsurance { premiums: parts.health, least: parts.least, yearly };
    steps.push(counts.into());
    steps
}

fn explain_least_and_health(context: &Context<'_>, parts: &Parts) -> [TariffStep; 2] {
    let inputs = context.inputs;
    let base = parts.insurable.at_most(context.year.health_ceiling);
    let health = match inputs.health_insurance {
        HealthInsurance::Statutory => explain_health(context, base, parts.health),
        _ if inputs.tax_class == TaxClass::Six => without_private(context),
        HealthInsurance::PrivateWithSubsidy => TariffStep::ProvisionPrivateLessEmployer {
            premium: inputs.private_premium,
            rate: percent(employer_rate(context)),
            base,
            amount: parts.health,
        },
        HealthInsurance::Private => TariffStep::ProvisionPrivate {
            premium: inputs.private_premium,
            subsidy: Decimal::ZERO,
            amount: parts.health,
        },
    };
    let least = TariffStep::LeastProvision {
        rate: percent(least_rate(context)),
        base: parts.insurable,
        limit: least_limit(context),
        amount: parts.least,
    };
    [health, least]
}
