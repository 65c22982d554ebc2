//! The tables of the federal law. Their values and sources are in
//! `rulesets/us/payroll/parameters.toml`.

use stele_sdk::prelude::*;

use crate::choices::{FilingStatus, PayFrequency};
use crate::states::choices::State;

/// A line of the percentage method tables for automated payroll systems (Publication 15-T, section 1).
#[derive(Row, Clone, Debug)]
pub struct WithholdingBracket {
    /// Filing status.
    pub status: FilingStatus,
    /// Whether it belongs to the schedules for a checked box in Step 2 of Form W-4.
    pub multiple_jobs: bool,
    /// Column A: adjusted annual wage amount of at least this.
    #[column(unit = "USD/year", minimum = "0")]
    pub at_least: Decimal,
    /// Column C: the tentative amount to withhold.
    #[column(unit = "USD/year", minimum = "0")]
    pub tax: Decimal,
    /// Column D: the percentage of what exceeds column A.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// What is added to the wages of a nonresident alien (Publication 15-T, tables 1 and 2), by pay period.
#[derive(Row, Clone, Debug)]
pub struct NonresidentAlienAmount {
    /// Whom it concerns: always true.
    #[column(key, selected_by = "nonresident_alien")]
    pub nonresident_alien: bool,
    /// Table 1, for Form W-4 of 2019 or earlier; otherwise table 2.
    #[column(key)]
    pub with_allowances: bool,
    /// A day.
    #[column(unit = "USD", minimum = "0")]
    pub daily: Decimal,
    /// A week.
    #[column(unit = "USD", minimum = "0")]
    pub weekly: Decimal,
    /// Two weeks.
    #[column(unit = "USD", minimum = "0")]
    pub biweekly: Decimal,
    /// Half a month.
    #[column(unit = "USD", minimum = "0")]
    pub semimonthly: Decimal,
    /// A month.
    #[column(unit = "USD", minimum = "0")]
    pub monthly: Decimal,
    /// Three months.
    #[column(unit = "USD", minimum = "0")]
    pub quarterly: Decimal,
    /// Six months.
    #[column(unit = "USD", minimum = "0")]
    pub semiannual: Decimal,
    /// A year.
    #[column(unit = "USD", minimum = "0")]
    pub annual: Decimal,
}

impl NonresidentAlienAmount {
    /// The amount of a pay period.
    pub(super) const fn of_period(&self, frequency: PayFrequency) -> Decimal {
        match frequency {
            PayFrequency::Daily => self.daily,
            PayFrequency::Weekly => self.weekly,
            PayFrequency::Biweekly => self.biweekly,
            PayFrequency::Semimonthly => self.semimonthly,
            PayFrequency::Monthly => self.monthly,
            PayFrequency::Quarterly => self.quarterly,
            PayFrequency::Semiannual => self.semiannual,
            PayFrequency::Annual | PayFrequency::YearEstimate => self.annual,
        }
    }
}

/// By how much the credit against the federal unemployment tax is reduced for a state.
#[derive(Row, Clone, Debug)]
pub struct FutaCreditReduction {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// The reduction.
    #[column(unit = "fraction of wages", minimum = "0", maximum = "0.06")]
    pub rate: Decimal,
}

/// How much an employee may defer into retirement plans in a year.
#[derive(Row, Clone, Debug)]
pub struct DeferralLimit {
    /// Limit of elective deferrals.
    #[column(unit = "USD/year", minimum = "0")]
    pub limit: Decimal,
    /// Age from which more may be deferred.
    #[column(minimum = "0", maximum = "120")]
    pub catch_up_age: i64,
    /// How much more from that age.
    #[column(unit = "USD/year", minimum = "0")]
    pub catch_up: Decimal,
    /// Ages at which still more may be deferred: from.
    #[column(minimum = "0", maximum = "120")]
    pub higher_from_age: Option<i64>,
    /// To.
    #[column(minimum = "0", maximum = "120")]
    pub higher_to_age: Option<i64>,
    /// How much more at those ages.
    #[column(unit = "USD/year", minimum = "0")]
    pub higher_catch_up: Option<Decimal>,
}

/// A line of the rate schedules of the income tax of a year.
#[derive(Row, Clone, Debug)]
pub struct IncomeTaxBracket {
    /// Filing status.
    pub status: FilingStatus,
    /// Taxable income at which the line begins.
    #[column(unit = "USD/year", minimum = "0")]
    pub over: Decimal,
    /// Tax on it.
    #[column(unit = "USD/year", minimum = "0")]
    pub tax: Decimal,
    /// Rate on what is above it.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Deductions of a year, and from which income benefits are reduced, by filing status.
#[derive(Row, Clone, Debug)]
pub struct IncomeTaxTerms {
    /// Filing status.
    pub status: FilingStatus,
    /// Basic standard deduction.
    #[column(unit = "USD/year", minimum = "0")]
    pub standard_deduction: Decimal,
    /// Additional standard deduction for the aged, each.
    #[column(unit = "USD/year", minimum = "0")]
    pub aged_deduction: Decimal,
    /// Income above which the deduction for seniors is reduced.
    #[column(unit = "USD/year", minimum = "0")]
    pub senior_limit: Decimal,
    /// Income above which the credits for children and dependents are reduced.
    #[column(unit = "USD/year", minimum = "0")]
    pub child_credit_limit: Decimal,
    /// Wages above which the additional Medicare tax is due on the return.
    #[column(unit = "USD/year", minimum = "0")]
    pub additional_medicare_limit: Decimal,
}

/// Deduction for seniors, and credits for children and dependents.
#[derive(Row, Clone, Debug)]
pub struct FamilyTerms {
    /// Age from which one is aged, or a senior.
    #[column(minimum = "0", maximum = "120")]
    pub senior_age: i64,
    /// Deduction of a senior.
    #[column(unit = "USD/year", minimum = "0")]
    pub senior_deduction: Decimal,
    /// Share of the income above the limit by which it is reduced.
    #[column(minimum = "0", maximum = "1")]
    pub senior_reduction: Decimal,
    /// Age below which a child counts for the child tax credit.
    #[column(minimum = "0", maximum = "120")]
    pub child_age: i64,
    /// Child tax credit, each.
    #[column(unit = "USD/year", minimum = "0")]
    pub child_credit: Decimal,
    /// Credit for any other dependent, each.
    #[column(unit = "USD/year", minimum = "0")]
    pub dependent_credit: Decimal,
    /// Income above the limit, or a part of it, for which the credits are reduced once.
    #[column(unit = "USD/year", minimum = "1")]
    pub child_credit_step: Decimal,
    /// The reduction.
    #[column(unit = "USD/year", minimum = "0")]
    pub child_credit_reduction: Decimal,
    /// Most that is refunded for a child.
    #[column(unit = "USD/year", minimum = "0")]
    pub refundable_credit: Decimal,
    /// Earned income above which credits are refunded.
    #[column(unit = "USD/year", minimum = "0")]
    pub refundable_from: Decimal,
    /// Share of the earned income above it that is refunded.
    #[column(minimum = "0", maximum = "1")]
    pub refundable_rate: Decimal,
    /// Number of children from which social security taxes may be refunded instead.
    #[column(minimum = "1", maximum = "99")]
    pub many_children: i64,
    /// Age below which a child counts for the earned income credit.
    #[column(minimum = "0", maximum = "120")]
    pub earned_income_child_age: i64,
    /// Without children: lowest age for the earned income credit.
    #[column(minimum = "0", maximum = "120")]
    pub earned_income_from_age: i64,
    /// Without children: age from which there is none any more.
    #[column(minimum = "0", maximum = "120")]
    pub earned_income_to_age: i64,
}

/// The earned income credit by number of children.
#[derive(Row, Clone, Debug)]
pub struct EarnedIncomeCredit {
    /// Number of qualifying children; the last row is for so many or more.
    #[column(minimum = "0", maximum = "99")]
    pub children: i64,
    /// Share of the earned income.
    #[column(minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// The most.
    #[column(unit = "USD/year", minimum = "0")]
    pub maximum: Decimal,
    /// Income from which it is reduced.
    #[column(unit = "USD/year", minimum = "0")]
    pub limit: Decimal,
    /// The same for a joint return.
    #[column(unit = "USD/year", minimum = "0")]
    pub limit_joint: Decimal,
    /// Share of the income above the limit by which it is reduced.
    #[column(minimum = "0", maximum = "1")]
    pub reduction: Decimal,
}
