//! California: method B of the Employment Development Department, and the tax of a year.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum CaliforniaStep {
    /// For California, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(
        name = "california_wages",
        citation = "California Unemployment Insurance Code, s. 13009; California Revenue and Taxation Code, s. 17215.4",
        parameters("california_wages")
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
    /// For California, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(
        name = "california_wages_apart",
        citation = "California Unemployment Insurance Code, s. 13009; California Revenue and Taxation Code, s. 17215.4",
        parameters("california_wages")
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
    /// California taxes what the employer contributed to a health savings account: {pay} and {contribution} are {total}.
    #[step(
        name = "california_employer_health_savings",
        citation = "California Revenue and Taxation Code, s. 17215.4; EDD, Types of Payments (DE 231TP): health savings accounts",
        parameters("california_wages")
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
    /// California withholds nothing from wages of {earnings}: its limit for low wages is {limit}.
    #[step(
        name = "california_low_income",
        citation = "EDD, California Withholding Schedules, method B, table 1",
        parameters("california_periods")
    )]
    LowIncome {
        /// Wages.
        #[argument(unit = "USD")]
        earnings: Decimal,
        /// Limit.
        #[argument(unit = "USD")]
        limit: Decimal,
    },
    /// The standard deduction of {standard}, and the estimated deduction of {estimated} for {number} additional allowance(s), are together {deduction}.
    #[step(
        name = "california_deduction",
        citation = "EDD, California Withholding Schedules, method B, tables 2 and 3",
        parameters("california_periods", "california_allowances")
    )]
    Deduction {
        /// Standard deduction.
        #[argument(unit = "USD")]
        standard: Decimal,
        /// Estimated deduction.
        #[argument(unit = "USD")]
        estimated: Decimal,
        /// Additional allowances.
        number: i64,
        /// Together.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// For California, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "california_taxable",
        citation = "EDD, California Withholding Schedules, method B, step 3",
        parameters("california_periods", "california_allowances")
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
    /// The table of California: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "california_bracket",
        citation = "EDD, California Withholding Schedules, method B, tables 5 to 28",
        parameters("california_brackets")
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
    /// California: credits of {credit} come off the tax of {tax}: {left}, not below zero, is left.
    #[step(
        name = "california_credit",
        citation = "EDD, California Withholding Schedules, method B, table 4",
        parameters("california_allowances")
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
    /// California: supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        name = "california_supplemental",
        citation = "EDD, California Employer's Guide (DE 44), supplemental wage payments",
        parameters("california_wages")
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
    /// For California, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "california_year_taxable",
        citation = "California Revenue and Taxation Code, s. 17073.5",
        parameters("state_annual_terms")
    )]
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
    /// The table of California: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "california_year_bracket",
        citation = "California Revenue and Taxation Code, ss. 17041 and 17043",
        parameters("california_annual_brackets")
    )]
    YearBracket {
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
    /// California: credits of {credit} come off the tax of {tax}: {left}, not below zero, is left.
    #[step(
        name = "california_year_credit",
        citation = "California Revenue and Taxation Code, ss. 17054 and 17054.1",
        parameters("state_annual_terms")
    )]
    YearCredit {
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
}
