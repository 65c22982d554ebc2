//! The federal income tax of a whole year.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum YearStep {
    /// The taxable wages of {income} are the adjusted gross income.
    #[step(citation = "26 U.S.C. s. 62")]
    AdjustedGrossIncome {
        /// The income.
        #[argument(unit = "USD")]
        income: Decimal,
    },
    /// Adjusted gross income: taxable wages of {own} and wages of the spouse of {spouse} are together {income}.
    #[step(citation = "26 U.S.C. ss. 62 and 6013")]
    AdjustedGrossIncomeJoint {
        /// Taxable wages.
        #[argument(unit = "USD")]
        own: Decimal,
        /// Wages of the spouse.
        #[argument(unit = "USD")]
        spouse: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        income: Decimal,
    },
    /// The standard deduction of the filing status is {deduction}.
    #[step(citation = "26 U.S.C. s. 63 (c)", parameters("income_tax_terms"))]
    StandardDeduction {
        /// The deduction.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// The standard deduction of the filing status of {basic}, and {each} for each of {seniors} aged {age} or more, are together {deduction}.
    #[step(
        citation = "26 U.S.C. s. 63 (c) and (f)",
        parameters("income_tax_terms", "family_terms")
    )]
    StandardDeductionAged {
        /// Basic standard deduction.
        #[argument(unit = "USD")]
        basic: Decimal,
        /// For each of the aged.
        #[argument(unit = "USD")]
        each: Decimal,
        /// How many are aged.
        seniors: Decimal,
        /// From which age.
        age: i64,
        /// Together.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// Deduction for seniors: {full} less {rate} % of income above {limit}, of which there is {above}, is {each} each; for {seniors} it is {deduction}.
    #[step(
        citation = "26 U.S.C. s. 151 (d) (5) (C)",
        parameters("income_tax_terms", "family_terms")
    )]
    SeniorDeduction {
        /// In full.
        #[argument(unit = "USD")]
        full: Decimal,
        /// Reduction.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Reduced above.
        #[argument(unit = "USD")]
        limit: Decimal,
        /// Income above it.
        #[argument(unit = "USD")]
        above: Decimal,
        /// Each.
        #[argument(unit = "USD")]
        each: Decimal,
        /// How many.
        seniors: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        deduction: Decimal,
    },
    /// From an income of {income}, the standard deduction of {standard} and the deduction for seniors of {senior} come off: the taxable income, not below zero, is {taxable}.
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
    /// Credits: {children} child(ren) × {child_credit} and {others} other dependent(s) × {dependent_credit} = {full}.
    #[step(citation = "26 U.S.C. s. 24 (a) and (h)", parameters("family_terms"))]
    ChildCredits {
        /// Children below the age.
        children: Decimal,
        /// For a child.
        #[argument(unit = "USD")]
        child_credit: Decimal,
        /// Other dependents.
        others: Decimal,
        /// For another dependent.
        #[argument(unit = "USD")]
        dependent_credit: Decimal,
        /// In full.
        #[argument(unit = "USD")]
        full: Decimal,
    },
    /// The income of {income} lies above {limit}: for each {step} of that, or a part of it, {reduction} comes off the credits, {steps} time(s). Of {full}, {credit}, not below zero, is left.
    #[step(citation = "26 U.S.C. s. 24 (b)", parameters("family_terms", "income_tax_terms"))]
    ChildCreditsReduced {
        /// Income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// Reduced above.
        #[argument(unit = "USD")]
        limit: Decimal,
        /// Step of income.
        #[argument(unit = "USD")]
        step: Decimal,
        /// Reduction for each.
        #[argument(unit = "USD")]
        reduction: Decimal,
        /// How often.
        steps: Decimal,
        /// In full.
        #[argument(unit = "USD")]
        full: Decimal,
        /// What is left.
        #[argument(unit = "USD")]
        credit: Decimal,
    },
    /// Of credits for children and dependents of {credit}, no more comes off than the tax of {tax}: {against_tax}.
    #[step(citation = "26 U.S.C. ss. 24 and 26 (a)")]
    ChildTaxCredit {
        /// Credits.
        #[argument(unit = "USD")]
        credit: Decimal,
        /// Income tax.
        #[argument(unit = "USD")]
        tax: Decimal,
        /// Off the tax.
        #[argument(unit = "USD")]
        against_tax: Decimal,
    },
    /// Of credits of {left} beyond the tax, no more than {most} for {children} child(ren) and no more than {rate} % of earnings of {income} above {from}, that is {share}, is refunded: {refunded}.
    #[step(citation = "26 U.S.C. s. 24 (d) (1) and (h) (5)", parameters("family_terms"))]
    ChildCreditRefunded {
        /// Credits beyond the tax.
        #[argument(unit = "USD")]
        left: Decimal,
        /// Most for the children.
        #[argument(unit = "USD")]
        most: Decimal,
        /// Children.
        children: Decimal,
        /// Share of the earnings.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Earnings.
        #[argument(unit = "USD")]
        income: Decimal,
        /// Above.
        #[argument(unit = "USD")]
        from: Decimal,
        /// The share.
        #[argument(unit = "USD")]
        share: Decimal,
        /// Refunded.
        #[argument(unit = "USD")]
        refunded: Decimal,
    },
    /// Of credits of {left} beyond the tax, no more than {most} for {children} children and no more than social security and Medicare taxes of {taxes} less the earned income credit of {earned_income_credit}, that is {share}, is refunded: {refunded}.
    #[step(citation = "26 U.S.C. s. 24 (d) (1) (B) (ii) and (h) (5)", parameters("family_terms"))]
    ChildCreditRefundedManyChildren {
        /// Credits beyond the tax.
        #[argument(unit = "USD")]
        left: Decimal,
        /// Most for the children.
        #[argument(unit = "USD")]
        most: Decimal,
        /// Children.
        children: Decimal,
        /// Social security and Medicare taxes.
        #[argument(unit = "USD")]
        taxes: Decimal,
        /// Earned income credit.
        #[argument(unit = "USD")]
        earned_income_credit: Decimal,
        /// The difference.
        #[argument(unit = "USD")]
        share: Decimal,
        /// Refunded.
        #[argument(unit = "USD")]
        refunded: Decimal,
    },
    /// Earned income credit: {rate} % of earnings of {income}, at most {maximum}, is {most}; less {reduction} % of income above {from}, of which there is {above}, {credit} is left.
    #[step(citation = "26 U.S.C. s. 32", parameters("earned_income_credits", "family_terms"))]
    EarnedIncomeCredit {
        /// Share of the earnings.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Earned income.
        #[argument(unit = "USD")]
        income: Decimal,
        /// The most.
        #[argument(unit = "USD")]
        maximum: Decimal,
        /// Before it is reduced.
        #[argument(unit = "USD")]
        most: Decimal,
        /// Reduction.
        #[argument(unit = "percent")]
        reduction: Decimal,
        /// Reduced above.
        #[argument(unit = "USD")]
        from: Decimal,
        /// Income above it.
        #[argument(unit = "USD")]
        above: Decimal,
        /// The credit.
        #[argument(unit = "USD")]
        credit: Decimal,
    },
    /// Income tax less credits: {parts} = {after}.
    #[step(citation = "26 U.S.C. ss. 1 (j), 24 and 32")]
    IncomeTaxAfterCredits {
        /// The tax, and each credit.
        parts: String,
        /// What is left.
        #[argument(unit = "USD")]
        after: Decimal,
    },
    /// No credit comes off the income tax: it stays {after}.
    #[step(citation = "26 U.S.C. s. 1 (j)")]
    IncomeTaxWithoutCredits {
        /// The tax.
        #[argument(unit = "USD")]
        after: Decimal,
    },
}
