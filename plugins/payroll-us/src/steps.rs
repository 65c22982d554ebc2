//! How each line came about, in sentences that the employee can follow with a calculator.

use stele_sdk::prelude::*;

/// Steps of the explanation. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum Step {
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
    /// For the state, deductions and allowances of {deduction} come off the wages of {wages}: {taxable} is taxed.
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
            "new_york_city_brackets",
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
    /// Credits of {credit} come off the tax of {tax}: {left} is left.
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
    /// A year of such net wages is {annualized}, not below {over}: all of them are taxed at {rate} %, {tax} a period of the table.
    #[step(citation = "NYS-50-T-NYS, method III", parameters("new_york_top_rates"))]
    NewYorkTopRate {
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
    /// Yonkers: {rate} % of the state's tax of {state_tax} is {surcharge}.
    #[step(
        citation = "NYS-50-T-Y, resident income tax surcharge",
        parameters("new_york_local_rates")
    )]
    YonkersSurcharge {
        /// The state's tax.
        #[argument(unit = "USD")]
        state_tax: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The surcharge.
        #[argument(unit = "USD")]
        surcharge: Decimal,
    },
    /// Yonkers: a year of such pay is {pay}, of which {exclusion} is free; {rate} % of the rest is {tax} a payment.
    #[step(
        citation = "NYS-50-T-Y, nonresident earnings tax, method VIII",
        parameters("yonkers_exclusions", "new_york_local_rates")
    )]
    YonkersEarnings {
        /// Pay of a year.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// What is free.
        #[argument(unit = "USD")]
        exclusion: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Massachusetts: a year of such net wages is {year}; {rate} % of it, and {surtax_rate} % of what is above {threshold}, is {tax} a payment.
    #[step(citation = "Circular M, percentage method, steps 3 to 5", parameters("massachusetts"))]
    MassachusettsTax {
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
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Massachusetts: {rate} % of the supplemental payment of {payment}, and {surtax_rate} % of the {above} of it that lies above the threshold, is {tax}.
    #[step(citation = "Circular M, section G", parameters("massachusetts"))]
    MassachusettsSupplemental {
        /// The payment.
        #[argument(unit = "USD")]
        payment: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// What lies above the threshold.
        #[argument(unit = "USD")]
        above: Decimal,
        /// Surtax.
        #[argument(unit = "percent")]
        surtax_rate: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// State insurance: {rate} % of wages of {wages} is {amount} after any maximum.
    #[step(citation = "The state's insurance law", parameters("state_contributions"))]
    StateContribution {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// New York takes back the benefit of its lower rates above {over}: on an income of {income} {amount}, so the tax is {tax}.
    #[step(
        citation = "New York Tax Law, s. 601 (d-1)",
        parameters("new_york_recapture", "new_york_top_income")
    )]
    NewYorkRecapture {
        /// Income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// From where.
        #[argument(unit = "USD")]
        over: Decimal,
        /// What is taken back.
        #[argument(unit = "USD")]
        amount: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
