//! What is paid in all branches together: every branch is explained, written line by line and added
//! up, whoever fixes its base and rates.

use stele_sdk::prelude::*;
use stele_sdk::sentence::sum;

use crate::Payslip;
use crate::brackets::percent;
use crate::facts::Branch;
use crate::items::Item;
use crate::shares::{Shares, Terms, shares};
use crate::steps::SocialStep;

/// What employee and employer pay together for all branches.
#[derive(Default)]
pub(crate) struct Contributions {
    /// Withheld from the employee.
    pub employee: Decimal,
    /// Paid by the employer on top of the wages; unknown where only the amount withheld is given.
    pub employer: Option<Decimal>,
}

/// Adds up the branches and writes their steps and lines.
#[derive(Default)]
pub(crate) struct Sum {
    employee: Decimal,
    employer: Decimal,
    /// What was added up, if an explanation was asked for.
    parts: Vec<Shares>,
}

impl Sum {
    pub(crate) fn add(&mut self, terms: Terms, out: &mut Payslip) {
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

    pub(crate) fn finish(self, out: &mut Payslip) -> Contributions {
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
