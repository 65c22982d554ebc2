//! Sentences about student and postgraduate loans.

use stele_sdk::prelude::*;

/// Student and postgraduate loans.
#[derive(Steps, Clone, Debug)]
pub enum LoanStep {
    /// Loan {loan}: {rate} % of the earnings of {earnings} above {threshold}, in whole pounds, is {amount}.
    #[step(
        citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44",
        parameters("student_loans", "postgraduate_loan_threshold", "postgraduate_loan_rate")
    )]
    Loan {
        /// Plan.
        loan: &'static str,
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Threshold for the earnings period.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Repayment of the earnings.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Of this, {earlier} is already repaid; {due} is due now.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
    LoanPartRepaid {
        /// Repaid before on the same earnings.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Repayment now.
        #[argument(unit = "GBP")]
        due: Decimal,
    },
    /// More than this, {earlier}, is already repaid; 0 is due now.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
    LoanOverRepaid {
        /// Repaid before on the same earnings.
        #[argument(unit = "GBP")]
        earlier: Decimal,
    },
    /// After tax, National Insurance and loans before this one, {left} of your pay is left: only that much of the {due} is deducted.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 51 (1)")]
    LoanReduced {
        /// What is left of the pay.
        #[argument(unit = "GBP")]
        left: Decimal,
        /// Repayment due.
        #[argument(unit = "GBP")]
        due: Decimal,
    },
}
