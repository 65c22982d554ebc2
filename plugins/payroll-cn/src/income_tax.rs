//! Individual income tax on wages by cumulative withholding: "Measures for Withholding and
//! Declaring Individual Income Tax (Trial)", announcement 2018 No. 61 of the State Taxation
//! Administration, article 6.
//!
//! > Taxable income so far = income − exempt income − basic deduction − special deductions −
//! > special additional deductions − other lawful deductions, each of the year so far with this
//! > employer. Tax of the period = (taxable income × rate − quick deduction) − relief − tax already
//! > withheld. A negative balance is not refunded for the time being.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::brackets::{bracket_of, percent, tax_at};
use crate::facts::{AdjustmentKind, BasicDeduction, Month};
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::steps::CumulativeStep;

/// Article 6: the tax to withhold this month on `income`, of which the employee already paid
/// `contributions`.
pub(crate) fn withhold(
    law: &Law,
    month: &Month,
    income: Decimal,
    contributions: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let income_so_far = income_so_far(month, income, out);

    let earlier_contributions = month.earlier_contributions.unwrap_or_default();
    let contributions_so_far = earlier_contributions + contributions;
    out.step(|| CumulativeStep::CumulativeContributions {
        earlier: earlier_contributions,
        now: contributions,
        total: contributions_so_far,
    });
    out.line(Item::CumulativeContributions, contributions_so_far);
    let additional = additional_deductions(month, out)?;
    out.line(Item::CumulativeAdditionalDeductions, additional);
    let basic = basic_deduction(law, month, out)?;
    let exempt = adjustments(month, AdjustmentKind::ExemptIncome);
    let other = adjustments(month, AdjustmentKind::OtherDeduction);
    out.step(|| CumulativeStep::Deductions {
        contributions: contributions_so_far,
        additional,
        other,
        exempt,
    });

    let deductions = exempt + basic + contributions_so_far + additional + other;
    let taxable = (income_so_far - deductions).max(Decimal::ZERO);
    out.step(|| CumulativeStep::TaxableIncome { income: income_so_far, deductions, taxable });
    out.line(Item::CumulativeTaxableIncome, taxable);

    tax_of(law, month, taxable, out)
}

/// The tax to withhold this month where so much is taxable for the year so far.
pub(crate) fn tax_of(
    law: &Law,
    month: &Month,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let tax = tax_of_year_so_far(law, month, taxable, out)?;
    Ok(tax_of_month(month, tax, out))
}

/// Income of the year so far.
pub(crate) fn income_so_far(month: &Month, now: Decimal, out: &mut Payslip) -> Decimal {
    let earlier = month.earlier_gross.unwrap_or_default();
    let total = earlier + now;
    out.step(|| CumulativeStep::CumulativeIncome { earlier, now, total });
    out.line(Item::CumulativeGross, total);
    total
}

/// Article 6 (1) of the law: 5,000 yuan a month, counted "by the months in which the taxpayer has
/// been employed by this unit up to this month of the year" (announcement 2018 No. 61, art. 6);
/// or 60,000 yuan from January on (announcement 2020 No. 19, item 1).
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
            let total = law.monthly_deduction * Decimal::from(month.months_employed);
            out.step(|| CumulativeStep::BasicDeduction { months: month.months_employed, total });
            Ok(total)
        }
        BasicDeduction::WholeYear => {
            let Some(total) = law.whole_year_deduction else {
                return Err(Fault::fact(
                    Month::BASIC_DEDUCTION,
                    format!(
                        "must be monthly on {}: the whole year's deduction did not exist yet",
                        month.on
                    ),
                )
                .citing("State Taxation Administration, announcement 2020 No. 19"));
            };
            out.step(|| CumulativeStep::WholeYearDeduction { total });
            Ok(total)
        }
    }
}

/// Special additional deductions of the year so far (Interim Measures, Guofa [2018] No. 41): month
/// by month, or as one cumulative amount where they were declared late.
fn additional_deductions(month: &Month, out: &mut Payslip) -> Result<Decimal, Fault> {
    let by_month =
        month.additional_deductions.is_some() || month.earlier_additional_deductions.is_some();
    match month.cumulative_additional_deductions {
        Some(_) if by_month => Err(Fault::fact(
            Month::CUMULATIVE_ADDITIONAL_DEDUCTIONS,
            "must be left out where additional_deductions or earlier_additional_deductions is given, found both",
        )),
        Some(cumulative) => {
            out.step(|| CumulativeStep::StatedForTheYear { amount: cumulative });
            Ok(cumulative)
        }
        None => {
            if month.additional_deductions.is_none() {
                out.finding(Finding::AdditionalDeductionsNotStated);
            }
            let earlier = month.earlier_additional_deductions.unwrap_or_default();
            let now = month.additional_deductions.unwrap_or_default();
            let total = earlier + now;
            out.step(|| CumulativeStep::CumulativeAdditionalDeductions { earlier, now, total });
            Ok(total)
        }
    }
}

/// Adjustments of one kind, of the year so far.
pub(crate) fn adjustments(month: &Month, kind: AdjustmentKind) -> Decimal {
    month
        .adjustments
        .iter()
        .filter(|adjustment| adjustment.kind == kind)
        .map(|adjustment| adjustment.amount + adjustment.earlier.unwrap_or_default())
        .sum()
}

/// Taxable income × rate − quick deduction − relief, by the withholding table 1 of the annex.
fn tax_of_year_so_far(
    law: &Law,
    month: &Month,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some((_, bracket)) = bracket_of(&law.brackets, taxable) else {
        return Err(Fault::parameter(Law::BRACKETS, format!("no bracket holds {taxable}")));
    };
    let relief = adjustments(month, AdjustmentKind::TaxRelief);
    let tax = (tax_at(bracket, taxable) - relief).max(Decimal::ZERO);
    out.step(|| CumulativeStep::CumulativeTax {
        taxable,
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        relief,
        tax,
    });
    out.line(Item::CumulativeTax, tax);
    Ok(tax)
}

/// What is still to be withheld. "Where the balance is negative, the tax is not refunded for the
/// time being" (article 6): it stays with the tax office and lowers the tax of later months.
fn tax_of_month(month: &Month, tax_so_far: Decimal, out: &mut Payslip) -> Decimal {
    let earlier = month.earlier_tax_withheld.unwrap_or_default();
    if tax_so_far < earlier {
        let excess = earlier - tax_so_far;
        out.step(|| CumulativeStep::WithheldSoFar { earlier, tax: Decimal::ZERO, total: earlier });
        out.line(Item::CumulativeTaxWithheld, earlier);
        out.step(|| CumulativeStep::NoRefund { total: tax_so_far, earlier, excess });
        out.line(Item::IncomeTax, Decimal::ZERO);
        out.finding(Finding::TaxCarriedForward).actual(excess);
        return Decimal::ZERO;
    }
    let tax = tax_so_far - earlier;
    out.step(|| CumulativeStep::WithheldSoFar { earlier, tax, total: tax_so_far });
    out.line(Item::CumulativeTaxWithheld, tax_so_far);
    out.step(|| CumulativeStep::TaxOfMonth { total: tax_so_far, earlier, tax });
    out.line(Item::IncomeTax, tax);
    tax
}
