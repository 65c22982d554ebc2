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
mod figures;
mod items;
mod law;
mod payslip;
mod states;
mod year_so_far;

pub use choices::{
    FilingStatus, PayFrequency, RetirementPlan, SupplementalMethod, WithholdingForm,
};
pub use facts::{Child, Payment};
pub use federal::law::{
    DeferralLimit, EarnedIncomeCredit, FamilyTerms, FutaCreditReduction, IncomeTaxBracket,
    IncomeTaxTerms, NonresidentAlienAmount, WithholdingBracket,
};
pub use figures::Figure;
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
use stele_sdk::prelude::*;

stele_sdk::provisions! {
    /// How each line comes about, in the order of a payslip.
    pub enum Step = {
        federal::wages::{stated, taxable, apart, fica, futa},
        federal::supplemental::{
            above_threshold, exempt, by_itself, aggregate, less_withheld, at_flat_rate,
            at_highest_rate, withhold,
        },
        federal::worksheet_1a::{
            nonresident_alien_amount, withhold, adjustment, with_steps, with_allowances, by_table,
            withheld,
        },
        federal::worksheet_1b::{
            annual_payment, adjusted_payment, others_alone, keep, with_others, added,
        },
        federal::payment::pension,
        federal::social_security::{of_employee, additional_medicare, taken, of_employer},
        federal::unemployment::{futa, reduction_as_stated, reduction_of_state},
        federal::year::{
            of_spouse, additional_medicare_of_year, adjusted_gross_income, standard_deduction,
            senior_deduction, by_schedule, income_tax, taken_of_year, pay_in_all,
        },
        federal::family_credits::{
            by_formula, family_credits, against_tax, refunded, earned_line,
        },
        states::insurance::{
            state_disability_insurance, paid_family_leave, state_unemployment,
            workforce_development, long_term_care,
        },
        states::payment::{by_agreement, sum},
        states::income_tax::{exempted, line},
        states::california::{
            california_wages, california_low_income, california_taxable, california_tax,
            california_supplemental,
        },
        states::illinois::{illinois_wages, illinois_tax},
        states::massachusetts::{
            massachusetts_wages, net_wages, net_of_year, massachusetts_low_income,
            percentage_method, less_credits, section_g,
        },
        states::new_jersey::{new_jersey_wages, new_jersey_taxable, new_jersey_tax},
        states::new_york::{
            new_york_wages, new_york_regular, new_york_together, new_york_net, method_iii,
            new_york_by_table, new_york_to_the_cent, new_york_supplemental,
        },
        states::new_york_city::{
            new_york_city_regular, new_york_city_together, new_york_city_net,
            new_york_city_by_table, new_york_city_tax, new_york_city_with_supplemental,
        },
        states::yonkers::{yonkers_surcharge, yonkers_supplemental, yonkers_earnings},
        states::pennsylvania::{
            pennsylvania_wages, pennsylvania_tax, wage_tax, earned_income_tax, services_tax,
        },
        states::year::{
            california_year_taxable, california_year_bracket, california_year_credit,
            california_year_tax, new_york_year_taxable, new_york_year_top_rate,
            new_york_year_bracket, new_york_recapture, new_york_household_credit,
            new_york_year_tax, illinois_year_tax, year_line,
        },
        federal::net_pay::{
            after_tax, deductions, deductions_of_year, net_pay, contributions, employer_cost,
            employer_cost_of_year,
        },
    };
}

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
    type Figure = Figure;
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
