//! Bases and rates that the caller gives branch by branch, for a city that the parameters do not
//! know.

use stele_sdk::prelude::*;

use crate::facts::{Branch, ContributionTerm, Month};
use crate::figures::Figure;
use crate::items::Item;
use crate::total_contributions::{Branches, Contributions, Shares, total};
use crate::{Payslip, bases};

/// The contributions by these terms.
pub(crate) fn contributions(month: &Month, out: &mut Payslip) -> Result<Contributions, Fault> {
    check_that_none_is_missing(month)?;
    let declared = bases::declared(month, out);
    let mut paid = Branches::default();
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
        let base = match given.branch {
            Branch::HousingFund => declared.housing_fund,
            _ => declared.social_insurance,
        };
        let shares = match employer_alone(given.branch) {
            false => given_to_both(given, base, out),
            true => {
                paid.fixed = fixed_amounts(given, paid.fixed, out);
                given_to_employer(given, base, out)
            }
        };
        paid.add(given.branch, shares);
    }
    Ok(total(&paid, out))
}

/// The shares of both sides: rates of the declared wage within the limits.
#[provision]
fn given_to_both(
    given: &ContributionTerm,
    #[is([
        Figure::DeclaredBase,
        Figure::DeclaredBase,
        Figure::DeclaredBase,
        Figure::DeclaredHousingFundBase
    ])]
    declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let branch = match given.branch {
        Branch::Pension => 0,
        Branch::Medical => 1,
        Branch::Unemployment => 2,
        _ => 3,
    };
    #[is(Figure::ShareDecimals)]
    let decimals = decimals(given, out);
    let base = work!(
        out,
        [Item::PensionBase, Item::MedicalBase, Item::UnemploymentBase, Item::HousingFundBase]
            [branch]
            .later() = at_least(at_most(declared, given.cap), given.floor)
    );
    let employee = work!(
        out,
        [
            Item::PensionEmployee,
            Item::MedicalEmployee,
            Item::UnemploymentEmployee,
            Item::HousingFundEmployee
        ][branch] = half_up_to(share(base, given.employee_rate), decimals) + given.employee_fixed
    );
    let employer = work!(
        out,
        [
            Item::PensionEmployer,
            Item::MedicalEmployer,
            Item::UnemploymentEmployer,
            Item::HousingFundEmployer
        ][branch] = half_up_to(share(base, given.employer_rate), decimals)
    );
    out.write(base);
    Shares { employee, employer }
}

/// The share of the employer, who pays alone.
#[provision]
fn given_to_employer(
    given: &ContributionTerm,
    #[is(Figure::DeclaredBase)] declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let branch = match given.branch {
        Branch::SupplementaryPension => 0,
        Branch::Maternity => 1,
        _ => 2,
    };
    #[is(Figure::ShareDecimals)]
    let decimals = decimals(given, out);
    let base = work!(
        out,
        [Item::SupplementaryPensionBase, Item::MaternityBase, Item::WorkInjuryBase][branch]
            .later() = at_least(at_most(declared, given.cap), given.floor)
    );
    let employer = work!(
        out,
        [Item::SupplementaryPensionEmployer, Item::MaternityEmployer, Item::WorkInjuryEmployer]
            [branch] = half_up_to(share(base, given.employer_rate), decimals)
    );
    out.write(base);
    Shares { employee: Decimal::ZERO, employer }
}

/// With one more fixed amount of the employee, if there is one.
#[provision]
fn fixed_amounts(
    given: &ContributionTerm,
    #[is(Figure::FixedAmounts)] before: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match given.employee_fixed {
        Some(_) => work!(out, Figure::FixedAmounts = before + given.employee_fixed),
        None => before,
    }
}

/// Decimals of the shares: those of the fen, unless the terms say others.
#[provision]
fn decimals(given: &ContributionTerm, out: &mut Payslip) -> Decimal {
    match given.decimals {
        Some(_) => work!(out, Figure::ShareDecimals = given.decimals),
        None => work!(out, Figure::ShareDecimals = 2),
    }
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
