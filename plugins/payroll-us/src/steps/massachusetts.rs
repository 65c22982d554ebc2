//! Massachusetts: the percentage method of Circular M, and its section G.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum MassachusettsStep {
    /// For Massachusetts, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(
        name = "massachusetts_wages",
        citation = "M.G.L. c. 62B, s. 1",
        parameters("massachusetts_wages")
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
    /// For Massachusetts, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(
        name = "massachusetts_wages_apart",
        citation = "M.G.L. c. 62B, s. 1",
        parameters("massachusetts_wages")
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
    /// Massachusetts withholds nothing from wages of {earnings}: its limit for low wages is {limit}.
    #[step(
        name = "massachusetts_low_income",
        citation = "Massachusetts Circular M, percentage method",
        parameters("massachusetts_periods")
    )]
    LowIncome {
        /// Wages.
        #[argument(unit = "USD")]
        earnings: Decimal,
        /// Limit.
        #[argument(unit = "USD")]
        limit: Decimal,
    },
    /// Massachusetts: social security and Medicare of {contributions}, which count up to {maximum} in the year, and exemptions of {exemptions} are together {deduction}.
    #[step(
        name = "massachusetts_deduction",
        citation = "Massachusetts Circular M, percentage method, steps 1 and 2",
        parameters("massachusetts", "massachusetts_periods")
    )]
    Deduction {
        /// What counts of the contributions.
        #[argument(unit = "USD")]
        contributions: Decimal,
        /// The most in the year.
        #[argument(unit = "USD")]
        maximum: Decimal,
        /// Exemptions.
        #[argument(unit = "USD")]
        exemptions: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// For Massachusetts, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "massachusetts_taxable",
        citation = "Massachusetts Circular M, percentage method, step 2",
        parameters("massachusetts", "massachusetts_periods")
    )]
    Taxable {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Deductions.
        #[argument(unit = "USD")]
        deduction: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        taxable: Decimal,
    },
    /// Massachusetts: a year of such net wages is {year}; {rate} % of it, and {surtax_rate} % of what is above {threshold}, divided by {periods} pay periods, is {tax}.
    #[step(
        name = "massachusetts_tax",
        citation = "Massachusetts Circular M, percentage method, steps 3 to 5",
        parameters("massachusetts", "massachusetts_periods")
    )]
    Tax {
        /// Net wages of a year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surtax.
        #[argument(unit = "percent")]
        surtax_rate: Decimal,
        /// Where it begins.
        #[argument(unit = "USD")]
        threshold: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Massachusetts: credits of {credit} come off the tax of {tax}: {left}, not below zero, is left.
    #[step(
        name = "massachusetts_credit",
        citation = "Massachusetts Circular M, percentage method, steps 6 and 7",
        parameters("massachusetts_periods")
    )]
    Credit {
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Credits.
        #[argument(unit = "USD")]
        credit: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        left: Decimal,
    },
    /// Massachusetts: on top of {year} of net wages a year, {above} of the supplemental payment of {payment} lies above {threshold}. {rate} % of {payment} and {surtax_rate} % of {above} are {tax}.
    #[step(
        name = "massachusetts_supplemental",
        citation = "Massachusetts Circular M, section G",
        parameters("massachusetts")
    )]
    Supplemental {
        /// Net wages of a year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// What lies above the threshold.
        #[argument(unit = "USD")]
        above: Decimal,
        /// The payment.
        #[argument(unit = "USD")]
        payment: Decimal,
        /// The threshold.
        #[argument(unit = "USD")]
        threshold: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surtax.
        #[argument(unit = "percent")]
        surtax_rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
