//! Facts as they were stated, sums, net pay and what the employer pays.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum PayStep {
    /// {amount}, as stated for this payment.
    Stated {
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// {amount}, as stated for the year.
    StatedForTheYear {
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// Wages of the spouse of {amount}, as stated for the year.
    SpouseWages {
        /// Amount.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// Pay in all: {parts} = {pay}.
    PayInAll {
        /// What is added up.
        parts: String,
        /// Together.
        #[argument(unit = "USD")]
        pay: Decimal,
    },
    /// With what counts as pay and is not paid out here, benefits, insured cost and tips: {parts} = {wages}.
    #[step(citation = "26 U.S.C. ss. 61 (a) (1), 3121 (a) and 3401 (a)")]
    CountedInAll {
        /// What is added up.
        parts: String,
        /// Together.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// Together: {parts} = {total}.
    Together {
        /// What is added up.
        parts: String,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// Pay of {pay} less deductions of {deductions} that are not subject to federal income tax = {wages}.
    #[step(citation = "26 U.S.C. ss. 125, 402 (e) (3) and 3401 (a)")]
    TaxableWages {
        /// All pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions before tax.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// Taxable wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// Deductions come off the regular pay first: regular wages of {regular} and supplemental wages of {supplemental} are left for income tax.
    #[step(citation = "26 U.S.C. s. 3401 (a)")]
    DeductionsFirst {
        /// Regular wages.
        #[argument(unit = "USD")]
        regular: Decimal,
        /// Supplemental wages.
        #[argument(unit = "USD")]
        supplemental: Decimal,
    },
    /// The payment is stated as far as it is taxable: all of {amount} counts for federal income tax.
    #[step(citation = "26 U.S.C. s. 3405 (a) and (e)")]
    PensionPayment {
        /// The payment.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// Deductions before tax of {before_tax}, federal income tax of {income_tax}, social security and Medicare of {social_security}, state and local taxes and contributions of {state}, and deductions after tax of {after_tax} are together {total}.
    #[step(citation = "Publication 15")]
    TotalDeductions {
        /// Deductions before tax.
        #[argument(unit = "USD")]
        before_tax: Decimal,
        /// Federal income tax.
        #[argument(unit = "USD")]
        income_tax: Decimal,
        /// Social security and Medicare.
        #[argument(unit = "USD")]
        social_security: Decimal,
        /// What the state and its localities take.
        #[argument(unit = "USD")]
        state: Decimal,
        /// Deductions after tax.
        #[argument(unit = "USD")]
        after_tax: Decimal,
        /// Together.
        #[argument(unit = "USD")]
        total: Decimal,
    },
    /// Pay of {pay} less {total} is {net}.
    #[step(citation = "Publication 15")]
    NetPay {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Deductions.
        #[argument(unit = "USD")]
        total: Decimal,
        /// Net pay.
        #[argument(unit = "USD")]
        net: Decimal,
    },
    /// Rounded to the cent, {exact} is {amount}.
    #[step]
    ToTheCent {
        /// Not rounded.
        #[argument(unit = "USD")]
        exact: Decimal,
        /// Rounded.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
    /// Pay of {pay}, the employer's social security and Medicare taxes of {social_security}, federal unemployment tax of {unemployment} and contributions to plans of {contributions} cost {cost}.
    #[step(citation = "26 U.S.C. ss. 3111 and 3301")]
    EmployerCost {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Employer's social security and Medicare taxes.
        #[argument(unit = "USD")]
        social_security: Decimal,
        /// Unemployment tax.
        #[argument(unit = "USD")]
        unemployment: Decimal,
        /// Contributions to plans.
        #[argument(unit = "USD")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "USD")]
        cost: Decimal,
    },
    /// Pay of {pay}, the employer's social security and Medicare taxes of {social_security} and contributions to plans of {contributions} cost {cost}.
    #[step(citation = "26 U.S.C. s. 3111")]
    EmployerCostOfYear {
        /// Pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// Employer's social security and Medicare taxes.
        #[argument(unit = "USD")]
        social_security: Decimal,
        /// Contributions to plans.
        #[argument(unit = "USD")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "USD")]
        cost: Decimal,
    },
}
