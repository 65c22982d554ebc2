//! Labour remuneration of residents: paid for work to somebody who is no employee.
//!
//! Each payment by itself (announcement 2018 No. 61 of the State Taxation Administration, art. 8);
//! of full-time students in an internship (announcement 2020 No. 13, item 2) and of insurance
//! agents and securities brokers (Caishui [2018] No. 164, item 3) cumulatively, as on wages.

use stele_sdk::prelude::*;
use stele_sdk::rounding::FEN;

use crate::Payslip;
use crate::adjustments::{self, Span};
use crate::facts::Month;
use crate::figures::Figure;
use crate::income_tax;
use crate::items::Item;
use crate::law::Law;

/// Announcement 2018 No. 61, art. 8: a payment of not more than 4,000 yuan less 800 yuan, a higher
/// one less 20 %; by withholding table 2. There is no other deduction.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 8 and annex 2, table 2")]
pub(crate) fn by_payment(
    law: &Law,
    month: &Month,
    #[is(Figure::Income)] income: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let expenses = work!(
        out,
        Figure::LabourExpenses = if income <= law.labour_fixed_expenses_up_to {
            at_most(law.labour_fixed_expenses, income)
        } else {
            half_up(share(income, law.labour_expenses_share), FEN)
        }
    );
    let left = work!(out, Figure::IncomeAfterExpenses = income - expenses);
    #[is(Item::TaxableIncome)]
    let taxable = taxable_payment(month, left, out);
    #[is(Figure::TaxRelief)]
    let relief = adjustments::tax_relief(month, Span::Month, out);
    work!(
        out,
        Item::IncomeTax = at_least(half_up(law.labour_brackets.tax(taxable), FEN) - relief, 0)
    )
}

/// What is taxed of one payment, less what the law exempts and lets deduct.
#[provision("State Taxation Administration, announcement 2018 No. 61, arts. 8 and 9")]
pub(crate) fn taxable_payment(
    month: &Month,
    #[is(Figure::IncomeAfterExpenses)] left: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::ExemptIncome)]
    let exempt = adjustments::exempt_income(month, Span::Month, out);
    #[is(Figure::OtherDeductions)]
    let other = adjustments::other_deductions(month, Span::Month, out);
    work!(out, Item::TaxableIncome = at_least(left - exempt - other, 0))
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
    let left = income_so_far(law, month, income, out);
    cumulatively(law, month, left, Decimal::ZERO, out)
}

/// Caishui [2018] No. 164, item 3: commission less 20 % of expenses; of what is left 25 % are cost
/// of acquisition. Surcharges on value added tax are given as other deductions.
#[provision("Caishui [2018] No. 164, item 3")]
pub(crate) fn of_agent(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    #[is(Figure::IncomeAfterExpenses)]
    let left = income_so_far(law, month, income, out);
    let cost =
        work!(out, Figure::CommissionCost = half_up(share(left, law.commission_cost_share), FEN));
    cumulatively(law, month, left, cost, out)
}

/// What is left of the income of the year so far after the expenses.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 8")]
fn income_so_far(
    law: &Law,
    month: &Month,
    #[is(Figure::Income)] income: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let income = work!(out, Item::CumulativeGross = month.earlier_gross + income);
    let expenses =
        work!(out, Figure::LabourExpenses = half_up(share(income, law.labour_expenses_share), FEN));
    work!(out, Figure::IncomeAfterExpenses = income - expenses)
}

/// As on wages; the whole year's basic deduction is open here, too (announcement 2020 No. 19, item 2).
#[provision(
    "State Taxation Administration, announcement 2020 No. 13, item 2; Caishui [2018] No. 164, item 3"
)]
fn cumulatively(
    law: &Law,
    month: &Month,
    #[is(Figure::IncomeAfterExpenses)] left: Decimal,
    #[is(Figure::CommissionCost)] cost: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    #[is(Figure::BasicDeduction)]
    let basic = income_tax::basic_deduction(law, month, out)?;
    #[is(Figure::ExemptIncome)]
    let exempt = adjustments::exempt_income(month, Span::YearSoFar, out);
    #[is(Figure::OtherDeductions)]
    let other = adjustments::other_deductions(month, Span::YearSoFar, out);
    let deductions = work!(out, Figure::Deductions = basic + cost + other + exempt);
    let taxable = work!(out, Item::CumulativeTaxableIncome = at_least(left - deductions, 0));
    Ok(income_tax::tax_of_month(law, month, taxable, out))
}
