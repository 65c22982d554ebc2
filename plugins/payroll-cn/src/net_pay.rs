//! What is paid out, and what the month costs the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::contributions::Contributions;
use crate::facts::Month;
use crate::items::{Finding, Item};
use crate::steps::Step;

/// What the employee earned this month.
pub(crate) struct Earnings {
    /// Taxed as wages, before a bonus that the employee chose to merge.
    pub wages: Decimal,
    /// Everything, with annual bonus and severance.
    pub total: Decimal,
}

/// The earnings, line by line (Implementing Regulations of the Individual Income Tax Law,
/// art. 6 (1): wages, bonuses, year-end extras and other income from employment).
pub(crate) fn earnings(month: &Month, out: &mut Payslip) -> Earnings {
    out.step(|| Step::Stated { amount: month.gross });
    out.line(Item::Gross, month.gross);
    let mut wages = month.gross;
    if let Some(bonus) = month.performance_bonus {
        out.step(|| Step::Stated { amount: bonus });
        out.line(Item::PerformanceBonus, bonus);
        wages += bonus;
    }
    let mut total = wages;
    if let Some(bonus) = month.annual_bonus {
        out.step(|| Step::Stated { amount: bonus });
        out.line(Item::AnnualBonus, bonus);
        total += bonus;
    }
    if let Some(severance) = month.severance {
        out.step(|| Step::Stated { amount: severance });
        out.line(Item::Severance, severance);
        total += severance;
    }
    Earnings { wages, total }
}

/// Interim Provisions on Payment of Wages, art. 15: the employer may keep back the tax and the
/// employee's contributions. Employer cost is known only where the employer's share is.
pub(crate) fn settle(
    earned: &Earnings,
    contributions: &Contributions,
    tax: Decimal,
    out: &mut Payslip,
) {
    let net = earned.total - contributions.employee - tax;
    out.step(|| Step::NetPay {
        earnings: earned.total,
        contributions: contributions.employee,
        tax,
        net,
    });
    out.line(Item::NetPay, net);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
    if let Some(employer) = contributions.employer {
        let cost = earned.total + employer;
        out.step(|| Step::EmployerCost { earnings: earned.total, contributions: employer, cost });
        out.line(Item::EmployerCost, cost);
    }
}
