//! Pay for work of several years, taxed by the rule of one fifth: EStG § 39b Abs. 3 Satz 9 and 10,
//! until 2024.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::rounding::euros_down;
use crate::wage_tax::annual_tax::{annual_tax, tax_on};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::current::Current;
use crate::wage_tax::one_off::{AnnualTaxes, with_one_off, without_one_off};
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

    let lower = (by_fifths - before).at_most(whole.tax - before).not_negative();
    tax.multi_year_tax = context.times_factor(lower);
    // SOLZVBMG
    let surcharge_base = tax.multi_year_tax + current.surcharge_base;
    if surcharge_base > context.solidarity_exemption() {
        tax.multi_year_solidarity = solidarity::rate_on(context, tax.multi_year_tax);
    }
    if inputs.church.is_some() {
        tax.multi_year_church_base = tax.multi_year_tax;
    }
    Ok(())
}

/// MLSTJAHR with KENNVMT = 1: five times the tax on a fifth, on top of the other income.
fn by_fifths(context: &Context<'_>, income: Decimal, pay: Decimal) -> Decimal {
    let five = Decimal::from(5);
    if income < Decimal::ZERO {
        let fifth = crate::rounding::cents_down((income + pay) / five);
        return euros_down(tax_on(context, fifth).tax * five);
    }
    let others = tax_on(context, income);
    let with_a_fifth = crate::rounding::cents_down(others.income + pay / five);
    euros_down((tax_on(context, with_a_fifth).tax - others.tax) * five + others.tax)
}
