//! The tables of the states. Their values and sources are in `rulesets/us/payroll/parameters.toml`,
//! one section a state.

use stele_sdk::prelude::*;

use super::choices::{Locality, Schedule, State, StateFilingStatus};
use crate::choices::PayFrequency;

/// A state that the ruleset knows.
#[derive(Row, Clone, Debug)]
pub struct StateTerms {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Whether it taxes wages.
    pub income_tax: bool,
}

/// Which wages a state taxes.
#[derive(Row, Clone, Debug)]
pub struct WageTerms {
    /// Whether elective deferrals to a 401(k) plan reduce the wages that it taxes.
    pub retirement: bool,
    /// Whether elective deferrals to other retirement plans reduce them.
    pub other_retirement: bool,
    /// Whether contributions to a cafeteria plan reduce them.
    pub cafeteria: bool,
    /// Whether contributions to a health savings account reduce them.
    pub health_savings: bool,
    /// Whether what the employer contributes to a health savings account counts among them.
    pub employer_health_savings: bool,
    /// Rate on supplemental wages. Absent: they are taken with the regular wages.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub supplemental_rate: Option<Decimal>,
    /// Rate on supplemental wages other than bonuses and stock options, where it is another.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub other_supplemental_rate: Option<Decimal>,
}

/// An agreement by which the state of residence taxes the wages instead of the state of work.
#[derive(Row, Clone, Debug)]
pub struct ReciprocalAgreement {
    /// The state of work.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// The state of residence.
    #[column(key, selected_by = "residence_state")]
    pub residence_state: State,
    /// The certificate of nonresidence that the employee furnishes.
    #[column(maximum_length = 40)]
    pub certificate: String,
}

/// What employees contribute to one insurance of a state, which has a table of its own. Elective deferrals are wages of every
/// insurance but where `retirement` says otherwise.
#[derive(Row, Clone, Debug)]
pub struct InsuranceTerms {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Rate on the wages.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Share of it that employees bear. Absent: all of it.
    #[column(unit = "fraction of the contribution", minimum = "0", maximum = "1")]
    pub employee_share: Option<Decimal>,
    /// Wages of the year above which nothing is due. Absent: no limit.
    #[column(unit = "USD/year", minimum = "0")]
    pub wage_base: Option<Decimal>,
    /// Most that a week's pay contributes. Absent: no limit.
    #[column(unit = "USD/week", minimum = "0")]
    pub weekly_maximum: Option<Decimal>,
    /// Whether elective deferrals to a retirement plan reduce the wages that count.
    pub retirement: bool,
    /// Whether contributions to a cafeteria plan reduce them.
    pub cafeteria: bool,
    /// Whether contributions to a health savings account reduce them.
    pub health_savings: bool,
    /// Whether what the employer contributes to a health savings account counts among them.
    pub employer_health_savings: bool,
    /// Whether reported tips count among them.
    pub tips: bool,
}

