//! Illinois: the automated payroll method of its booklet, and the tax of a year.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum IllinoisStep {
    /// For Illinois, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(name = "illinois_wages", citation = "35 ILCS 5/701", parameters("illinois_wages"))]
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
    /// For Illinois, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(name = "illinois_wages_apart", citation = "35 ILCS 5/701", parameters("illinois_wages"))]
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
    /// {basic} × {allowance} and {additional} × {additional_allowance} in the year, divided by {periods} pay periods, are {deduction}.
    #[step(
        name = "illinois_allowances",
        citation = "Illinois Booklet IL-700-T, automated payroll method",
        parameters("illinois")
    )]
    Allowances {
        /// Basic allowances.
        basic: Decimal,
        /// For each.
        #[argument(unit = "USD")]
        allowance: Decimal,
        /// Additional allowances.
        additional: Decimal,
        /// For each of them.
        #[argument(unit = "USD")]
        additional_allowance: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// In the period.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// For Illinois, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "illinois_taxable",
        citation = "Illinois Booklet IL-700-T, automated payroll method",
        parameters("illinois")
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
    /// The rate of Illinois of {rate} % on {taxable} is {tax}.
    #[step(
        name = "illinois_flat_rate",
        citation = "Illinois Booklet IL-700-T, automated payroll method; 35 ILCS 5/201 (b)",
        parameters("illinois")
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
    /// For Illinois, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(name = "illinois_year_taxable", citation = "35 ILCS 5/204", parameters("illinois"))]
    YearTaxable {
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
    /// The rate of Illinois of {rate} % on {taxable} is {tax}.
    #[step(
        name = "illinois_year_flat_rate",
        citation = "35 ILCS 5/201 (b)",
        parameters("illinois")
    )]
    YearFlatRate {
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
}
