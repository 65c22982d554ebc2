//! One-off payments: EStG § 39b Abs. 3 Satz 1 to 8.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::items::Item;
use crate::rounding::{cents_down, euros_down, percent};
use crate::steps::{ReliefStep, SurchargeStep, TaxStep};
use crate::wage_tax::allowances::{Allowances, Reduced, after_reliefs, allowances};
use crate::wage_tax::annual_tax::{AnnualTax, annual_tax};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::current::above_basic_allowance;
use crate::wage_tax::notes::Derivation;
use crate::wage_tax::pension_relief::{Months, reliefs};
use crate::wage_tax::{Context, WageTax, pension_relief, provision, solidarity};

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
    if tax.notes.explaining() {
        let derivation = Derivation {
            context,
            wage: &wage,
            exemption: base.exemption,
            age: base.age,
            reliefs: pension_relief::explain(
                context,
                &wage,
                Months::of_one_off(inputs),
                Some(inputs.one_off_death_grant),
                base.allowances.supplement,
            )?,
            reduced: base.reduced,
            allowed: base.allowances,
            insurable,
            equity: inputs.untaxed_equity,
            taxed: with,
        };
        explain(&derivation, &without, tax);
    }
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
            let before = [tax.tax, tax.solidarity, tax.church_base];
            tax.tax = (tax.tax + negative).not_negative();
            tax.solidarity = cents_down(tax.solidarity + negative * rate).not_negative();
            tax.church_base = (tax.church_base + negative).not_negative();
            if tax.notes.explaining() {
                explain_lowered(context, with.tax, before, tax);
            }
        }
        tax.one_off_tax = Decimal::ZERO;
        tax.one_off_solidarity = Decimal::ZERO;
    } else {
        tax.one_off_solidarity = solidarity::on_one_off(context, with.income, children, tax);
    }
    if context.inputs.church {
        tax.one_off_church_base = tax.one_off_tax;
        let tax_on_it = tax.one_off_tax;
        tax.notes.step(Item::OneOffChurchTaxBase, || SurchargeStep::TaxAsBase { tax: tax_on_it });
    }
}

/// How the tax on the one-off payments, and what the chart yields beside it, come about.
#[cold]
fn explain(with: &Derivation<'_>, without: &AnnualTax, tax: &mut WageTax) {
    let (context, inputs) = (with.context, with.context.inputs);
    let notes = &mut tax.notes;
    let items =
        [Item::OneOffWageTax, Item::MultiYearWageTax, Item::IncomeAboveBasicAllowanceOneOff];
    for item in items {
        notes.step(item, || TaxStep::WithOneOffPayments {
            expected: inputs.annual_gross,
            one_off: inputs.one_off,
            wages: with.wage.gross,
        });
    }
    notes.annual_tax(&[Item::OneOffWageTax, Item::MultiYearWageTax], with);
    notes.step(Item::OneOffWageTax, || TaxStep::OneOffTax {
        with: with.taxed.tax,
        without: without.tax,
        factor: inputs.factor.unwrap_or(Decimal::ONE),
        tax: tax.one_off_tax,
    });
    notes.above_basic_allowance(Item::IncomeAboveBasicAllowanceOneOff, with);
    let item = Item::PrivateInsuranceOneOff;
    let insurable_without = inputs.annual_gross - inputs.annual_compensation;
    for insurable in [insurable_without, with.insurable] {
        for step in provision::explain_private(context, insurable) {
            notes.step(item, || step);
        }
    }
    notes.step(item, || TaxStep::PrivateInsuranceOnTop {
        with: with.taxed.provision.private,
        without: without.provision.private,
        amount: tax.private_insurance[1],
    });
}

/// By how much untaxed equity lowers the taxes on the current wages, `before` being those and `with`
/// the tax of the year with it.
#[cold]
fn explain_lowered(context: &Context<'_>, with: Decimal, before: [Decimal; 3], tax: &mut WageTax) {
    let [wage_tax, solidarity, church_base] = before;
    let (without, reduction) = (tax.tax_without_one_off, -tax.one_off_tax);
    let factor = context.inputs.factor.unwrap_or(Decimal::ONE);
    let WageTax { notes, .. } = tax;
    let lowered = |before, amount| TaxStep::LoweredByEquity {
        without,
        with,
        factor,
        reduction,
        before,
        amount,
    };
    notes.step(Item::WageTax, || lowered(wage_tax, tax.tax));
    notes.step(Item::ChurchTaxBase, || lowered(church_base, tax.church_base));
    notes.step(Item::SolidaritySurcharge, || SurchargeStep::SurchargeLoweredByEquity {
        without,
        with,
        factor,
        reduction,
        before: solidarity,
        rate: percent(context.law.solidarity_rate),
        amount: tax.solidarity,
    });
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
    if tax.notes.explaining() {
        let derivation = Derivation {
            context,
            wage: &wage,
            exemption: relief.exemption,
            age: relief.age,
            reliefs: pension_relief::explain(
                context,
                &wage,
                Months::of_one_off(inputs),
                None,
                allowed.supplement,
            )?,
            reduced,
            allowed,
            insurable,
            equity: Decimal::ZERO,
            taxed,
        };
        explain_without(&derivation, tax);
    }
    Ok(taxed)
}

/// How the tax of the year without the one-off payments comes about.
#[cold]
fn explain_without(of: &Derivation<'_>, tax: &mut WageTax) {
    let notes = &mut tax.notes;
    let taxes = [Item::OneOffWageTax, Item::MultiYearWageTax];
    let items =
        [Item::OneOffWageTax, Item::MultiYearWageTax, Item::IncomeAboveBasicAllowanceAnnual];
    // Pay for several years may compute it again.
    notes.forget(&items);
    notes.forget(&[Item::AllowancesUsedAnnual]);
    for item in items {
        notes.step(item, || TaxStep::ExpectedWages { wages: of.wage.gross });
    }
    notes.annual_tax(&taxes, of);
    notes.above_basic_allowance(Item::IncomeAboveBasicAllowanceAnnual, of);
    notes.step(Item::AllowancesUsedAnnual, || ReliefStep::AllowancesUsed {
        expenses: of.allowed.expenses,
        exemption: of.exemption,
        supplement: of.allowed.supplement,
        total: of.allowed.expenses + of.exemption + of.allowed.supplement,
    });
}

/// What MRE4SONST leaves behind.
pub(crate) struct Base {
    pub reduced: Reduced,
    pub allowances: Allowances,
    /// FVBSO: exempt part of a pension.
    pub exemption: Decimal,
    /// ALTE: relief for old age.
    pub age: Decimal,
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
    let used = allowed.expenses + exemption + allowed.supplement;
    let before = tax.allowances_used[1];
    tax.allowances_used[2] = used - before;
    let item = Item::AllowancesUsedOneOff;
    tax.notes.forget(&[item]);
    tax.notes.step(item, || ReliefStep::AllowancesUsed {
        expenses: allowed.expenses,
        exemption,
        supplement: allowed.supplement,
        total: used,
    });
    tax.notes.step(item, || ReliefStep::AllowancesUsedOnTop {
        before,
        total: used,
        amount: used - before,
    });
    Ok(Base { reduced, allowances: allowed, exemption, age: relief.age })
}
