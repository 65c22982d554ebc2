//! What is paid out, and what the month costs the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Month;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::total_contributions::Contributions;

/// The earnings, line by line (Implementing Regulations of the Individual Income Tax Law,
/// art. 6 (1): wages, bonuses, year-end extras and other income from employment).
#[provision]
pub(crate) fn earnings(month: &Month, out: &mut Payslip) {
    let given = |amount: Option<Decimal>| !amount.unwrap_or_default().is_zero();
    work!(out, Item::Gross = month.gross);
    if month.performance_bonus.is_some() {
        work!(out, Item::PerformanceBonus = month.performance_bonus);
    }
    if month.annual_bonus.is_some() {
        work!(out, Item::AnnualBonus = month.annual_bonus);
    }
    if month.severance.is_some() {
        work!(out, Item::Severance = month.severance);
    }
    if given(month.benefits_in_kind) {
        work!(out, Item::BenefitsInKind = month.benefits_in_kind);
    }
    if given(month.reimbursements) {
        work!(out, Item::Reimbursements = month.reimbursements);
    }
}

/// What of it is taxed as income of the month: benefits in kind, too, and a bonus that the employee
/// chose to merge.
#[provision]
pub(crate) fn income(month: &Month, with_bonus: bool, out: &mut Payslip) -> Decimal {
    match with_bonus {
        false => work!(
            out,
            Figure::Income = month.gross + month.performance_bonus + month.benefits_in_kind
        ),
        true => work!(
            out,
            Figure::Income =
                month.gross + month.performance_bonus + month.benefits_in_kind + month.annual_bonus
        ),
    }
}

/// The taxes of the month.
pub(crate) struct Taxes {
    pub income: Decimal,
    pub annual_bonus: Decimal,
    pub severance: Decimal,
}

/// Interim Provisions on Payment of Wages, art. 15: the employer may keep back the tax and the
/// employee's contributions.
#[provision("Interim Provisions on Payment of Wages, arts. 15 and 16")]
pub(crate) fn net_pay(
    month: &Month,
    contributions: &Contributions,
    taxes: &Taxes,
    #[is(Figure::NetDeductions)] deductions: Decimal,
    out: &mut Payslip,
) {
    let net = work!(
        out,
        Item::NetPay = month.gross
            + month.performance_bonus
            + month.annual_bonus
            + month.severance
            + month.reimbursements
            - contributions.employee as Item::EmployeeContributions
            - taxes.income as Item::IncomeTax
            - taxes.annual_bonus as Item::AnnualBonusTax
            - taxes.severance as Item::SeveranceTax
            - deductions
    );
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
}

/// What the month costs the employer, where its share of the contributions is known.
#[provision("Social Insurance Law, art. 60")]
pub(crate) fn employer_cost(month: &Month, contributions: &Contributions, out: &mut Payslip) {
    let Some(employer) = contributions.employer else { return };
    work!(
        out,
        Item::EmployerCost = month.gross
            + month.performance_bonus
            + month.annual_bonus
            + month.severance
            + month.benefits_in_kind
            + month.reimbursements
            + employer as Item::EmployerContributions
    );
}
