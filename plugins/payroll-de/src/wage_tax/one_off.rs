//! One-off payments: EStG § 39b Abs. 3 Satz 1 to 8.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::rounding::{cents_down, euros_down};
use crate::wage_tax::allowances::{Allowances, Reduced, after_reliefs, allowances};
use crate::wage_tax::annual_tax::{AnnualTax, annual_tax};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::current::above_basic_allowance;
use crate::wage_tax::pension_relief::{Months, reliefs};
use crate::wage_tax::{Context, WageTax, solidarity};

/// What MSONST leaves for the pay of several years.
#[derive(Clone, Copy, Default)]
pub(crate) struct AnnualTaxes {
    /// LSTSO: tax of the year with the one-off payments.
    pub with_one_off: Decimal,
}

/// MSONST: tax of the year with the one-off payments less tax of the year without them.
pub(crate) fn one_off_payments(
    context: &Context<'_>,
    tax: &mut WageTax,
) -> Result<AnnualTaxes, Fault> {
    let inputs = context.inputs;
    if !inputs.has_one_off() {
        return Ok(AnnualTaxes::default());
    }
    let without = without_one_off(context, tax)?;
    let wage = AnnualWage {
        gross: inputs.annual_gross + inputs.one_off,
        pension: inputs.annual_pension + inputs.one_off_pension,
        allowance: inputs.annual_allowance,
        addition: inputs.annual_addition,
    };
    let insurable = wage.gross + inputs.untaxed_equity
        - inputs.annual_compensation
        - inputs.one_off_compensation;
    let base = with_one_off(context, &wage, inputs.one_off_death_grant, tax)?;
    let with = annual_tax(context, base.reduced.wages, base.allowances.total, insurable);
    tax.above_basic_allowance[2] = above_basic_allowance(context, with.income);
    tax.private_insurance[1] = with.provision.private - without.provision.private;
    tax.one_off_incomes = [without.income, with.income];
    tax.tax_without_one_off = without.tax;

    // "Negative numbers are rounded by their amount": cut towards zero.
    let difference = with.tax - without.tax;
    tax.one_off_tax = euros_down(difference * inputs.factor.unwrap_or(Decimal::ONE));
    negative_or_surcharged(context, &with, base.allowances.children, tax);
    Ok(AnnualTaxes { with_one_off: with.tax })
}

/// STSMIN: tax of one-off payments is not negative; what untaxed equity makes of it lowers the tax
/// on the current wages.
fn negative_or_surcharged(
    context: &Context<'_>,
    with: &AnnualTax,
    children: Decimal,
    tax: &mut WageTax,
) {
    if tax.one_off_tax < Decimal::ZERO {
        if !context.inputs.untaxed_equity.is_zero() {
            let negative = tax.one_off_tax;
            let rate = context.law.solidarity_rate;
            tax.tax = (tax.tax + negative).not_negative();
            tax.solidarity = cents_down(tax.solidarity + negative * rate).not_negative();
            tax.church_base = (tax.church_base + negative).not_negative();
        }
        tax.one_off_tax = Decimal::ZERO;
        tax.one_off_solidarity = Decimal::ZERO;
    } else {
        tax.one_off_solidarity = solidarity::on_one_off(context, with.income, children, tax);
    }
    if context.inputs.church.is_some() {
        tax.one_off_church_base = tax.one_off_tax;
    }
}

/// MOSONST: tax of the year without the one-off payments (LSTOSO).
pub(crate) fn without_one_off(
    context: &Context<'_>,
    tax: &mut WageTax,
) -> Result<AnnualTax, Fault> {
    let inputs = context.inputs;
    let wage = AnnualWage {
        gross: inputs.annual_gross,
        pension: inputs.annual_pension,
        allowance: inputs.annual_allowance,
        addition: inputs.annual_addition,
    };
    let relief = reliefs(context, &wage, Months::of_one_off(inputs), Decimal::ZERO)?;
    let reduced = after_reliefs(&wage, relief.exemption, relief.age);
    let insurable = wage.gross - inputs.annual_compensation;
    let allowed = allowances(context, reduced, relief.supplement);
    let taxed = annual_tax(context, reduced.wages, allowed.total, insurable);
    tax.allowances_used[1] = allowed.expenses + relief.exemption + allowed.supplement;
    tax.above_basic_allowance[1] = above_basic_allowance(context, taxed.income);
    Ok(taxed)
}

/// What MRE4SONST leaves behind.
pub(crate) struct Base {
    pub reduced: Reduced,
    pub allowances: Allowances,
}

/// MRE4SONST: reliefs and allowances of the year with the one-off payments.
pub(crate) fn with_one_off(
    context: &Context<'_>,
    wage: &AnnualWage,
    death_grant: Decimal,
    tax: &mut WageTax,
) -> Result<Base, Fault> {
    let months = Months::of_one_off(context.inputs);
    let relief = reliefs(context, wage, months, death_grant)?;
    let exemption = relief.exemption_with_one_off;
    let reduced = after_reliefs(wage, exemption, relief.age);
    let allowed = allowances(context, reduced, relief.supplement_with_one_off);
    tax.allowances_used[2] =
        allowed.expenses + exemption + allowed.supplement - tax.allowances_used[1];
    Ok(Base { reduced, allowances: allowed })
}
