//! Wages in the United States: what is withheld from an employee's pay by federal law and by the
//! state of work.
//!
//! The states are in `states`, one file of law each. Every number of the law is a dated parameter
//! (`law`).

mod choices;
mod facts;
mod items;
mod law;
mod states;
mod steps;

pub use choices::PayFrequency;
pub use facts::Payment;
pub use items::Item;
pub use law::Law;
pub use states::{
    AnnualBracket, AnnualTerms, CaliforniaAllowance, CaliforniaPeriod, CityBracket,
    HouseholdCredit, Locality, MassachusettsPeriod, MassachusettsTerms, NewJerseyAllowance,
    NewJerseyTable, NewYorkAllowance, NewYorkLocalRates, NewYorkRecapture, NewYorkTopIncome,
    NewYorkTopRate, PennsylvaniaLocal, PeriodBracket, Schedule, State, StateContribution,
    StateFilingStatus, StateFlatTax, StateInsurance, StateTerms, YonkersExclusion,
};
pub use steps::Step;

use stele_sdk::prelude::*;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Nothing, Step>;

/// The rule: payroll of the United States.
pub struct UnitedStatesPayroll;

impl Rule for UnitedStatesPayroll {
    const NAME: &'static str = "payroll-us";
    const MEANING: &'static str = "Payroll in the United States: income tax of the state of work, of New York City, Yonkers and \
         localities in Pennsylvania, and contributions to state insurances.";

    type Facts = Payment;
    type Parameters = Law;
    type Item = Item;
    type Finding = Nothing;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        states::check(law)
    }

    fn evaluate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
        if payment.pay_frequency == PayFrequency::YearEstimate {
            states::estimate_year(law, payment, payment.gross, out)?;
            return Ok(());
        }
        let wages = states::StateWages {
            regular: payment.gross,
            supplemental: payment.supplemental_wages.unwrap_or_default(),
            ..states::StateWages::default()
        };
        states::withhold(law, payment, wages, out)?;
        Ok(())
    }
}

stele_sdk::export!(UnitedStatesPayroll);
