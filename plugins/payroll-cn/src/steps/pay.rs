//! Sentences about what is earned, paid out, and costs.

use stele_sdk::prelude::*;

/// Steps from what is earned to what is paid out.
#[derive(Steps, Clone, Debug)]
pub enum PayStep {
    /// {amount}, as stated for this month.
    Stated {
        /// Amount.
        #[argument(unit = "CNY")]
        amount: Decimal,
    },
    /// Net pay: {earnings} earned less contributions of {contributions} and tax of {tax} is {net}.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 15")]
    NetPay {
        /// Everything earned.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Employee contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// All tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
        /// Net pay.
        #[argument(unit = "CNY")]
        net: Decimal,
    },
    /// Net pay: {earnings} earned and {reimbursements} paid back, less contributions of {contributions}, tax of {tax} and deductions of {deductions}, is {net}.
    #[step(citation = "Interim Provisions on Payment of Wages, arts. 15 and 16")]
    NetPayAfterDeductions {
        /// Everything earned in money.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Expenses paid back.
        #[argument(unit = "CNY")]
        reimbursements: Decimal,
        /// Employee contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// All tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
        /// All deductions from net pay.
        #[argument(unit = "CNY")]
        deductions: Decimal,
        /// Net pay.
        #[argument(unit = "CNY")]
        net: Decimal,
    },
    /// Employer cost: {earnings} earned, {in_kind} in kind and {reimbursements} paid back, plus contributions of {contributions}, is {cost}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployerCostInAll {
        /// Everything earned in money.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Benefits in kind.
        #[argument(unit = "CNY")]
        in_kind: Decimal,
        /// Expenses paid back.
        #[argument(unit = "CNY")]
        reimbursements: Decimal,
        /// Employer contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "CNY")]
        cost: Decimal,
    },
    /// Employer cost: {earnings} earned plus contributions of {contributions} is {cost}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployerCost {
        /// Everything earned.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Employer contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "CNY")]
        cost: Decimal,
    },
}
