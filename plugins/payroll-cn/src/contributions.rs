//! Social insurance: Social Insurance Law, chapters 2 to 6, with the bases and rates of each city.
//!
//! Three ways lead to the employee's contributions, and exactly one must be open: a city whose
//! bases and rates the parameters know, terms that the caller gives branch by branch, or the amount
//! alone.

use stele_sdk::prelude::*;
use stele_sdk::rounding::FEN;

use crate::facts::{Branch, City, Month};
use crate::figures::Figure;
use crate::items::Item;
use crate::law::{Contribution, Law};
use crate::total_contributions::{Branches, Contributions, Shares, total};
use crate::withholding::Method;
use crate::{Payslip, bases, given_terms, housing_fund};

/// The employee's contributions and, where known, the employer's.
pub(crate) fn contributions(
    law: &Law,
    month: &Month,
    method: Method,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    let by_terms = !month.contribution_terms.is_empty();
    if !method.is_wages() && month.city.is_none() && !by_terms {
        return Ok(match month.employee_contributions {
            Some(_) => computed_elsewhere(month, out),
            None => Contributions::default(),
        });
    }
    let result = match (month.city, by_terms, month.employee_contributions) {
        (Some(city), false, None) => by_city(law, month, city, out)?,
        (None, true, None) => given_terms::contributions(month, out)?,
        (None, false, Some(_)) => computed_elsewhere(month, out),
        (None, false, None) => {
            return Err(Fault::fact(
                Month::EMPLOYEE_CONTRIBUTIONS,
                "must be given, unless city or contribution_terms is: found none of the three",
            ));
        }
        _ => {
            return Err(Fault::fact(
                Month::EMPLOYEE_CONTRIBUTIONS,
                "exactly one of city, contribution_terms and employee_contributions must be given, found several",
            ));
        }
    };
    Ok(result)
}

/// What the employer's share is, nobody said.
#[provision]
fn computed_elsewhere(month: &Month, out: &mut Payslip) -> Contributions {
    let employee = work!(out, Item::EmployeeContributions = month.employee_contributions);
    Contributions { employee, employer: None }
}

/// Bases and rates that the parameters know for the city on the date. A branch without a row in
/// force is an error: the law of that date is not known, and last year's is not a substitute.
fn by_city(
    law: &Law,
    month: &Month,
    city: City,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    let declared = bases::declared(month, out);
    let base = declared.social_insurance;
    let known = KnownBranches::of(law, city);
    let mut paid = Branches::default();

    let pension = known.required(Branch::Pension, month, city)?;
    paid.add(Branch::Pension, shared(pension, base, out));
    if let Some(supplement) = known.row(Branch::SupplementaryPension)
        && applies_to_household(supplement, month, city)?
    {
        paid.add(Branch::SupplementaryPension, employer_alone(supplement, base, out));
    }

    let medical = known.required(Branch::Medical, month, city)?;
    paid.add(Branch::Medical, shared(medical, base, out));
    if medical.with_maternity != Some(true) {
        let maternity = known.required(Branch::Maternity, month, city)?;
        paid.add(Branch::Maternity, employer_alone(maternity, base, out));
    }

    let unemployment = known.required(Branch::Unemployment, month, city)?;
    paid.add(Branch::Unemployment, shared(unemployment, base, out));

    let injury = known.required(Branch::WorkInjury, month, city)?;
    check_work_injury_rate(injury, month, city)?;
    paid.add(Branch::WorkInjury, work_injury(injury, month, base, out));

    let fund = housing_fund::contributions(law, month, city, declared.housing_fund, out)?;
    paid.add(Branch::HousingFund, fund);
    Ok(total(&paid, out))
}

