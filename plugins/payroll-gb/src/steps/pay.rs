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
    /// Pay that is taxed without National Insurance counts as well: {pay} + {without_ni} = {total}.
    #[step(citation = "Income Tax (Earnings and Pensions) Act 2003, s. 62")]
    WithoutNiCounts {
        /// Pay without it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Taxed without National Insurance.
        #[argument(unit = "GBP")]
        without_ni: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Earnings that are liable to National Insurance alone count as well: {pay} + {ni_only} = {total}.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, s. 3; Social Security (Contributions) Regulations 2001, reg. 24 and Sch. 3"
    )]
    NiOnlyCounts {
        /// Pay without them.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Liable to National Insurance alone.
        #[argument(unit = "GBP")]
        ni_only: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Of the termination award of {award}, with {earlier} awarded before, what exceeds {threshold} is taxed: {taxable} now.
    #[step(
        citation = "Income Tax (Earnings and Pensions) Act 2003, ss. 403 and 404",
        parameters("termination_award_threshold")
    )]
    AwardTaxed {
        /// The award.
        #[argument(unit = "GBP")]
        award: Decimal,
        /// Awarded before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Threshold.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Taxed now.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// The taxed part of the termination award counts as well: {pay} + {award} = {total}.
    #[step(citation = "Income Tax (Earnings and Pensions) Act 2003, s. 403")]
    AwardCounts {
        /// Pay without it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Taxed part.
        #[argument(unit = "GBP")]
        award: Decimal,
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
    /// With a termination award of {award}, pay without National Insurance of {without_ni} and tax-free pay of {tax_free}, the pay of {pay} comes to {total}.
    #[step(citation = "Employment Rights Act 1996, s. 8")]
    PaidBesides {
        /// Pay after any sacrifice.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Termination award.
        #[argument(unit = "GBP")]
        award: Decimal,
        /// Taxed without National Insurance.
        #[argument(unit = "GBP")]
        without_ni: Decimal,
        /// Tax-free pay.
        #[argument(unit = "GBP")]
        tax_free: Decimal,
        /// Together.
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
    /// Your employer's National Insurance: Class 1 of {class_1} and Class 1A of {class_1a} are {total}.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, ss. 9 and 10 (1A) to (5)"
    )]
    ClassesTogether {
        /// Class 1.
        #[argument(unit = "GBP")]
        class_1: Decimal,
        /// Class 1A.
        #[argument(unit = "GBP")]
        class_1a: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Minimum wage: gross pay of {gross} less {sacrifice} given up and {outside} that does not count is {pay}; for {hours} hours that is {hourly} an hour. The minimum wage is {rate}.
    #[step(
        citation = "National Minimum Wage Regulations 2015, regs. 4 to 16",
        parameters("minimum_wages")
    )]
    MinimumWage {
        /// Gross pay.
        #[argument(unit = "GBP")]
        gross: Decimal,
        /// Pay given up.
        #[argument(unit = "GBP")]
        sacrifice: Decimal,
        /// Pay that does not count.
        #[argument(unit = "GBP")]
        outside: Decimal,
        /// What counts.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Hours worked.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// For an hour, cut to the penny.
        #[argument(unit = "GBP/hour")]
        hourly: Decimal,
        /// Minimum wage.
        #[argument(unit = "GBP/hour")]
        rate: Decimal,
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
