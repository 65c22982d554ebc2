//! How each line came about, in sentences that the employee can follow with a calculator. Rates are
//! given in percent.
//!
//! A file a part of the law; to the host they are one list of steps.

mod own_law;
mod pay;
mod social_security;
mod state;
mod withholding;
mod year;

pub use own_law::OwnLawStep;
pub use pay::PayStep;
pub use social_security::SocialSecurityStep;
pub use state::StateStep;
pub use withholding::WithholdingStep;
pub use year::YearStep;

use stele_sdk::prelude::*;

/// Steps of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Facts as they were stated, sums, net pay and what the employer pays.
    Pay(PayStep),
    /// Withholding of federal income tax: Publication 15-T, and Publication 15 for supplemental wages.
    Withholding(WithholdingStep),
    /// Social security, Medicare and unemployment tax.
    SocialSecurity(SocialSecurityStep),
    /// The federal income tax of a whole year.
    Year(YearStep),
    /// What several states compute alike, and contributions to their insurances.
    State(StateStep),
    /// What only one state, or a city or locality of it, computes.
    OwnLaw(OwnLawStep),
}
