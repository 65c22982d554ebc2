//! The provision allowance (Vorsorgepauschale) until 2025: EStG § 39b Abs. 2 Satz 5 Nr. 3 and
//! Abs. 4 as then in force.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::{HealthInsurance, PensionInsurance, TaxClass};
use crate::rounding::{cents_down, euros_up, half};
use crate::wage_tax::Context;
use crate::wage_tax::provision::{Provision, care_rate, health_rate};

/// UPEVP until 2025: pension insurance with the least provision (VSPN), compared with pension
/// insurance and the true health and care insurance (MVSP).
pub(super) fn provision(context: &Context<'_>, insurable: Decimal) -> Provision {
    // VSP1; what follows is limited to the ceiling of pension insurance for those who are insured.
    let (insurable, pension) = match pension_ceiling(context) {
        Some(ceiling) => {
            let insurable = insurable.at_most(ceiling);
            (insurable, cents_down(insurable * half(context.year.pension_rate)))
        }
        None => (insurable, Decimal::ZERO),
    };
    // VSP2
    let least = least_provision(context, insurable);
    // VSP3
    let health = health_and_care(context, insurable.at_most(context.year.health_ceiling));
    let allowance = euros_up(pension + least).at_least(euros_up(health + pension));
    // UPVKV
    let private = match context.inputs.health_insurance {
        HealthInsurance::Statutory => Decimal::ZERO,
        _ => least.at_least(health),
    };
    Provision { allowance, private }
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
    let law = context.law;
    let limit = match context.inputs.tax_class {
        TaxClass::Three => law.provision_limit_class_three.unwrap_or(law.provision_limit),
        _ => law.provision_limit,
    };
    cents_down(insurable * law.least_provision_rate.unwrap_or_default()).at_most(limit)
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
