//! What is kept back from the pay after tax and contributions: Interim Provisions on Payment of
//! Wages (Laobufa [1994] No. 489), arts. 15 and 16.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::{Month, NetDeductionKind};
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::net_pay::Earnings;
use crate::rounding;
use crate::steps::PayStep;

/// The deductions, line by line; their sum. They are made as they are stated: whether a court, a
/// law or the employee allows them is not known here.
pub(crate) fn deductions(
    law: &Law,
    month: &Month,
    earned: &Earnings,
    out: &mut Payslip,
) -> Decimal {
    let mut total = Decimal::ZERO;
    let mut damage = Decimal::ZERO;
    for deduction in &month.net_deductions {
        let amount = deduction.amount;
        out.step(|| PayStep::Stated { amount });
        out.line_about(Item::NetDeduction, deduction.kind.name(), amount);
        total += amount;
        if deduction.kind == NetDeductionKind::Damage {
            damage += amount;
        }
    }
    if !damage.is_zero() {
        check_damage(law, month, earned.wages, damage, out);
    }
    total
}

/// Art. 16: for damage "the monthly deduction must not exceed 20 % of the month's wages"; where
/// what is left is below the minimum wage of the place, the minimum wage is paid.
fn check_damage(law: &Law, month: &Month, wages: Decimal, damage: Decimal, out: &mut Payslip) {
    let most = wages * law.damage_share;
    if damage > most {
        out.finding(Finding::DamageAboveShare).limit(rounding::to_fen(most)).actual(damage);
    }
    let left = wages - damage;
    if let Some(minimum) = month.local_minimum_wage
        && left < minimum
    {
        out.finding(Finding::WagesBelowMinimum).limit(minimum).actual(left);
    }
}
