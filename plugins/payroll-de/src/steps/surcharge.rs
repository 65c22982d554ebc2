//! Sentences of solidarity surcharge and church tax.

use stele_sdk::prelude::*;

/// Steps of the surcharges on the wage tax.
#[derive(Steps, Clone, Debug)]
pub enum SurchargeStep {
    /// Church tax of the year: {rate} % of {base}, cut to whole cents and within the limit of the state, is {of_year}; {withheld} was withheld in the earlier months: {amount} now (refunded if negative).
    #[step(citation = "EStG § 42b, § 51a", parameters("church_taxes", "church_tax_caps"))]
    ChurchTaxOfYear {
        /// Base of the year.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax of the year.
        #[argument(unit = "EUR/year")]
        of_year: Decimal,
        /// Withheld before.
        #[argument(unit = "EUR")]
        withheld: Decimal,
        /// Now.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Church tax of a day: {rate} % of {base}, cut to whole cents and within the limit of the state, is {of_a_day}; for {days} days {amount}.
    #[step(
        citation = "EStG § 51a; R 39b.5 Abs. 2 LStR",
        parameters("church_taxes", "church_tax_caps")
    )]
    ChurchTaxOfDays {
        /// Base of a day.
        #[argument(unit = "EUR")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax of a day.
        #[argument(unit = "EUR")]
        of_a_day: Decimal,
        /// Calendar days.
        days: i64,
        /// Of the days.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Benefits from equity that are not taxed yet change the tax of the year from {without} to
    /// {with}, with a factor of {factor} and cut to whole euros by {reduction}: {before} less
    /// {rate} % of {reduction}, cut to whole cents and not less than 0, is {amount}.
    #[step(citation = "EStG § 19a; Programmablaufplan, STSMIN", parameters("solidarity_rate"))]
    SurchargeLoweredByEquity {
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
        /// Surcharge before.
        #[argument(unit = "EUR")]
        before: Decimal,
        /// Rate of the surcharge.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surcharge after.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// For surcharges on the tax, allowances for children of {children} count as well; they leave
    /// an income of {income}.
    #[step(citation = "EStG § 51a Abs. 2a; SolZG § 3 Abs. 2a", parameters("schedules"))]
    WithChildAllowances {
        /// Allowances for children.
        #[argument(unit = "EUR/year")]
        children: Decimal,
        /// Taxable income with them.
        #[argument(unit = "EUR/year")]
        income: Decimal,
    },
    /// No allowances for children count: surcharges are computed on the wage tax of the year,
    /// {tax}.
    #[step(citation = "EStG § 51a; SolZG § 3")]
    WithoutChildAllowances {
        /// Tax of the year.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Solidarity surcharge of the year: {base} exceeds the exemption of {exemption}. {rate} % of
    /// it is {full}; at most {sliding_rate} % of what exceeds the exemption, {sliding}, is due. The
    /// lower amount counts: {yearly}.
    #[step(
        citation = "SolZG § 3 Abs. 3, § 4",
        parameters("schedules", "solidarity_rate", "solidarity_sliding_rate")
    )]
    Solidarity {
        /// Tax of the year.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Exemption.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surcharge by the rate.
        #[argument(unit = "EUR/year")]
        full: Decimal,
        /// Rate on what exceeds the exemption.
        #[argument(unit = "percent")]
        sliding_rate: Decimal,
        /// Highest surcharge.
        #[argument(unit = "EUR/year")]
        sliding: Decimal,
        /// Surcharge of the year.
        #[argument(unit = "EUR/year")]
        yearly: Decimal,
    },
    /// Solidarity surcharge: the tax of the year with the one-off payments, {base}, exceeds the
    /// exemption of {exemption}, so {rate} % of {tax} are due, cut to whole cents: {amount}.
    #[step(citation = "SolZG § 3 Abs. 4a, § 4", parameters("schedules", "solidarity_rate"))]
    SolidarityOnTop {
        /// Tax of the year with the one-off payments.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Exemption.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax that bears the surcharge.
        #[argument(unit = "EUR")]
        tax: Decimal,
        /// Surcharge.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Solidarity surcharge: the tax of the year on the current wages, {current}, and the {tax}
    /// exceed together the exemption of {exemption}, so {rate} % of {tax} are due, cut to whole
    /// cents: {amount}.
    #[step(citation = "SolZG § 3 Abs. 4a, § 4", parameters("schedules", "solidarity_rate"))]
    SolidarityOnSeveralYears {
        /// Tax of the year on the current wages.
        #[argument(unit = "EUR/year")]
        current: Decimal,
        /// Tax on the pay for several years.
        #[argument(unit = "EUR")]
        tax: Decimal,
        /// Exemption.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surcharge.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// The base of church tax is the wage tax on this payment, {tax}.
    #[step(citation = "EStG § 51a Abs. 2")]
    TaxAsBase {
        /// Tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
    },
    /// Church tax: {rate} % of the base of {base}, cut to whole cents, is {amount}.
    #[step(citation = "EStG § 51a; church tax acts of the states", parameters("church_taxes"))]
    ChurchTax {
        /// Base.
        #[argument(unit = "EUR")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Church tax: {rate} % of the base of {base} would be {uncapped}. The state limits it to {cap}
    /// % of the taxable income of {income}, which is {yearly} a year; {part} of that, cut to whole
    /// cents, is {amount}.
    #[step(
        citation = "EStG § 51a; church tax acts of the states",
        parameters("church_taxes", "church_tax_caps")
    )]
    ChurchTaxCapped {
        /// Base.
        #[argument(unit = "EUR")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax without a limit.
        #[argument(unit = "EUR")]
        uncapped: Decimal,
        /// Limit.
        #[argument(unit = "percent")]
        cap: Decimal,
        /// Taxable income, with child allowances.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Limit in the year.
        #[argument(unit = "EUR/year")]
        yearly: Decimal,
        /// Part of the year.
        part: String,
        /// Church tax.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Church tax: {rate} % of the base of {base} would be {uncapped}. The state limits it to {cap}
    /// % of the taxable income of {income} with the one-off payments, less {before} that fall to
    /// the wages of the year without them; cut to whole cents this leaves {amount}.
    #[step(
        citation = "EStG § 51a; church tax acts of the states",
        parameters("church_taxes", "church_tax_caps")
    )]
    OneOffChurchTaxCapped {
        /// Base.
        #[argument(unit = "EUR")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax without a limit.
        #[argument(unit = "EUR")]
        uncapped: Decimal,
        /// Limit.
        #[argument(unit = "percent")]
        cap: Decimal,
        /// Taxable income with one-off payments.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Church tax of the year without them.
        #[argument(unit = "EUR/year")]
        before: Decimal,
        /// Church tax.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
}
