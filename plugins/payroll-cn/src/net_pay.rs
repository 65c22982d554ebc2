//! What is paid out, and what the month costs the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::branches::Contributions;
use crate::facts::Month;
use crate::items::{Finding, Item};
use crate::steps::PayStep;

/// What the employee earned this month.
pub(crate) struct Earnings {
    /// Paid as wages, before a bonus that the employee chose to merge.
    pub wages: Decimal,
    /// Taxed as wages: the same with benefits in kind.
    pub taxed: Decimal,
    /// Everything that is paid in money, with annual bonus and severance.
    pub total: Decimal,
    /// Paid back to the employee, no income.
    pub reimbursements: Decimal,
}

/// The earnings, line by line (Implementing Regulations of the Individual Income Tax Law,
/// art. 6 (1): wages, bonuses, year-end extras and other income from employment).
pub(crate) fn earnings(month: &Month, out: &mut Payslip) -> Earnings {
    out.step(|| PayStep::Stated { amount: month.gross });
    out.line(Item::Gross, month.gross);
    let mut wages = month.gross;
    if let Some(bonus) = month.performance_bonus {
        out.step(|| PayStep::Stated { amount: bonus });
        out.line(Item::PerformanceBonus, bonus);
        wages += bonus;
    }
    let mut total = wages;
    if let Some(bonus) = month.annual_bonus {
        out.step(|| PayStep::Stated { amount: bonus });
        out.line(Item::AnnualBonus, bonus);
        total += bonus;
    }
    if let Some(severance) = month.severance {
        out.step(|| PayStep::Stated { amount: severance });
        out.line(Item::Severance, severance);
        total += severance;
    }
    let in_kind = month.benefits_in_kind.unwrap_or_default();
    let reimbursements = month.reimbursements.unwrap_or_default();
    for (item, amount) in [(Item::BenefitsInKind, in_kind), (Item::Reimbursements, reimbursements)]
    {
        if !amount.is_zero() {
            out.step(|| PayStep::Stated { amount });
            out.line(item, amount);
        }
    }
    Earnings { wages, taxed: wages + in_kind, total, reimbursements }
}

/// Interim Provisions on Payment of Wages, art. 15: the employer may keep back the tax and the
/// employee's contributions. Employer cost is known only where the employer's share is.
pub(crate) fn settle(
    earned: &Earnings,
    contributions: &Contributions,
    tax: Decimal,
    deductions: Decimal,
    out: &mut Payslip,
) {
    let Earnings { total: earnings, reimbursements, .. } = *earned;
    let of_employee = contributions.employee;
    let net = earnings + reimbursements - of_employee - tax - deductions;
    out.step(|| match reimbursements.is_zero() && deductions.is_zero() {
        true => PayStep::NetPay { earnings, contributions: of_employee, tax, net },
        false => PayStep::NetPayAfterDeductions {
            earnings,
            reimbursements,
            contributions: of_employee,
            tax,
            deductions,
            net,
        },
    });
    out.line(Item::NetPay, net);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
    if let Some(employer) = contributions.employer {
        let in_kind = earned.taxed - earned.wages;
        let cost = earnings + in_kind + reimbursements + employer;
        out.step(|| match in_kind.is_zero() && reimbursements.is_zero() {
            true => PayStep::EmployerCost { earnings, contributions: employer, cost },
            false => PayStep::EmployerCostInAll {
                earnings,
                in_kind,
                reimbursements,
                contributions: employer,
                cost,
            },
        });
        out.line(Item::EmployerCost, cost);
    }
}
