//! How each line came about, in sentences that the employee can follow with a calculator.

use stele_sdk::prelude::*;

/// Steps of the explanation. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Of pay of {pay}, deductions of {deductions} are not subject to federal income tax: {wages} are taxed.
    #[step(citation = "26 U.S.C. ss. 125, 402 (e) (3) and 3401 (a)")]
    TaxableWages {
        /// All pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions before tax.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Taxable wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
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
    /// To {year} a year, other income of {income} is added and {deductions} is deducted: the adjusted annual amount is {adjusted}.
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
    /// From {year} a year, {number} allowance(s) worth {value} come off: the adjusted annual amount is {adjusted}.
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
    /// Tax of {tax} less credits of {credits}, divided by {periods} pay periods, and {extra} on top: {withheld} is withheld.
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
        /// What is withheld.
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
    /// Wages of {wages} and {already_paid} paid before are taxed together as {total}: {tax}, of which {withheld} was withheld before; {left} is left.
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
    /// Social security: of wages of {wages}, {liable} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3101 (a) and 3121 (a) (1)",
        parameters("social_security_rate", "social_security_wage_base")
    )]
    SocialSecurity {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Medicare: {rate} % of wages of {wages} is {tax}.
    #[step(citation = "26 U.S.C. s. 3101 (b) (1)", parameters("medicare_rate"))]
    Medicare {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Additional Medicare tax: {liable} lies above {from} in the year; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3101 (b) (2) and 3102 (f)",
        parameters("additional_medicare_rate", "additional_medicare_from", "income_tax_terms")
    )]
    AdditionalMedicare {
        /// Above the amount.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The amount.
        #[argument(unit = "USD")]
        from: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Unemployment tax of the employer: of wages of {wages}, {liable} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3301, 3302 and 3306 (b)",
        parameters("futa_rate", "futa_credit", "futa_wage_base")
    )]
    Futa {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate after the credit.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The state's credit is reduced by {rate} %: on {liable} {tax} more.
    #[step(citation = "26 U.S.C. s. 3302 (c) (2)", parameters("futa_credit_reductions"))]
    FutaCreditReduction {
        /// Wages.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Reduction.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Taxes, contributions and deductions before tax of {taken}, and deductions after tax of {after_tax}: {total}.
    #[step(citation = "Publication 15")]
    TotalDeductions {
        /// Taxes and deductions before tax.
        #[argument(unit = "USD")]
        taken: Decimal,
        /// Deductions after tax.
        #[argument(unit = "USD")]
        after_tax: Decimal,
        /// Sum.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// Pay of {pay} less {total} is {net}.
    #[step(citation = "Publication 15")]
    NetPay {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions.
        #[argument(unit = "USD")]
        total: Decimal,
        /// Net pay.
        #[argument(unit = "USD")]
        net: Decimal,
    },
    /// Pay of {pay}, the employer's taxes of {taxes} and contributions of {contributions} cost {cost}.
    #[step(citation = "26 U.S.C. ss. 3111 and 3301")]
    EmployerCost {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Employer's taxes.
        #[argument(unit = "USD")]
        taxes: Decimal,
        /// Contributions.
        #[argument(unit = "USD")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "USD")]
        cost: Decimal,
    },
    /// From an income of {income}, the standard deduction of {standard} and the deduction for seniors of {senior} come off: {taxable} is taxed.
    #[step(
        citation = "26 U.S.C. ss. 63 and 151 (d) (5) (C)",
        parameters("income_tax_terms", "family_terms")
    )]
    TaxableIncome {
        /// Adjusted gross income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// Standard deduction.
        #[argument(unit = "USD")]
        standard: Decimal,
        /// Deduction for seniors.
        #[argument(unit = "USD")]
        senior: Decimal,
        /// Taxable income.
        #[argument(unit = "USD")]
        taxable: Decimal,
    },
    /// The rate schedule gives {base_tax} on {over}, and {rate} % of the rest of {taxable}: {tax}.
    #[step(citation = "26 U.S.C. s. 1 (j)", parameters("income_tax_brackets"))]
    IncomeTaxBracket {
        /// Taxable income.
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
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Credits for children and dependents of {full}, {credit} at this income: {against_tax} comes off the tax, {refunded} is refunded.
    #[step(citation = "26 U.S.C. s. 24", parameters("family_terms", "income_tax_terms"))]
    ChildTaxCredit {
        /// Credits in full.
        #[argument(unit = "USD")]
        full: Decimal,
        /// At this income.
        #[argument(unit = "USD")]
        credit: Decimal,
        /// Off the tax.
        #[argument(unit = "USD")]
        against_tax: Decimal,
        /// Refunded.
        #[argument(unit = "USD")]
        refunded: Decimal,
    },
    /// The earned income credit on earnings of {income} is {credit}.
    #[step(citation = "26 U.S.C. s. 32", parameters("earned_income_credits", "family_terms"))]
    EarnedIncomeCredit {
        /// Earned income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// The credit.
        #[argument(unit = "USD")]
        credit: Decimal,
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
