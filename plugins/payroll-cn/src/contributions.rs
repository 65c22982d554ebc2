//! Social insurance: Social Insurance Law, chapters 2 to 6, with the bases and rates of each city.
//!
//! Three ways lead to the employee's contributions, and exactly one must be open: a city whose
//! bases and rates the parameters know, terms that the caller gives branch by branch, or the amount
//! alone.

use stele_sdk::prelude::*;

use crate::branches::{Contributions, Sum};
use crate::facts::{Branch, City, Month};
use crate::items::Item;
use crate::law::{Contribution, Law};
use crate::shares::{FEN, Terms};
use crate::steps::PayStep;
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
        return Ok(month
            .employee_contributions
            .map_or_else(Contributions::default, |amount| computed_elsewhere(amount, out)));
    }
    let result = match (month.city, by_terms, month.employee_contributions) {
        (Some(city), false, None) => by_city(law, month, city, out)?,
        (None, true, None) => given_terms::contributions(month, out)?,
        (None, false, Some(amount)) => computed_elsewhere(amount, out),
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
fn computed_elsewhere(employee: Decimal, out: &mut Payslip) -> Contributions {
    out.step(|| PayStep::Stated { amount: employee });
    out.line(Item::EmployeeContributions, employee);
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
    bases::say_what_stands_for_them(month, out);
    let known = KnownBranches::of(law, city);
    let mut sum = Sum::default();

    let pension = known.required(Branch::Pension, month, city)?;
    sum.add(city_terms(pension, month, pension.employer_rate), out);
    if let Some(supplement) = known.row(Branch::SupplementaryPension)
        && applies_to_household(supplement, month, city)?
    {
        sum.add(city_terms(supplement, month, supplement.employer_rate), out);
    }

    let medical = known.required(Branch::Medical, month, city)?;
    sum.add(city_terms(medical, month, medical.employer_rate), out);
    if medical.with_maternity != Some(true) {
        let maternity = known.required(Branch::Maternity, month, city)?;
        sum.add(city_terms(maternity, month, maternity.employer_rate), out);
    }

    let unemployment = known.required(Branch::Unemployment, month, city)?;
    sum.add(city_terms(unemployment, month, unemployment.employer_rate), out);

    let injury = known.required(Branch::WorkInjury, month, city)?;
    let assigned = assigned_work_injury_rate(injury, month, city)?;
    sum.add(city_terms(injury, month, assigned), out);

    sum.add(housing_fund::terms(law, month, city, out)?, out);
    Ok(sum.finish(out))
}

/// Terms of a branch as the city prescribes them.
fn city_terms(row: &Contribution, month: &Month, employer_rate: Decimal) -> Terms {
    Terms {
        branch: row.branch,
        declared: bases::social_insurance(month),
        floor: row.floor,
        cap: row.cap,
        employee_rate: row.employee_rate,
        employee_fixed: row.employee_fixed.unwrap_or_default(),
        employer_rate,
        decimals: FEN,
    }
}

/// Social Insurance Law, art. 34: the rate depends on the risk of the industry and on the employer's
/// record; the agency assigns it within the range that the city's rules allow.
fn assigned_work_injury_rate(
    row: &Contribution,
    month: &Month,
    city: City,
) -> Result<Decimal, Fault> {
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
        Some(rate) => Ok(rate),
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
