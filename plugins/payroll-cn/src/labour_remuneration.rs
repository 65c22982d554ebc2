//! Labour remuneration of residents: paid for work to somebody who is no employee.
//!
//! Each payment by itself (announcement 2018 No. 61 of the State Taxation Administration, art. 8);
//! of full-time students in an internship (announcement 2020 No. 13, item 2) and of insurance
//! agents and securities brokers (Caishui [2018] No. 164, item 3) cumulatively, as on wages.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::brackets::{bracket_of, percent, tax_at};
use crate::facts::{AdjustmentKind, Month};
use crate::income_tax;
use crate::items::Item;
use crate::law::Law;
use crate::rounding;
use crate::steps::{ApartStep, CumulativeStep};

/// Announcement 2018 No. 61, art. 8: a payment of not more than 4,000 yuan less 800 yuan, a higher
/// one less 20 %; by withholding table 2. There is no other deduction.
pub(crate) fn by_payment(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let expenses = match income <= law.labour_fixed_expenses_up_to {
        true => law.labour_fixed_expenses.min(income),
        false => share_of(income, law.labour_expenses_share),
    };
    let left = after_expenses(income, expenses, out);
    let taxable = taxable_of_month(month, left, Decimal::ZERO, out);
    let Some((_, bracket)) = bracket_of(&law.labour_brackets, taxable) else {
        return Err(Fault::parameter(Law::LABOUR_BRACKETS, format!("no bracket holds {taxable}")));
    };
    let relief = of_month(month, AdjustmentKind::TaxRelief);
    let tax = (tax_at(bracket, taxable) - relief).max(Decimal::ZERO);
    out.step(|| ApartStep::LabourTax {
        taxable,
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        relief,
        tax,
    });
    out.line(Item::IncomeTax, tax);
    Ok(tax)
}

/// Announcement 2020 No. 13, item 2: "tax = (cumulative income after expenses − cumulative basic
/// deduction) × rate − quick deduction − relief − tax already withheld", with 20 % of expenses and
/// 5,000 yuan for each month of the internship.
pub(crate) fn of_intern(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    cumulatively(law, month, income, Decimal::ZERO, out)
}

/// Caishui [2018] No. 164, item 3: commission less 20 % of expenses; of what is left 25 % are cost
/// of acquisition. Surcharges on value added tax are given as other deductions.
pub(crate) fn of_agent(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    cumulatively(law, month, income, law.commission_cost_share, out)
}

fn cumulatively(
    law: &Law,
    month: &Month,
    income: Decimal,
    cost_share: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let income = income_tax::income_so_far(month, income, out);
    let left = after_expenses(income, share_of(income, law.labour_expenses_share), out);
    let cost = share_of(left, cost_share);
    if !cost.is_zero() {
        out.step(|| ApartStep::CommissionCost { income: left, rate: percent(cost_share), cost });
    }
    // Announcement 2020 No. 19, item 2: the whole year's deduction is open here, too.
    let basic = income_tax::basic_deduction(law, month, out)?;
    let exempt = income_tax::adjustments(month, AdjustmentKind::ExemptIncome);
    let other = income_tax::adjustments(month, AdjustmentKind::OtherDeduction);
    let deductions = basic + cost + other + exempt;
    let taxable = (left - deductions).max(Decimal::ZERO);
    out.step(|| ApartStep::LabourDeductions { cost, other, exempt });
    out.step(|| CumulativeStep::TaxableIncome { income: left, deductions, taxable });
    out.line(Item::CumulativeTaxableIncome, taxable);
    income_tax::tax_of(law, month, taxable, out)
}

/// A share, half up to the fen: the return has no smaller amount.
pub(crate) fn share_of(amount: Decimal, share: Decimal) -> Decimal {
    rounding::to_fen(amount * share)
}

/// What is left of labour remuneration after the expenses.
pub(crate) fn after_expenses(income: Decimal, expenses: Decimal, out: &mut Payslip) -> Decimal {
    let left = income - expenses;
    out.step(|| ApartStep::LabourExpenses { income, expenses, left });
    left
}

/// Adjustments of one kind, of this month alone.
pub(crate) fn of_month(month: &Month, kind: AdjustmentKind) -> Decimal {
    let mine = month.adjustments.iter().filter(|adjustment| adjustment.kind == kind);
    mine.map(|adjustment| adjustment.amount).sum()
}

/// Taxable income of this month alone, which is a line.
pub(crate) fn taxable_of_month(
    month: &Month,
    income: Decimal,
    basic: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let exempt = of_month(month, AdjustmentKind::ExemptIncome);
    let other = of_month(month, AdjustmentKind::OtherDeduction);
    let taxable = (income - basic - exempt - other).max(Decimal::ZERO);
    out.step(|| ApartStep::TaxableOfMonth { income, basic, exempt, other, taxable });
    out.line(Item::TaxableIncome, taxable);
    taxable
}
