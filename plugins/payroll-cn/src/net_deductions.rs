//! What is kept back from the pay after tax and contributions: Interim Provisions on Payment of
//! Wages (Laobufa [1994] No. 489), arts. 15 and 16.

use stele_sdk::prelude::*;
use stele_sdk::rounding::{FEN, half_up};

use crate::Payslip;
use crate::facts::{Month, NetDeduction, NetDeductionKind};
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;

/// The deductions, line by line; their sum. They are made as they are stated: whether a court, a
/// law or the employee allows them is not known here.
pub(crate) fn deductions(law: &Law, month: &Month, out: &mut Payslip) -> Decimal {
    let total = month
        .net_deductions
        .iter()
        .fold(Decimal::ZERO, |before, deduction| kept_back(deduction, before, out));
    let damages =
        month.net_deductions.iter().filter(|deduction| deduction.kind == NetDeductionKind::Damage);
    let damage: Decimal = damages.map(|deduction| deduction.amount).sum();
    if !damage.is_zero() {
        let wages = month.gross + month.performance_bonus.unwrap_or_default();
        check_damage(law, month, wages, damage, out);
    }
    total
}

/// Arts. 15 and 16: one more.
#[provision]
fn kept_back(
    deduction: &NetDeduction,
    #[is(Figure::NetDeductions)] before: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Item::NetDeduction.about(deduction.kind.name()) = deduction.amount);
    work!(out, Figure::NetDeductions = before + deduction.amount)
}

/// Art. 16: for damage "the monthly deduction must not exceed 20 % of the month's wages"; where
/// what is left is below the minimum wage of the place, the minimum wage is paid.
fn check_damage(law: &Law, month: &Month, wages: Decimal, damage: Decimal, out: &mut Payslip) {
    let most = wages * law.damage_share;
    if damage > most {
        out.finding(Finding::DamageAboveShare).limit(half_up(most, FEN)).actual(damage);
    }
    let left = wages - damage;
    if let Some(minimum) = month.local_minimum_wage
        && left < minimum
    {
        out.finding(Finding::WagesBelowMinimum).limit(minimum).actual(left);
    }
}
