//! What a payslip consists of, and what may have to be said about it.

use stele_sdk::prelude::*;

/// Lines of a payslip, in pounds. Tax is negative where it is refunded.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Pay of the period, without statutory payments.
    #[item(category = "earning", citation = "Income Tax (Earnings and Pensions) Act 2003, s. 62")]
    Gross,
    /// A statutory payment: sick, maternity and so on.
    #[item(
        category = "earning",
        citation = "Social Security Contributions and Benefits Act 1992, Parts 11 to 12ZE"
    )]
    StatutoryPay,
    /// Termination award, paid out.
    #[item(
        category = "earning",
        citation = "Income Tax (Earnings and Pensions) Act 2003, ss. 401 to 404"
    )]
    TerminationAward,
    /// Pay that is taxed but not liable to Class 1 National Insurance.
    #[item(category = "earning", citation = "Income Tax (Earnings and Pensions) Act 2003, s. 62")]
    PayWithoutNi,
    /// Pay that is neither taxed nor liable to National Insurance.
    #[item(
        category = "earning",
        citation = "Income Tax (Earnings and Pensions) Act 2003, Part 4 (mileage: ss. 229 and 230)"
    )]
    TaxFreePay,
    /// Pay given up for an employer pension contribution.
    #[item(category = "sacrifice", citation = "HMRC Employment Income Manual, EIM42750")]
    SalarySacrifice,

    /// Pay to which the pension rates apply.
    #[item(category = "base", citation = "Pensions Act 2008, s. 13")]
    PensionBase,
    /// The employee's pension contribution, as taken from pay.
    #[item(category = "pension", citation = "Finance Act 2004, ss. 188, 192 and 193")]
    EmployeePension,
    /// Basic rate tax that the pension scheme claims and adds.
    #[item(category = "information", citation = "Finance Act 2004, s. 192")]
    PensionTaxRelief,
    /// The employer's pension contribution, salary sacrifice included.
    #[item(category = "employer-contribution", citation = "Pensions Act 2008, ss. 20 and 26")]
    EmployerPension,

    /// Taxable pay of this payment.
    #[item(category = "base", citation = "Income Tax (PAYE) Regulations 2003, reg. 4")]
    TaxablePay,
    /// Taxable pay of the tax year, this payment included.
    #[item(category = "cumulative", citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    TaxablePayToDate,
    /// Income tax deducted, or refunded if negative.
    #[item(category = "tax", citation = "Income Tax (PAYE) Regulations 2003, regs. 21 to 28")]
    IncomeTax,
    /// Income tax of the tax year, this payment included.
    #[item(category = "cumulative", citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    TaxToDate,

    /// Earnings liable to Class 1 National Insurance.
    #[item(
        category = "base",
        citation = "Social Security Contributions and Benefits Act 1992, s. 6"
    )]
    NiEarnings,
    /// Earnings up to the lower earnings limit, where they reach it.
    #[item(
        category = "reporting",
        citation = "Social Security Contributions and Benefits Act 1992, s. 6A"
    )]
    NiEarningsToLel,
    /// Earnings above the lower earnings limit up to the primary threshold.
    #[item(
        category = "reporting",
        citation = "Social Security Contributions and Benefits Act 1992, s. 6A"
    )]
    NiEarningsLelToPt,
    /// Earnings above the primary threshold up to the upper earnings limit.
    #[item(
        category = "reporting",
        citation = "Social Security Contributions and Benefits Act 1992, s. 8"
    )]
    NiEarningsPtToUel,
    /// The employee's National Insurance.
    #[item(
        category = "employee-contribution",
        citation = "Social Security Contributions and Benefits Act 1992, s. 8"
    )]
    EmployeeNi,
    /// The employer's National Insurance.
    #[item(
        category = "employer-contribution",
        citation = "Social Security Contributions and Benefits Act 1992, ss. 9 to 9B"
    )]
    EmployerNi,
    /// The employer's Class 1A National Insurance on a termination award.
    #[item(
        category = "employer-contribution",
        citation = "Social Security Contributions and Benefits Act 1992, s. 10 (1A) to (5)"
    )]
    ClassOneA,
    /// Director: earnings liable to National Insurance in the year, this payment included.
    #[item(
        category = "cumulative",
        citation = "Social Security (Contributions) Regulations 2001, reg. 8"
    )]
    NiEarningsToDate,
    /// Director: the employee's National Insurance of the year, this payment included.
    #[item(
        category = "cumulative",
        citation = "Social Security (Contributions) Regulations 2001, reg. 8"
    )]
    EmployeeNiToDate,
    /// Director: the employer's National Insurance of the year, this payment included.
    #[item(
        category = "cumulative",
        citation = "Social Security (Contributions) Regulations 2001, reg. 8"
    )]
    EmployerNiToDate,

    /// Student loan repayment.
    #[item(
        category = "loan",
        citation = "Education (Student Loans) (Repayment) Regulations 2009, Part 4"
    )]
    StudentLoan,
    /// Postgraduate loan repayment.
    #[item(
        category = "loan",
        citation = "Education (Student Loans) (Repayment) Regulations 2009, Part 4"
    )]
    PostgraduateLoan,
    /// Other deductions from net pay.
    #[item(category = "deduction", citation = "Employment Rights Act 1996, ss. 8, 9 and 13")]
    OtherDeductions,
    /// All that is taken from the pay.
    #[item(category = "total", citation = "Employment Rights Act 1996, s. 8 (2) (b)")]
    TotalDeductions,
    /// What is paid out.
    #[item(category = "net", citation = "Employment Rights Act 1996, s. 8 (2) (c)")]
    NetPay,
    /// What the payment costs the employer: pay, its National Insurance and pension contribution.
    #[item(category = "employer-cost")]
    EmployerCost,
    /// Pay for an hour worked, as the minimum wage counts it, cut to the penny.
    #[item(category = "information", citation = "National Minimum Wage Regulations 2015, reg. 7")]
    MinimumWagePay,
    /// This payment's part of the apprenticeship levy, before the employer's allowance.
    #[item(category = "information", citation = "Finance Act 2016, ss. 99 to 101")]
    ApprenticeshipLevy,
    /// What this payment uses up of the employer's employment allowance.
    #[item(category = "information", citation = "National Insurance Contributions Act 2014, s. 4")]
    EmploymentAllowance,
}

