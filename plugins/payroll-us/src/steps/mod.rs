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

use stele_sdk::contract::Scalar;
use stele_sdk::declaration::StepDeclaration;
use stele_sdk::prelude::*;

/// Steps of the explanation.
#[derive(Clone, Debug)]
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

/// The parts, in their order in the list.
const PARTS: [&[StepDeclaration]; 6] = [
    PayStep::STEPS,
    WithholdingStep::STEPS,
    SocialSecurityStep::STEPS,
    YearStep::STEPS,
    StateStep::STEPS,
    OwnLawStep::STEPS,
];

/// How many steps stand before each part, and last how many there are.
const BEFORE: [usize; PARTS.len() + 1] = {
    let mut before = [0; PARTS.len() + 1];
    let mut part = 0;
    while part < PARTS.len() {
        before[part + 1] = before[part] + PARTS[part].len();
        part += 1;
    }
    before
};

/// The parts one after the other.
const ALL: [StepDeclaration; BEFORE[PARTS.len()]] = {
    let mut all = [PARTS[0][0]; BEFORE[PARTS.len()]];
    let (mut part, mut position) = (0, 0);
    while position < all.len() {
        if position == BEFORE[part + 1] {
            part += 1;
        }
        all[position] = PARTS[part][position - BEFORE[part]];
        position += 1;
    }
    all
};

impl Steps for Step {
    const STEPS: &'static [StepDeclaration] = &ALL;

    fn position(&self) -> u32 {
        let (part, position) = match self {
            Self::Pay(step) => (0, step.position()),
            Self::Withholding(step) => (1, step.position()),
            Self::SocialSecurity(step) => (2, step.position()),
            Self::Year(step) => (3, step.position()),
            Self::State(step) => (4, step.position()),
            Self::OwnLaw(step) => (5, step.position()),
        };
        BEFORE[part] as u32 + position
    }

    fn values(self) -> Vec<Scalar> {
        match self {
            Self::Pay(step) => step.values(),
            Self::Withholding(step) => step.values(),
            Self::SocialSecurity(step) => step.values(),
            Self::Year(step) => step.values(),
            Self::State(step) => step.values(),
            Self::OwnLaw(step) => step.values(),
        }
    }
}

impl From<PayStep> for Step {
    fn from(step: PayStep) -> Self {
        Self::Pay(step)
    }
}

impl From<WithholdingStep> for Step {
    fn from(step: WithholdingStep) -> Self {
        Self::Withholding(step)
    }
}

impl From<SocialSecurityStep> for Step {
    fn from(step: SocialSecurityStep) -> Self {
        Self::SocialSecurity(step)
    }
}

impl From<YearStep> for Step {
    fn from(step: YearStep) -> Self {
        Self::Year(step)
    }
}

impl From<StateStep> for Step {
    fn from(step: StateStep) -> Self {
        Self::State(step)
    }
}

impl From<OwnLawStep> for Step {
    fn from(step: OwnLawStep) -> Self {
        Self::OwnLaw(step)
    }
}
