//! What several states compute alike, and contributions to their insurances.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum StateStep {
    /// For the state, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(citation = "The state's withholding law", parameters("states"))]
    StateWages {
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
    /// For the state, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(citation = "The state's withholding law", parameters("states"))]
    StateWagesApart {
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
    /// The state's certificate says that no tax is withheld from {wages}.
    #[step(citation = "The state's withholding law")]
    StateExempt {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// As asked on the state's certificate, {amount} is withheld on top.
    #[step(citation = "The state's withholding law")]
    StateExtra {
        /// On top.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// The state withholds nothing from wages of {earnings}: its limit for low wages is {limit}.
    #[step(
        citation = "EDD method B, table 1; Massachusetts Circular M",
        parameters("california_periods", "massachusetts_periods")
    )]
    StateLowIncome {
        /// Wages.
        #[argument(unit = "USD")]
        earnings: Decimal,
        /// Limit.
        #[argument(unit = "USD")]
        limit: Decimal,
    },
    /// A deduction of {base}, and {each} for each of {number} allowance(s), are together {deduction}.
    #[step(
        citation = "The state's withholding publication",
        parameters("new_york_allowances", "new_jersey_allowances")
    )]
    StateAllowances {
        /// The deduction.
        #[argument(unit = "USD")]
        base: Decimal,
        /// For an allowance.
        #[argument(unit = "USD")]
        each: Decimal,
        /// Allowances.
        number: i64,
        /// Together.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// For the state, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        citation = "The state's withholding publication",
        parameters(
            "california_allowances",
            "new_york_allowances",
            "state_flat_taxes",
            "new_jersey_allowances",
            "massachusetts_periods",
            "state_annual_terms"
        )
    )]
    StateTaxable {
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
    /// The state's table: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        citation = "The state's withholding publication",
        parameters(
            "california_brackets",
            "new_york_brackets",
            "new_jersey_brackets",
            "state_annual_brackets"
        )
    )]
    StateBracket {
        /// Taxable wages.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// Where the line begins.
        #[argument(unit = "USD")]
        over: Decimal,
        /// Tax up to there.
        #[argument(unit = "USD")]
        base_tax: Decimal,
        /// Rate above it.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The state's rate of {rate} % on {taxable} is {tax}.
    #[step(citation = "The state's withholding publication", parameters("state_flat_taxes"))]
    StateFlatRate {
        /// Taxable wages.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Credits of {credit} come off the tax of {tax}: {left}, not below zero, is left.
    #[step(
        citation = "The state's withholding publication",
        parameters(
            "california_allowances",
            "massachusetts_periods",
            "state_annual_terms",
            "new_york_household_credits"
        )
    )]
    StateCredit {
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Credits.
        #[argument(unit = "USD")]
        credit: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        left: Decimal,
    },
    /// Supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        citation = "The state's withholding publication",
        parameters("states", "new_york_local_rates")
    )]
    StateSupplemental {
        /// Supplemental wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// For this insurance, pay of {pay} less contributions to a cafeteria plan and a health savings account of {deductions} is {wages}.
    #[step(citation = "The state's insurance law", parameters("state_contributions"))]
    InsuredWages {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// What does not count.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// After earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}.
    #[step(citation = "The state's insurance law", parameters("state_contributions"))]
    InsuredBase {
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
    },
    /// State insurance: {rate} % of wages of {wages} is {amount}.
    #[step(citation = "The state's insurance law", parameters("state_contributions"))]
    StateContribution {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages that count.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// No more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}.
    #[step(citation = "The state's insurance law", parameters("state_contributions"))]
    StateContributionMaximum {
        /// Most of a week.
        #[argument(unit = "USD")]
        week: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// Most of the period.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
}
