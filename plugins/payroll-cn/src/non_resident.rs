//! Income tax of people who are not resident: Individual Income Tax Law, art. 6 (1) 2; announcement
//! 2018 No. 61 of the State Taxation Administration, art. 9; announcement 2019 No. 35.
//!
//! Each month stands by itself. Neither contributions nor special additional deductions lower the
//! tax. The part that is taxed in China is the caller's: it depends on days and payers of the month.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::brackets::{bracket_of, percent, tax_at};
use crate::facts::{AdjustmentKind, Month};
use crate::items::Item;
use crate::labour_remuneration::{after_expenses, of_month, share_of, taxable_of_month};
use crate::law::Law;
use crate::steps::ApartStep;

/// "The income of each month less 5,000 yuan" (art. 6 (1) 2), by the monthly table (announcement
/// 2018 No. 61, annex 2, table 3).
pub(crate) fn wages(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let taxed = taxed_in_china(month, income, out)?;
    let taxable = taxable_of_month(month, taxed, law.monthly_deduction, out);
    by_monthly_table(law, month, taxable, out)
}

/// Art. 9: labour remuneration less 20 % of expenses, by the same table.
pub(crate) fn labour_remuneration(
    law: &Law,
    month: &Month,
    income: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let taxed = taxed_in_china(month, income, out)?;
    let left = after_expenses(taxed, share_of(taxed, law.labour_expenses_share), out);
    let taxable = taxable_of_month(month, left, Decimal::ZERO, out);
    by_monthly_table(law, month, taxable, out)
}

fn taxed_in_china(month: &Month, income: Decimal, out: &mut Payslip) -> Result<Decimal, Fault> {
    let Some(taxed) = month.taxed_in_china else { return Ok(income) };
    if taxed > income {
        return Err(Fault::fact(
            Month::TAXED_IN_CHINA,
            format!("must not exceed the income of the month, {income}, found {taxed}"),
        )
        .citing("Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 2"));
    }
    out.step(|| ApartStep::TaxedInChina { income, taxed });
    Ok(taxed)
}

fn by_monthly_table(
    law: &Law,
    month: &Month,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some((_, bracket)) = bracket_of(&law.non_resident_brackets, taxable) else {
        return Err(Fault::parameter(
            Law::NON_RESIDENT_BRACKETS,
            format!("no bracket holds {taxable}"),
        ));
    };
    let relief = of_month(month, AdjustmentKind::TaxRelief);
    let tax = (tax_at(bracket, taxable) - relief).max(Decimal::ZERO);
    out.step(|| ApartStep::NonResidentTax {
        taxable,
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        relief,
        tax,
    });
    out.line(Item::IncomeTax, tax);
    Ok(tax)
}