/// What is worth knowing about a payslip.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Tax of {actual} was due, but no more than {limit} may be deducted from this payment: the 50 %
    /// overriding limit.
    #[finding(
        note,
        unit = "GBP",
        citation = "Income Tax (PAYE) Regulations 2003, regs. 2 (1) and 23"
    )]
    TaxLimited,
    /// The repayment of the {subject} loan would be {actual}; after tax and National Insurance only
    /// {limit} is left, which is deducted.
    #[finding(
        note,
        unit = "GBP",
        citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 51 (1)"
    )]
    LoanReduced,
    /// Employers do not deduct {subject} on this date yet: the amount is notional.
    #[finding(
        warning,
        citation = "Education (Student Loans) (Repayment) (Amendment) (No. 4) Regulations 2022"
    )]
    LoanNotYetCollected,
    /// The employer contributes {actual} % of qualifying earnings; a qualifying scheme needs at least
    /// {limit} %.
    #[finding(warning, unit = "percent", citation = "Pensions Act 2008, ss. 20 and 26")]
    EmployerPensionBelowMinimum,
    /// Employee and employer together contribute {actual} % of qualifying earnings; a qualifying
    /// scheme needs at least {limit} %.
    #[finding(warning, unit = "percent", citation = "Pensions Act 2008, ss. 20 and 26")]
    PensionBelowMinimum,
    /// The pay for an hour worked is {actual}, below the minimum wage of {limit} ({subject}). Pay given
    /// up does not count.
    #[finding(
        warning,
        unit = "GBP/hour",
        citation = "National Minimum Wage Act 1998, s. 1; National Minimum Wage Regulations 2015, regs. 4 to 16"
    )]
    BelowMinimumWage,
    /// {subject}: {actual} was contributed before in this earnings period, more than the {limit} due
    /// on its earnings so far by the letter and earnings period of this payment; what is too much is
    /// set off now.
    #[finding(
        warning,
        unit = "GBP",
        citation = "Social Security (Contributions) Regulations 2001, regs. 3, 14, 15 and 18"
    )]
    ContributionsExceedDue,
    /// Class 1A National Insurance of {actual} on the termination award is left out, because the letter
    /// X says that there is no National Insurance at all. Below the age of 16 it is due: then the
    /// letter is none.
    #[finding(
        warning,
        unit = "GBP",
        citation = "Social Security Contributions and Benefits Act 1992, ss. 1 (6), 2 (1) (a), 6 (1) and 10 (1A) to (1C)"
    )]
    ClassOneALeftOut,
    /// The pay reference period began {actual} days before the payment; pay later than {limit} days
    /// after its first day counts for it only where a record of the work was handed in late, or
    /// within a month of the end of the employment.
    #[finding(
        warning,
        unit = "days",
        citation = "National Minimum Wage Regulations 2015, regs. 6 and 9 (1) and (2)"
    )]
    PaidAfterFollowingPeriod,
    /// {subject} is not stated: 0 is assumed for the tax year before this payment. State it, 0 where
    /// there was nothing.
    #[finding(
        warning,
        citation = "Income Tax (PAYE) Regulations 2003, reg. 23; Social Security (Contributions) Regulations 2001, reg. 8"
    )]
    YearToDateNotStated,
    /// The tax basis is not stated: the tax year so far counts, as for every code that is not issued
    /// for week 1/month 1.
    #[finding(note, citation = "Income Tax (PAYE) Regulations 2003, regs. 22 and 26")]
    TaxBasisNotStated,
    /// Earnings before in the same earnings period are stated, but not its length: it is taken to be
    /// the interval of pay.
    #[finding(
        note,
        citation = "Social Security (Contributions) Regulations 2001, regs. 3, 6 and 15"
    )]
    EarningsPeriodNotStated,
    /// Earlier termination awards for the employment are not stated: none are assumed, and the whole
    /// threshold of {limit} is set against this award.
    #[finding(
        warning,
        unit = "GBP",
        citation = "Income Tax (Earnings and Pensions) Act 2003, ss. 403 and 404"
    )]
    EarlierAwardsNotStated,
    /// {subject} is not stated: nothing is deducted, as where neither a start notice nor a P45 nor the
    /// starter checklist says that a loan is repaid.
    #[finding(
        note,
        citation = "Education (Student Loans) (Repayment) Regulations 2009, Part 4; HMRC, Collection of Student Loans Manual, CSLM17010"
    )]
    LoanNotStated,
    /// The employee contributes to a pension, and the employer's own contribution is not stated: none
    /// is counted. A qualifying scheme needs at least {limit} % of qualifying earnings from the
    /// employer, pay given up included.
    #[finding(warning, unit = "percent", citation = "Pensions Act 2008, ss. 20 and 26")]
    EmployerPensionNotStated,
    /// Deductions exceed the pay: the net pay would be {actual}.
    #[finding(warning, unit = "GBP", citation = "Employment Rights Act 1996, s. 13")]
    NetPayNegative,
}
