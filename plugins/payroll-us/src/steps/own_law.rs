//! What only one state, or a city or locality of it, computes.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum OwnLawStep {
    /// The standard deduction of {standard}, and the estimated deduction of {estimated} for {number} additional allowance(s), are together {deduction}.
    #[step(
        citation = "EDD method B, tables 2 and 3",
        parameters("california_periods", "california_allowances")
    )]
    CaliforniaDeduction {
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
    /// {basic} × {allowance} and {additional} × {additional_allowance} in the year, divided by {periods} pay periods, are {deduction}.
    #[step(citation = "IL-700-T, automated payroll method", parameters("state_flat_taxes"))]
    IllinoisAllowances {
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
    /// Massachusetts: social security and Medicare of {contributions}, which count up to {maximum} in the year, and exemptions of {exemptions} are together {deduction}.
    #[step(
        citation = "Circular M, percentage method, steps 1 and 2",
        parameters("massachusetts", "massachusetts_periods")
    )]
    MassachusettsDeduction {
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
    /// Massachusetts: a year of such net wages is {year}; {rate} % of it, and {surtax_rate} % of what is above {threshold}, divided by {periods} pay periods, is {tax}.
    #[step(
        citation = "Circular M, percentage method, steps 3 to 5",
        parameters("massachusetts", "massachusetts_periods")
    )]
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
        /// Pay periods.
        periods: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Massachusetts: on top of {year} of net wages a year, {above} of the supplemental payment of {payment} lies above {threshold}. {rate} % of {payment} and {surtax_rate} % of {above} are {tax}.
    #[step(citation = "Circular M, section G", parameters("massachusetts"))]
    MassachusettsSupplemental {
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
    /// The table of a month is used: {wages} ÷ {months} months = {part}.
    #[step(citation = "NYS-50-T-NYS, conversion of tables")]
    NewYorkTablePart {
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
    #[step(citation = "NYS-50-T-NYS, conversion of tables")]
    NewYorkTableTimes {
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
    #[step(citation = "NYS-50-T-NYS, supplemental wages")]
    NewYorkTogether {
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
    /// New York takes back the benefit of its lower rates: {base}, and {benefit} × ({income} − {over}) ÷ {phase_in}, but no more than {benefit}. That is {amount}, and with it the tax is {tax}.
    #[step(
        citation = "New York Tax Law, s. 601 (d-1)",
        parameters("new_york_recapture", "new_york_top_income")
    )]
    NewYorkRecapture {
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
    #[step(citation = "New York Tax Law, s. 601 (d-1)", parameters("new_york_recapture"))]
    NewYorkRecaptureBase {
        /// Taken back.
        #[argument(unit = "USD")]
        base: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// For New York City, deductions and allowances of {deduction} come off the wages of {wages}: {taxable}, not below zero, is left.
    #[step(citation = "NYS-50-T-NYC, method II", parameters("new_york_allowances"))]
    NewYorkCityTaxable {
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
    #[step(citation = "NYS-50-T-NYC, method II", parameters("new_york_city_brackets"))]
    NewYorkCityBracket {
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
    /// Yonkers: {rate} % of the state's tax on regular wages of {regular_tax} is {regular}, and of that on supplemental wages of {supplemental_tax} it is {supplemental}: together {surcharge}.
    #[step(
        citation = "NYS-50-T-Y, resident income tax surcharge",
        parameters("new_york_local_rates")
    )]
    YonkersSurchargeApart {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The state's tax on regular wages.
        #[argument(unit = "USD")]
        regular_tax: Decimal,
        /// The surcharge on it.
        #[argument(unit = "USD")]
        regular: Decimal,
        /// The state's tax on supplemental wages.
        #[argument(unit = "USD")]
        supplemental_tax: Decimal,
        /// The surcharge on that.
        #[argument(unit = "USD")]
        supplemental: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        surcharge: Decimal,
    },
    /// Yonkers: a year of such pay is {pay}, and {exclusion} of a year is free. {rate} % of what is above that, divided by {periods} payments, is {tax}.
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
        /// Payments of a year.
        periods: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The local rate of {rate} %, as stated, on {taxable} is {tax}.
    #[step(citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.311")]
    LocalFlatRate {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Compensation.
        #[argument(unit = "USD")]
        taxable: Decimal,
        /// The tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Local services tax: {year} a year, divided by {periods} pay periods and rounded down to the cent, is {tax}.
    #[step(
        citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.330",
        parameters("pennsylvania_local")
    )]
    LocalServicesTax {
        /// Tax of the year.
        #[argument(unit = "USD")]
        year: Decimal,
        /// Pay periods.
        periods: Decimal,
        /// Of the period.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
