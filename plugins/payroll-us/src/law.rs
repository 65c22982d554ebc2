//! The numbers of the law, as the host hands them over for one date.

use stele_sdk::prelude::*;

use crate::states::{
    AnnualBracket, AnnualTerms, CaliforniaAllowance, CaliforniaPeriod, CityBracket,
    HouseholdCredit, MassachusettsPeriod, MassachusettsTerms, NewJerseyAllowance, NewYorkAllowance,
    NewYorkLocalRates, NewYorkRecapture, NewYorkTopIncome, NewYorkTopRate, PennsylvaniaLocal,
    PeriodBracket, StateContribution, StateFlatTax, StateTerms, YonkersExclusion,
};

/// Everything that the law fixes in numbers.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// States whose law is known.
    #[parameter(optional)]
    pub states: Vec<StateTerms>,
    /// Contributions of employees to state insurances.
    #[parameter(optional)]
    pub state_contributions: Vec<StateContribution>,
    /// California: low income exemption and standard deduction (tables 1 and 3).
    #[parameter(optional)]
    pub california_periods: Vec<CaliforniaPeriod>,
    /// California: estimated deduction and exemption credit (tables 2 and 4).
    #[parameter(optional)]
    pub california_allowances: Vec<CaliforniaAllowance>,
    /// California: rate tables (tables 5 to 28).
    #[parameter(optional)]
    pub california_brackets: Vec<PeriodBracket>,
    /// New York: deduction and exemption allowances.
    #[parameter(optional)]
    pub new_york_allowances: Vec<NewYorkAllowance>,
    /// New York State: exact calculation method.
    #[parameter(optional)]
    pub new_york_brackets: Vec<PeriodBracket>,
    /// New York State: top income tax rates.
    #[parameter(optional)]
    pub new_york_top_rates: Vec<NewYorkTopRate>,
    /// New York City: exact calculation method.
    #[parameter(optional)]
    pub new_york_city_brackets: Vec<CityBracket>,
    /// New York City and Yonkers: rates.
    #[parameter(optional)]
    pub new_york_local_rates: Vec<NewYorkLocalRates>,
    /// Yonkers: what the earnings tax leaves free.
    #[parameter(optional)]
    pub yonkers_exclusions: Vec<YonkersExclusion>,
    /// States with one rate.
    #[parameter(optional)]
    pub state_flat_taxes: Vec<StateFlatTax>,
    /// Pennsylvania: local taxes.
    #[parameter(optional)]
    pub pennsylvania_local: Vec<PennsylvaniaLocal>,
    /// Massachusetts: rates.
    #[parameter(optional)]
    pub massachusetts: Vec<MassachusettsTerms>,
    /// Massachusetts: percentage method.
    #[parameter(optional)]
    pub massachusetts_periods: Vec<MassachusettsPeriod>,
    /// New Jersey: withholding allowance.
    #[parameter(optional)]
    pub new_jersey_allowances: Vec<NewJerseyAllowance>,
    /// New Jersey: rate tables A to E.
    #[parameter(optional)]
    pub new_jersey_brackets: Vec<PeriodBracket>,
    /// Rate schedules of states for a whole year.
    #[parameter(optional)]
    pub state_annual_brackets: Vec<AnnualBracket>,
    /// Deductions and credits of states for a whole year.
    #[parameter(optional)]
    pub state_annual_terms: Vec<AnnualTerms>,
    /// New York: supplemental tax of a year.
    #[parameter(optional)]
    pub new_york_recapture: Vec<NewYorkRecapture>,
    /// New York: highest incomes.
    #[parameter(optional)]
    pub new_york_top_income: Vec<NewYorkTopIncome>,
    /// New York: household credit of a year.
    #[parameter(optional)]
    pub new_york_household_credits: Vec<HouseholdCredit>,
}
