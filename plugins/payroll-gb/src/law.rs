//! The numbers of the law, as the host hands them over for one date. Their values and sources are
//! in `rulesets/gb/payroll/parameters.toml`.

use stele_sdk::by_day::AppliesFrom;
use stele_sdk::prelude::*;

use crate::choices::{
    FlatCode, MinimumWageBand, NiCategory, NiThreshold, PayFrequency, StudentLoan,
};

/// Everything that the law fixes in numbers.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// Bands of England and Northern Ireland, for codes without prefix.
    pub bands: Vec<Band>,
    /// Bands of Scotland, for codes with the prefix S.
    pub scottish_bands: Vec<Band>,
    /// Bands of Wales, for codes with the prefix C.
    pub welsh_bands: Vec<Band>,
    /// Allowance in a year that one unit of a tax code stands for.
    #[parameter(unit = "GBP/year", minimum = "1")]
    pub code_unit: i64,
    /// Amount added to the units of a code, so that it covers the allowances that share it.
    #[parameter(unit = "GBP/year", minimum = "0")]
    pub code_margin: i64,
    /// Units of a code up to which the tables are written; above it blocks are added.
    #[parameter(minimum = "1")]
    pub code_block: i64,
    /// Pay adjustment of a whole block of units for a week.
    #[parameter(unit = "GBP/week", minimum = "0")]
    pub code_block_week: Decimal,
    /// Pay adjustment of a whole block of units for a month.
    #[parameter(unit = "GBP/month", minimum = "0")]
    pub code_block_month: Decimal,
    /// Overriding limit: the largest part of a payment that may be deducted as tax.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub overriding_limit: Decimal,
    /// Earnings limits and thresholds of Class 1 National Insurance.
    pub ni_thresholds: Vec<Threshold>,
    /// Rates of Class 1 National Insurance, letter by letter.
    pub ni_rates: Vec<NiRate>,
    /// Thresholds and rates of student loans, plan by plan.
    pub student_loans: Vec<StudentLoanTerms>,
    /// Threshold of postgraduate loans.
    #[parameter(unit = "GBP/year", minimum = "0")]
    pub postgraduate_loan_threshold: Decimal,
    /// Rate of postgraduate loans.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub postgraduate_loan_rate: Decimal,
    /// Qualifying earnings band of workplace pensions, by pay reference period.
    pub qualifying_earnings: Vec<QualifyingEarnings>,
    /// Lowest employer contribution to a workplace pension, of qualifying earnings.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub minimum_employer_pension: Decimal,
    /// Lowest contribution of both together, of qualifying earnings.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub minimum_total_pension: Decimal,
    /// Basic rate at which relief at source is given.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub relief_at_source: Decimal,
    /// Termination awards for an employment up to which they are not taxed.
    #[parameter(unit = "GBP", minimum = "0")]
    pub termination_award_threshold: Decimal,
    /// Class 1A percentage, on what of termination awards is taxed.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub class_1a_rate: Decimal,
    /// Minimum wages an hour.
    pub minimum_wages: Vec<MinimumWage>,
    /// Apprenticeship levy on the pay bill, before the allowance.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub apprenticeship_levy: Decimal,
    /// Employer's allowance against the apprenticeship levy.
    #[parameter(unit = "GBP/year", minimum = "0")]
    pub apprenticeship_levy_allowance: Decimal,
    /// Employer's allowance against secondary Class 1 contributions.
    #[parameter(unit = "GBP/year", minimum = "0")]
    pub employment_allowance: Decimal,
}

/// One band of taxable pay in a year.
#[derive(Row, Clone, Debug)]
pub struct Band {
    /// Highest taxable pay of the band (C of the specification). Absent: no limit.
    #[column(unit = "GBP/year", minimum = "0")]
    pub up_to: Option<Decimal>,
    /// Tax on that amount (K of the specification). Absent with the limit.
    #[column(unit = "GBP/year", minimum = "0")]
    pub tax: Option<Decimal>,
    /// Rate within the band (R).
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Code that taxes all pay at this rate.
    pub code: Option<FlatCode>,
}

/// An earnings limit or threshold.
#[derive(Row, Clone, Debug)]
pub struct Threshold {
    /// Which.
    #[column(key)]
    pub threshold: NiThreshold,
    /// For an earnings period of a week.
    #[column(unit = "GBP/week", minimum = "0")]
    pub week: Decimal,
    /// For an earnings period of a month.
    #[column(unit = "GBP/month", minimum = "0")]
    pub month: Decimal,
    /// For an earnings period of a year.
    #[column(unit = "GBP/year", minimum = "0")]
    pub year: Decimal,
}

/// Contribution rates of a category letter.
#[derive(Row, Clone, Debug)]
pub struct NiRate {
    /// The letter.
    #[column(key, selected_by = "ni_category")]
    pub category: NiCategory,
    /// Employee's rate above the primary threshold up to the upper earnings limit.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub employee_main: Decimal,
    /// Employee's rate above the upper earnings limit.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub employee_additional: Decimal,
    /// Employer's rate.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub employer: Decimal,
    /// Threshold above which the employer's rate applies: the secondary threshold, or the upper
    /// one up to which a zero rate is granted.
    pub employer_above: NiThreshold,
}

/// A minimum wage, from the day on which it began.
#[derive(Row, Clone, Debug)]
pub struct MinimumWage {
    /// For whom.
    pub band: MinimumWageBand,
    /// First day of the pay reference periods for which it holds.
    pub applies_from: Date,
    /// The rate.
    #[column(unit = "GBP/hour", minimum = "0")]
    pub rate: Decimal,
}

impl AppliesFrom for MinimumWage {
    fn applies_from(&self) -> Date {
        self.applies_from
    }
}

/// Terms of a student loan plan.
#[derive(Row, Clone, Debug)]
pub struct StudentLoanTerms {
    /// The plan.
    #[column(key, selected_by = "student_loan")]
    pub plan: StudentLoan,
    /// Earnings of a year above which repayments are due.
    #[column(unit = "GBP/year", minimum = "0")]
    pub threshold: Decimal,
    /// Part of the earnings above it.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// First day on which employers deduct this plan. Absent: they already do.
    pub collected_from: Option<Date>,
}

/// The qualifying earnings band for a pay reference period.
#[derive(Row, Clone, Debug)]
pub struct QualifyingEarnings {
    /// The pay reference period.
    #[column(key, selected_by = "pay_frequency")]
    pub pay_frequency: PayFrequency,
    /// Lower level.
    #[column(unit = "GBP", minimum = "0")]
    pub lower: Decimal,
    /// Upper level.
    #[column(unit = "GBP", minimum = "0")]
    pub upper: Decimal,
}
