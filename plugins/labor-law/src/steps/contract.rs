//! Sentences about wages, probation, and what is owed when employment ends.

use stele_sdk::prelude::*;

/// Steps about the contract.
#[derive(Steps, Clone, Debug)]
pub enum ContractStep {
    /// Service from {from} to {until}, {months} full months, counts as {years} years.
    #[step(citation = "Labor Contract Law, art. 47", parameters("severance_counts_from"))]
    SeveranceYears {
        /// First day that counts.
        from: Date,
        /// Last day.
        until: Date,
        /// Full months.
        months: i64,
        /// Years, in halves.
        #[argument(unit = "years")]
        years: Decimal,
    },
    /// The wage of {wage} is above {times} times the local average of {average}: {limit} counts,
    /// and {counted} of the {years} years.
    #[step(
        citation = "Labor Contract Law, art. 47",
        parameters("severance_wage_cap", "severance_years_cap", "average_wages")
    )]
    SeveranceCap {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// How many times the average.
        times: Decimal,
        /// Local average.
        #[argument(unit = "currency/month")]
        average: Decimal,
        /// What counts.
        #[argument(unit = "currency/month")]
        limit: Decimal,
        /// Years of service.
        #[argument(unit = "years")]
        years: Decimal,
        /// Years that count.
        #[argument(unit = "years")]
        counted: Decimal,
    },
    /// Severance: {wage} a month × {years} years × {times}, as the ground gives, = {amount}.
    #[step(citation = "Labor Contract Law, arts. 46, 47 and 87", parameters("severance"))]
    Severance {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Years that count.
        #[argument(unit = "years")]
        years: Decimal,
        /// 1, 2 for an end against the law, 0 where the ground gives none.
        times: Decimal,
        /// Severance.
        #[argument(unit = "currency")]
        amount: Decimal,
    },
    /// Notice was not given: the wage of a month, {wage}, is paid instead.
    #[step(citation = "Labor Contract Law, art. 40; its Implementing Regulations, art. 20")]
    PayInLieuOfNotice {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
    },
    /// The minimum wage is {monthly} a month and {hourly} an hour.
    #[step(citation = "Provisions on Minimum Wages, art. 5", parameters("minimum_wages"))]
    MinimumWage {
        /// For a month of full-time work.
        #[argument(unit = "currency/month")]
        monthly: Decimal,
        /// For an hour of part-time work.
        #[argument(unit = "currency/hour")]
        hourly: Decimal,
    },
    /// A contract of this kind and of {term} full months allows {months} months of probation, to
    /// {until}.
    #[step(citation = "Labor Contract Law, art. 19", parameters("probation"))]
    ProbationLength {
        /// Full months of the contract; 0 where it has no end.
        term: i64,
        /// Months that are allowed.
        months: i64,
        /// Last day that is allowed.
        until: Date,
    },
    /// The least wage in probation is {share} of {wage}, and not less than the minimum wage:
    /// {least}.
    #[step(citation = "Labor Contract Law, art. 20", parameters("probation_pay_share"))]
    ProbationPay {
        /// Share.
        share: Decimal,
        /// Wage that the share is taken of.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Least wage.
        #[argument(unit = "currency/month")]
        least: Decimal,
    },
}
