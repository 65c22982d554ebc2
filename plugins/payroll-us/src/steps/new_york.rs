//! New York State: methods II and III of its publication, and the tax of a year.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum NewYorkStep {
    /// For New York, pay of {pay} less {deductions}, the deductions before tax that it knows, is {wages}.
    #[step(
        name = "new_york_wages",
        citation = "New York Tax Law, ss. 612 and 671",
        parameters("new_york_wages")
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
    /// For New York, pay of {pay} less {deductions}, the deductions before tax that it knows, leaves regular wages of {regular} and supplemental wages of {supplemental}.
    #[step(
        name = "new_york_wages_apart",
        citation = "New York Tax Law, ss. 612 and 671",
        parameters("new_york_wages")
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
    /// The table of a month is used: {wages} ÷ {months} months = {part}.
    #[step(name = "new_york_table_part", citation = "NYS-50-T-NYS, conversion of tables")]
    TablePart {
        /// Wages of the period.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Months of the period.
        months: Decimal,
        /// Of a month.
        #[argument(unit = "USD")]
        part: Decimal,
    },
    /// {tax} for a month × {months} months = {total}.
    #[step(name = "new_york_table_times", citation = "NYS-50-T-NYS, conversion of tables")]
    TableTimes {
        /// Tax of a month.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Months of the period.
        months: Decimal,
        /// Tax of the period.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// No tax is due on the regular wages of {wages} alone, so supplemental wages of {supplemental} are added to them: {total}.
    #[step(name = "new_york_together", citation = "NYS-50-T-NYS, supplemental wages")]
    Together {
        /// Regular wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Supplemental wages.
        #[argument(unit = "USD")]
        supplemental: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// New York: a deduction of {base}, and {each} for each of {number} allowance(s), are together {deduction}.
    #[step(
        name = "new_york_allowances",
        citation = "NYS-50-T-NYS, method II, step 1: tables A, B and C",
        parameters("new_york_allowances")
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
    /// For New York, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "new_york_taxable",
        citation = "NYS-50-T-NYS, method II, step 1",
        parameters("new_york_allowances")
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
    /// A year of such net wages is {annualized}, not below {over}: all of them are taxed at {rate} %, {tax} a period of the table.
    #[step(
        name = "new_york_top_rate",
        citation = "NYS-50-T-NYS, method III",
        parameters("new_york_top_rates")
    )]
    TopRate {
        /// Net wages of a year.
        #[argument(unit = "USD")]
        annualized: Decimal,
        /// From where the rate holds.
        #[argument(unit = "USD")]
        over: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The table of New York: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "new_york_bracket",
        citation = "NYS-50-T-NYS, method II, steps 2 to 5",
        parameters("new_york_brackets")
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
    /// New York: supplemental wages of {wages} are taxed at {rate} %: {tax}.
    #[step(
        name = "new_york_supplemental",
        citation = "NYS-50-T-NYS, supplemental wages",
        parameters("new_york_wages")
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
    /// For New York, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(
        name = "new_york_year_taxable",
        citation = "New York Tax Law, s. 614",
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
    /// The table of New York: {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(
        name = "new_york_year_bracket",
        citation = "New York Tax Law, s. 601 (a) (1) (B) and (c) (1) (B)",
        parameters("new_york_annual_brackets")
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
    /// The rate of New York of {rate} % on {taxable} is {tax}.
    #[step(
        name = "new_york_year_top_rate",
        citation = "New York Tax Law, s. 601 (d-1)",
        parameters("new_york_top_income")
    )]
    YearTopRate {
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
    /// New York takes back the benefit of its lower rates: {base}, and {benefit} × ({income} − {over}) ÷ {phase_in}, but no more than {benefit}. That is {amount}, and with it the tax is {tax}.
    #[step(
        name = "new_york_recapture",
        citation = "New York Tax Law, s. 601 (d-1)",
        parameters("new_york_recapture", "new_york_top_income")
    )]
    Recapture {
        /// Taken back already.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Taken back in this line.
        #[argument(unit = "USD")]
        benefit: Decimal,
        /// Income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// From where.
        #[argument(unit = "USD")]
        over: Decimal,
        /// Over how much income.
        #[argument(unit = "USD")]
        phase_in: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        amount: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// New York takes back a benefit of its lower rates of {base}, with which the tax is {tax}.
    #[step(
        name = "new_york_recapture_base",
        citation = "New York Tax Law, s. 601 (d-1)",
        parameters("new_york_recapture")
    )]
    RecaptureBase {
        /// Taken back.
        #[argument(unit = "USD")]
        base: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// New York: credits of {credit} come off the tax of {tax}: {left}, not below zero, is left.
    #[step(
        name = "new_york_year_credit",
        citation = "New York Tax Law, s. 606 (b)",
        parameters("new_york_household_credits")
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
