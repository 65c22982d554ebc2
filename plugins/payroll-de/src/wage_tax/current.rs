//! Tax on the current wages: MBERECH.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::steps::Step;
use crate::wage_tax::allowances::{after_reliefs, allowances};
use crate::wage_tax::annual_tax::annual_tax;
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::pension_relief::Reliefs;
use crate::wage_tax::{Context, solidarity};

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
    out: &mut Payslip,
) -> Current {
    let reduced = after_reliefs(wage, reliefs.exemption, reliefs.age);
    let allowed = allowances(context, reduced, reliefs.supplement);
    let taxed = annual_tax(context, reduced.wages, allowed.total, wage.gross);
    let tax = context.times_factor(taxed.tax);
    out.step(|| Step::AnnualWages {
        wages: wage.gross,
        reliefs: reliefs.exemption + reliefs.age,
        allowance: wage.allowance,
        addition: wage.addition,
        reduced: reduced.wages,
    });
    out.step(|| Step::TaxableIncome {
        reduced: reduced.wages,
        allowances: allowed.total,
        provision: taxed.provision.allowance,
        income: taxed.income,
    });
    out.step(|| Step::AnnualTax {
        class: context.inputs.tax_class.name().to_owned(),
        income: taxed.income,
        factor: context.inputs.factor.unwrap_or(Decimal::ONE),
        tax,
    });

    // With child allowances the tax is computed again, for the surcharges only.
    let (surcharge_base, surcharge_income) = if context.inputs.child_allowances.is_zero() {
        (tax, taxed.income)
    } else {
        let total = allowed.total + allowed.children;
        let with_children = annual_tax(context, reduced.wages, total, wage.gross);
        (context.times_factor(with_children.tax), with_children.income)
    };
    Current {
        tax,
        solidarity: solidarity::of_year(context, surcharge_base),
        surcharge_base,
        surcharge_income,
        allowances_used: allowed.expenses + reliefs.exemption + allowed.supplement,
        income_above_basic_allowance: above_basic_allowance(context, taxed.income),
        private_insurance: taxed.provision.private,
    }
}

/// The first pass of December 2024 (SCHLEIFZ = 1): the same with the schedule of the months before.
pub(crate) fn withheld_until_november(
    context: &Context<'_>,
    wage: &AnnualWage,
    reliefs: &Reliefs,
) -> Current {
    let mut unexplained = Payslip::new(false);
    current_wages(context, wage, reliefs, &mut unexplained)
}

/// WVFRB, WVFRBO, WVFRBM: taxable income above the basic allowance, not below 0.
pub(crate) fn above_basic_allowance(context: &Context<'_>, income: Decimal) -> Decimal {
    (income - context.schedule.basic_allowance).not_negative()
}
