//! Tax on the current wages: MBERECH.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::PayPeriod;
use crate::items::Item;
use crate::steps::{ReliefStep, TaxStep};
use crate::wage_tax::adjustment::Adjustment;
use crate::wage_tax::allowances::{after_reliefs, allowances};
use crate::wage_tax::annual_tax::annual_tax;
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::notes::Derivation;
use crate::wage_tax::pension_relief::{Months, Reliefs};
use crate::wage_tax::{Context, Inputs, Notes, PartOfMonth, pension_relief, provision, solidarity};

/// Yearly results for the current wages.
pub(crate) struct Current {
    /// LSTJAHR: wage tax of the year.
    pub tax: Decimal,
    /// SOLZJ: solidarity surcharge of the year.
    pub solidarity: Decimal,
    /// JBMG: base of the surcharges, the tax with child allowances.
    pub surcharge_base: Decimal,
    /// ZVE with child allowances, for the limit of church tax.
    pub surcharge_income: Decimal,
    /// VFRB: allowances used.
    pub allowances_used: Decimal,
    /// WVFRB: taxable income above the basic allowance.
    pub income_above_basic_allowance: Decimal,
    /// VKV: private insurance recognised.
    pub private_insurance: Decimal,
}

/// MBERECH: tax, solidarity surcharge and base of church tax of the year.
pub(crate) fn current_wages(
    context: &Context<'_>,
    wage: &AnnualWage,
    reliefs: &Reliefs,
    notes: &mut Notes,
) -> Result<Current, Fault> {
    let reduced = after_reliefs(wage, reliefs.exemption, reliefs.age);
    let allowed = allowances(context, reduced, reliefs.supplement);
    let taxed = annual_tax(context, reduced.wages, allowed.total, wage.gross);
    let tax = context.times_factor(taxed.tax);

    // With child allowances the tax is computed again, for the surcharges only.
    let (surcharge_base, surcharge_income) = if context.inputs.child_allowances.is_zero() {
        (tax, taxed.income)
    } else {
        let total = allowed.total + allowed.children;
        let with_children = annual_tax(context, reduced.wages, total, wage.gross);
        (context.times_factor(with_children.tax), with_children.income)
    };
    if notes.explaining() {
        let derivation = Derivation {
            context,
            wage,
            exemption: reliefs.exemption,
            age: reliefs.age,
            reliefs: pension_relief::explain(
                context,
                wage,
                Months::of_period(context.inputs),
                None,
                allowed.supplement,
            )?,
            reduced,
            allowed,
            insurable: wage.gross,
            equity: Decimal::ZERO,
            taxed,
        };
        explain(&derivation, tax, surcharge_base, surcharge_income, notes);
    }
    Ok(Current {
        tax,
        solidarity: solidarity::of_year(context, surcharge_base, notes),
        surcharge_base,
        surcharge_income,
        allowances_used: allowed.expenses + reliefs.exemption + allowed.supplement,
        income_above_basic_allowance: above_basic_allowance(context, taxed.income),
        private_insurance: taxed.provision.private,
    })
}

/// The first pass of December 2024 (SCHLEIFZ = 1): the same with the schedule of the months before.
pub(crate) fn withheld_until_november(
    context: &Context<'_>,
    wage: &AnnualWage,
    reliefs: &Reliefs,
) -> Result<Current, Fault> {
    current_wages(context, wage, reliefs, &mut Notes::new(false))
}

/// How the yearly results come about.
#[cold]
fn explain(
    of: &Derivation<'_>,
    tax: Decimal,
    surcharge_base: Decimal,
    surcharge_income: Decimal,
    notes: &mut Notes,
) {
    let (context, inputs) = (of.context, of.context.inputs);
    for item in [Item::WageTax, Item::IncomeAboveBasicAllowance] {
        explain_wages(inputs, of.wage.gross, item, notes);
    }
    notes.annual_tax(&[Item::WageTax], of);
    if let Some(factor) = inputs.factor {
        let whole = of.taxed.tax;
        notes.step(Item::WageTax, || TaxStep::TimesFactor { tax: whole, factor, reduced: tax });
    }
    let surcharges = [Item::SolidaritySurcharge, Item::ChurchTaxBase];
    let children = of.allowed.children;
    notes.surcharge_base(&surcharges, context, children, surcharge_income, surcharge_base);
    notes.step(Item::AllowancesUsed, || ReliefStep::AllowancesUsed {
        expenses: of.allowed.expenses,
        exemption: of.exemption,
        supplement: of.allowed.supplement,
        total: of.allowed.expenses + of.exemption + of.allowed.supplement,
    });
    notes.above_basic_allowance(Item::IncomeAboveBasicAllowance, of);
    for step in provision::explain_private(context, of.insurable) {
        notes.step(Item::PrivateInsurance, || step);
    }
}

/// How the wages of the year come about.
fn explain_wages(inputs: &Inputs, wages: Decimal, item: Item, notes: &mut Notes) {
    if let Some(Adjustment { wages: earlier, now, .. }) = inputs.adjustment {
        notes.step(item, || TaxStep::WagesOfYear { earlier, now, wages });
        return;
    }
    let pay = inputs.gross;
    if let Some(PartOfMonth { days, pay: of_part }) = inputs.part_of_month {
        notes.step(item, || TaxStep::PayOfADay { pay: of_part, days, of_a_day: pay });
    }
    if inputs.pay_period != PayPeriod::Year {
        let part = inputs.pay_period.part_in_words();
        notes.step(item, || TaxStep::Projected { part, pay, wages });
    }
}

/// WVFRB, WVFRBO, WVFRBM: taxable income above the basic allowance, not below 0.
pub(crate) fn above_basic_allowance(context: &Context<'_>, income: Decimal) -> Decimal {
    (income - context.schedule.basic_allowance).not_negative()
}
