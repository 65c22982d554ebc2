//! Yonkers: the surcharge on residents and the earnings tax on others.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum YonkersStep {
    /// Yonkers: {rate} % of the state's tax of {state_tax} is {surcharge}.
    #[step(
        name = "yonkers_surcharge",
        citation = "NYS-50-T-Y, resident income tax surcharge",
        parameters("yonkers_rates")
    )]
    Surcharge {
        /// The state's tax.
        #[argument(unit = "USD")]
        state_tax: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The surcharge.
        #[argument(unit = "USD")]
        surcharge: Decimal,
    },
    /// Yonkers: {rate} % of the state's tax on regular wages of {regular_tax} is {regular}, and of that on supplemental wages of {supplemental_tax} it is {supplemental}: together {surcharge}.
    #[step(
        name = "yonkers_surcharge_apart",
        citation = "NYS-50-T-Y, resident income tax surcharge",
        parameters("yonkers_rates")
    )]
    SurchargeApart {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The state's tax on regular wages.
        #[argument(unit = "USD")]
        regular_tax: Decimal,
        /// The surcharge on it.
        #[argument(unit = "USD")]
        regular: Decimal,
        /// The state's tax on supplemental wages.
        #[argument(unit = "USD")]
        supplemental_tax: Decimal,
        /// The surcharge on that.
        #[argument(unit = "USD")]
        supplemental: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        surcharge: Decimal,
    },
    /// Yonkers: a year of such pay is {pay}, and {exclusion} of a year is free. {rate} % of what is above that, divided by {periods} payments, is {tax}.
    #[step(
        name = "yonkers_earnings",
        citation = "NYS-50-T-Y, nonresident earnings tax, method VIII",
        parameters("yonkers_exclusions", "yonkers_rates")
    )]
    Earnings {
        /// Pay of a year.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// What is free.
        #[argument(unit = "USD")]
        exclusion: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Payments of a year.
        periods: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Yonkers: supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        name = "yonkers_supplemental",
        citation = "NYS-50-T-Y, nonresident earnings tax",
        parameters("yonkers_rates")
    )]
    Supplemental {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
