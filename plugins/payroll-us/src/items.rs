//! What the rule computes and what it may find.

use stele_sdk::prelude::*;

/// Lines of the payslip.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Income tax of the state of work.
    #[item(
        category = "state-tax",
        citation = "Withholding law of the state: e.g. California Unemployment Insurance Code, s. 13020; New York Tax Law, s. 671"
    )]
    StateIncomeTax,
    /// Income tax of a city or locality.
    #[item(
        category = "local-tax",
        citation = "New York Tax Law, ss. 1301, 1321 and 1340; Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.301"
    )]
    LocalIncomeTax,
    /// Local services tax (Pennsylvania).
    #[item(
        category = "local-tax",
        citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.330"
    )]
    LocalServicesTax,
    /// State disability insurance, employee.
    #[item(
        category = "employee-contribution",
        citation = "California Unemployment Insurance Code, s. 984; New York Workers' Compensation Law, s. 209; N.J.S.A. 43:21-7"
    )]
    StateDisabilityInsurance,
    /// Paid family and medical leave, employee.
    #[item(
        category = "employee-contribution",
        citation = "New York Workers' Compensation Law, s. 209; M.G.L. c. 175M, s. 6; N.J.S.A. 43:21-39.1"
    )]
    PaidFamilyLeave,
    /// State unemployment insurance, employee.
    #[item(
        category = "employee-contribution",
        citation = "N.J.S.A. 43:21-7 (d); Pennsylvania Unemployment Compensation Law, s. 301.4"
    )]
    StateUnemployment,
    /// Workforce development (New Jersey), employee.
    #[item(category = "employee-contribution", citation = "N.J.S.A. 34:15D-12")]
    WorkforceDevelopment,
}