/// A line of a rate table for one pay frequency.
#[derive(Row, Clone, Debug)]
pub struct PeriodBracket {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Column or table.
    pub schedule: Schedule,
    /// Taxable wages of the period at which the line begins.
    #[column(unit = "USD", minimum = "0")]
    pub over: Decimal,
    /// Tax on them.
    #[column(unit = "USD", minimum = "0")]
    pub tax: Decimal,
    /// Rate on what is above them.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// A line of the New York City rate table, which single and married persons share.
#[derive(Row, Clone, Debug)]
pub struct CityBracket {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Taxable wages of the period at which the line begins.
    #[column(unit = "USD", minimum = "0")]
    pub over: Decimal,
    /// Tax on them.
    #[column(unit = "USD", minimum = "0")]
    pub tax: Decimal,
    /// Rate on what is above them.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Tables 1 and 3 of California's method B.
#[derive(Row, Clone, Debug)]
pub struct CaliforniaPeriod {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Low income exemption: single, or married with 0 or 1 allowance.
    #[column(unit = "USD", minimum = "0")]
    pub low_income_lower: Decimal,
    /// Low income exemption: married with 2 or more allowances, or head of household.
    #[column(unit = "USD", minimum = "0")]
    pub low_income_higher: Decimal,
    /// Standard deduction: single, or married with 0 or 1 allowance.
    #[column(unit = "USD", minimum = "0")]
    pub standard_lower: Decimal,
    /// Standard deduction: married with 2 or more allowances, or head of household.
    #[column(unit = "USD", minimum = "0")]
    pub standard_higher: Decimal,
}

/// Tables 2 and 4 of California's method B.
#[derive(Row, Clone, Debug)]
pub struct CaliforniaAllowance {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Number of allowances.
    #[column(minimum = "1", maximum = "10")]
    pub number: i64,
    /// Estimated deduction for so many additional allowances.
    #[column(unit = "USD", minimum = "0")]
    pub estimated_deduction: Decimal,
    /// Tax credit for so many regular allowances.
    #[column(unit = "USD", minimum = "0")]
    pub credit: Decimal,
}

/// Tables B and C of New York State, or of New York City.
#[derive(Row, Clone, Debug)]
pub struct NewYorkAllowance {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Deduction allowance of a single person.
    #[column(unit = "USD", minimum = "0")]
    pub single: Decimal,
    /// Deduction allowance of a married person.
    #[column(unit = "USD", minimum = "0")]
    pub married: Decimal,
    /// One exemption.
    #[column(unit = "USD", minimum = "0")]
    pub exemption: Decimal,
}

/// Method III of New York: a rate on all net wages of a high income.
#[derive(Row, Clone, Debug)]
pub struct NewYorkTopRate {
    /// Column.
    pub schedule: Schedule,
    /// Annualized net wages from which the rate holds.
    #[column(unit = "USD/year", minimum = "0")]
    pub over: Decimal,
    /// The rate.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Rate of New York City beside its table.
#[derive(Row, Clone, Debug)]
pub struct NewYorkCityRates {
    /// Rate on supplemental wages.
    #[column(minimum = "0", maximum = "1")]
    pub supplemental: Decimal,
}

/// Rates of Yonkers.
#[derive(Row, Clone, Debug)]
pub struct YonkersRates {
    /// Residents: share of the state's tax.
    #[column(minimum = "0", maximum = "1")]
    pub surcharge: Decimal,
    /// Others: rate on wages earned there.
    #[column(minimum = "0", maximum = "1")]
    pub earnings: Decimal,
}

/// What the Yonkers earnings tax leaves free.
#[derive(Row, Clone, Debug)]
pub struct YonkersExclusion {
    /// Annualized pay above which the line holds.
    #[column(unit = "USD/year", minimum = "0")]
    pub over: Decimal,
    /// What is free of it.
    #[column(unit = "USD/year", minimum = "0")]
    pub exclusion: Decimal,
}

/// Rate and allowances of Illinois.
#[derive(Row, Clone, Debug)]
pub struct IllinoisTerms {
    /// The rate.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// A basic allowance.
    #[column(unit = "USD/year", minimum = "0")]
    pub allowance: Decimal,
    /// An additional allowance.
    #[column(unit = "USD/year", minimum = "0")]
    pub additional_allowance: Decimal,
    /// Days into which a year's allowance is divided for daily pay.
    #[column(minimum = "1", maximum = "366")]
    pub days: i64,
    /// Income of a single person above which the year's tax knows no allowance.
    #[column(unit = "USD/year", minimum = "0")]
    pub allowance_limit_single: Decimal,
    /// The same for a joint return.
    #[column(unit = "USD/year", minimum = "0")]
    pub allowance_limit_joint: Decimal,
}

/// Rate of Pennsylvania, which knows no allowances.
#[derive(Row, Clone, Debug)]
pub struct PennsylvaniaTerms {
    /// The rate.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Local taxes of Pennsylvania.
#[derive(Row, Clone, Debug)]
pub struct PennsylvaniaLocal {
    /// Local services tax of a year up to which it is taken at once.
    #[column(unit = "USD/year", minimum = "0")]
    pub lump_sum: Decimal,
}

/// Philadelphia's wage tax, which counts other compensation than the tax of the other localities.
#[derive(Row, Clone, Debug)]
pub struct PhiladelphiaWageTax {
    /// Who owes it: residents, or others for work in the city.
    #[column(key, selected_by = "locality")]
    pub locality: Locality,
    /// The rate.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// The rate before it, by which a payroll is recognised that still states it.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "1")]
    pub earlier_rate: Option<Decimal>,
}

/// Rates of Massachusetts.
#[derive(Row, Clone, Debug)]
pub struct MassachusettsTerms {
    /// Rate on all wages.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Additional rate above the threshold.
    #[column(minimum = "0", maximum = "1")]
    pub surtax_rate: Decimal,
    /// Annualized wages from which the surtax is due.
    #[column(unit = "USD/year", minimum = "0")]
    pub surtax_threshold: Decimal,
    /// Most that is deducted in a year for social security, Medicare and public retirement.
    #[column(unit = "USD/year", minimum = "0")]
    pub contribution_cap: Decimal,
}

/// Amounts of Massachusetts for one pay frequency.
#[derive(Row, Clone, Debug)]
pub struct MassachusettsPeriod {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Such periods in a year.
    #[column(minimum = "1", maximum = "366")]
    pub periods: i64,
    /// For each exemption claimed.
    #[column(unit = "USD", minimum = "0")]
    pub exemption: Decimal,
    /// Once, if any is claimed.
    #[column(unit = "USD", minimum = "0")]
    pub base: Decimal,
    /// Taken off the tax of a head of household.
    #[column(unit = "USD", minimum = "0")]
    pub head_of_household: Decimal,
    /// Taken off the tax for each blindness.
    #[column(unit = "USD", minimum = "0")]
    pub blindness: Decimal,
    /// Wages below which nothing is withheld from one who claims an exemption.
    #[column(unit = "USD", minimum = "0")]
    pub no_withholding_below: Decimal,
}

/// One withholding allowance of New Jersey.
#[derive(Row, Clone, Debug)]
pub struct NewJerseyAllowance {
    /// Pay frequency.
    pub pay_frequency: PayFrequency,
    /// Its value.
    #[column(unit = "USD", minimum = "0")]
    pub amount: Decimal,
}

/// A line of a state's rate schedule of the year.
#[derive(Row, Clone, Debug)]
pub struct AnnualBracket {
    /// Filing status.
    pub status: StateFilingStatus,
    /// Taxable income at which the line begins.
    #[column(unit = "USD/year", minimum = "0")]
    pub over: Decimal,
    /// Tax on it.
    #[column(unit = "USD/year", minimum = "0")]
    pub tax: Decimal,
    /// Rate on what is above it.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Deduction and credits of a state's year.
#[derive(Row, Clone, Debug)]
pub struct AnnualTerms {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Filing status.
    #[column(key)]
    pub status: StateFilingStatus,
    /// Standard deduction.
    #[column(unit = "USD/year", minimum = "0")]
    pub deduction: Decimal,
    /// Personal exemption credit of the return. Absent: none.
    #[column(unit = "USD/year", minimum = "0")]
    pub credit: Option<Decimal>,
    /// Income from which the credit is reduced.
    #[column(unit = "USD/year", minimum = "0")]
    pub credit_limit: Option<Decimal>,
    /// Income above the limit, or a part of it, for which the reduction is made once.
    #[column(unit = "USD/year", minimum = "1")]
    pub credit_step: Option<Decimal>,
    /// The reduction.
    #[column(unit = "USD/year", minimum = "0")]
    pub credit_reduction: Option<Decimal>,
}

/// New York's supplemental tax, which takes back the benefit of the lower rates.
#[derive(Row, Clone, Debug)]
pub struct NewYorkRecapture {
    /// Filing status.
    pub status: StateFilingStatus,
    /// Taxable income above which the line holds.
    #[column(unit = "USD/year", minimum = "0")]
    pub over: Decimal,
    /// Adjusted gross income from which the benefit is taken back.
    #[column(unit = "USD/year", minimum = "0")]
    pub income_over: Decimal,
    /// Taken back already.
    #[column(unit = "USD/year", minimum = "0")]
    pub base: Decimal,
    /// What this line takes back when it is complete.
    #[column(unit = "USD/year", minimum = "0")]
    pub benefit: Decimal,
}

/// New York's highest incomes, and over which income a benefit is taken back.
#[derive(Row, Clone, Debug)]
pub struct NewYorkTopIncome {
    /// Adjusted gross income above which all taxable income is taxed at the rate.
    #[column(unit = "USD/year", minimum = "0")]
    pub income_over: Decimal,
    /// The rate.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Income over which a benefit is taken back in full.
    #[column(unit = "USD/year", minimum = "1")]
    pub phase_in: Decimal,
}

/// New York's household credit.
#[derive(Row, Clone, Debug)]
pub struct HouseholdCredit {
    /// Filing status.
    pub status: StateFilingStatus,
    /// Federal adjusted gross income up to which the line holds.
    #[column(unit = "USD/year", minimum = "0")]
    pub up_to: Decimal,
    /// The credit.
    #[column(unit = "USD/year", minimum = "0")]
    pub credit: Decimal,
}
