//! Wages after reliefs, and the fixed allowances of the tables without the provision allowance:
//! EStG § 39b Abs. 2 Satz 3 to 5.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::TaxClass;
use crate::rounding::{euros_down, euros_up};
use crate::wage_tax::Context;
use crate::wage_tax::annual_wage::AnnualWage;

/// What MRE4ABZ leaves behind.
#[derive(Clone, Copy)]
pub(crate) struct Reduced {
    /// ZRE4: wages of the year after reliefs.
    pub wages: Decimal,
    /// ZVBEZ: pension of the year after its exemption.
    pub pension: Decimal,
}

/// MRE4ABZ: wages of the year less the reliefs and the allowance, plus the addition.
pub(crate) fn after_reliefs(wage: &AnnualWage, exemption: Decimal, age: Decimal) -> Reduced {
    let wages = wage.gross - exemption - age - wage.allowance + wage.addition;
    Reduced { wages: wages.not_negative(), pension: (wage.pension - exemption).not_negative() }
}

/// What MZTABFB leaves behind.
#[derive(Clone, Copy)]
pub(crate) struct Allowances {
    /// ANP: standard allowances for expenses.
    pub expenses: Decimal,
    /// FVBZ: supplement to the exemption of pensions, as far as it is used.
    pub supplement: Decimal,
    /// EFA: relief for single parents.
    pub single_parent: Decimal,
    /// SAP: standard allowance for special expenses.
    pub special_expenses: Decimal,
    /// ZTABFB: their sum.
    pub total: Decimal,
    /// KFB: allowances for children, which count for the surcharges only.
    pub children: Decimal,
}

/// MZTABFB (in 2024: MZTABFBA, MZTABFBN): allowances by tax class.
pub(crate) fn allowances(
    context: &Context<'_>,
    reduced: Reduced,
    supplement: Decimal,
) -> Allowances {
    let class = context.inputs.tax_class;
    let mut supplement = supplement;
    if reduced.pension < supplement {
        supplement = euros_down(reduced.pension);
    }
    if class == TaxClass::Six {
        supplement = Decimal::ZERO;
    }
    let expenses = expenses(context, reduced, supplement);
    let single_parent = match class {
        TaxClass::Two => context.law.single_parent_relief,
        _ => Decimal::ZERO,
    };
    let special_expenses = match class {
        TaxClass::Six => Decimal::ZERO,
        _ => context.law.special_expenses_allowance,
    };
    Allowances {
        expenses,
        supplement,
        single_parent,
        special_expenses,
        total: single_parent + expenses + special_expenses + supplement,
        children: children(context),
    }
}

/// ANP: EStG § 9a, for pensions and for other wages, none in class VI.
fn expenses(context: &Context<'_>, reduced: Reduced, supplement: Decimal) -> Decimal {
    let mut expenses = Decimal::ZERO;
    if context.inputs.tax_class == TaxClass::Six {
        return expenses;
    }
    if reduced.pension > Decimal::ZERO {
        let left = reduced.pension - supplement;
        let allowance = context.law.pensioner_allowance;
        expenses = if left < allowance { euros_up(left) } else { allowance };
    }
    if reduced.wages > reduced.pension {
        let left = reduced.wages - reduced.pension;
        let allowance = context.law.employee_allowance;
        expenses = if left < allowance { euros_up(expenses + left) } else { expenses + allowance };
    }
    expenses
}

/// KFB: EStG § 51a Abs. 2a; half for each parent in class IV, none in classes V and VI.
fn children(context: &Context<'_>) -> Decimal {
    let number = context.inputs.child_allowances;
    if number.is_zero() {
        return number;
    }
    let each = context.schedule.child_allowance;
    match context.inputs.tax_class {
        TaxClass::One | TaxClass::Two | TaxClass::Three => euros_down(number * each),
        TaxClass::Four => euros_down(number * crate::rounding::half(each)),
        TaxClass::Five | TaxClass::Six => Decimal::ZERO,
    }
}
