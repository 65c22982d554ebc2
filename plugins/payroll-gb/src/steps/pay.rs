//! Sentences about pay as it was stated and counted, totals, net pay and the employer.

use stele_sdk::prelude::*;

/// Pay as it was stated and counted, totals, net pay and what the employer pays.
#[derive(Steps, Clone, Debug)]
pub enum PayStep {
    /// {amount}, as stated for this pay period.
    Stated {
        /// Amount.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your gross pay counts: {pay}.
    GrossCounts {
        /// Gross pay.
        #[argument(unit = "GBP")]
        pay: Decimal,
    },
    /// Statutory payments count as well: {pay} + {statutory} = {total}.
    StatutoryCounts {
        /// Pay without them.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Statutory payments.
        #[argument(unit = "GBP")]
        statutory: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Pay that you give up does not count: {pay} − {sacrifice} = {left}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    SacrificeLeftOut {
        /// Pay before it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Pay given up.
        #[argument(unit = "GBP")]
        sacrifice: Decimal,
        /// What is left.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
    /// Your pension contribution is taken before tax and does not count: {pay} − {pension} = {left}.
    #[step(citation = "Finance Act 2004, s. 193")]
    PensionLeftOut {
        /// Pay before it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// What is left.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
    /// Benefits taxed through the payroll count as well: {pay} + {benefits} = {total}.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 61A")]
    BenefitsCount {
        /// Pay in money.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Benefits.
        #[argument(unit = "GBP")]
        benefits: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// {earlier} before this payment and {now} now make {total} for the tax year so far.
    YearToDate {
        /// Before this payment.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Of this payment.
        #[argument(unit = "GBP")]
        now: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Deductions: tax {tax}, National Insurance {national_insurance}, loans {loans}, pension {pension} and others {other} are {total}.
    #[step(citation = "Employment Rights Act 1996, s. 8")]
    TotalDeductions {
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
        /// The employee's National Insurance.
        #[argument(unit = "GBP")]
        national_insurance: Decimal,
        /// Loans.
        #[argument(unit = "GBP")]
        loans: Decimal,
        /// Pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// Other deductions.
        #[argument(unit = "GBP")]
        other: Decimal,
        /// All.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Net pay: {pay} less deductions of {total} is {net}.
    #[step(citation = "Employment Rights Act 1996, s. 8")]
    NetPay {
        /// Pay after any sacrifice.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Deductions.
        #[argument(unit = "GBP")]
        total: Decimal,
        /// Net pay.
        #[argument(unit = "GBP")]
        net: Decimal,
    },
    /// Employer cost: pay of {pay}, National Insurance of {national_insurance} and pension of {pension} are {cost}.
    #[step(citation = "Social Security Contributions and Benefits Act 1992, s. 9")]
    EmployerCost {
        /// Pay after any sacrifice.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// The employer's National Insurance.
        #[argument(unit = "GBP")]
        national_insurance: Decimal,
        /// The employer's pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// Cost.
        #[argument(unit = "GBP")]
        cost: Decimal,
    },
    /// Apprenticeship levy: {rate} % of {earnings} is {levy}, parts of a penny left out, before the employer's allowance of {allowance} a year for its whole pay bill.
    #[step(
        citation = "Finance Act 2016, ss. 99 to 101",
        parameters("apprenticeship_levy", "apprenticeship_levy_allowance")
    )]
    ApprenticeshipLevy {
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Levy.
        #[argument(unit = "GBP")]
        levy: Decimal,
        /// Allowance.
        #[argument(unit = "GBP/year")]
        allowance: Decimal,
    },
    /// Employment allowance: your employer's National Insurance on this payment is {contributions}, of the allowance {left} is left; the smaller amount, {used}, is used.
    #[step(
        citation = "National Insurance Contributions Act 2014, s. 4",
        parameters("employment_allowance")
    )]
    EmploymentAllowance {
        /// The employer's contributions on this payment.
        #[argument(unit = "GBP")]
        contributions: Decimal,
        /// Left before.
        #[argument(unit = "GBP")]
        left: Decimal,
        /// Used up.
        #[argument(unit = "GBP")]
        used: Decimal,
    },
    /// Employment allowance: your employer's National Insurance on this payment is {contributions}, so 0 of the {left} left is used.
    #[step(
        citation = "National Insurance Contributions Act 2014, s. 4",
        parameters("employment_allowance")
    )]
    EmploymentAllowanceUnused {
        /// The employer's contributions on this payment, refunded if negative.
        #[argument(unit = "GBP")]
        contributions: Decimal,
        /// Left before.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
}
