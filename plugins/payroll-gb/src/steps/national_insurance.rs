//! Sentences about National Insurance.

use stele_sdk::prelude::*;

/// National Insurance.
#[derive(Steps, Clone, Debug)]
pub enum NiStep {
    /// Your earnings of {earnings} reach the lower earnings limit of {lower}: {to_lower} lies up to it, {to_primary} above it up to the primary threshold of {primary}, {to_upper} above that up to the upper earnings limit of {upper}.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, ss. 6A and 8",
        parameters("ni_thresholds")
    )]
    NiBands {
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Lower earnings limit.
        #[argument(unit = "GBP")]
        lower: Decimal,
        /// Earnings up to it.
        #[argument(unit = "GBP")]
        to_lower: Decimal,
        /// Earnings above it up to the primary threshold.
        #[argument(unit = "GBP")]
        to_primary: Decimal,
        /// Primary threshold.
        #[argument(unit = "GBP")]
        primary: Decimal,
        /// Earnings above that up to the upper earnings limit.
        #[argument(unit = "GBP")]
        to_upper: Decimal,
        /// Upper earnings limit.
        #[argument(unit = "GBP")]
        upper: Decimal,
    },
    /// In this earnings period {earlier} was paid before and {now} is paid now: {total} are assessed together.
    #[step(citation = "Social Security (Contributions) Regulations 2001, regs. 3, 14 and 15")]
    PeriodEarnings {
        /// Paid before in the period.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Paid now.
        #[argument(unit = "GBP")]
        now: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Director: earnings of {earlier} before and {now} now make {total} for the year so far.
    #[step(citation = "Social Security (Contributions) Regulations 2001, reg. 8")]
    DirectorEarnings {
        /// Earnings before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Earnings now.
        #[argument(unit = "GBP")]
        now: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Your National Insurance, category {category}: {main_rate} % of the {main} between {threshold} and {limit} is {of_main}, {additional_rate} % of the {additional} above is {of_additional}, together {amount}; each to the nearest penny by its third decimal alone, 5 and below left out.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, s. 8; Social Security (Contributions) Regulations 2001, reg. 12 (1)",
        parameters("ni_rates", "ni_thresholds")
    )]
    EmployeeNi {
        /// Category letter.
        category: &'static str,
        /// Earnings in the main band.
        #[argument(unit = "GBP")]
        main: Decimal,
        /// Primary threshold.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Main rate.
        #[argument(unit = "percent")]
        main_rate: Decimal,
        /// What it yields.
        #[argument(unit = "GBP")]
        of_main: Decimal,
        /// Earnings above.
        #[argument(unit = "GBP")]
        additional: Decimal,
        /// Upper earnings limit.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Additional rate.
        #[argument(unit = "percent")]
        additional_rate: Decimal,
        /// What it yields.
        #[argument(unit = "GBP")]
        of_additional: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your employer's National Insurance, category {category}: {rate} % of the {base} above {threshold} is {amount} to the nearest penny by its third decimal alone, 5 and below left out.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, ss. 9 to 9B; Social Security (Contributions) Regulations 2001, reg. 12 (1)",
        parameters("ni_rates", "ni_thresholds")
    )]
    EmployerNi {
        /// Category letter.
        category: &'static str,
        /// Earnings above the threshold.
        #[argument(unit = "GBP")]
        base: Decimal,
        /// Threshold.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// {due} for the earnings period less {earlier} paid before is {now} (refunded if negative).
    #[step(citation = "Social Security (Contributions) Regulations 2001, regs. 3, 14 and 15")]
    PeriodPaid {
        /// Contributions on all earnings of the period.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Paid before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Contribution of this payment.
        #[argument(unit = "GBP")]
        now: Decimal,
    },
    /// Class 1A on the taxed part of the termination award: {rate} % of {taxable} is {amount}; the employer pays it, you pay nothing.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, s. 10 (1A) to (5)",
        parameters("class_1a_rate")
    )]
    ClassOneA {
        /// What is taxed of the award.
        #[argument(unit = "GBP")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// {due} for the year so far less {earlier} paid before is {now} (refunded if negative).
    #[step(citation = "Social Security (Contributions) Regulations 2001, reg. 8")]
    DirectorPaid {
        /// Contributions of the year so far.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Paid before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Contribution of this payment.
        #[argument(unit = "GBP")]
        now: Decimal,
    },
}
