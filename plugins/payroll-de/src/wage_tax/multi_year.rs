//! Pay for work of several years, taxed by the rule of one fifth: EStG § 39b Abs. 3 Satz 9 and 10,
//! until 2024.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::items::Item;
use crate::rounding::{euros_down, percent};
use crate::steps::{SurchargeStep, TaxStep};
use crate::wage_tax::annual_tax::{Taxed, annual_tax, tax_on};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::current::Current;
use crate::wage_tax::notes::Derivation;
use crate::wage_tax::one_off::{AnnualTaxes, with_one_off, without_one_off};
use crate::wage_tax::pension_relief::{self, Months};
use crate::wage_tax::{Context, WageTax, provision, solidarity};

/// MVMT: the lower of the tax by the rule of one fifth and the tax as a one-off payment.
pub(crate) fn pay_for_several_years(
    context: &Context<'_>,
    current: &Current,
    one_off: AnnualTaxes,
    tax: &mut WageTax,
) -> Result<(), Fault> {
    let inputs = context.inputs;
    let pay = inputs.multi_year_pay + inputs.multi_year_pension;
    if pay.is_zero() {
        return Ok(());
    }
    // LST1
    let before = if one_off.with_one_off.is_zero() {
        without_one_off(context, tax)?.tax
    } else {
        one_off.with_one_off
    };
    let wage = AnnualWage {
        gross: inputs.annual_gross + inputs.one_off + pay,
        pension: inputs.annual_pension + inputs.one_off_pension + inputs.multi_year_pension,
        allowance: inputs.annual_allowance,
        addition: inputs.annual_addition,
    };
    let death_grant = inputs.one_off_death_grant + inputs.multi_year_pension;
    let base = with_one_off(context, &wage, death_grant, tax)?;
    let insurable = wage.gross
        - inputs.multi_year_compensation
        - inputs.annual_compensation
        - inputs.one_off_compensation;

    // LST3 (KENNVMT = 2): as a one-off payment.
    let whole = annual_tax(
        context,
        base.reduced.wages,
        base.allowances.total,
        insurable + inputs.untaxed_equity,
    );
    // LST2 (KENNVMT = 1): by the rule of one fifth.
    let allowance = provision::provision(context, insurable).allowance;
    let income = base.reduced.wages - base.allowances.total - allowance - pay;
    let by_fifths = by_fifths(context, income, pay);

    let lower = (by_fifths.tax - before).at_most(whole.tax - before).not_negative();
    tax.multi_year_tax = context.times_factor(lower);
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
                Some(death_grant),
                base.allowances.supplement,
            )?,
            reduced: base.reduced,
            allowed: base.allowances,
            insurable: insurable + inputs.untaxed_equity,
            equity: inputs.untaxed_equity,
            taxed: whole,
        };
        explain(&derivation, pay, before, by_fifths, lower, tax);
    }
    // SOLZVBMG
    let surcharge_base = tax.multi_year_tax + current.surcharge_base;
    if surcharge_base > context.solidarity_exemption() {
        let amount = solidarity::rate_on(context, tax.multi_year_tax);
        tax.multi_year_solidarity = amount;
        let item = Item::MultiYearSolidaritySurcharge;
        tax.notes.step(item, || SurchargeStep::SolidarityOnSeveralYears {
            current: current.surcharge_base,
            tax: tax.multi_year_tax,
            exemption: context.solidarity_exemption(),
            rate: percent(context.law.solidarity_rate),
            amount,
        });
    }
    if inputs.church {
        tax.multi_year_church_base = tax.multi_year_tax;
        let item = Item::MultiYearChurchTaxBase;
        tax.notes.step(item, || SurchargeStep::TaxAsBase { tax: tax.multi_year_tax });
    }
    Ok(())
}

/// What the rule of one fifth yields.
#[derive(Clone, Copy)]
struct ByFifths {
    /// Income without the pay for several years.
    income: Decimal,
    /// Tax on it, where it is not negative.
    others: Decimal,
    /// Income that has a fifth of the pay in it.
    with_a_fifth: Decimal,
    /// Tax on that.
    tax_with_a_fifth: Decimal,
    /// Tax of the year.
    tax: Decimal,
}

/// MLSTJAHR with KENNVMT = 1: five times the tax on a fifth, on top of the other income.
fn by_fifths(context: &Context<'_>, income: Decimal, pay: Decimal) -> ByFifths {
    let five = Decimal::from(5);
    if income < Decimal::ZERO {
        let with_a_fifth = crate::rounding::cents_down((income + pay) / five);
        let tax_with_a_fifth = tax_on(context, with_a_fifth).tax;
        let tax = euros_down(tax_with_a_fifth * five);
        return ByFifths { income, others: Decimal::ZERO, with_a_fifth, tax_with_a_fifth, tax };
    }
    let Taxed { income, tax: others } = tax_on(context, income);
    let with_a_fifth = crate::rounding::cents_down(income + pay / five);
    let tax_with_a_fifth = tax_on(context, with_a_fifth).tax;
    let tax = euros_down((tax_with_a_fifth - others) * five + others);
    ByFifths { income, others, with_a_fifth, tax_with_a_fifth, tax }
}

/// How the tax on the pay for several years comes about; `whole` is the year with it as a one-off
/// payment.
#[cold]
fn explain(
    whole: &Derivation<'_>,
    pay: Decimal,
    before: Decimal,
    by_fifths: ByFifths,
    lower: Decimal,
    tax: &mut WageTax,
) {
    let (item, notes) = (Item::MultiYearWageTax, &mut tax.notes);
    let wages = whole.wage.gross;
    notes.step(item, || TaxStep::WithPayForSeveralYears { others: wages - pay, pay, wages });
    notes.annual_tax(&[item], whole);
    let ByFifths { income, others, with_a_fifth, tax_with_a_fifth, tax: fifths } = by_fifths;
    notes.step(item, || match income < Decimal::ZERO {
        true => TaxStep::ByFifthsAlone {
            pay,
            income,
            fifth: with_a_fifth,
            tax_of_fifth: tax_with_a_fifth,
            tax: fifths,
        },
        false => TaxStep::ByFifths {
            income,
            others,
            pay,
            raised: with_a_fifth,
            tax_of_raised: tax_with_a_fifth,
            tax: fifths,
        },
    });
    notes.step(item, || TaxStep::MultiYearTax {
        before,
        by_fifths: fifths,
        whole: whole.taxed.tax,
        tax: lower,
    });
    if let Some(factor) = whole.context.inputs.factor {
        let reduced = tax.multi_year_tax;
        notes.step(item, || TaxStep::TimesFactor { tax: lower, factor, reduced });
    }
}
