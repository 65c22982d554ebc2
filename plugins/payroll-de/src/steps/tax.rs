//! Sentences of wage tax, and of what the flow chart yields beside it.

use stele_sdk::prelude::*;

/// Steps of wage tax.
#[derive(Steps, Clone, Debug)]
pub enum TaxStep {
    /// The pay period is {part} of the year: wages of {pay} projected to the year, cut to whole
    /// cents, are {wages}; pensions, allowances and additions are projected alike.
    #[step(citation = "EStG § 39b Abs. 2 Satz 2")]
    Projected {
        /// Part of the year.
        part: String,
        /// Wages of the period.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Wages of the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
    },
    /// You were employed for a part of the month: {pay} for {days} days are {of_a_day} a day, cut to whole cents.
    #[step(citation = "R 39b.5 Abs. 2 LStR")]
    PayOfADay {
        /// Wages of the part.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Calendar days.
        days: i64,
        /// Wages of a day.
        #[argument(unit = "EUR")]
        of_a_day: Decimal,
    },
    /// Of the part of the month: {of_a_day} a day for {days} days, {amount}.
    #[step(citation = "R 39b.5 Abs. 2 LStR")]
    OfDays {
        /// Of a day.
        #[argument(unit = "EUR")]
        of_a_day: Decimal,
        /// Calendar days.
        days: i64,
        /// Of the days.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Annual adjustment: wages of {earlier} in the earlier months and {now} now are {wages} in the year.
    #[step(citation = "EStG § 42b Abs. 2")]
    WagesOfYear {
        /// Wages of the earlier months.
        #[argument(unit = "EUR")]
        earlier: Decimal,
        /// Wages now.
        #[argument(unit = "EUR")]
        now: Decimal,
        /// Wages of the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
    },
    /// Of {of_year} for the year, {withheld} was withheld in the earlier months: {amount} now (refunded if negative).
    #[step(citation = "EStG § 42b Abs. 3")]
    LessWithheld {
        /// Tax of the year.
        #[argument(unit = "EUR/year")]
        of_year: Decimal,
        /// Withheld before.
        #[argument(unit = "EUR")]
        withheld: Decimal,
        /// Now.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// The expected wages of the year without one-off payments are stated as {wages}.
    #[step(citation = "EStG § 39b Abs. 3 Satz 1")]
    ExpectedWages {
        /// Wages of the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
    },
    /// With the one-off payments the wages of the year are {expected} + {one_off} = {wages}.
    #[step(citation = "EStG § 39b Abs. 3 Satz 3")]
    WithOneOffPayments {
        /// Expected wages of the year.
        #[argument(unit = "EUR/year")]
        expected: Decimal,
        /// One-off payments.
        #[argument(unit = "EUR")]
        one_off: Decimal,
        /// Together.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
    },
    /// With the pay for several years the wages of the year are {others} + {pay} = {wages}.
    #[step(citation = "EStG § 39b Abs. 3 Satz 9")]
    WithPayForSeveralYears {
        /// Wages of the year, with one-off payments.
        #[argument(unit = "EUR/year")]
        others: Decimal,
        /// Pay for several years.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Together.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
    },
    /// For the provision allowance, benefits from equity that are not taxed yet count, compensation
    /// for lost income does not: {wages} + {equity} − {compensation} = {counted}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3, Abs. 3")]
    CountedForProvision {
        /// Wages of the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
        /// Benefits from equity that are not taxed yet.
        #[argument(unit = "EUR")]
        equity: Decimal,
        /// Compensation for lost income.
        #[argument(unit = "EUR/year")]
        compensation: Decimal,
        /// Wages for the provision allowance.
        #[argument(unit = "EUR/year")]
        counted: Decimal,
    },
    /// Wages of the year: {wages} less an exemption of pensions of {exemption}, a relief for old
    /// age of {age} and an allowance of {allowance}, plus an addition of {addition}, but not less
    /// than 0, leaves {reduced}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 2 bis 4",
        parameters("pension_reliefs", "age_reliefs")
    )]
    AnnualWages {
        /// Wages of the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
        /// Exempt part of a pension.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Relief for old age.
        #[argument(unit = "EUR/year")]
        age: Decimal,
        /// Allowance of the year.
        #[argument(unit = "EUR/year")]
        allowance: Decimal,
        /// Addition of the year.
        #[argument(unit = "EUR/year")]
        addition: Decimal,
        /// Wages after them.
        #[argument(unit = "EUR/year")]
        reduced: Decimal,
    },
    /// Taxable income: {reduced} less fixed allowances of {allowances} and a provision allowance of
    /// {provision} is {income}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5", parameters("contribution_years"))]
    TaxableIncome {
        /// Wages after reliefs.
        #[argument(unit = "EUR/year")]
        reduced: Decimal,
        /// Fixed allowances.
        #[argument(unit = "EUR/year")]
        allowances: Decimal,
        /// Provision allowance.
        #[argument(unit = "EUR/year")]
        provision: Decimal,
        /// Taxable income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
    },
    /// Taxable income: {reduced} less fixed allowances of {allowances} and a provision allowance of
    /// {provision} leaves less than 1 euro, which counts as 0.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5", parameters("contribution_years"))]
    NoTaxableIncome {
        /// Wages after reliefs.
        #[argument(unit = "EUR/year")]
        reduced: Decimal,
        /// Fixed allowances.
        #[argument(unit = "EUR/year")]
        allowances: Decimal,
        /// Provision allowance.
        #[argument(unit = "EUR/year")]
        provision: Decimal,
    },
    /// Tax of the year in class {class} on {income}: {tax}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 6 und 7, § 32a", parameters("schedules"))]
    AnnualTax {
        /// Tax class.
        class: String,
        /// Taxable income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Tax of the year.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Both spouses are in class IV: {tax} times the factor of {factor}, cut to whole euros, is
    /// {reduced}.
    #[step(citation = "EStG § 39f")]
    TimesFactor {
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
        /// Factor.
        factor: Decimal,
        /// Tax with the factor.
        #[argument(unit = "EUR/year")]
        reduced: Decimal,
    },
    /// Of {yearly} in the year, {part} falls to this pay period, cut to whole cents: {amount}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 9")]
    PartOfPeriod {
        /// Amount of the year.
        #[argument(unit = "EUR/year")]
        yearly: Decimal,
        /// Part of the year.
        part: String,
        /// Amount of the period.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Until November the same wages gave {before} a year by the schedule then in force; now they
    /// give {now}. December makes up for eleven months: {now} − 11 × ({before} − {now}), but not
    /// less than 0, is {yearly}.
    #[step(
        citation = "EStG § 52 Abs. 1; Programmablaufplan Dezember 2024, MLST1224",
        parameters("schedules")
    )]
    MadeUpInDecember {
        /// By the schedule until November.
        #[argument(unit = "EUR/year")]
        before: Decimal,
        /// By the schedule of the whole year.
        #[argument(unit = "EUR/year")]
        now: Decimal,
        /// What counts for December.
        #[argument(unit = "EUR/year")]
        yearly: Decimal,
    },
    /// Benefits from equity that are not taxed yet change the tax of the year from {without} to
    /// {with}, with a factor of {factor} and cut to whole euros by {reduction}: {before} less
    /// {reduction}, but not less than 0, is {amount}.
    #[step(citation = "EStG § 19a; Programmablaufplan, STSMIN")]
    LoweredByEquity {
        /// Tax of the year without them.
        #[argument(unit = "EUR/year")]
        without: Decimal,
        /// Tax of the year with them.
        #[argument(unit = "EUR/year")]
        with: Decimal,
        /// Factor, 1 where there is none.
        factor: Decimal,
        /// What the tax of the year is lower.
        #[argument(unit = "EUR")]
        reduction: Decimal,
        /// Amount before.
        #[argument(unit = "EUR")]
        before: Decimal,
        /// Amount after.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Wage tax on the one-off payments: {with} with them less {without} without them, times the
    /// factor of {factor}, cut to whole euros, is {tax}.
    #[step(citation = "EStG § 39b Abs. 3 Satz 5")]
    OneOffTax {
        /// Tax of the year with them.
        #[argument(unit = "EUR/year")]
        with: Decimal,
        /// Tax of the year without them.
        #[argument(unit = "EUR/year")]
        without: Decimal,
        /// Factor, 1 where there is none.
        factor: Decimal,
        /// Tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
    },
    /// Rule of one fifth: the other income of {income} bears a tax of {others}; with a fifth of the
    /// {pay} it is {raised}, which bears {tax_of_raised}. Five times the difference on top of
    /// {others} is {tax}.
    #[step(citation = "EStG § 34 Abs. 1, § 39b Abs. 3 Satz 9", parameters("schedules"))]
    ByFifths {
        /// Other income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Tax on it.
        #[argument(unit = "EUR/year")]
        others: Decimal,
        /// Pay for several years.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Income with a fifth of it.
        #[argument(unit = "EUR/year")]
        raised: Decimal,
        /// Tax on that.
        #[argument(unit = "EUR/year")]
        tax_of_raised: Decimal,
        /// Tax of the year by the rule.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Rule of one fifth: without the {pay} there is no income left to tax ({income}). A fifth of
    /// both together, {fifth}, bears {tax_of_fifth}; five times that is {tax}.
    #[step(citation = "EStG § 34 Abs. 1 Satz 3, § 39b Abs. 3 Satz 9", parameters("schedules"))]
    ByFifthsAlone {
        /// Pay for several years.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Other income, negative.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// A fifth of both.
        #[argument(unit = "EUR/year")]
        fifth: Decimal,
        /// Tax on it.
        #[argument(unit = "EUR/year")]
        tax_of_fifth: Decimal,
        /// Tax of the year by the rule.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Without the pay for several years the tax of the year is {before}. With it, it is
    /// {by_fifths} by the rule of one fifth and {whole} as a one-off payment; the lower one less
    /// {before}, but not less than 0, is {tax}.
    #[step(citation = "EStG § 39b Abs. 3 Satz 9 und 10")]
    MultiYearTax {
        /// Tax of the year without it.
        #[argument(unit = "EUR/year")]
        before: Decimal,
        /// Tax of the year by the rule of one fifth.
        #[argument(unit = "EUR/year")]
        by_fifths: Decimal,
        /// Tax of the year as a one-off payment.
        #[argument(unit = "EUR/year")]
        whole: Decimal,
        /// Tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
    },
    /// {income} exceeds the basic allowance of {basic} by {amount}.
    #[step(citation = "EStG § 32a Abs. 1; Programmablaufplan, WVFRB", parameters("schedules"))]
    AboveBasicAllowance {
        /// Taxable income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Basic allowance.
        #[argument(unit = "EUR/year")]
        basic: Decimal,
        /// What exceeds it.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Private health and care insurance counts with {premiums} a year, after the employer's part;
    /// the least provision is {least}. The higher one counts: {yearly}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstabe d, Abs. 4 (2025)",
        parameters(
            "least_provision_rate",
            "provision_limit",
            "provision_limit_class_three",
            "contribution_years"
        )
    )]
    PrivateInsurance {
        /// Premiums after the employer's part; negative where that is larger.
        #[argument(unit = "EUR/year")]
        premiums: Decimal,
        /// Least provision.
        #[argument(unit = "EUR/year")]
        least: Decimal,
        /// What counts in the year.
        #[argument(unit = "EUR/year")]
        yearly: Decimal,
    },
    /// Of private insurance {with} a year are recognised with the one-off payments and {without}
    /// without them: {with} − {without} = {amount}.
    #[step(citation = "Programmablaufplan, VKVSONST")]
    PrivateInsuranceOnTop {
        /// Recognised with one-off payments.
        #[argument(unit = "EUR/year")]
        with: Decimal,
        /// Recognised without them.
        #[argument(unit = "EUR/year")]
        without: Decimal,
        /// Difference.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
}
