//! Exempt income, other lawful deductions and tax relief: what few employees have, row by row.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::{Adjustment, AdjustmentKind, Month};
use crate::figures::Figure;

/// What of an adjustment counts.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Span {
    /// That of this month alone.
    Month,
    /// That of the earlier months, too.
    YearSoFar,
}

/// Individual Income Tax Law, art. 4.
pub(crate) fn exempt_income(month: &Month, span: Span, out: &mut Payslip) -> Decimal {
    sum(month, AdjustmentKind::ExemptIncome, span, out)
}

/// Individual Income Tax Law, art. 6; implementing regulations, art. 13.
pub(crate) fn other_deductions(month: &Month, span: Span, out: &mut Payslip) -> Decimal {
    sum(month, AdjustmentKind::OtherDeduction, span, out)
}

/// Individual Income Tax Law, art. 5.
pub(crate) fn tax_relief(month: &Month, span: Span, out: &mut Payslip) -> Decimal {
    sum(month, AdjustmentKind::TaxRelief, span, out)
}

fn sum(month: &Month, kind: AdjustmentKind, span: Span, out: &mut Payslip) -> Decimal {
    let mine = month.adjustments.iter().filter(|adjustment| adjustment.kind == kind);
    mine.fold(Decimal::ZERO, |before, adjustment| added(adjustment, before, span, out))
}

/// One more of its kind.
#[provision]
fn added(
    adjustment: &Adjustment,
    #[is([Figure::ExemptIncome, Figure::OtherDeductions, Figure::TaxRelief])] before: Decimal,
    span: Span,
    out: &mut Payslip,
) -> Decimal {
    let kind = adjustment.kind.position();
    match span {
        Span::Month => work!(
            out,
            [Figure::ExemptIncome, Figure::OtherDeductions, Figure::TaxRelief][kind] =
                before + adjustment.amount
        ),
        Span::YearSoFar => work!(
            out,
            [Figure::ExemptIncome, Figure::OtherDeductions, Figure::TaxRelief][kind] =
                before + adjustment.earlier + adjustment.amount
        ),
    }
}
