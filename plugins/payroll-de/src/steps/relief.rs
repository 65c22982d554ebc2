//! Sentences of what is taken off the wages before they are taxed.

use stele_sdk::prelude::*;

/// Steps of reliefs and fixed allowances.
#[derive(Steps, Clone, Debug)]
pub enum ReliefStep {
    /// Of a pension, {rate} % of {base}, rounded up to whole cents, are exempt, at most {maximum}
    /// and no more than the pension of the year of {pension}: {amount}.
    #[step(citation = "EStG § 19 Abs. 2, § 39b Abs. 2 Satz 3", parameters("pension_reliefs"))]
    PensionExemption {
        /// Exempt share.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Base of the exemption.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Highest exemption.
        #[argument(unit = "EUR/year")]
        maximum: Decimal,
        /// Pension of the year.
        #[argument(unit = "EUR/year")]
        pension: Decimal,
        /// Exempt part.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// With the one-off payments, {exemption} and {rate} % of death grants and pension settlements
    /// of {death_grant}, rounded up to whole cents and at most {maximum}, are exempt: {amount}.
    #[step(citation = "EStG § 19 Abs. 2, § 39b Abs. 3 Satz 6", parameters("pension_reliefs"))]
    PensionExemptionWithOneOff {
        /// Exempt part of the pension.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Exempt share.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Death grants and pension settlements.
        #[argument(unit = "EUR")]
        death_grant: Decimal,
        /// Highest exemption.
        #[argument(unit = "EUR/year")]
        maximum: Decimal,
        /// Exempt part.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// The supplement to the exemption is up to {most}, but no more than the exemption leaves of
    /// the pension: {amount}.
    #[step(citation = "EStG § 19 Abs. 2", parameters("pension_reliefs"))]
    PensionSupplement {
        /// Highest supplement.
        #[argument(unit = "EUR/year")]
        most: Decimal,
        /// Supplement.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Relief for old age: {rate} % of wages other than pensions, {base}, rounded up to whole
    /// euros, at most {maximum}: {amount}.
    #[step(citation = "EStG § 24a, § 39b Abs. 2 Satz 3", parameters("age_reliefs"))]
    AgeRelief {
        /// Share.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages other than pensions.
        #[argument(unit = "EUR/year")]
        base: Decimal,
        /// Highest relief.
        #[argument(unit = "EUR/year")]
        maximum: Decimal,
        /// Relief.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
    /// Fixed allowances: expenses {expenses}, special expenses {special_expenses}, relief for
    /// single parents {single_parent} and supplement to the exemption of pensions {supplement},
    /// together {total}.
    #[step(
        citation = "EStG § 39b Abs. 2 Satz 5, § 9a, § 10c, § 24b",
        parameters(
            "employee_allowance",
            "pensioner_allowance",
            "special_expenses_allowance",
            "single_parent_relief",
            "pension_reliefs"
        )
    )]
    FixedAllowances {
        /// Standard allowances for expenses.
        #[argument(unit = "EUR/year")]
        expenses: Decimal,
        /// Standard allowance for special expenses.
        #[argument(unit = "EUR/year")]
        special_expenses: Decimal,
        /// Relief for single parents.
        #[argument(unit = "EUR/year")]
        single_parent: Decimal,
        /// Supplement to the exemption of pensions.
        #[argument(unit = "EUR/year")]
        supplement: Decimal,
        /// Together.
        #[argument(unit = "EUR/year")]
        total: Decimal,
    },
    /// Allowances used: expenses {expenses}, exemption of pensions {exemption} and its supplement
    /// {supplement}, together {total}.
    #[step(
        citation = "EStG § 9a, § 19 Abs. 2; Programmablaufplan, VFRB",
        parameters("employee_allowance", "pensioner_allowance", "pension_reliefs")
    )]
    AllowancesUsed {
        /// Standard allowances for expenses.
        #[argument(unit = "EUR/year")]
        expenses: Decimal,
        /// Exempt part of a pension.
        #[argument(unit = "EUR/year")]
        exemption: Decimal,
        /// Its supplement.
        #[argument(unit = "EUR/year")]
        supplement: Decimal,
        /// Together.
        #[argument(unit = "EUR/year")]
        total: Decimal,
    },
    /// Of these, {before} are used for the wages of the year already: {total} − {before} =
    /// {amount}.
    #[step(citation = "EStG § 9a, § 19 Abs. 2; Programmablaufplan, VFRBS2")]
    AllowancesUsedOnTop {
        /// Used for the wages of the year.
        #[argument(unit = "EUR/year")]
        before: Decimal,
        /// Used in all.
        #[argument(unit = "EUR/year")]
        total: Decimal,
        /// Used on top.
        #[argument(unit = "EUR/year")]
        amount: Decimal,
    },
}
