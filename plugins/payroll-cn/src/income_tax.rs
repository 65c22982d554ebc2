//! Individual income tax on wages by cumulative withholding: "Measures for Withholding and
//! Declaring Individual Income Tax (Trial)", announcement 2018 No. 61 of the State Taxation
//! Administration, article 6.
//!
//! > Taxable income so far = income − exempt income − basic deduction − special deductions −
//! > special additional deductions − other lawful deductions, each of the year so far with this
//! > employer. Tax of the period = (taxable income × rate − quick deduction) − relief − tax already
//! > withheld. A negative balance is not refunded for the time being.

use stele_sdk::prelude::*;
use stele_sdk::rounding::FEN;

use crate::Payslip;
use crate::adjustments::{self, Span};
use crate::facts::{BasicDeduction, Month};
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;

/// Article 6: the tax to withhold this month on `income`, of which the employee already paid
/// `contributions`.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 6")]
pub(crate) fn withhold(
    law: &Law,
    month: &Month,
    #[is(Figure::Income)] income: Decimal,
    #[is(Item::EmployeeContributions)] contributions: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let income = work!(out, Item::CumulativeGross = month.earlier_gross + income);
    let contributions =
        work!(out, Item::CumulativeContributions = month.earlier_contributions + contributions);
    #[is(Item::CumulativeAdditionalDeductions)]
    let additional = additional_deductions(month, out)?;
    #[is(Figure::BasicDeduction)]
    let basic = basic_deduction(law, month, out)?;
    #[is(Figure::ExemptIncome)]
    let exempt = adjustments::exempt_income(month, Span::YearSoFar, out);
    #[is(Figure::OtherDeductions)]
    let other = adjustments::other_deductions(month, Span::YearSoFar, out);
    let deductions =
        work!(out, Figure::Deductions = exempt + basic + contributions + additional + other);
    let taxable = work!(out, Item::CumulativeTaxableIncome = at_least(income - deductions, 0));
    Ok(tax_of_month(law, month, taxable, out))
}

/// Article 6 (1) of the law: 5,000 yuan a month, counted "by the months in which the taxpayer has
/// been employed by this unit up to this month of the year" (announcement 2018 No. 61, art. 6);
/// or 60,000 yuan from January on (announcement 2020 No. 19, item 1).
#[provision]
pub(crate) fn basic_deduction(
    law: &Law,
    month: &Month,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let months_passed = i64::from(month.on.month());
    if month.months_employed > months_passed {
        return Err(Fault::fact(
            Month::MONTHS_EMPLOYED,
            format!(
                "must not exceed the months of the year that have begun by {}, which are {months_passed}, found {}",
                month.on, month.months_employed
            ),
        )
        .citing("State Taxation Administration, announcement 2018 No. 61, art. 6"));
    }
    match month.basic_deduction.unwrap_or(BasicDeduction::Monthly) {
        BasicDeduction::Monthly => {
            Ok(work!(out, Figure::BasicDeduction = law.monthly_deduction * month.months_employed))
        }
        BasicDeduction::WholeYear if law.whole_year_deduction.is_some() => {
            Ok(work!(out, Figure::BasicDeduction = law.whole_year_deduction))
        }
        BasicDeduction::WholeYear => Err(Fault::fact(
            Month::BASIC_DEDUCTION,
            format!(
                "must be monthly on {}: the whole year's deduction did not exist yet",
                month.on
            ),
        )
        .citing("State Taxation Administration, announcement 2020 No. 19")),
    }
}

/// Special additional deductions of the year so far (Interim Measures, Guofa [2018] No. 41): month
/// by month, or as one cumulative amount where they were declared late.
#[provision]
fn additional_deductions(month: &Month, out: &mut Payslip) -> Result<Decimal, Fault> {
    let by_month =
        month.additional_deductions.is_some() || month.earlier_additional_deductions.is_some();
    match month.cumulative_additional_deductions {
        Some(_) if by_month => Err(Fault::fact(
            Month::CUMULATIVE_ADDITIONAL_DEDUCTIONS,
            "must be left out where additional_deductions or earlier_additional_deductions is given, found both",
        )),
        Some(_) => Ok(work!(
            out,
            Item::CumulativeAdditionalDeductions = month.cumulative_additional_deductions
        )),
        None => {
            if month.additional_deductions.is_none() {
                out.finding(Finding::AdditionalDeductionsNotStated);
            }
            Ok(work!(
                out,
                Item::CumulativeAdditionalDeductions =
                    month.earlier_additional_deductions + month.additional_deductions
            ))
        }
    }
}

/// Taxable income × rate − quick deduction − relief, by the withholding table 1 of the annex, less
/// what is already withheld. "Where the balance is negative, the tax is not refunded for the time
/// being" (article 6): it stays with the tax office and lowers the tax of later months.
#[provision("State Taxation Administration, announcement 2018 No. 61, art. 6 and annex 2, table 1")]
pub(crate) fn tax_of_month(
    law: &Law,
    month: &Month,
    #[is(Item::CumulativeTaxableIncome)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::TaxRelief)]
    let relief = adjustments::tax_relief(month, Span::YearSoFar, out);
    let tax = work!(
        out,
        Item::CumulativeTax = at_least(half_up(law.brackets.tax(taxable), FEN) - relief, 0)
    );
    work!(out, Item::CumulativeTaxWithheld = at_least(tax, month.earlier_tax_withheld));
    let earlier = month.earlier_tax_withheld.unwrap_or_default();
    if tax < earlier {
        out.finding(Finding::TaxCarriedForward).actual(earlier - tax);
    }
    work!(out, Item::IncomeTax = at_least(tax - month.earlier_tax_withheld, 0))
}
