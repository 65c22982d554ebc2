//! How each line came about, in sentences that the employee can follow with a calculator.

use stele_sdk::prelude::*;

/// Steps of the explanation. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Wages of the year: {wages} less reliefs of {reliefs} and an allowance of {allowance}, plus
    /// an addition of {addition}, leaves {reduced}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 2 bis 4",
        parameters("pension_reliefs", "age_reliefs")
    )]
    AnnualWages {
        /// Wages projected to the year.
        #[argument(unit = "EUR/year")]
        wages: Decimal,
        /// Reliefs on pensions and for old age.
        #[argument(unit = "EUR/year")]
        reliefs: Decimal,
        /// Allowance projected to the year.
        #[argument(unit = "EUR/year")]
        allowance: Decimal,
        /// Addition projected to the year.
        #[argument(unit = "EUR/year")]
        addition: Decimal,
        /// Wages after them.
        #[argument(unit = "EUR/year")]
        reduced: Decimal,
    },
    /// Taxable income: {reduced} less fixed allowances of {allowances} and a provision allowance of
    /// {provision} is {income}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5",
        parameters(
            "employee_allowance",
            "special_expenses_allowance",
            "single_parent_relief",
            "contribution_years"
        )
    )]
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
    /// Tax of the year in class {class} on {income}, with a factor of {factor}: {tax}. The period
    /// takes its part of it.
    #[step(citation = "EStG § 39b Abs. 2 Satz 6 bis 9, § 32a", parameters("schedules"))]
    AnnualTax {
        /// Tax class.
        class: String,
        /// Taxable income.
        #[argument(unit = "EUR/year")]
        income: Decimal,
        /// Factor.
        factor: Decimal,
        /// Tax of the year.
        #[argument(unit = "EUR/year")]
        tax: Decimal,
    },
    /// Church tax: {rate} % of the base of {base}, with the limit of the state, is {amount}.
    #[step(
        citation = "EStG § 51a; church tax acts of the states",
        parameters("church_taxes", "church_tax_caps")
    )]
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
    /// Flat tax: {rate} % of {pay} is {tax}, paid by the employer.
    #[step(citation = "EStG § 40a Abs. 2", parameters("mini_job_tax_rate"))]
    FlatTax {
        /// Pay.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
    },
    /// Transition zone: contributions are computed on {whole}, your share of them on {employee}.
    #[step(citation = "SGB IV § 20 Abs. 2a", parameters("contribution_years"))]
    TransitionZone {
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        employee: Decimal,
    },
    /// The one-off payment of {amount} exceeds what the ceiling leaves this year: it belongs to
    /// December {year}, where {pension} count for pension and {health} for health insurance.
    #[step(citation = "SGB IV § 23a Abs. 4", parameters("contribution_years"))]
    MarchClause {
        /// One-off payment.
        #[argument(unit = "EUR")]
        amount: Decimal,
        /// Year before.
        year: i64,
        /// Part that counts for pension insurance.
        #[argument(unit = "EUR")]
        pension: Decimal,
        /// Part that counts for health insurance.
        #[argument(unit = "EUR")]
        health: Decimal,
    },
    /// Pension insurance: on {base} at half of the rate, {rate} %, you pay {employee}, the employer
    /// {employer}.
    #[step(citation = "SGB VI § 168, § 172", parameters("contribution_years"))]
    Pension {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Unemployment insurance: on {base} at half of the rate, {rate} %, you pay {employee}, the
    /// employer {employer}.
    #[step(citation = "SGB III § 346", parameters("contribution_years"))]
    Unemployment {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Health insurance: on {base} at half of the rate, {rate} %, you pay {employee}, the employer
    /// {employer}.
    #[step(citation = "SGB V § 249", parameters("contribution_years"))]
    Health {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Additional contribution to health insurance: on {base} at half of the rate, {rate} %, you
    /// pay {employee}, the employer {employer}.
    #[step(citation = "SGB V § 242, § 249", parameters("contribution_years"))]
    HealthAdditional {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Care insurance: on {base} at your share of {rate} %, changed by {change} for childlessness
    /// or children, you pay {employee}, the employer {employer}.
    #[step(citation = "SGB XI § 55, § 58", parameters("contribution_years"))]
    Care {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Employee's rate before surcharge and discounts.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surcharge, or discount as a negative amount.
        #[argument(unit = "EUR")]
        change: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Mini-job: the employer pays {rate} % of {pay} to health insurance, {employer}.
    #[step(
        citation = "SGB V § 249b",
        parameters("mini_job_health_rate", "mini_job_household_rate")
    )]
    MiniJobHealth {
        /// Pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Flat rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Flat contribution.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Mini-job: the employer pays {rate} % of {pay} to pension insurance, {employer}; you add
    /// {employee}.
    #[step(
        citation = "SGB VI § 168 Abs. 1 Nr. 1b, § 172 Abs. 3",
        parameters("mini_job_pension_rate", "mini_job_household_rate", "mini_job_least_base")
    )]
    MiniJobPension {
        /// Pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Flat rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Flat contribution.
        #[argument(unit = "EUR")]
        employer: Decimal,
        /// Employee's part.
        #[argument(unit = "EUR")]
        employee: Decimal,
    },
    /// Levy: the employer pays {rate} % of {base}, {amount}.
    #[step(citation = "AAG § 7; SGB III § 358", parameters("contribution_years"))]
    Levy {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Levy.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Net pay: {earned} less taxes of {taxes} and contributions of {contributions} is {net}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    NetPay {
        /// Earnings.
        #[argument(unit = "EUR")]
        earned: Decimal,
        /// Taxes.
        #[argument(unit = "EUR")]
        taxes: Decimal,
        /// Employee's contributions.
        #[argument(unit = "EUR")]
        contributions: Decimal,
        /// Net pay.
        #[argument(unit = "EUR")]
        net: Decimal,
    },
    /// Paid out: net pay of {net}, plus a subsidy of {subsidy}, less benefits in kind of {in_kind},
    /// is {payout}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    Payout {
        /// Net pay.
        #[argument(unit = "EUR")]
        net: Decimal,
        /// Subsidy to private insurance.
        #[argument(unit = "EUR")]
        subsidy: Decimal,
        /// Benefits in kind.
        #[argument(unit = "EUR")]
        in_kind: Decimal,
        /// Paid out.
        #[argument(unit = "EUR")]
        payout: Decimal,
    },
    /// Employer cost: {earned} plus contributions, levies, subsidy and flat tax of {employer} is
    /// {cost}.
    EmployerCost {
        /// Earnings.
        #[argument(unit = "EUR")]
        earned: Decimal,
        /// What the employer adds.
        #[argument(unit = "EUR")]
        employer: Decimal,
        /// Employer cost.
        #[argument(unit = "EUR")]
        cost: Decimal,
    },
}
