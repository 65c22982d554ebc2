//! How each line came about, in sentences that the employee can follow with a calculator. Rates are
//! given in percent.
//!
//! A file a part of the law; to the host they are one list of steps.

mod income_tax;
mod national_insurance;
mod pay;
mod pension;
mod student_loans;

pub use income_tax::TaxStep;
pub use national_insurance::NiStep;
pub use pay::PayStep;
pub use pension::PensionStep;
pub use student_loans::LoanStep;

use stele_sdk::prelude::*;

/// Steps of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Pay as it was stated and counted, totals, net pay and what the employer pays.
    Pay(PayStep),
    /// Workplace pensions.
    Pension(PensionStep),
    /// Pay as you earn.
    Tax(TaxStep),
    /// National Insurance.
    Ni(NiStep),
    /// Student and postgraduate loans.
    Loan(LoanStep),
}

/// A fraction in percent, as sentences show it.
pub(crate) fn percent(fraction: Decimal) -> Decimal {
    fraction * Decimal::ONE_HUNDRED
}
