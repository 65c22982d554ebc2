//! What lines are worked out from and is no line itself.

use stele_sdk::prelude::*;

/// Intermediate values, in pounds.
#[derive(Figures, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figure {
    /// Statutory payments of the period.
    #[figure(citation = "Income Tax (Earnings and Pensions) Act 2003, s. 660")]
    StatutoryPayments,
    /// Employee's pension contribution, tax relief included.
    EmployeeContribution,
    /// Pension contribution taken before tax.
    #[figure(citation = "Finance Act 2004, s. 193")]
    PensionBeforeTax,
    /// Taxed part of the termination award.
    #[figure(citation = "Income Tax (Earnings and Pensions) Act 2003, ss. 403 and 404")]
    TaxableAward,
    /// Taxable pay in money.
    PayInMoney,
    /// Pay that the tax tables count.
    #[figure(citation = "Income Tax (PAYE) Regulations 2003, regs. 23, 26 and 31")]
    PayCounted,
    /// Free pay by the code.
    FreePay,
    /// Additional pay by the K code.
    AdditionalPay,
    /// Pay after the code.
    PayAfterCode,
    /// Pay after the code in whole pounds.
    WholePounds,
    /// Limit of the bands below.
    BandLimit,
    /// Tax on the bands below.
    BandTax,
    /// Tax due.
    TaxDue,
    /// Tax due on this payment.
    #[figure(citation = "Income Tax (PAYE) Regulations 2003, regs. 23, 26 and 31")]
    TaxOfPayment,
    /// Overriding limit.
    #[figure(citation = "HMRC, Specification for PAYE Tax Table Routines, 4.5")]
    OverridingLimit,
    /// Liable earnings of this payment.
    #[figure(
        citation = "Social Security Contributions and Benefits Act 1992, s. 3; Social Security (Contributions) Regulations 2001, reg. 24 and Sch. 3"
    )]
    LiableEarnings,
    /// Earnings assessed before.
    EarningsBefore,
    /// Employee's contributions on earnings assessed before.
    EmployeeNiBefore,
    /// Employer's contributions on earnings assessed before.
    EmployerNiBefore,
    /// Earnings assessed together.
    #[figure(citation = "Social Security (Contributions) Regulations 2001, regs. 3, 8, 14 and 15")]
    AssessedEarnings,
    /// Lower earnings limit of the earnings period.
    #[figure(citation = "Social Security (Contributions) Regulations 2001, regs. 10 and 11")]
    LowerEarningsLimit,
    /// Primary threshold of the earnings period.
    #[figure(citation = "Social Security (Contributions) Regulations 2001, regs. 10 and 11")]
    PrimaryThreshold,
    /// Upper earnings limit of the earnings period.
    #[figure(citation = "Social Security (Contributions) Regulations 2001, regs. 10 and 11")]
    UpperEarningsLimit,
    /// Threshold of the employer's rate for the earnings period.
    #[figure(citation = "Social Security (Contributions) Regulations 2001, regs. 10 and 11")]
    EmployerThreshold,
    /// Contribution at the main rate.
    MainContribution,
    /// Contribution at the additional rate.
    AdditionalContribution,
    /// Loan threshold of the earnings period.
    LoanThreshold,
    /// Repayment of the earnings assessed together.
    RepaymentOfEarnings,
    /// Repaid before on the same earnings.
    RepaidBefore,
    /// Repayment due.
    RepaymentDue,
    /// Pay in all.
    PayInAll,
    /// Minimum wage.
    #[figure(unit = "GBP/hour", citation = "National Minimum Wage Regulations 2015, regs. 4 to 4B")]
    MinimumWageRate,
}
