//! Wages in the United Kingdom: what is withheld from an employee's pay, what the employer adds,
//! and what is paid out.
//!
//! The rule goes through a payslip from top to bottom: the tax week or month (`period`), the pay
//! (`net_pay`, `counted_pay`), the workplace pension (`pension`), PAYE by HMRC's specification for
//! the tax tables (`tax_code`, `pay_adjustment`, `income_tax`), termination awards
//! (`termination_award`), National Insurance (`earnings_period`, `assessment`,
//! `national_insurance`, `contributions`, `directors`), loans (`student_loans`), the minimum wage
//! (`minimum_wage`), and the sum of it all. What the facts leave open is said (`not_stated`). Every
//! number of the law is a dated parameter (`law`). What stays out is said by `leaves_out` in
//! `rulesets/gb/payroll/ruleset.toml`.

mod assessment;
mod choices;
mod contributions;
mod counted_pay;
mod directors;
mod earnings_period;
mod facts;
mod figures;
mod income_tax;
mod items;
mod law;
mod law_check;
mod minimum_wage;
mod national_insurance;
mod net_pay;
mod not_stated;
mod paid_before;
mod pay_adjustment;
mod pension;
mod period;
mod student_loans;
mod tax_code;
mod termination_award;
mod year_estimate;

pub use choices::{
    DirectorMethod, FlatCode, MinimumWageBand, NiCategory, NiThreshold, PayFrequency,
    PensionArrangement, PensionBasis, StatutoryKind, StudentLoan, TaxBasis,
};
pub use facts::{Payment, StatutoryPayment};
pub use figures::Figure;
pub use items::{Finding, Item};
pub use law::{Band, Law, MinimumWage, NiRate, QualifyingEarnings, StudentLoanTerms, Threshold};

use stele_sdk::prelude::*;

use crate::assessment::Assessment;
use crate::net_pay::Deductions;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

stele_sdk::provisions! {
    /// How each line comes about, in the order of a payslip.
    pub enum Step = {
        net_pay::earnings,
        pension::{
            total_pay, qualifying_earnings, pensionable_pay, of_employee, taken, of_employer,
        },
        termination_award::taxable,
        counted_pay::for_tax,
        income_tax::{
            counted, no_tax, at_one_rate, free_pay, additional_pay, by_bands, of_payment, limited,
        },
        year_estimate::{
            year_at_one_rate, less_allowance, with_addition, year_by_bands, of_year,
        },
        counted_pay::for_national_insurance,
        assessment::{earnings_before, contributions_before},
        national_insurance::{assessed_earnings, limits, bands, of_employee, of_employer},
        directors::to_date,
        termination_award::on_award,
        student_loans::{
            assessed_for_loans, by_plan, of_postgraduate, plan_repaid, postgraduate_repaid,
            repayment,
        },
        minimum_wage::hourly,
        net_pay::{settle, levy, allowance},
    };
}

/// The rule: payroll of the United Kingdom.
pub struct UnitedKingdomPayroll;

impl Rule for UnitedKingdomPayroll {
    const NAME: &'static str = "payroll-gb";
    const MEANING: &'static str = "Payroll in the United Kingdom: income tax under PAYE by HMRC's tax table specification, Class 1 \
         National Insurance by category letter and for directors, student and postgraduate loans, \
         workplace pension, net pay and employer cost.";

    type Facts = Payment;
    type Parameters = Law;
    type Item = Item;
    type Figure = Figure;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        law_check::check(law)
    }

    fn evaluate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
        let period = period::period(payment)?;
        termination_award::check(payment)?;
        not_stated::say(law, payment, period, out);
        let statutory = net_pay::earnings(payment, out);
        let pension = pension::contributions(law, payment, statutory, out)?;
        let code = tax_code::read(&payment.tax_code)?;
        let award = termination_award::taxable(law, payment, out);
        let taxable = counted_pay::for_tax(payment, statutory, &pension, award, out);
        let tax = match period {
            Some(period) => income_tax::deduct(law, payment, code, period, taxable, out)?,
            None => year_estimate::of_year(law, payment, code, taxable.total, out)?,
        };
        let liable = counted_pay::for_national_insurance(payment, statutory, &pension, out);
        let national_insurance =
            national_insurance::contributions(law, payment, period, liable, out)?;
        let class_1a = termination_award::class_1a(law, payment, award, out);
        let given = |amount: Option<Decimal>| amount.unwrap_or_default();
        // Reimbursed expenses are not pay: nothing is taken from them.
        let left = payment.gross + statutory - pension.sacrifice
            + given(payment.termination_award)
            + given(payment.pay_without_ni)
            - tax
            - national_insurance.employee;
        let assessed = Assessment::of(payment, period);
        let loans = student_loans::repay(law, payment, assessed, liable, left, out)?;
        minimum_wage::check(law, payment, pension.sacrifice, out)?;

        let taken = Deductions { tax, national_insurance, class_1a, loans, pension };
        net_pay::settle(payment, statutory, taken, out);
        net_pay::employer_level(law, payment, liable, national_insurance, out)
    }
}

stele_sdk::export!(UnitedKingdomPayroll);
