//! Wages in the United States: what is withheld from an employee's pay by federal law and by the
//! state of work, what the employer adds, and what is paid out.
//!
//! Start with `federal/payment.rs`, which goes through a payslip from top to bottom;
//! `federal/worksheet_1a.rs` is the heart of it, line by line as the Internal Revenue Service prints it.
//! The states are in `states`, one file of law each. Every number of the law is a dated parameter (`law`).

mod amounts;
mod choices;
mod facts;
mod federal;
mod items;
mod law;
mod payslip;
mod sentences;
mod states;
mod steps;
mod year_so_far;

pub use choices::{
    FilingStatus, PayFrequency, RetirementPlan, SupplementalMethod, WithholdingForm,
};
pub use facts::{Child, Payment};
pub use federal::law::{
    DeferralLimit, EarnedIncomeCredit, FamilyTerms, FutaCreditReduction, IncomeTaxBracket,
    IncomeTaxTerms, NonresidentAlienAmount, WithholdingBracket,
};
pub use items::{Finding, Item};
pub use law::Law;
pub use payslip::Payslip;
pub use states::choices::{Locality, NewJerseyTable, Schedule, State, StateFilingStatus};
pub use states::law::{
    AnnualBracket, AnnualTerms, CaliforniaAllowance, CaliforniaPeriod, CityBracket,
    HouseholdCredit, IllinoisTerms, InsuranceTerms, MassachusettsPeriod, MassachusettsTerms,
    NewJerseyAllowance, NewYorkAllowance, NewYorkCityRates, NewYorkRecapture, NewYorkTopIncome,
    NewYorkTopRate, PennsylvaniaLocal, PennsylvaniaTerms, PeriodBracket, PhiladelphiaWageTax,
    ReciprocalAgreement, StateTerms, WageTerms, YonkersExclusion, YonkersRates,
};
pub use steps::{
    CaliforniaStep, DisabilityInsuranceStep, IllinoisStep, LongTermCareStep, MassachusettsStep,
    NewJerseyStep, NewYorkCityStep, NewYorkStep, PaidFamilyLeaveStep, PayStep, PennsylvaniaStep,
    SocialSecurityStep, StateStep, Step, UnemploymentInsuranceStep, WithholdingStep,
    WorkforceDevelopmentStep, YearStep, YonkersStep,
};

use stele_sdk::prelude::*;

/// The rule: payroll of the United States.
pub struct UnitedStatesPayroll;

impl Rule for UnitedStatesPayroll {
    const NAME: &'static str = "payroll-us";
    const MEANING: &'static str = "Payroll in the United States: federal income tax withholding by Publication 15-T for wages and \
         pensions, social security, Medicare and unemployment tax, income tax of the state of work or by \
         agreement of residence, of New York City, Yonkers, Philadelphia and localities in Pennsylvania, contributions to state insurances, net pay \
         and employer cost.";

    type Facts = Payment;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        federal::law_check::check(law)?;
        states::law_check::check(law)
    }

    fn evaluate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
        if payment.pay_frequency == PayFrequency::YearEstimate {
            federal::year::estimate(law, payment, out)
        } else {
            federal::payment::pay(law, payment, out)
        }
    }
}

stele_sdk::export!(UnitedStatesPayroll);
