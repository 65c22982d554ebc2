//! Pennsylvania: personal income tax, and the taxes of its localities.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum PennsylvaniaStep {
    /// For Pennsylvania, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(
        name = "pennsylvania_wages",
        citation = "72 P.S. ss. 7301 (d) and 7303 (a) (1); 61 Pa. Code s. 101.6",
        parameters("pennsylvania_wages")
    )]
    Wages {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions that the state knows.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// For Pennsylvania, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(
        name = "pennsylvania_wages_apart",
        citation = "72 P.S. ss. 7301 (d) and 7303 (a) (1); 61 Pa. Code s. 101.6",
        parameters("pennsylvania_wages")
    )]
    WagesApart {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions that the state knows.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Regular wages.
        #[argument(unit = "USD")]
        regular: Decimal,
        /// Supplemental wages.
        #[argument(unit = "USD")]
        supplemental: Decimal,
    },
    /// The rate of Pennsylvania of {rate} % on {taxable} is {tax}.
    #[step(
        name = "pennsylvania_flat_rate",
        citation = "72 P.S. s. 7302; Pennsylvania Department of Revenue, REV-415",
        parameters("pennsylvania")
    )]
    FlatRate {
        /// What is left.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The local rate of {rate} %, as stated, on {taxable} is {tax}.
    #[step(
        name = "local_flat_rate",
        citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. ss. 6924.311 and 6924.501"
    )]
    LocalFlatRate {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Compensation.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Philadelphia's wage tax counts all compensation, from which no contribution to a cafeteria plan, a health savings account or a retirement plan comes off: {rate} % of {wages} is {tax}.
    #[step(
        name = "philadelphia_wage_tax",
        citation = "Philadelphia Code, s. 19-1502; Philadelphia Income Tax Regulations, s. 104",
        parameters("philadelphia_wage_tax")
    )]
    Philadelphia {
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
    /// Local services tax: {year} a year, divided by {periods} pay periods and rounded down to the cent, is {tax}.
    #[step(
        name = "local_services_tax",
        citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.330",
        parameters("pennsylvania_local")
    )]
    LocalServicesTax {
        /// Tax of the year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// Of the period.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
