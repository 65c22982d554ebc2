//! Wage tax of the year: EStG § 39b Abs. 2 Satz 6 and 7.

use stele_sdk::prelude::*;

use crate::choices::TaxClass;
use crate::rounding::{euros_down, half};
use crate::steps::TariffStep;
use crate::wage_tax::provision;
use crate::wage_tax::provision_both_editions::Provision;
use crate::wage_tax::{Context, classes_five_and_six, tariff};

/// What MLSTJAHR leaves behind.
#[derive(Clone, Copy)]
pub(crate) struct AnnualTax {
    /// ZVE: taxable income.
    pub income: Decimal,
    /// ST: wage tax of the year.
    pub tax: Decimal,
    /// The provision allowance (VSP) and what it holds of private insurance.
    pub provision: Provision,
}

/// MLSTJAHR: wages less fixed allowances and provision allowance, taxed by class. `insurable` is
/// ZRE4VP, the wages for the provision allowance.
pub(crate) fn annual_tax(
    context: &Context<'_>,
    wages: Decimal,
    allowances: Decimal,
    insurable: Decimal,
) -> AnnualTax {
    let provision = provision::provision(context, insurable);
    let taxed = tax_on(context, wages - allowances - provision.allowance);
    AnnualTax { income: taxed.income, tax: taxed.tax, provision }
}

/// What UPMLST leaves behind.
pub(crate) struct Taxed {
    /// ZVE, not below 0.
    pub income: Decimal,
    /// ST
    pub tax: Decimal,
}

/// UPMLST: the schedule on the taxable income, halved in the splitting procedure.
pub(crate) fn tax_on(context: &Context<'_>, income: Decimal) -> Taxed {
    if income < Decimal::ONE {
        return Taxed { income: Decimal::ZERO, tax: by_class(context, Decimal::ZERO) };
    }
    let x = if context.splitting() { half(income) } else { income };
    Taxed { income, tax: by_class(context, euros_down(x)) }
}

/// UPTAB in classes I to IV, MST5_6 in classes V and VI.
pub(crate) fn by_class(context: &Context<'_>, x: Decimal) -> Decimal {
    if context.inputs.tax_class < TaxClass::Five {
        tariff::tax(context, x)
    } else {
        classes_five_and_six::tax(context, x)
    }
}

/// How the tax on an income comes about.
#[cold]
pub(crate) fn explain(context: &Context<'_>, income: Decimal) -> Vec<TariffStep> {
    let mut steps = Vec::new();
    let mut x = Decimal::ZERO;
    if income >= Decimal::ONE {
        x = euros_down(if context.splitting() { half(income) } else { income });
        if context.splitting() {
            steps.push(TariffStep::Halved { income, half: x });
        }
    }
    if context.inputs.tax_class < TaxClass::Five {
        steps.push(context.schedule.explain(x));
    } else {
        steps.extend(classes_five_and_six::explain(context, x));
    }
    steps
}
