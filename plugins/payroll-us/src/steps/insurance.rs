//! Contributions of employees to the insurances of their state. The provision is the source of the
//! contribution, which the step shows: each insurance has a table and steps of its own, because an
//! answer shows with a step all rows of its tables that the state selects.

use stele_sdk::prelude::*;

/// What is said of an insurance: the same of each.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InsuranceSentence {
    /// Which wages count.
    Wages { pay: Decimal, deductions: Decimal, further: Decimal, wages: Decimal },
    /// Which of them lie below the year's base.
    Base { earlier: Decimal, liable: Decimal, wages: Decimal, base: Decimal },
    /// The contribution, where the employee bears all of it.
    Contribution { rate: Decimal, wages: Decimal, amount: Decimal },
    /// The employee's share of the contribution.
    Share { rate: Decimal, wages: Decimal, share: Decimal, amount: Decimal },
    /// The most that is due.
    Maximum { week: Decimal, periods: Decimal, amount: Decimal },
}

/// The steps of one insurance: its table, and of each sentence the code and the English text.
macro_rules! insurance_steps {
    (
        $(#[$doc:meta])* $steps:ident shows $table:tt
        $wages:tt: $wages_text:tt
        $base:tt: $base_text:tt
        $contribution:tt: $contribution_text:tt
        $share:tt: $share_text:tt
        $maximum:tt: $maximum_text:tt
    ) => {
        $(#[$doc])*
        #[derive(Steps, Clone, Debug)]
        pub enum $steps {
            #[doc = $wages_text]
            #[step(name = $wages, parameters($table))]
            Wages {
                /// Pay.
                #[argument(unit = "USD")]
                pay: Decimal,
                /// What does not count.
                #[argument(unit = "USD")]
                deductions: Decimal,
                /// What counts besides.
                #[argument(unit = "USD")]
                further: Decimal,
                /// What counts.
                #[argument(unit = "USD")]
                wages: Decimal,
            },
            #[doc = $base_text]
            #[step(name = $base, parameters($table))]
            Base {
                /// Earlier in the year.
                #[argument(unit = "USD")]
                earlier: Decimal,
                /// Below the base.
                #[argument(unit = "USD")]
                liable: Decimal,
                /// What counts.
                #[argument(unit = "USD")]
                wages: Decimal,
                /// The year's base.
                #[argument(unit = "USD")]
                base: Decimal,
            },
            #[doc = $contribution_text]
            #[step(name = $contribution, parameters($table))]
            Contribution {
                /// Rate.
                #[argument(unit = "percent")]
                rate: Decimal,
                /// What counts.
                #[argument(unit = "USD")]
                wages: Decimal,
                /// Amount.
                #[argument(unit = "USD")]
                amount: Decimal,
            },
            #[doc = $share_text]
            #[step(name = $share, parameters($table))]
            Share {
                /// Rate.
                #[argument(unit = "percent")]
                rate: Decimal,
                /// What counts.
                #[argument(unit = "USD")]
                wages: Decimal,
                /// The employee's share.
                #[argument(unit = "percent")]
                share: Decimal,
                /// Amount.
                #[argument(unit = "USD")]
                amount: Decimal,
            },
            #[doc = $maximum_text]
            #[step(name = $maximum, parameters($table))]
            Maximum {
                /// Most of a week.
                #[argument(unit = "USD")]
                week: Decimal,
                /// Pay periods.
                periods: Decimal,
                /// Amount.
                #[argument(unit = "USD")]
                amount: Decimal,
            },
        }

        impl From<InsuranceSentence> for $steps {
            fn from(sentence: InsuranceSentence) -> Self {
                match sentence {
                    InsuranceSentence::Wages { pay, deductions, further, wages } => {
                        Self::Wages { pay, deductions, further, wages }
                    }
                    InsuranceSentence::Base { earlier, liable, wages, base } => {
                        Self::Base { earlier, liable, wages, base }
                    }
                    InsuranceSentence::Contribution { rate, wages, amount } => {
                        Self::Contribution { rate, wages, amount }
                    }
                    InsuranceSentence::Share { rate, wages, share, amount } => {
                        Self::Share { rate, wages, share, amount }
                    }
                    InsuranceSentence::Maximum { week, periods, amount } => {
                        Self::Maximum { week, periods, amount }
                    }
                }
            }
        }
    };
}

insurance_steps! {
    /// Disability insurance of a state.
    DisabilityInsuranceStep shows "state_disability_insurance"
    "disability_insurance_wages": "For disability insurance, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}."
    "disability_insurance_base": "For disability insurance, after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}."
    "disability_insurance_contribution": "Disability insurance: {rate} % of wages of {wages} is {amount}."
    "disability_insurance_share": "Disability insurance: of {rate} % of wages of {wages} the employee bears {share} %: {amount}."
    "disability_insurance_maximum": "Disability insurance: no more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}."
}

insurance_steps! {
    /// Paid family leave of a state.
    PaidFamilyLeaveStep shows "paid_family_leave"
    "paid_family_leave_wages": "For paid family leave, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}."
    "paid_family_leave_base": "For paid family leave, after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}."
    "paid_family_leave_contribution": "Paid family leave: {rate} % of wages of {wages} is {amount}."
    "paid_family_leave_share": "Paid family leave: of {rate} % of wages of {wages} the employee bears {share} %: {amount}."
    "paid_family_leave_maximum": "Paid family leave: no more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}."
}

insurance_steps! {
    /// Unemployment insurance of a state.
    UnemploymentInsuranceStep shows "state_unemployment"
    "state_unemployment_wages": "For unemployment insurance, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}."
    "state_unemployment_base": "For unemployment insurance, after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}."
    "state_unemployment_contribution": "Unemployment insurance: {rate} % of wages of {wages} is {amount}."
    "state_unemployment_share": "Unemployment insurance: of {rate} % of wages of {wages} the employee bears {share} %: {amount}."
    "state_unemployment_maximum": "Unemployment insurance: no more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}."
}

insurance_steps! {
    /// Workforce development of a state.
    WorkforceDevelopmentStep shows "workforce_development"
    "workforce_development_wages": "For workforce development, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}."
    "workforce_development_base": "For workforce development, after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}."
    "workforce_development_contribution": "Workforce development: {rate} % of wages of {wages} is {amount}."
    "workforce_development_share": "Workforce development: of {rate} % of wages of {wages} the employee bears {share} %: {amount}."
    "workforce_development_maximum": "Workforce development: no more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}."
}

insurance_steps! {
    /// Long-term care of a state.
    LongTermCareStep shows "long_term_care"
    "long_term_care_wages": "For long-term care, of pay of {pay} {deductions} does not count and {further} counts besides: {wages}."
    "long_term_care_base": "For long-term care, after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}."
    "long_term_care_contribution": "Long-term care: {rate} % of wages of {wages} is {amount}."
    "long_term_care_share": "Long-term care: of {rate} % of wages of {wages} the employee bears {share} %: {amount}."
    "long_term_care_maximum": "Long-term care: no more is due than {week} a week × 52 weeks ÷ {periods} pay periods = {amount}."
}
