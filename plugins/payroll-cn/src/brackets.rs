//! A tax table with rates and quick deductions (individual income tax rate table 1 of the
//! Individual Income Tax Law, and its monthly conversion).

use stele_sdk::prelude::*;

use crate::law::Bracket;
use crate::rounding;

/// The bracket that an income falls into, by position and content. Limits are inclusive: "not more
/// than 36,000 yuan". `None` where the table has no bracket for it, which `law::check` excludes.
pub(crate) fn bracket_of(table: &[Bracket], income: Decimal) -> Option<(usize, &Bracket)> {
    table.iter().enumerate().find(|(_, bracket)| match bracket.up_to {
        Some(limit) => income <= limit,
        None => true,
    })
}

/// Tax = taxable × rate − quick deduction, half up to 0.01 yuan. Never negative in a table that
/// starts with quick deduction 0.
pub(crate) fn tax_at(bracket: &Bracket, taxable: Decimal) -> Decimal {
    rounding::to_fen(taxable * bracket.rate - bracket.quick_deduction)
}

/// A rate as people read it: 0.03 becomes 3.
pub(crate) fn percent(rate: Decimal) -> Decimal {
    (rate * Decimal::ONE_HUNDRED).normalize()
}
