//! The annual one-off bonus: Caishui [2018] No. 164, item 1 (1), extended by announcement 2021
//! No. 42 and, until 31 December 2027, by announcement 2023 No. 30 of the Ministry of Finance and
//! the State Taxation Administration. Of people who are not resident for tax: announcement 2019
//! No. 35, item 3 (2).

use stele_sdk::prelude::*;
use stele_sdk::rounding::{FEN, half_up};

use crate::Payslip;
use crate::facts::{BonusTaxation, Month};
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Bracket, Law};
use crate::withholding::Method;

/// Where a bonus is taxed.
#[derive(Default)]
pub(crate) struct Bonus {
    /// Taxed with the wages of the month.
    pub combined_with_wages: Decimal,
    /// Taxed by itself, where there is a bonus to be taxed so.
    pub separate: Option<Decimal>,
}

/// Announcement 2023 No. 30, items 1 and 2: the bonus "is not merged into the comprehensive income
/// of the year", but the employee "may also choose" to merge it: who chose nothing is taxed the
/// first way. It is open "only once in a tax year" (Guoshuifa [2005] No. 9, item 3), whoever paid
/// the other bonus.
pub(crate) fn choice(month: &Month, out: &mut Payslip) -> Result<Bonus, Fault> {
    let Some(amount) = month.annual_bonus else { return Ok(Bonus::default()) };
    if month.annual_bonus_taxation == Some(BonusTaxation::Combined) {
        return Ok(Bonus { combined_with_wages: amount, separate: None });
    }
    if month.separate_bonus_used == Some(true) {
        return Err(Fault::fact(
            Month::ANNUAL_BONUS_TAXATION,
            "must be combined: an annual bonus was already taxed separately this year, which is allowed once",
        )
        .citing("Guoshuifa [2005] No. 9, item 3"));
    }
    if !amount.is_zero() {
        say_what_is_not_stated(month, amount, out);
    }
    Ok(Bonus { combined_with_wages: Decimal::ZERO, separate: Some(amount) })
}

fn say_what_is_not_stated(month: &Month, bonus: Decimal, out: &mut Payslip) {
    if month.annual_bonus_taxation.is_none() {
        out.finding(Finding::BonusTaxedSeparately).actual(bonus);
    }
    // No bonus of the year was taxed before its first month.
    if month.separate_bonus_used.is_none() && month.on.month() > 1 {
        out.finding(Finding::EarlierBonusNotStated);
    }
}

/// The tax on a bonus that is taxed by itself.
pub(crate) fn tax(
    law: &Law,
    month: &Month,
    method: Method,
    bonus: &Bonus,
    out: &mut Payslip,
) -> Decimal {
    match bonus.separate {
        None => Decimal::ZERO,
        Some(amount) if method.is_resident() => {
            let at = law.monthly_brackets.held(amount / Decimal::from(law.bonus_months));
            let at = at.unwrap_or_default();
            let row = &law.monthly_brackets.rows()[at];
            let tax = tax_of_resident(law, month, row, out);
            note_if_just_above_a_limit(law, at, amount, tax, out);
            tax
        }
        Some(amount) => {
            let months = Decimal::from(law.non_resident_bonus_months);
            let row = law.non_resident_brackets.row(amount / months);
            tax_of_non_resident(law, month, row, out)
        }
    }
}

/// "Divide the annual one-off bonus by 12 months, determine the rate and the quick deduction by the
/// amount obtained in the monthly table, and tax it by itself: tax = bonus × rate − quick
/// deduction." It is the exact twelfth that determines them; it is shown to the fen.
#[provision("Caishui [2018] No. 164, item 1 (1)")]
fn tax_of_resident(
    law: &Law,
    month: &Month,
    #[is(Law::MONTHLY_BRACKETS)] row: &Bracket,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::BonusOfOneMonth = half_up(month.annual_bonus / law.bonus_months, FEN));
    work!(
        out,
        Item::AnnualBonusTax =
            half_up(share(month.annual_bonus, row.rate) - row.quick_deduction, FEN)
    )
}

/// Announcement 2019 No. 35, item 3 (2): "[(bonus for several months ÷ 6) × rate − quick deduction]
/// × 6", apart from the wages of the month, without any deduction, once in a calendar year. The
/// quick deduction counts six times, so the tax does not jump at a limit.
#[provision(
    "Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 3 (2)"
)]
fn tax_of_non_resident(
    law: &Law,
    month: &Month,
    #[is(Law::NON_RESIDENT_BRACKETS)] row: &Bracket,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::BonusOfOneMonth = half_up(month.annual_bonus / law.non_resident_bonus_months, FEN)
    );
    work!(
        out,
        Item::AnnualBonusTax = half_up(
            share(month.annual_bonus, row.rate)
                - row.quick_deduction * law.non_resident_bonus_months,
            FEN
        )
    )
}

/// The quick deduction counts once, not twelve times, so the tax jumps at each limit: one yuan more
/// of bonus can cost thousands. Says so where a bonus at the limit below would leave more.
fn note_if_just_above_a_limit(
    law: &Law,
    position: usize,
    amount: Decimal,
    tax: Decimal,
    out: &mut Payslip,
) {
    let below = position.checked_sub(1).and_then(|below| law.monthly_brackets.rows().get(below));
    let Some(lower) = below else { return };
    let Some(limit) = lower.up_to else { return };
    let bonus_at_limit = limit * Decimal::from(law.bonus_months);
    let tax_at_limit = half_up(bonus_at_limit * lower.rate - lower.quick_deduction, FEN);
    if amount - tax < bonus_at_limit - tax_at_limit {
        out.finding(Finding::BonusJustAboveLimit).limit(bonus_at_limit).actual(amount);
    }
}
