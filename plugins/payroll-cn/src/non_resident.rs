//! Income tax of people who are not resident: Individual Income Tax Law, art. 6 (1) 2; announcement
//! 2018 No. 61 of the State Taxation Administration, art. 9; announcement 2019 No. 35.
//!
//! Each month stands by itself. Neither contributions nor special additional deductions lower the
//! tax. The part that is taxed in China is the caller's: it depends on days and payers of the month.

use stele_sdk::prelude::*;
use stele_sdk::rounding::FEN;

use crate::Payslip;
use crate::adjustments::{self, Span};
use crate::facts::Month;
use crate::figures::Figure;
use crate::items::Item;
use crate::labour_remuneration::taxable_payment;
use crate::law::Law;

/// "The income of each month less 5,000 yuan" (art. 6 (1) 2).
#[provision("Individual Income Tax Law, art. 6 (1) 2")]
pub(crate) fn wages(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    #[is(Figure::TaxedInChina)]
    let taxed = taxed_in_china(month, income, out)?;
    #[is(Figure::ExemptIncome)]
    let exempt = adjustments::exempt_income(month, Span::Month, out);
    #[is(Figure::OtherDeductions)]
    let other = adjustments::other_deductions(month, Span::Month, out);
    let taxable = work!(
        out,
        Item::TaxableIncome = at_least(taxed - law.monthly_deduction - exempt - other, 0)
    );
    Ok(by_monthly_table(law, month, taxable, out))
}

/// Art. 9: labour remuneration less 20 % of expenses, by the same table.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 9")]
pub(crate) fn labour_remuneration(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    #[is(Figure::TaxedInChina)]
    let taxed = taxed_in_china(month, income, out)?;
    let expenses =
        work!(out, Figure::LabourExpenses = half_up(share(taxed, law.labour_expenses_share), FEN));
    let left = work!(out, Figure::IncomeAfterExpenses = taxed - expenses);
    let taxable = taxable_payment(month, left, out);
    Ok(by_monthly_table(law, month, taxable, out))
}

/// Announcement 2019 No. 35, items 1 and 2. Where nobody stated a part, it is all of the income.
#[provision]
fn taxed_in_china(
    month: &Month,
    #[is(Figure::Income)] income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    match month.taxed_in_china {
        Some(taxed) if taxed > income => Err(Fault::fact(
            Month::TAXED_IN_CHINA,
            format!("must not exceed the income of the month, {income}, found {taxed}"),
        )
        .citing("Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 2")),
        Some(_) => Ok(work!(out, Figure::TaxedInChina = month.taxed_in_china)),
        None => Ok(work!(out, Figure::TaxedInChina = income)),
    }
}

/// By the monthly table (announcement 2018 No. 61, annex 2, table 3), less relief.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 9 and annex 2, table 3")]
fn by_monthly_table(
    law: &Law,
    month: &Month,
    #[is(Item::TaxableIncome)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::TaxRelief)]
    let relief = adjustments::tax_relief(month, Span::Month, out);
    work!(
        out,
        Item::IncomeTax =
            at_least(half_up(law.non_resident_brackets.tax(taxable), FEN) - relief, 0)
    )
}
