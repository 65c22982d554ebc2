//! Sentences about tax on the income of the year so far.

use stele_sdk::prelude::*;

/// Steps of cumulative withholding. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum CumulativeStep {
    /// {amount}, as stated for the year so far.
    StatedForTheYear {
        /// Amount.
        #[argument(unit = "CNY")]
        amount: Decimal,
    },
    /// Wages of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeIncome {
        /// Wages of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Wages of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Your contributions of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeContributions {
        /// Contributions of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Contributions of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Special additional deductions of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeAdditionalDeductions {
        /// Deductions of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Deductions of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Basic deduction: {months} months employed this year give {total}.
    #[step(citation = "Individual Income Tax Law, art. 6 (1)", parameters("monthly_deduction"))]
    BasicDeduction {
        /// Months employed.
        months: i64,
        /// Deduction of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Basic deduction: the whole year's {total} is deducted from January on.
    #[step(
        citation = "State Taxation Administration, announcement 2020 No. 19, item 1",
        parameters("whole_year_deduction")
    )]
    WholeYearDeduction {
        /// Deduction of the year.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Other deductions of the year so far: contributions {contributions}, special additional deductions {additional}, other lawful deductions {other}, exempt income {exempt}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    Deductions {
        /// Employee contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// Special additional deductions.
        #[argument(unit = "CNY")]
        additional: Decimal,
        /// Other lawful deductions.
        #[argument(unit = "CNY")]
        other: Decimal,
        /// Exempt income.
        #[argument(unit = "CNY")]
        exempt: Decimal,
    },
    /// Taxable income of the year so far: {income} less all deductions of {deductions}, not below zero, is {taxable}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    TaxableIncome {
        /// Wages of the year so far.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// All deductions.
        #[argument(unit = "CNY")]
        deductions: Decimal,
        /// What is left.
        #[argument(unit = "CNY")]
        taxable: Decimal,
    },
    /// Tax of the year so far: {taxable} × {rate} % − {quick_deduction}, less relief of {relief}, is {tax}.
    #[step(
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6 and annex 2, table 1",
        parameters("brackets")
    )]
    CumulativeTax {
        /// Taxable income.
        #[argument(unit = "CNY")]
        taxable: Decimal,
        /// Rate of the bracket.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction of the bracket.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax relief.
        #[argument(unit = "CNY")]
        relief: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Tax withheld this year: {earlier} before this month and {tax} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    WithheldSoFar {
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Tax of this month.
        #[argument(unit = "CNY")]
        tax: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Tax of this month: {total} for the year so far less {earlier} already withheld is {tax}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    TaxOfMonth {
        /// Tax of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Tax of this month.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Tax of this month: {total} is due for the year so far, but {earlier} is already withheld. The excess of {excess} is not refunded within the year; this month's tax is 0.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    NoRefund {
        /// Tax of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Withheld too much.
        #[argument(unit = "CNY")]
        excess: Decimal,
    },
}
