//! The annual one-off bonus: Caishui [2018] No. 164, item 1 (1), extended by announcement 2021
//! No. 42 and, until 31 December 2027, by announcement 2023 No. 30 of the Ministry of Finance and
//! the State Taxation Administration. Of people who are not resident for tax: announcement 2019
//! No. 35, item 3 (2).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::brackets::{bracket_of, percent, tax_at};
use crate::facts::{BonusTaxation, Month};
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::rounding;
use crate::steps::ApartStep;
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

/// What of the bonus is taxed with the wages of the month.
pub(crate) fn merged_with_wages(bonus: &Bonus, out: &mut Payslip) -> Decimal {
    if !bonus.combined_with_wages.is_zero() {
        out.step(|| ApartStep::AnnualBonusCombined { bonus: bonus.combined_with_wages });
    }
    bonus.combined_with_wages
}

/// "Divide the annual one-off bonus by 12 months, determine the rate and the quick deduction by the
/// amount obtained in the monthly table, and tax it by itself: tax = bonus × rate − quick
/// deduction." The twelfth is compared exactly, as bonus ≤ limit × 12, not rounded to the fen.
pub(crate) fn tax(
    law: &Law,
    method: Method,
    bonus: &Bonus,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(amount) = bonus.separate else { return Ok(Decimal::ZERO) };
    if !method.is_resident() {
        return tax_of_non_resident(law, amount, out);
    }
    let months = Decimal::from(law.bonus_months);
    let exact_twelfth = amount / months;
    let found = law
        .monthly_brackets
        .iter()
        .enumerate()
        .find(|(_, bracket)| bracket.up_to.is_none_or(|limit| amount <= limit * months));
    let Some((position, bracket)) = found else {
        return Err(Fault::parameter(
            Law::MONTHLY_BRACKETS,
            format!("no bracket holds {exact_twelfth}"),
        ));
    };
    let tax = tax_at(bracket, amount);
    out.step(|| ApartStep::AnnualBonus {
        bonus: amount,
        monthly: rounding::to_fen(exact_twelfth),
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        tax,
    });
    out.line(Item::AnnualBonusTax, tax);
    note_if_just_above_a_limit(law, position, amount, tax, out);
    Ok(tax)
}

/// Announcement 2019 No. 35, item 3 (2): "[(bonus for several months ÷ 6) × rate − quick deduction]
/// × 6", apart from the wages of the month, without any deduction, once in a calendar year. The
/// quick deduction counts six times, so the tax does not jump at a limit.
fn tax_of_non_resident(law: &Law, amount: Decimal, out: &mut Payslip) -> Result<Decimal, Fault> {
    let months = Decimal::from(law.non_resident_bonus_months);
    let part = amount / months;
    let Some((_, bracket)) = bracket_of(&law.non_resident_brackets, part) else {
        return Err(Fault::parameter(
            Law::NON_RESIDENT_BRACKETS,
            format!("no bracket holds {part}"),
        ));
    };
    let tax = rounding::to_fen(amount * bracket.rate - bracket.quick_deduction * months);
    out.step(|| ApartStep::NonResidentBonus {
        bonus: amount,
        months: law.non_resident_bonus_months,
        monthly: rounding::to_fen(part),
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        tax,
    });
    out.line(Item::AnnualBonusTax, tax);
    Ok(tax)
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
    let Some(lower) = position.checked_sub(1).and_then(|below| law.monthly_brackets.get(below))
    else {
        return;
    };
    let Some(limit) = lower.up_to else { return };
    let bonus_at_limit = limit * Decimal::from(law.bonus_months);
    if amount - tax < bonus_at_limit - tax_at(lower, bonus_at_limit) {
        out.finding(Finding::BonusJustAboveLimit).limit(bonus_at_limit).actual(amount);
    }
}
