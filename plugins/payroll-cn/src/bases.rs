//! The bases of contributions: what the employer declared, and what stands for it where nobody says
//! what that was.
//!
//! A base is the employee's average monthly wage of last year and is declared once a year (Social
//! Insurance Law, arts. 12 and 58; Regulations on the Housing Provident Fund, art. 16). This month's
//! wages are that only by chance, so whatever stands for a declared base is a finding.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Month;
use crate::items::Finding;

/// Base of social insurance; where none is stated, the wages of the month.
pub(crate) fn social_insurance(month: &Month) -> Decimal {
    month.contribution_base.unwrap_or(month.gross)
}

/// Base of the housing fund; where none is stated, that of social insurance: both are the average
/// monthly wage of last year.
pub(crate) fn housing_fund(month: &Month) -> Decimal {
    month.housing_fund_base.unwrap_or_else(|| social_insurance(month))
}

/// Says for which base another amount stands.
pub(crate) fn say_what_stands_for_them(month: &Month, out: &mut Payslip) {
    if month.contribution_base.is_none() {
        out.finding(Finding::ContributionBaseNotStated).actual(social_insurance(month));
    }
    if month.housing_fund_base.is_none() {
        out.finding(Finding::HousingFundBaseNotStated).actual(housing_fund(month));
    }
}