/// Social Insurance Law, arts. 12, 23 and 44: both sides pay a rate of the base, which is the declared
/// wage within the city's limits. Neither the law nor a city names a rounding; no provision rounds a
/// contribution to more than the fen, so each side's share is rounded half up to it by itself.
#[provision]
fn shared(
    row: &Contribution,
    #[is(Figure::DeclaredBase)] declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let branch = match row.branch {
        Branch::Pension => 0,
        Branch::Medical => 1,
        _ => 2,
    };
    let base = work!(
        out,
        [Item::PensionBase, Item::MedicalBase, Item::UnemploymentBase][branch].later() =
            at_least(at_most(declared, row.cap), row.floor)
    );
    let employee = work!(
        out,
        [Item::PensionEmployee, Item::MedicalEmployee, Item::UnemploymentEmployee][branch] =
            half_up(share(base, row.employee_rate), FEN) + row.employee_fixed
    );
    let employer = work!(
        out,
        [Item::PensionEmployer, Item::MedicalEmployer, Item::UnemploymentEmployer][branch] =
            half_up(share(base, row.employer_rate), FEN)
    );
    out.write(base);
    Shares { employee, employer }
}

/// Art. 53, and the city's own provisions: the employer alone pays.
#[provision]
fn employer_alone(
    row: &Contribution,
    #[is(Figure::DeclaredBase)] declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let branch = match row.branch {
        Branch::SupplementaryPension => 0,
        _ => 1,
    };
    let base = work!(
        out,
        [Item::SupplementaryPensionBase, Item::MaternityBase][branch].later() =
            at_least(at_most(declared, row.cap), row.floor)
    );
    let employer = work!(
        out,
        [Item::SupplementaryPensionEmployer, Item::MaternityEmployer][branch] =
            half_up(share(base, row.employer_rate), FEN)
    );
    out.write(base);
    Shares { employee: Decimal::ZERO, employer }
}

/// Arts. 33 to 35: the employer alone pays, by the rate that the agency assigned to it.
#[provision("Social Insurance Law, arts. 33 to 35")]
fn work_injury(
    row: &Contribution,
    month: &Month,
    #[is(Figure::DeclaredBase)] declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let base =
        work!(out, Item::WorkInjuryBase.later() = at_least(at_most(declared, row.cap), row.floor));
    let employer =
        work!(out, Item::WorkInjuryEmployer = half_up(share(base, month.work_injury_rate), FEN));
    out.write(base);
    Shares { employee: Decimal::ZERO, employer }
}

/// Social Insurance Law, art. 34: the rate depends on the risk of the industry and on the employer's
/// record; the agency assigns it within the range that the city's rules allow.
fn check_work_injury_rate(row: &Contribution, month: &Month, city: City) -> Result<(), Fault> {
    let highest = row.highest_employer_rate.unwrap_or(row.employer_rate);
    let range = || format!("{} to {highest}", row.employer_rate);
    let fault = |message: String| {
        Err(Fault::fact(Month::WORK_INJURY_RATE, message)
            .citing("Social Insurance Law, arts. 34 and 35"))
    };
    match month.work_injury_rate {
        None => fault(format!(
            "must be given with a city: the rate assigned to the employer, {}",
            range()
        )),
        Some(rate) if rate < row.employer_rate || rate > highest => {
            fault(format!("must be {} in {}, found {rate}", range(), city.name()))
        }
        Some(_) => Ok(()),
    }
}

/// Whether a branch that is for local households only applies to the employee.
fn applies_to_household(row: &Contribution, month: &Month, city: City) -> Result<bool, Fault> {
    if row.local_household_only != Some(true) {
        return Ok(true);
    }
    month.local_household.ok_or_else(|| {
        Fault::fact(
            Month::LOCAL_HOUSEHOLD,
            format!("must be given in {}: {} depends on it", city.name(), row.branch.name()),
        )
    })
}

/// The rows in force for one city, found in one pass.
struct KnownBranches<'law> {
    rows: [Option<&'law Contribution>; 7],
}

impl<'law> KnownBranches<'law> {
    fn of(law: &'law Law, city: City) -> Self {
        let mut rows = [None; 7];
        for row in law.contributions.iter().filter(|row| row.city == city) {
            rows[row.branch as usize] = Some(row);
        }
        Self { rows }
    }

    fn row(&self, branch: Branch) -> Option<&'law Contribution> {
        self.rows[branch as usize]
    }

    fn required(
        &self,
        branch: Branch,
        month: &Month,
        city: City,
    ) -> Result<&'law Contribution, Fault> {
        self.row(branch).ok_or_else(|| {
            Fault::fact(
                Month::CITY,
                format!(
                    "no bases and rates of {} known for {} on {}",
                    branch.name(),
                    city.name(),
                    month.on
                ),
            )
        })
    }
}
