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
mod rounding;
mod steps;
mod student_loans;
mod tax_code;
mod termination_award;
mod year_estimate;

pub use choices::{
    DirectorMethod, FlatCode, MinimumWageBand, NiCategory, NiThreshold, PayFrequency,
    PensionArrangement, PensionBasis, StatutoryKind, StudentLoan, TaxBasis,
};
pub use facts::{Payment, StatutoryPayment};
pub use items::{Finding, Item};
pub use law::{Band, Law, MinimumWage, NiRate, QualifyingEarnings, StudentLoanTerms, Threshold};
pub use steps::{LoanStep, NiStep, PayStep, PensionStep, Step, TaxStep};

use stele_sdk::prelude::*;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

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
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        law_check::check(law)
    }

    fn evaluate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
        let period = period::period(payment)?;
        let award = termination_award::award(law, payment)?;
        not_stated::say(law, payment, period, out);
        let earned = net_pay::earnings(payment, out);
        let pension = pension::contributions(law, payment, earned, out)?;
        // What is paid in money, and what National Insurance and loans are assessed on.
        let pay = earned - pension.sacrifice;

        let besides = net_pay::besides(payment, award);

        let tax = income_tax(law, payment, period, pay, &pension, award, out)?;
        let ni_only = payment.ni_only_earnings.unwrap_or_default();
        let liable = pay + ni_only;
        let apart = counted_pay::Apart {
            sacrifice: pension.sacrifice,
            ni_only,
            ..counted_pay::Apart::default()
        };
        let national_insurance =
            national_insurance::contributions(law, payment, period, liable, apart, out)?;
        let class_1a = termination_award::class_1a(law, payment, award, out);
        let left = pay + besides.taxed() - tax - national_insurance.employee;
        let loans = student_loans::repay(law, payment, period, liable, left, out)?;
        minimum_wage::check(law, payment, pension.sacrifice, out)?;

        let deductions = net_pay::Deductions { tax, national_insurance, class_1a, loans, pension };
        net_pay::settle(payment, pay, besides, deductions, out);
        net_pay::employer_level(law, payment, liable, national_insurance, out)
    }
}

/// Tax on pay in money, less the contribution before tax, on benefits and on what is taxed of a
/// termination award.
fn income_tax(
    law: &Law,
    payment: &Payment,
    period: Option<period::Period>,
    pay: Decimal,
    pension: &pension::Pension,
    award: termination_award::Award,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let code = tax_code::read(&payment.tax_code)?;
    let without_ni = payment.pay_without_ni.unwrap_or_default();
    let money = pay - pension.before_tax + without_ni + award.taxable;
    let benefits = payment.payrolled_benefits.unwrap_or_default();
    let apart = counted_pay::Apart {
        sacrifice: pension.sacrifice,
        pension: pension.before_tax,
        benefits,
        without_ni,
        ni_only: Decimal::ZERO,
        award: award.taxable,
    };
    if !award.paid.is_zero() {
        termination_award::explain(law, payment, award, out);
    }
    let taxable = income_tax::TaxablePay { money, total: money + benefits, apart };
    match period {
        Some(period) => income_tax::deduct(law, payment, code, period, taxable, out),
        None => year_estimate::tax(law, payment, code, taxable, out),
    }
}

stele_sdk::export!(UnitedKingdomPayroll);
