//! Sentences of the tax on an income, and of the provision allowance.

use stele_sdk::prelude::*;

/// Steps of the tax on an income and of the provision allowance.
#[derive(Steps, Clone, Debug)]
pub enum TariffStep {
    /// Provision allowance for pension insurance: {rate} % of {base}, cut to whole cents, is
    /// {amount}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstabe a",
        parameters("contribution_years")
    )]
    ProvisionPension {
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages of the year, up to the ceiling.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Allowance.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Provision allowance for health and care insurance: {health_rate} % and {care_rate} % of
    /// {base}, cut to whole cents, are {amount}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstaben b und c",
        parameters("contribution_years")
    )]
    ProvisionHealth {
        /// Half of the reduced rate and of the additional rate.
        #[argument(unit = "percent")]
        health_rate: Decimal,
        /// Employee's rate of care insurance.
        #[argument(unit = "percent")]
        care_rate: Decimal,
        /// Wages of the year, up to the ceiling.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Allowance.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Provision allowance for private insurance: 12 × ({premium} − {subsidy}), but not less than
    /// 0, is {amount}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstabe d")]
    ProvisionPrivate {
        /// Premium of a month.
        #[argument(unit = "EUR/month")]
        premium: Decimal,
        /// Employer's subsidy of a month.
        #[argument(unit = "EUR/month")]
        subsidy: Decimal,
        /// Allowance.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Provision allowance for private insurance: 12 × {premium} less the employer's {rate} % of
    /// {base}, cut to whole cents, is {amount}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstabe d (2025)",
        parameters("contribution_years")
    )]
    ProvisionPrivateLessEmployer {
        /// Premium of a month.
        #[argument(unit = "EUR/month")]
        premium: Decimal,
        /// Employer's rates of health and care insurance.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages of the year, up to the ceiling.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Allowance; negative where the employer's part is larger.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// In class {class}, premiums for private insurance do not count for the provision allowance.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3")]
    ProvisionWithoutPrivate {
        /// Tax class.
        class: String,
    },
    /// The least provision for health and care insurance is {rate} % of {base}, cut to whole cents,
    /// at most {limit}: {amount}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 (2025)",
        parameters("least_provision_rate", "provision_limit", "provision_limit_class_three")
    )]
    LeastProvision {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages of the year, up to the ceiling.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Limit.
        #[argument(unit = "EUR/year")]
        limit: Decimal,
        /// Least provision.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Provision allowance: {pension} for pension insurance and the higher of {health} and {least}
    /// for health and care insurance, rounded up to whole euros: {total}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 (2025)")]
    ProvisionUntil2025 {
        /// Pension insurance.
        #[argument(unit = "EUR/year")]
        pension: Decimal,
        /// Health and care insurance.
        #[argument(unit = "EUR/year")]
        health: Decimal,
        /// Least provision.
        #[argument(unit = "EUR/year")]
        least: Decimal,
        /// Provision allowance.
        #[argument(unit = "EUR/year")]
        total: Decimal,
    },
    /// Provision allowance: {pension} for pension insurance and {health} for health and care
    /// insurance, rounded up to whole euros: {total}.
    #[step(citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3")]
    Provision {
        /// Pension insurance.
        #[argument(unit = "EUR/year")]
        pension: Decimal,
        /// Health and care insurance.
        #[argument(unit = "EUR/year")]
        health: Decimal,
        /// Together.
        #[argument(unit = "EUR/year")]
        total: Decimal,
    },
    /// With unemployment insurance, {rate} % of {base} = {unemployment}: {unemployment} and
    /// {health}, at most {limit}, plus {pension}, rounded up to whole euros, are {with}. The higher
    /// provision allowance counts: {total}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3 Buchstabe e",
        parameters("contribution_years", "provision_limit")
    )]
    ProvisionWithUnemployment {
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages of the year, up to the ceiling.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Unemployment insurance.
        #[argument(unit = "EUR/year")]
        unemployment: Decimal,
        /// Health and care insurance.
        #[argument(unit = "EUR/year")]
        health: Decimal,
        /// Limit of both.
        #[argument(unit = "EUR/year")]
        limit: Decimal,
        /// Pension insurance.
        #[argument(unit = "EUR/year")]
        pension: Decimal,
        /// With unemployment insurance.
        #[argument(unit = "EUR/year")]
        with: Decimal,
        /// Provision allowance.
        #[argument(unit = "EUR/year")]
        total: Decimal,
    },
    /// Splitting for spouses: the tax on half of {income}, cut to whole euros, {half}, is doubled.
    #[step(citation = "EStG § 32a Abs. 5")]
    Halved {
        /// Taxable income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Half of it.
        #[argument(unit = "EUR/year")]
        half: Decimal,
    },
    /// Schedule: {income} does not exceed the basic allowance of {basic}, so the tax is {tax}.
    #[step(citation = "EStG § 32a Abs. 1 Nr. 1", parameters("schedules"))]
    BelowBasicAllowance {
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Basic allowance.
        #[argument(unit = "EUR/year")]
        basic: Decimal,
        /// Nothing.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Schedule on {income} in whole euros: y = ({income} − {basic}) ÷ 10000 = {y}; ({square} × y +
    /// {linear}) × y, cut to whole euros, is {tax}.
    #[step(citation = "EStG § 32a Abs. 1 Nr. 2", parameters("schedules"))]
    ZoneTwo {
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Basic allowance.
        #[argument(unit = "EUR/year")]
        basic: Decimal,
        /// Ten-thousandths above the basic allowance.
        y: Decimal,
        /// Factor of y².
        square: Decimal,
        /// Factor of y.
        linear: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Schedule on {income} in whole euros: z = ({income} − {end}) ÷ 10000 = {z}; ({square} × z +
    /// {linear}) × z + {start}, cut to whole euros, is {tax}.
    #[step(citation = "EStG § 32a Abs. 1 Nr. 3", parameters("schedules"))]
    ZoneThree {
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// End of zone 2.
        #[argument(unit = "EUR/year")]
        end: Decimal,
        /// Ten-thousandths above it.
        z: Decimal,
        /// Factor of z².
        square: Decimal,
        /// Factor of z.
        linear: Decimal,
        /// Tax at the beginning of zone 3.
        #[argument(unit = "EUR/year")]
        start: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Schedule on {income} in whole euros: {rate} % of it less {deduction}, cut to whole euros, is
    /// {tax}.
    #[step(citation = "EStG § 32a Abs. 1 Nr. 4 und 5", parameters("schedules"))]
    ZoneOfRate {
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// What is taken off.
        #[argument(unit = "EUR/year")]
        deduction: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Classes V and VI: {upper_multiple} times {income}, cut down, is {upper} and bears
    /// {upper_tax} by the schedule, {lower_multiple} times is {lower} and bears {lower_tax}. Twice
    /// the difference, at least {least_rate} % of {income} cut to whole euros, {least}, is {tax}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 7",
        parameters(
            "schedules",
            "class_five_lowest_rate",
            "class_five_upper_multiple",
            "class_five_lower_multiple"
        )
    )]
    ClassesFiveAndSix {
        /// Upper multiple.
        upper_multiple: Decimal,
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Upper multiple of it.
        #[argument(unit = "EUR/year")]
        upper: Decimal,
        /// Tax on that.
        #[argument(unit = "EUR/year")]
        upper_tax: Decimal,
        /// Lower multiple.
        lower_multiple: Decimal,
        /// Lower multiple of the income.
        #[argument(unit = "EUR/year")]
        lower: Decimal,
        /// Tax on that.
        #[argument(unit = "EUR/year")]
        lower_tax: Decimal,
        /// Lowest rate.
        #[argument(unit = "percent")]
        least_rate: Decimal,
        /// Least tax.
        #[argument(unit = "EUR/year")]
        least: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Above {limit}, whose tax is {tax_of_limit}, no more than {rate} % of what {income} exceeds
    /// it is added; cut to whole euros that is {highest}. The lower amount counts: {tax}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 7",
        parameters(
            "schedules",
            "class_five_lowest_rate",
            "class_five_upper_multiple",
            "class_five_lower_multiple"
        )
    )]
    ClassesFiveAndSixAtMost {
        /// First limit.
        #[argument(unit = "EUR/year")]
        limit: Decimal,
        /// Tax on it.
        #[argument(unit = "EUR/year")]
        tax_of_limit: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Highest tax.
        #[argument(unit = "EUR/year")]
        highest: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// On top of the tax on {limit}, {tax_of_limit}, {rate} % of what {income} exceeds it are
    /// added, cut to whole euros: {tax}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 7",
        parameters(
            "schedules",
            "class_five_lowest_rate",
            "class_five_upper_multiple",
            "class_five_lower_multiple"
        )
    )]
    ClassesFiveAndSixAbove {
        /// Limit.
        #[argument(unit = "EUR/year")]
        limit: Decimal,
        /// Tax on it.
        #[argument(unit = "EUR/year")]
        tax_of_limit: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Income in whole euros.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Tax.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
}
