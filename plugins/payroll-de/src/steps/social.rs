//! Sentences of contributions and levies.

use stele_sdk::prelude::*;

/// Steps of contributions and levies.
#[derive(Steps, Clone, Debug)]
pub enum SocialStep {
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
    /// Care insurance: on {base} you pay {employee_rate} %, {employee}, and the employer
    /// {employer_rate} %, {employer}.
    #[step(citation = "SGB XI § 55, § 58", parameters("contribution_years"))]
    Care {
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Employee's rate, with surcharge or after discounts.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// As you have no children, you alone pay a surcharge of {rate} % of {base}, {surcharge}; with
    /// it your share is {employee}.
    #[step(citation = "SGB XI § 55 Abs. 3, § 58", parameters("contribution_years"))]
    CareSurcharge {
        /// Rate of the surcharge.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Surcharge.
        #[argument(unit = "EUR")]
        surcharge: Decimal,
        /// Employee's share with it.
        #[argument(unit = "EUR")]
        employee: Decimal,
    },
    /// Your rate of care insurance: {share} % and, as you have no children, the surcharge of {surcharge} % are {rate} %, rounded once.
    #[step(
        citation = "SGB XI § 55 Abs. 3, § 58; Beitragsverfahrensverordnung § 2 Abs. 1",
        parameters("contribution_years")
    )]
    CareRateOfChildless {
        /// Share of the rate.
        #[argument(unit = "percent")]
        share: Decimal,
        /// Surcharge.
        #[argument(unit = "percent")]
        surcharge: Decimal,
        /// Together.
        #[argument(unit = "percent")]
        rate: Decimal,
    },
    /// Your rate of care insurance: {share} % less {discount} % for {children} children from the second to the fifth is {rate} %, rounded once.
    #[step(
        citation = "SGB XI § 55 Abs. 3, § 58; Beitragsverfahrensverordnung § 2 Abs. 1",
        parameters("contribution_years")
    )]
    CareRateOfChildren {
        /// Share of the rate.
        #[argument(unit = "percent")]
        share: Decimal,
        /// Number of discounts.
        children: i64,
        /// Their rate together.
        #[argument(unit = "percent")]
        discount: Decimal,
        /// What is left.
        #[argument(unit = "percent")]
        rate: Decimal,
    },
    /// In the transition zone the discounts leave the employer's share of {employer} as it is; you pay {rate} % of {reduced}, {employee}.
    #[step(citation = "SGB XI § 55 Abs. 3; SGB IV § 20 Abs. 2a", parameters("contribution_years"))]
    CareDiscountInTransitionZone {
        /// Rate after discounts.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        reduced: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Transition zone: {rate} % of {whole}, rounded and doubled, make the whole contribution of
    /// {total}. You pay {employee_rate} % of {reduced}, {employee}; the employer pays the rest,
    /// {employer}.
    #[step(
        citation = "SGB IV § 20 Abs. 2a; Beitragsverfahrensverordnung § 2 Abs. 2",
        parameters("contribution_years")
    )]
    SharesInTransitionZone {
        /// Half of the rates together.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Whole contribution.
        #[argument(unit = "EUR")]
        total: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        reduced: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Low pay of an apprentice: on {low} the employer bears both shares, {employee_rate} % and
    /// {employer_rate} %; on {beyond} you pay {employee_rate} % and the employer {employer_rate} %.
    /// Each part rounded to the cent, together you pay {employee}, the employer {employer}.
    #[step(citation = "SGB IV § 20 Abs. 3", parameters("contribution_years"))]
    SharesOfLowPay {
        /// What the employer bears alone.
        #[argument(unit = "EUR/month")]
        low: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// What is shared.
        #[argument(unit = "EUR/month")]
        beyond: Decimal,
        /// Employee's share.
        #[argument(unit = "EUR")]
        employee: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// You are free of contributions in this branch; the employer pays half of the rate, {rate} %
    /// of {base}, {employer}.
    #[step(
        citation = "SGB VI § 172 Abs. 1; SGB III § 346 Abs. 3",
        parameters("contribution_years")
    )]
    EmployerHalf {
        /// Half of the rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Employer's share.
        #[argument(unit = "EUR")]
        employer: Decimal,
    },
    /// Short-time work: the employer alone pays the whole rate of {rate} % of {base}, {amount}.
    #[step(
        citation = "SGB V § 249 Abs. 2; SGB VI § 168 Abs. 1 Nr. 1a; SGB XI § 58 Abs. 1",
        parameters("contribution_years")
    )]
    OfLostPay {
        /// Lost pay that counts.
        #[argument(unit = "EUR/month")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Contribution.
        #[argument(unit = "EUR")]
        amount: Decimal,
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
    /// Mini-job: the employer pays {rate} % of {pay} to pension insurance, {employer}.
    #[step(
        citation = "SGB VI § 168 Abs. 1 Nr. 1b, § 172 Abs. 3",
        parameters("mini_job_pension_rate", "mini_job_household_rate")
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
    },
    /// You add what is missing to the full rate of {full_rate} %: {rate} % of {pay}, {employee}.
    #[step(
        citation = "SGB VI § 168 Abs. 1 Nr. 1b und 1c",
        parameters("contribution_years", "mini_job_pension_rate", "mini_job_household_rate")
    )]
    MiniJobTopUp {
        /// Full rate.
        #[argument(unit = "percent")]
        full_rate: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Employee's part.
        #[argument(unit = "EUR")]
        employee: Decimal,
    },
    /// The full contribution is due on {least} at the least, the base for {days} days: {full_rate}
    /// % of it is {whole}. Less the employer's {employer} you add {employee}.
    #[step(
        citation = "SGB VI § 163 Abs. 8; Beitragsverfahrensverordnung § 2 Abs. 1 Satz 5",
        parameters("contribution_years", "mini_job_least_base")
    )]
    MiniJobLeastBase {
        /// Least base for these days.
        #[argument(unit = "EUR/month")]
        least: Decimal,
        /// Insured days.
        days: i64,
        /// Full rate.
        #[argument(unit = "percent")]
        full_rate: Decimal,
        /// Full contribution on it.
        #[argument(unit = "EUR")]
        whole: Decimal,
        /// Flat contribution.
        #[argument(unit = "EUR")]
        employer: Decimal,
        /// Employee's part.
        #[argument(unit = "EUR")]
        employee: Decimal,
    },
    /// A one-off payment bears no levy for sick pay or maternity: of the base of {whole}, the part
    /// of the current pay, {current} of {pay}, counts: {whole} × {current} ÷ {pay} = {base}.
    #[step(citation = "AAG § 7 Abs. 2", parameters("contribution_years"))]
    LevyBaseInTransitionZone {
        /// Base in the transition zone.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Current pay.
        #[argument(unit = "EUR/month")]
        current: Decimal,
        /// Pay with the one-off payment.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Base of the levies.
        #[argument(unit = "EUR/month")]
        base: Decimal,
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
}
