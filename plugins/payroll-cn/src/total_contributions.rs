//! What is paid in all branches together, whoever fixes their bases and rates.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Branch;
use crate::figures::Figure;
use crate::items::Item;

/// What employee and employer pay together for all branches.
#[derive(Default)]
pub(crate) struct Contributions {
    /// Withheld from the employee.
    pub employee: Decimal,
    /// Paid by the employer on top of the wages; unknown where only the amount withheld is given.
    pub employer: Option<Decimal>,
}

/// What is paid in one branch.
pub(crate) struct Shares {
    pub employee: Decimal,
    pub employer: Decimal,
}

/// What is paid in each branch; nothing in one that is not levied.
#[derive(Default)]
pub(crate) struct Branches {
    employee: [Decimal; Branch::ALL.len()],
    employer: [Decimal; Branch::ALL.len()],
    /// What the employee pays where no line says it: `Figure::FixedAmounts`.
    pub fixed: Decimal,
}

impl Branches {
    pub(crate) fn add(&mut self, branch: Branch, shares: Shares) {
        self.employee[branch as usize] = shares.employee;
        self.employer[branch as usize] = shares.employer;
    }
}

/// Social Insurance Law, art. 60: the employer pays its own contributions and those that it withholds.
#[provision("Social Insurance Law, art. 60")]
pub(crate) fn total(paid: &Branches, out: &mut Payslip) -> Contributions {
    let employee = |branch: Branch| paid.employee[branch as usize];
    let employer = |branch: Branch| paid.employer[branch as usize];
    let of_employee = work!(
        out,
        Item::EmployeeContributions = employee(Branch::Pension) as Item::PensionEmployee
            + employee(Branch::Medical) as Item::MedicalEmployee
            + employee(Branch::Unemployment) as Item::UnemploymentEmployee
            + employee(Branch::HousingFund) as Item::HousingFundEmployee
            + paid.fixed as Figure::FixedAmounts
    );
    let of_employer = work!(
        out,
        Item::EmployerContributions = employer(Branch::Pension) as Item::PensionEmployer
            + employer(Branch::SupplementaryPension) as Item::SupplementaryPensionEmployer
            + employer(Branch::Medical) as Item::MedicalEmployer
            + employer(Branch::Maternity) as Item::MaternityEmployer
            + employer(Branch::Unemployment) as Item::UnemploymentEmployer
            + employer(Branch::WorkInjury) as Item::WorkInjuryEmployer
            + employer(Branch::HousingFund) as Item::HousingFundEmployer
    );
    Contributions { employee: of_employee, employer: Some(of_employer) }
}
