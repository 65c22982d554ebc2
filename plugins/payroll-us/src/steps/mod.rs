//! How each line came about, in sentences that the employee can follow with a calculator. Rates are
//! given in percent.
//!
//! A file a part of the law, and one a state, each with the citations of that state alone; to the host
//! they are one list of steps.

mod california;
mod illinois;
mod insurance;
mod massachusetts;
mod new_jersey;
mod new_york;
mod new_york_city;
mod pay;
mod pennsylvania;
mod social_security;
mod state;
mod withholding;
mod year;
mod yonkers;

pub use california::CaliforniaStep;
pub use illinois::IllinoisStep;
pub(crate) use insurance::InsuranceSentence;
pub use insurance::{
    DisabilityInsuranceStep, LongTermCareStep, PaidFamilyLeaveStep, UnemploymentInsuranceStep,
    WorkforceDevelopmentStep,
};
pub use massachusetts::MassachusettsStep;
pub use new_jersey::NewJerseyStep;
pub use new_york::NewYorkStep;
pub use new_york_city::NewYorkCityStep;
pub use pay::PayStep;
pub use pennsylvania::PennsylvaniaStep;
pub use social_security::SocialSecurityStep;
pub use state::StateStep;
pub use withholding::WithholdingStep;
pub use year::YearStep;
pub use yonkers::YonkersStep;

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
    /// Which state taxes the wages, and what the employee's certificate says.
    State(StateStep),
    /// Disability insurance of the state.
    DisabilityInsurance(DisabilityInsuranceStep),
    /// Paid family leave of the state.
    PaidFamilyLeave(PaidFamilyLeaveStep),
    /// Unemployment insurance of the state.
    UnemploymentInsurance(UnemploymentInsuranceStep),
    /// Workforce development of the state.
    WorkforceDevelopment(WorkforceDevelopmentStep),
    /// Long-term care of the state.
    LongTermCare(LongTermCareStep),
    /// California.
    California(CaliforniaStep),
    /// New York.
    NewYork(NewYorkStep),
    /// New York City.
    NewYorkCity(NewYorkCityStep),
    /// Yonkers.
    Yonkers(YonkersStep),
    /// Illinois.
    Illinois(IllinoisStep),
    /// Pennsylvania.
    Pennsylvania(PennsylvaniaStep),
    /// Massachusetts.
    Massachusetts(MassachusettsStep),
    /// New Jersey.
    NewJersey(NewJerseyStep),
}
