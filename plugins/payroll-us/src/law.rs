//! The numbers of the law, as the host hands them over for one date.

use stele_sdk::prelude::*;

use crate::federal::law::{
    DeferralLimit, EarnedIncomeCredit, FamilyTerms, FutaCreditReduction, IncomeTaxBracket,
    IncomeTaxTerms, NonresidentAlienAmount, WithholdingBracket,
};
use crate::states::law::{
    AnnualBracket, AnnualTerms, CaliforniaAllowance, CaliforniaPeriod, CityBracket,
    HouseholdCredit, IllinoisTerms, InsuranceTerms, MassachusettsPeriod, MassachusettsTerms,
    NewJerseyAllowance, NewYorkAllowance, NewYorkCityRates, NewYorkRecapture, NewYorkTopIncome,
    NewYorkTopRate, PennsylvaniaLocal, PennsylvaniaTerms, PeriodBracket, PhiladelphiaWageTax,
    ReciprocalAgreement, StateTerms, WageTerms, YonkersExclusion, YonkersRates,
};

/// Everything that the law fixes in numbers.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// Percentage method tables for automated payroll systems.
    pub withholding_brackets: Vec<WithholdingBracket>,
    /// Worksheet 1A, line 1g: married filing jointly.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub adjustment_joint: Decimal,
    /// Worksheet 1A, line 1g: otherwise.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub adjustment_other: Decimal,
    /// Worksheet 1A, line 1k: one allowance.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub allowance: Decimal,
    /// What is added to the wages of nonresident aliens.
    pub nonresident_alien_amounts: Vec<NonresidentAlienAmount>,
    /// Optional flat rate on supplemental wages.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub supplemental_rate: Decimal,
    /// Supplemental wages of the year above which the mandatory rate holds.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub mandatory_supplemental_from: Decimal,
    /// Mandatory flat rate.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub mandatory_supplemental_rate: Decimal,
    /// Social security tax, employee and employer each.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub social_security_rate: Decimal,
    /// Wages of the year above which there is no social security tax.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub social_security_wage_base: Decimal,
    /// Medicare tax, employee and employer each.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub medicare_rate: Decimal,
    /// Additional Medicare tax, employee only.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub additional_medicare_rate: Decimal,
    /// Wages of the year above which the employer withholds it.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub additional_medicare_from: Decimal,
    /// Federal unemployment tax.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub futa_rate: Decimal,
    /// Credit for contributions to the state's unemployment fund.
    #[parameter(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub futa_credit: Decimal,
    /// Wages of the year above which there is no federal unemployment tax.
    #[parameter(unit = "USD/year", minimum = "0")]
    pub futa_wage_base: Decimal,
    /// States whose credit is reduced.
    #[parameter(optional)]
    pub futa_credit_reductions: Vec<FutaCreditReduction>,
    /// Limits of elective deferrals.
    pub deferral_limits: Vec<DeferralLimit>,
    /// Rate schedules of the income tax of a year.
    #[parameter(optional)]
    pub income_tax_brackets: Vec<IncomeTaxBracket>,
    /// Deductions and income limits of a year.
    #[parameter(optional)]
    pub income_tax_terms: Vec<IncomeTaxTerms>,
    /// Deduction for seniors, and credits for children and dependents.
    #[parameter(optional)]
    pub family_terms: Vec<FamilyTerms>,
    /// Earned income credit.
    #[parameter(optional)]
    pub earned_income_credits: Vec<EarnedIncomeCredit>,
    /// States whose law is known.
    #[parameter(optional)]
    pub states: Vec<StateTerms>,
    /// Agreements by which the state of residence taxes wages.
    #[parameter(optional)]
    pub reciprocal_agreements: Vec<ReciprocalAgreement>,
    /// Disability insurance: contributions of employees.
    #[parameter(optional)]
    pub state_disability_insurance: Vec<InsuranceTerms>,
    /// Paid family leave: contributions of employees.
    #[parameter(optional)]
    pub paid_family_leave: Vec<InsuranceTerms>,
    /// Unemployment insurance: contributions of employees.
    #[parameter(optional)]
    pub state_unemployment: Vec<InsuranceTerms>,
    /// Workforce development: contributions of employees.
    #[parameter(optional)]
    pub workforce_development: Vec<InsuranceTerms>,
    /// Long-term care: contributions of employees.
    #[parameter(optional)]
    pub long_term_care: Vec<InsuranceTerms>,
    /// California: wages that it taxes.
    #[parameter(optional)]
    pub california_wages: Vec<WageTerms>,
    /// California: low income exemption and standard deduction (tables 1 and 3).
    #[parameter(optional)]
    pub california_periods: Vec<CaliforniaPeriod>,
    /// California: estimated deduction and exemption credit (tables 2 and 4).
    #[parameter(optional)]
    pub california_allowances: Vec<CaliforniaAllowance>,
    /// California: rate tables (tables 5 to 28).
    #[parameter(optional)]
    pub california_brackets: Vec<PeriodBracket>,
    /// New York: wages that it taxes.
    #[parameter(optional)]
    pub new_york_wages: Vec<WageTerms>,
    /// New York: deduction and exemption allowances.
    #[parameter(optional)]
    pub new_york_allowances: Vec<NewYorkAllowance>,
    /// New York City: deduction and exemption allowances.
    #[parameter(optional)]
    pub new_york_city_allowances: Vec<NewYorkAllowance>,
    /// New York State: exact calculation method.
    #[parameter(optional)]
    pub new_york_brackets: Vec<PeriodBracket>,
    /// New York State: top income tax rates.
    #[parameter(optional)]
    pub new_york_top_rates: Vec<NewYorkTopRate>,
    /// New York City: exact calculation method.
    #[parameter(optional)]
    pub new_york_city_brackets: Vec<CityBracket>,
    /// New York City: rate on supplemental wages.
    #[parameter(optional)]
    pub new_york_city_rates: Vec<NewYorkCityRates>,
    /// Yonkers: rates.
    #[parameter(optional)]
    pub yonkers_rates: Vec<YonkersRates>,
    /// Yonkers: what the earnings tax leaves free.
    #[parameter(optional)]
    pub yonkers_exclusions: Vec<YonkersExclusion>,
    /// Illinois: wages that it taxes.
    #[parameter(optional)]
    pub illinois_wages: Vec<WageTerms>,
    /// Illinois: rate and allowances.
    #[parameter(optional)]
    pub illinois: Vec<IllinoisTerms>,
    /// Pennsylvania: wages that it taxes.
    #[parameter(optional)]
    pub pennsylvania_wages: Vec<WageTerms>,
    /// Pennsylvania: rate.
    #[parameter(optional)]
    pub pennsylvania: Vec<PennsylvaniaTerms>,
    /// Pennsylvania: local taxes.
    #[parameter(optional)]
    pub pennsylvania_local: Vec<PennsylvaniaLocal>,
    /// Philadelphia: wage tax.
    #[parameter(optional)]
    pub philadelphia_wage_tax: Vec<PhiladelphiaWageTax>,
    /// Massachusetts: wages that it taxes.
    #[parameter(optional)]
    pub massachusetts_wages: Vec<WageTerms>,
    /// Massachusetts: rates.
    #[parameter(optional)]
    pub massachusetts: Vec<MassachusettsTerms>,
    /// Massachusetts: percentage method.
    #[parameter(optional)]
    pub massachusetts_periods: Vec<MassachusettsPeriod>,
    /// New Jersey: wages that it taxes.
    #[parameter(optional)]
    pub new_jersey_wages: Vec<WageTerms>,
    /// New Jersey: withholding allowance.
    #[parameter(optional)]
    pub new_jersey_allowances: Vec<NewJerseyAllowance>,
    /// New Jersey: rate tables A to E.
    #[parameter(optional)]
    pub new_jersey_brackets: Vec<PeriodBracket>,
    /// California: rate schedules of a whole year.
    #[parameter(optional)]
    pub california_annual_brackets: Vec<AnnualBracket>,
    /// New York: rate schedules of a whole year.
    #[parameter(optional)]
    pub new_york_annual_brackets: Vec<AnnualBracket>,
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
