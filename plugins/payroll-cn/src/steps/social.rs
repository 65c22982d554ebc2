//! Sentences about social insurance and the housing fund.

use stele_sdk::prelude::*;

/// Steps of social insurance and the housing fund. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum SocialStep {
    /// Pension insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 12", parameters("contributions"))]
    Pension {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Local supplementary pension insurance: the employer pays {employer_rate} % of the base of {base} = {employer}.
    #[step(
        citation = "Regulations on Social Pension Insurance of the Shenzhen Special Economic Zone",
        parameters("contributions")
    )]
    SupplementaryPension {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Medical insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it plus {fixed} = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 23", parameters("contributions"))]
    Medical {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Fixed amount on top.
        #[argument(unit = "CNY")]
        fixed: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Maternity insurance: the employer pays {employer_rate} % of the base of {base} = {employer}; you pay nothing.
    #[step(citation = "Social Insurance Law, art. 53", parameters("contributions"))]
    Maternity {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Unemployment insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 44", parameters("contributions"))]
    Unemployment {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Work injury insurance: the employer pays the rate assigned to it, {employer_rate} % of the base of {base} = {employer}; you pay nothing.
    #[step(citation = "Social Insurance Law, arts. 33 to 35", parameters("contributions"))]
    WorkInjury {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Housing fund: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}. Each share is rounded to {decimals} decimals.
    #[step(
        citation = "Regulations on the Housing Provident Fund, arts. 16 and 18",
        parameters("housing_funds")
    )]
    HousingFund {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
        /// Decimals of the shares.
        decimals: i64,
    },
    /// Your contributions of all branches: {parts} = {total}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployeeContributions {
        /// The shares that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// The employer's contributions of all branches: {parts} = {total}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployerContributions {
        /// The shares that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
}
