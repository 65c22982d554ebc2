//! Contributions of employees to the insurances of their state. The provision is the source of the
//! contribution, which the step shows.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum InsuranceStep {
    /// For this insurance, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}.
    #[step(name = "insured_wages", parameters("state_contributions"))]
    Wages {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// What does not count.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// What counts besides.
        #[argument(unit = "USD")]
        further: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// After earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}.
    #[step(name = "insured_base", parameters("state_contributions"))]
    Base {
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
    },
    /// State insurance: {rate} % of wages of {wages} is {amount}.
    #[step(name = "state_contribution", parameters("state_contributions"))]
    Contribution {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// State insurance: of {rate} % of wages of {wages} the employee bears {share} %: {amount}.
    #[step(name = "state_contribution_share", parameters("state_contributions"))]
    Share {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The employee's share.
        #[argument(unit = "percent")]
        share: Decimal,
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// No more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}.
    #[step(name = "state_contribution_maximum", parameters("state_contributions"))]
    Maximum {
        /// Most of a week.
        #[argument(unit = "USD")]
        week: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
}
