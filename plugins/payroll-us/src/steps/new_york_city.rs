//! New York City: method II of its publication.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum NewYorkCityStep {
    /// New York City: the table of a month is used: {wages} ÷ {months} months = {part}.
    #[step(name = "new_york_city_table_part", citation = "NYS-50-T-NYC, conversion of tables")]
    TablePart {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Months of the period.
        months: Decimal,
        /// Of a month.
        #[argument(unit = "USD")]
        part: Decimal,
    },
    /// New York City: {tax} for a month × {months} months = {total}.
    #[step(name = "new_york_city_table_times", citation = "NYS-50-T-NYC, conversion of tables")]
    TableTimes {
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Months of the period.
        months: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// New York City: no tax is due on the regular wages of {wages} alone, so supplemental wages of {supplemental} are added to them: {total}.
    #[step(name = "new_york_city_together", citation = "NYS-50-T-NYC, supplemental wages")]
    Together {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Supplemental wages.
        #[argument(unit = "USD")]
        supplemental: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// New York City: a deduction of {base}, and {each} for each of {number} allowance(s), are together {deduction}.
    #[step(
        name = "new_york_city_allowances",
        citation = "NYS-50-T-NYC, method II, step 1: tables A, B and C",
        parameters("new_york_city_allowances")
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
    /// For New York City, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "new_york_city_taxable",
        citation = "NYS-50-T-NYC, method II, step 1",
        parameters("new_york_city_allowances")
    )]
    Taxable {
        /// Deductions.
        #[argument(unit = "USD")]
        deduction: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        taxable: Decimal,
    },
    /// The table of New York City: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "new_york_city_bracket",
        citation = "NYS-50-T-NYC, method II, steps 2 to 5",
        parameters("new_york_city_brackets")
    )]
    Bracket {
        /// Tax up to there.
        #[argument(unit = "USD")]
        base_tax: Decimal,
        /// Where the line begins.
        #[argument(unit = "USD")]
        over: Decimal,
        /// Rate above it.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Taxable wages.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// New York City: supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        name = "new_york_city_supplemental",
        citation = "NYS-50-T-NYC, supplemental wages",
        parameters("new_york_city_rates")
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
