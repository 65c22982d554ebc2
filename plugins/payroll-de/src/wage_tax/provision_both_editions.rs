//! The provision allowance (Vorsorgepauschale), as far as both editions of EStG § 39b Abs. 2 Satz 5
//! Nr. 3 agree: what it yields, the rates of the employee, and what is said of them.

use stele_sdk::prelude::*;

use crate::rounding::{half, percent};
use crate::steps::TariffStep;
use crate::wage_tax::Context;

/// The provision allowance.
#[derive(Clone, Copy)]
pub(crate) struct Provision {
    /// VSP
    pub allowance: Decimal,
    /// VKV (UPVKV): what it recognises of private insurance, or the least provision. Until 2025.
    pub private: Decimal,
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

/// The employee's half of pension insurance on `base`.
pub(super) fn explain_pension(context: &Context<'_>, base: Decimal, amount: Decimal) -> TariffStep {
    let rate = percent(half(context.year.pension_rate));
    TariffStep::ProvisionPension { rate, base, amount }
}

/// The employee's rates of health and care insurance on `base`.
pub(super) fn explain_health(context: &Context<'_>, base: Decimal, amount: Decimal) -> TariffStep {
    TariffStep::ProvisionHealth {
        health_rate: percent(health_rate(context)),
        care_rate: percent(care_rate(context)),
        base,
        amount,
    }
}

/// Class VI: private insurance is left to the first employment.
pub(super) fn without_private(context: &Context<'_>) -> TariffStep {
    let class = context.inputs.tax_class.name().to_owned();
    TariffStep::ProvisionWithoutPrivate { class }
}
