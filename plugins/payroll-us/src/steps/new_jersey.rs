//! New Jersey: the percentage method of NJ-WT.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum NewJerseyStep {
    /// For New Jersey, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(
        name = "new_jersey_wages",
        citation = "N.J.S.A. 54A:5-1 (a) and 54A:6-21; New Jersey Division of Taxation, Technical Bulletin TB-39",
        parameters("new_jersey_wages")
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
    /// For New Jersey, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(
        name = "new_jersey_wages_apart",
        citation = "N.J.S.A. 54A:5-1 (a) and 54A:6-21; New Jersey Division of Taxation, Technical Bulletin TB-39",
        parameters("new_jersey_wages")
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
    /// New Jersey taxes what the employer contributed to a health savings account: {pay} and {contribution} are {total}.
    #[step(
        name = "new_jersey_employer_health_savings",
        citation = "N.J.S.A. 54A:5-1 (a)",
        parameters("new_jersey_wages")
    )]
    EmployerHealthSavings {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Contribution.
        #[argument(unit = "USD")]
        contribution: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// New Jersey: a deduction of {base}, and {each} for each of {number} allowance(s), are together {deduction}.
    #[step(
        name = "new_jersey_allowances",
        citation = "New Jersey NJ-WT, percentage method",
        parameters("new_jersey_allowances")
    )]
    Allowances {
        /// The deduction.
        #[argument(unit = "USD")]
        base: Decimal,
        /// For an allowance.
        #[argument(unit = "USD")]
        each: Decimal,
        /// Allowances.
        number: i64,
        /// Deductions.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// For New Jersey, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "new_jersey_taxable",
        citation = "New Jersey NJ-WT, percentage method",
        parameters("new_jersey_allowances")
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
    /// The table of New Jersey: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "new_jersey_bracket",
        citation = "New Jersey NJ-WT, rate tables A to E",
        parameters("new_jersey_brackets")
    )]
    Bracket {
        /// What is left.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// Where the line begins.
        #[argument(unit = "USD")]
        over: Decimal,
        /// Tax up to there.
        #[argument(unit = "USD")]
        base_tax: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
