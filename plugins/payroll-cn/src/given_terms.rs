//! Bases and rates that the caller gives branch by branch, for a city that the parameters do not
//! know.

use stele_sdk::prelude::*;

use crate::branches::{Contributions, Sum};
use crate::facts::{Branch, ContributionTerm, Month};
use crate::shares::{FEN, Terms};
use crate::{Payslip, bases};

/// The contributions by these terms.
pub(crate) fn contributions(month: &Month, out: &mut Payslip) -> Result<Contributions, Fault> {
    check_that_none_is_missing(month)?;
    bases::say_what_stands_for_them(month, out);
    let mut sum = Sum::default();
    for (row, given) in month.contribution_terms.iter().enumerate() {
        let twice =
            month.contribution_terms[..row].iter().any(|above| above.branch == given.branch);
        if twice {
            return Err(Fault::fact_cell(
                Month::CONTRIBUTION_TERMS,
                row,
                ContributionTerm::BRANCH,
                format!("must not be given twice, found {} again", given.branch.name()),
            ));
        }
        if employer_alone(given.branch) && !given.employee_rate.is_zero() {
            return Err(Fault::fact_cell(
                Month::CONTRIBUTION_TERMS,
                row,
                ContributionTerm::EMPLOYEE_RATE,
                format!(
                    "must be 0 for {}, which the employer pays, found {}",
                    given.branch.name(),
                    given.employee_rate
                ),
            )
            .citing("Social Insurance Law, arts. 33 and 53"));
        }
        if given.floor.is_none() {
            return Err(Fault::fact_cell(
                Month::CONTRIBUTION_TERMS,
                row,
                ContributionTerm::FLOOR,
                format!(
                    "must be given, as 0 where {} has no lowest base: found none",
                    given.branch.name()
                ),
            )
            .citing("Social Insurance Law, art. 12"));
        }
        let declared = match given.branch {
            Branch::HousingFund => bases::housing_fund(month),
            _ => bases::social_insurance(month),
        };
        sum.add(
            Terms {
                branch: given.branch,
                declared,
                floor: given.floor,
                cap: given.cap,
                employee_rate: given.employee_rate,
                employee_fixed: given.employee_fixed.unwrap_or_default(),
                employer_rate: given.employer_rate,
                decimals: given
                    .decimals
                    .and_then(|decimals| decimals.try_into().ok())
                    .unwrap_or(FEN),
            },
            out,
        );
    }
    Ok(sum.finish(out))
}

/// Branches to which employees do not contribute.
fn employer_alone(branch: Branch) -> bool {
    matches!(branch, Branch::SupplementaryPension | Branch::Maternity | Branch::WorkInjury)
}

/// Branches that the law knows everywhere. Supplementary pension insurance is a city's own.
const EVERYWHERE: [Branch; 6] = [
    Branch::Pension,
    Branch::Medical,
    Branch::Maternity,
    Branch::Unemployment,
    Branch::WorkInjury,
    Branch::HousingFund,
];

/// A branch that is not mentioned would be a contribution that is lost without a word. Where it is
/// not due, or is levied with another one as maternity insurance mostly is, its rates are 0.
fn check_that_none_is_missing(month: &Month) -> Result<(), Fault> {
    let given = |branch| month.contribution_terms.iter().any(|term| term.branch == branch);
    let missing = EVERYWHERE.into_iter().filter(|branch| !given(*branch));
    let missing: Vec<&str> = missing.map(|branch| branch.name()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Fault::fact(
        Month::CONTRIBUTION_TERMS,
        format!(
            "must have a row for every branch, with rates of 0 where it is not levied by itself: found none for {}",
            missing.join(", ")
        ),
    )
    .citing("Social Insurance Law, arts. 10, 23, 33, 44 and 53; Regulations on the Housing Provident Fund, art. 16"))
}
