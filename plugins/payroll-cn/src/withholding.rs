//! By which method income tax is withheld: it depends on what kind of income is paid, and to whom.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use crate::facts::{IncomeKind, Month, TaxResidence};
use crate::law::Law;
use crate::{Payslip, income_tax, labour_remuneration, non_resident};

/// What is paid and to whom, which decides by which method tax is withheld, and whether the
/// payment is insured.
#[derive(Clone, Copy)]
pub(crate) struct Method {
    kind: IncomeKind,
    residence: TaxResidence,
}

impl Method {
    /// As somebody stated both. The law presumes neither: the kind follows from the work that is
    /// paid for, residence from domicile and days. The facts are asked for here and not by their
    /// declaration, so that the versions of one year take the same callers.
    pub(crate) fn of(month: &Month) -> Result<Self, Fault> {
        let Some(kind) = month.income_kind else {
            return Err(Fault::fact(
                Month::INCOME_KIND,
                "must be given, wages for an employee: whether contributions are due and how tax is withheld depend on it",
            )
            .citing("Individual Income Tax Law, art. 2"));
        };
        let Some(residence) = month.tax_residence else {
            return Err(Fault::fact(
                Month::TAX_RESIDENCE,
                "must be given, resident for who is domiciled in China: how tax is withheld depends on it",
            )
            .citing("Individual Income Tax Law, art. 1"));
        };
        Ok(Self { kind, residence })
    }

    /// Whether the payment is an employee's wages.
    pub(crate) fn is_wages(self) -> bool {
        self.kind == IncomeKind::Wages
    }

    /// Whether the employee is resident for tax.
    pub(crate) fn is_resident(self) -> bool {
        self.residence == TaxResidence::Resident
    }

    /// Whether tax is withheld on the income of the year so far.
    pub(crate) fn is_cumulative(self) -> bool {
        self.is_resident() && self.kind != IncomeKind::LabourRemuneration
    }
}

/// The tax to withhold this month on `income`, of which `contributions` were paid.
pub(crate) fn tax(
    law: &Law,
    month: &Month,
    method: Method,
    income: Decimal,
    contributions: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    match (method.residence, method.kind) {
        (TaxResidence::Resident, IncomeKind::Wages) => {
            income_tax::withhold(law, month, income, contributions, out)
        }
        (TaxResidence::Resident, IncomeKind::LabourRemuneration) => {
            Ok(labour_remuneration::by_payment(law, month, income, out))
        }
        (TaxResidence::Resident, IncomeKind::StudentInternship) => {
            labour_remuneration::of_intern(law, month, income, out)
        }
        (TaxResidence::Resident, IncomeKind::Commission) => {
            labour_remuneration::of_agent(law, month, income, out)
        }
        (TaxResidence::NonResident, IncomeKind::Wages) => {
            non_resident::wages(law, month, income, out)
        }
        (
            TaxResidence::NonResident,
            IncomeKind::LabourRemuneration | IncomeKind::StudentInternship | IncomeKind::Commission,
        ) => non_resident::labour_remuneration(law, month, income, out),
    }
}

/// Facts that mean nothing under the method, and would be taken for heard.
///
/// Labour remuneration knows no social insurance of employees, no annual bonus and no severance;
/// only the wages of residents know special deductions and special additional deductions when tax
/// is withheld (Individual Income Tax Law, art. 6 (1); announcement 2020 No. 13, item 2).
pub(crate) fn check(month: &Month, method: Method) -> Result<(), Fault> {
    let (wages, resident) = (method.is_wages(), method.is_resident());
    let refuse = |given: bool, field: FactField, why: &str, citation: &'static str| match given {
        true => Err(Fault::fact(field, format!("must be left out: {why}")).citing(citation)),
        false => Ok(()),
    };
    if !wages {
        let why = "labour remuneration is not paid to an employee";
        let law = "Individual Income Tax Law, art. 2; its Implementing Regulations, art. 6 (2)";
        let contributions = month.employee_contributions.is_some_and(|paid| !paid.is_zero());
        refuse(month.city.is_some(), Month::CITY, why, law)?;
        let terms = !month.contribution_terms.is_empty();
        refuse(terms, Month::CONTRIBUTION_TERMS, why, law)?;
        refuse(contributions, Month::EMPLOYEE_CONTRIBUTIONS, why, law)?;
        refuse(month.annual_bonus.is_some(), Month::ANNUAL_BONUS, why, law)?;
        refuse(month.severance.is_some(), Month::SEVERANCE, why, law)?;
    }
    if !wages || !resident {
        let why = "only for the wages of residents when tax is withheld";
        let law = "State Taxation Administration, announcement 2018 No. 61, arts. 6, 8 and 9";
        for (given, field) in [
            (month.additional_deductions, Month::ADDITIONAL_DEDUCTIONS),
            (month.earlier_additional_deductions, Month::EARLIER_ADDITIONAL_DEDUCTIONS),
            (month.cumulative_additional_deductions, Month::CUMULATIVE_ADDITIONAL_DEDUCTIONS),
        ] {
            refuse(given.is_some_and(|amount| !amount.is_zero()), field, why, law)?;
        }
    }
    refuse(
        resident && month.taxed_in_china.is_some(),
        Month::TAXED_IN_CHINA,
        "only for a non-resident",
        "Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, items 1 and 2",
    )
}
