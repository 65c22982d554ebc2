//! How each line came about, in sentences that the employee can follow with a calculator. Rates are
//! given in percent.
//!
//! A file a part of the payslip; to the host they are one list of steps.

mod base;
mod pay;
mod relief;
mod social;
mod surcharge;
mod tariff;
mod tax;

pub use base::BaseStep;
pub use pay::PayStep;
pub use relief::ReliefStep;
pub use social::SocialStep;
pub use surcharge::SurchargeStep;
pub use tariff::TariffStep;
pub use tax::TaxStep;

use stele_sdk::prelude::*;

/// Steps of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Earnings, sums and net pay.
    Pay(PayStep),
    /// Wage tax.
    Tax(TaxStep),
    /// Reliefs and fixed allowances.
    Relief(ReliefStep),
    /// The tax on an income, and the provision allowance.
    Tariff(TariffStep),
    /// Solidarity surcharge and church tax.
    Surcharge(SurchargeStep),
    /// Pay on which contributions are due.
    Base(BaseStep),
    /// Contributions and levies.
    Social(SocialStep),
}
