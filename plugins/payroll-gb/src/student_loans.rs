//! Student and postgraduate loan repayments: Education (Student Loans) (Repayment) Regulations 2009
//! (SI 2009/470), Part 4; HMRC, student and postgraduate loan deduction tables (SL3).
//!
//! Repayments are not cumulative. They are taken from the earnings on which the employer pays
//! National Insurance, above the threshold for the earnings period; "the pence shall be ignored".

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::assessment::Assessment;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::period::Period;
use crate::rounding::{down_to_penny, down_to_pound};
use crate::steps::{LoanStep, percent};

/// What is deducted for both kinds of loans. `left` is the pay after tax and National Insurance.
pub(crate) fn repay(
    law: &Law,
    payment: &Payment,
    period: Option<Period>,
    earnings: Decimal,
    left: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let assessed = Assessment::of(payment, period);
    let mut left = left.max(Decimal::ZERO);
    let mut total = Decimal::ZERO;
    say_not_stated(law, payment, &assessed, earnings, out);
    if let Some(plan) = payment.plan() {
        let terms = law.student_loans.iter().find(|terms| terms.plan == plan).ok_or_else(|| {
            Fault::fact(
                Payment::STUDENT_LOAN,
                format!("no terms are known for {} on {}", plan.name(), payment.on),
            )
        })?;
        if terms.collected_from.is_some_and(|from| payment.on < from) {
            out.finding(Finding::LoanNotYetCollected).about(plan.name());
        }
        let loan = Loan {
            name: plan.name(),
            threshold: terms.threshold,
            rate: terms.rate,
            earlier: assessed.student_loan,
        };
        let amount = repayment(&assessed, &loan, earnings, left, out);
        out.line(Item::StudentLoan, amount);
        left -= amount;
        total += amount;
    }
    if payment.postgraduate_loan == Some(true) {
        let loan = Loan {
            name: "postgraduate",
            threshold: law.postgraduate_loan_threshold,
            rate: law.postgraduate_loan_rate,
            earlier: assessed.postgraduate_loan,
        };
        let amount = repayment(&assessed, &loan, earnings, left, out);
        out.line(Item::PostgraduateLoan, amount);
        total += amount;
    }
    Ok(total)
}

/// Says what is not stated of loans, where a repayment could be due.
fn say_not_stated(
    law: &Law,
    payment: &Payment,
    assessed: &Assessment,
    earnings: Decimal,
    out: &mut Payslip,
) {
    let could_be_due = |threshold, rate| {
        let due = due(assessed, assessed.earnings + earnings, threshold, rate);
        !due.of_all.is_zero()
    };
    if payment.student_loan.is_none()
        && law.student_loans.iter().any(|terms| could_be_due(terms.threshold, terms.rate))
    {
        out.finding(Finding::LoanNotStated).about("student_loan");
    }
    if payment.postgraduate_loan.is_none()
        && could_be_due(law.postgraduate_loan_threshold, law.postgraduate_loan_rate)
    {
        out.finding(Finding::LoanNotStated).about("postgraduate_loan");
    }
}

/// A loan as this payment meets it.
struct Loan {
    name: &'static str,
    threshold: Decimal,
    rate: Decimal,
    earlier: Decimal,
}

/// What all earnings of an earnings period demand.
struct Due {
    threshold: Decimal,
    of_all: Decimal,
}

/// Regs. 44 and 52: the rate of the earnings above the threshold, in whole pounds. HMRC publishes the
/// thresholds of weeks and months in pounds and pence, rounded down.
fn due(assessed: &Assessment, earnings: Decimal, threshold: Decimal, rate: Decimal) -> Due {
    let threshold = down_to_penny(assessed.period.part_of(threshold));
    let above = (earnings - threshold).max(Decimal::ZERO);
    Due { threshold, of_all: down_to_pound(above * rate) }
}

/// The earnings period is that of National Insurance: earlier payments of the period count, and a
/// director's may be the year so far.
fn repayment(
    assessed: &Assessment,
    loan: &Loan,
    earnings: Decimal,
    left: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let (earnings, earlier) = (assessed.earnings + earnings, loan.earlier);
    let Due { threshold, of_all: amount } = due(assessed, earnings, loan.threshold, loan.rate);
    let due = (amount - earlier).max(Decimal::ZERO);
    assessed.explain(earnings, out);
    out.step(|| LoanStep::Loan {
        loan: loan.name,
        earnings,
        threshold,
        rate: percent(loan.rate),
        amount,
    });
    if !earlier.is_zero() {
        out.step(|| match earlier <= amount {
            true => LoanStep::LoanPartRepaid { earlier, due },
            false => LoanStep::LoanOverRepaid { earlier },
        });
    }
    if due <= left {
        return due;
    }
    // Reg. 51 (1): tax and National Insurance come first, "the repayment … must be the remaining
    // balance".
    out.step(|| LoanStep::LoanReduced { left, due });
    out.finding(Finding::LoanReduced).about(loan.name).limit(left).actual(due);
    left
}
