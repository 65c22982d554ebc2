//! Withholding of federal income tax: Publication 15-T, and Publication 15 for supplemental wages.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum WithholdingStep {
    /// For a nonresident alien {amount} is added to the wages of {wages} to figure the tax: {sum}.
    #[step(citation = "Publication 15-T, tables 1 and 2", parameters("nonresident_alien_amounts"))]
    NonresidentAlien {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// What is added.
        #[argument(unit = "USD")]
        amount: Decimal,
        /// Wages to figure the tax.
        #[argument(unit = "USD")]
        sum: Decimal,
    },
    /// Wages of {wages} in {periods} pay periods are {year} a year.
    #[step(citation = "Publication 15-T, Worksheets 1A and 1B, lines 1a to 1c")]
    AnnualWages {
        /// Wages of the period.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// Of a year.
        #[argument(unit = "USD")]
        year: Decimal,
    },
    /// To {year} a year, other income of {income} is added and {deductions} is deducted: the adjusted annual amount, not below zero, is {adjusted}.
    #[step(
        citation = "Publication 15-T, Worksheets 1A and 1B, lines 1d to 1i",
        parameters("adjustment_joint", "adjustment_other")
    )]
    AdjustedWages {
        /// Of a year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Other income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// Deductions.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Adjusted.
        #[argument(unit = "USD")]
        adjusted: Decimal,
    },
    /// To {year} a year, other income of {income} is added and {deductions} is deducted: the adjusted annual amount, even if negative, is {adjusted}.
    #[step(
        citation = "Publication 15-T, Worksheet 1B, lines 1d to 1i",
        parameters("adjustment_joint", "adjustment_other")
    )]
    AdjustedPension {
        /// Of a year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Other income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// Deductions.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Adjusted.
        #[argument(unit = "USD")]
        adjusted: Decimal,
    },
    /// From {year} a year, {number} allowance(s) worth {value} come off: the adjusted annual amount, not below zero, is {adjusted}.
    #[step(
        citation = "Publication 15-T, Worksheets 1A and 1B, lines 1j to 1l",
        parameters("allowance")
    )]
    Allowances {
        /// Of a year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Allowances.
        number: i64,
        /// Their value.
        #[argument(unit = "USD")]
        value: Decimal,
        /// Adjusted.
        #[argument(unit = "USD")]
        adjusted: Decimal,
    },
    /// The table gives {base_tax} on {at_least}, and {rate} % of the rest of {adjusted}: {tax} a year.
    #[step(
        citation = "Publication 15-T, percentage method tables for automated payroll systems",
        parameters("withholding_brackets")
    )]
    WithholdingBracket {
        /// Adjusted annual amount.
        #[argument(unit = "USD")]
        adjusted: Decimal,
        /// Where the line begins.
        #[argument(unit = "USD")]
        at_least: Decimal,
        /// Tax up to there.
        #[argument(unit = "USD")]
        base_tax: Decimal,
        /// Rate above it.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax of a year.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Other jobs and pensions of {others} less {standard}, not below zero, are {alone} a year.
    #[step(
        citation = "Publication 15-T, Worksheet 1B, lines 2a to 2c",
        parameters("adjustment_joint", "adjustment_other")
    )]
    OtherPensionsAlone {
        /// Other jobs and pensions.
        #[argument(unit = "USD")]
        others: Decimal,
        /// The amount of the filing status.
        #[argument(unit = "USD")]
        standard: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        alone: Decimal,
    },
    /// Other jobs and pensions of {others} and the adjusted annual amount of {adjusted} are together, not below zero, {both} a year.
    #[step(citation = "Publication 15-T, Worksheet 1B, lines 2k to 2m")]
    OtherPensionsTogether {
        /// Other jobs and pensions.
        #[argument(unit = "USD")]
        others: Decimal,
        /// The adjusted annual amount.
        #[argument(unit = "USD")]
        adjusted: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        both: Decimal,
    },
    /// Other jobs and pensions of {others} carry {tax_alone} by themselves and {tax_of_both} with this pension: {tax} belongs to it.
    #[step(
        citation = "Publication 15-T, Worksheet 1B, lines 2a to 2u",
        parameters("withholding_brackets")
    )]
    OtherPensions {
        /// Other jobs and pensions.
        #[argument(unit = "USD")]
        others: Decimal,
        /// Tax on them.
        #[argument(unit = "USD")]
        tax_alone: Decimal,
        /// Tax on both.
        #[argument(unit = "USD")]
        tax_of_both: Decimal,
        /// The difference.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Tax of {tax} less credits of {credits}, not below zero, divided by {periods} pay periods, and {extra} on top: {withheld} is to be withheld.
    #[step(
        citation = "Publication 15-T, Worksheet 1A, lines 2h to 4b; Worksheet 1B, lines 3a to 4c"
    )]
    Withheld {
        /// Tax of a year.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Credits of a year.
        #[argument(unit = "USD")]
        credits: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// On top.
        #[argument(unit = "USD")]
        extra: Decimal,
        /// What is to be withheld.
        #[argument(unit = "USD")]
        withheld: Decimal,
    },
    /// The certificate says that no tax is withheld from {wages}.
    #[step(citation = "26 U.S.C. ss. 3402 (n) and 3405 (a) (2)")]
    Exempt {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// Supplemental wages of {wages}, with {earlier} before them in the year: {above} lies above {from} and is taxed at the highest rate, {rest} is not.
    #[step(citation = "26 CFR s. 31.3402(g)-1 (a) (2)", parameters("mandatory_supplemental_from"))]
    MandatorySupplemental {
        /// Supplemental wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Above the threshold.
        #[argument(unit = "USD")]
        above: Decimal,
        /// The threshold.
        #[argument(unit = "USD")]
        from: Decimal,
        /// Not above it.
        #[argument(unit = "USD")]
        rest: Decimal,
    },
    /// Supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        citation = "26 CFR s. 31.3402(g)-1 (a); Publication 15, section 7",
        parameters(
            "supplemental_rate",
            "mandatory_supplemental_rate",
            "mandatory_supplemental_from"
        )
    )]
    Supplemental {
        /// Supplemental wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Wages of {wages} and {already_paid} paid before are taxed together as {total}: {tax}. Less the {withheld} that was withheld before, not below zero, {left} is left.
    #[step(citation = "Publication 15, section 7, method 1b")]
    Aggregate {
        /// Paid now.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Paid before.
        #[argument(unit = "USD")]
        already_paid: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
        /// Tax on them.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Withheld before.
        #[argument(unit = "USD")]
        withheld: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        left: Decimal,
    },
}
