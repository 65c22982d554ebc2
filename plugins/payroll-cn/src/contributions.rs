//! Social insurance: Social Insurance Law, chapters 2 to 6, with the bases and rates of each city.
//!
//! Three ways lead to the employee's contributions, and exactly one must be open: a city whose
//! bases and rates the parameters know, terms that the caller gives branch by branch, or the amount
//! alone.

use stele_sdk::prelude::*;
use stele_sdk::sentence::sum;

use crate::brackets::percent;
use crate::facts::{Branch, City, Month};
use crate::items::Item;
use crate::law::{Contribution, Law};
use crate::shares::{Shares, Terms, shares};
use crate::steps::{PayStep, SocialStep};
use crate::{Payslip, housing_fund, withholding};

/// Decimals of social insurance contributions: no provision rounds them to more than the fen.
const FEN: u32 = 2;

/// What employee and employer pay together for all branches.
#[derive(Default)]
pub(crate) struct Contributions {
    /// Withheld from the employee.
    pub employee: Decimal,
    /// Paid by the employer on top of the wages; unknown where only the amount withheld is given.
    pub employer: Option<Decimal>,
}

/// The employee's contributions and, where known, the employer's.
pub(crate) fn contributions(
    law: &Law,
    month: &Month,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    let by_terms = !month.contribution_terms.is_empty();
    if !withholding::is_wages(month) && month.city.is_none() && !by_terms {
        return Ok(month
            .employee_contributions
            .map_or_else(Contributions::default, |amount| computed_elsewhere(amount, out)));
    }
    let result = match (month.city, by_terms, month.employee_contributions) {
        (Some(city), false, None) => by_city(law, month, city, out)?,
        (None, true, None) => by_given_terms(month, out)?,
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

    sum.add(housing_fund::terms(law, month, city)?, out);
    Ok(sum.finish(out))
}

/// Terms of a branch as the city prescribes them.
fn city_terms(row: &Contribution, month: &Month, employer_rate: Decimal) -> Terms {
    Terms {
        branch: row.branch,
        declared: month.contribution_base.unwrap_or(month.gross),
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

/// Bases and rates that the caller gives.
fn by_given_terms(month: &Month, out: &mut Payslip) -> Result<Contributions, Fault> {
    let mut sum = Sum::default();
    for (row, given) in month.contribution_terms.iter().enumerate() {
        let twice =
            month.contribution_terms[..row].iter().any(|above| above.branch == given.branch);
        if twice {
            return Err(Fault::fact_cell(
                Month::CONTRIBUTION_TERMS,
                row,
                crate::ContributionTerm::BRANCH,
                format!("must not be given twice, found {} again", given.branch.name()),
            ));
        }
        if employer_alone(given.branch) && !given.employee_rate.is_zero() {
            return Err(Fault::fact_cell(
                Month::CONTRIBUTION_TERMS,
                row,
                crate::ContributionTerm::EMPLOYEE_RATE,
                format!(
                    "must be 0 for {}, which the employer pays, found {}",
                    given.branch.name(),
                    given.employee_rate
                ),
            )
            .citing("Social Insurance Law, arts. 33 and 53"));
        }
        let declared = match given.branch {
            Branch::HousingFund => housing_fund::declared_base(month),
            _ => month.contribution_base.unwrap_or(month.gross),
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

/// Adds up the branches and writes their steps and lines.
#[derive(Default)]
struct Sum {
    employee: Decimal,
    employer: Decimal,
    /// What was added up, if an explanation was asked for.
    parts: Vec<Shares>,
}

impl Sum {
    fn add(&mut self, terms: Terms, out: &mut Payslip) {
        let paid = shares(&terms);
        self.employee += paid.employee;
        self.employer += paid.employer;
        out.step(|| step(&terms, &paid));
        let lines = Lines::of(terms.branch);
        match lines.employee {
            Some(item) => {
                out.line(item, paid.employee);
                out.further_line(lines.employer, paid.employer);
            }
            None => out.line(lines.employer, paid.employer),
        }
        out.further_line(lines.base, paid.base);
        if out.explaining() {
            self.parts.push(paid);
        }
    }

    fn finish(self, out: &mut Payslip) -> Contributions {
        let Self { employee, employer, parts } = self;
        let of_employee = || sum(parts.iter().map(|paid| paid.employee), 2);
        out.step(|| SocialStep::EmployeeContributions { parts: of_employee(), total: employee });
        out.line(Item::EmployeeContributions, employee);
        let of_employer = || sum(parts.iter().map(|paid| paid.employer), 2);
        out.step(|| SocialStep::EmployerContributions { parts: of_employer(), total: employer });
        out.line(Item::EmployerContributions, employer);
        Contributions { employee, employer: Some(employer) }
    }
}

/// The lines of a branch.
struct Lines {
    employee: Option<Item>,
    employer: Item,
    base: Item,
}

impl Lines {
    fn of(branch: Branch) -> Self {
        let (employee, employer, base) = match branch {
            Branch::Pension => {
                (Some(Item::PensionEmployee), Item::PensionEmployer, Item::PensionBase)
            }
            Branch::SupplementaryPension => {
                (None, Item::SupplementaryPensionEmployer, Item::SupplementaryPensionBase)
            }
            Branch::Medical => {
                (Some(Item::MedicalEmployee), Item::MedicalEmployer, Item::MedicalBase)
            }
            Branch::Maternity => (None, Item::MaternityEmployer, Item::MaternityBase),
            Branch::Unemployment => (
                Some(Item::UnemploymentEmployee),
                Item::UnemploymentEmployer,
                Item::UnemploymentBase,
            ),
            Branch::WorkInjury => (None, Item::WorkInjuryEmployer, Item::WorkInjuryBase),
            Branch::HousingFund => {
                (Some(Item::HousingFundEmployee), Item::HousingFundEmployer, Item::HousingFundBase)
            }
        };
        Self { employee, employer, base }
    }
}

/// The sentence about a branch.
fn step(terms: &Terms, paid: &Shares) -> SocialStep {
    let declared = terms.declared;
    let Shares { base, employee, employer } = *paid;
    let employee_rate = percent(terms.employee_rate);
    let employer_rate = percent(terms.employer_rate);
    match terms.branch {
        Branch::Pension => {
            SocialStep::Pension { declared, base, employee_rate, employee, employer_rate, employer }
        }
        Branch::SupplementaryPension => {
            SocialStep::SupplementaryPension { base, employer_rate, employer }
        }
        Branch::Medical => SocialStep::Medical {
            declared,
            base,
            employee_rate,
            fixed: terms.employee_fixed,
            employee,
            employer_rate,
            employer,
        },
        Branch::Maternity => SocialStep::Maternity { base, employer_rate, employer },
        Branch::Unemployment => SocialStep::Unemployment {
            declared,
            base,
            employee_rate,
            employee,
            employer_rate,
            employer,
        },
        Branch::WorkInjury => SocialStep::WorkInjury { base, employer_rate, employer },
        Branch::HousingFund => SocialStep::HousingFund {
            declared,
            base,
            employee_rate,
            employee,
            employer_rate,
            employer,
            decimals: i64::from(terms.decimals),
        },
    }
}
