//! The bases of contributions: what the employer declared, and what stands for it where nobody says
//! what that was.
//!
//! A base is the employee's average monthly wage of last year and is declared once a year (Social
//! Insurance Law, arts. 12 and 58; Regulations on the Housing Provident Fund, art. 16). This month's
//! wages are that only by chance, so whatever stands for a declared base is a finding.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Month;
use crate::figures::Figure;
use crate::items::Finding;

/// The declared bases, or what stands for them.
#[derive(Clone, Copy)]
pub(crate) struct Declared {
    pub(crate) social_insurance: Decimal,
    pub(crate) housing_fund: Decimal,
}

/// Both are the average monthly wage of last year; where none is stated, the wages of the month stand
/// for that of social insurance, and this one for that of the housing fund.
#[provision]
pub(crate) fn declared(month: &Month, out: &mut Payslip) -> Declared {
    let social_insurance = match month.contribution_base {
        Some(_) => work!(out, Figure::DeclaredBase = month.contribution_base),
        None => work!(out, Figure::DeclaredBase = month.gross),
    };
    let housing_fund = match month.housing_fund_base {
        Some(_) => work!(out, Figure::DeclaredHousingFundBase = month.housing_fund_base),
        None => work!(out, Figure::DeclaredHousingFundBase = social_insurance),
    };
    if month.contribution_base.is_none() {
        out.finding(Finding::ContributionBaseNotStated).actual(social_insurance);
    }
    if month.housing_fund_base.is_none() {
        out.finding(Finding::HousingFundBaseNotStated).actual(housing_fund);
    }
    Declared { social_insurance, housing_fund }
}
