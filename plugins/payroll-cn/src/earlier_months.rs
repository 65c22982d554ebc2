//! What was paid and withheld in the earlier months of the year. Cumulative withholding counts from
//! January or from the first month with this employer (announcement 2018 No. 61 of the State
//! Taxation Administration, art. 6), so an amount that nobody stated is not nothing.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::{AdjustmentKind, Month};
use crate::items::Finding;
use crate::withholding::Method;

/// Says which amounts of the earlier months are taken as 0 because nobody stated them. The first
/// month of the year or of the employment has none before it. Whose basic deduction counts from
/// January though the first wages came later (announcement 2020 No. 13, item 1) states 0.
pub(crate) fn say_what_is_not_stated(month: &Month, method: Method, out: &mut Payslip) {
    if !method.is_cumulative() || month.months_employed <= 1 {
        return;
    }
    let wages = method.is_wages();
    let by_month = wages && month.cumulative_additional_deductions.is_none();
    for (counts, amount, subject) in [
        (true, month.earlier_gross, "earlier_gross"),
        (wages, month.earlier_contributions, "earlier_contributions"),
        (by_month, month.earlier_additional_deductions, "earlier_additional_deductions"),
        (true, month.earlier_tax_withheld, "earlier_tax_withheld"),
    ] {
        if counts && amount.is_none() {
            taken_as_none(subject, out);
        }
    }
    for adjustment in month.adjustments.iter().filter(|adjustment| adjustment.earlier.is_none()) {
        taken_as_none(
            match adjustment.kind {
                AdjustmentKind::ExemptIncome => "earlier_exempt_income",
                AdjustmentKind::OtherDeduction => "earlier_other_deduction",
                AdjustmentKind::TaxRelief => "earlier_tax_relief",
            },
            out,
        );
    }
}

fn taken_as_none(subject: &str, out: &mut Payslip) {
    out.finding(Finding::EarlierAmountNotStated).about(subject).actual(Decimal::ZERO);
}
