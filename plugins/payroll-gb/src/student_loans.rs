//! Student and postgraduate loan repayments: Education (Student Loans) (Repayment) Regulations 2009
//! (SI 2009/470), Part 4; HMRC, student and postgraduate loan deduction tables (SL3).
//!
//! Repayments are not cumulative. They are taken from the earnings on which the employer pays
//! National Insurance, above the threshold for the earnings period; "the pence shall be ignored".

use stele_sdk::prelude::*;
use stele_sdk::rounding::{PENNY, POUND};

use crate::Payslip;
use crate::assessment::{Assessment, Before};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Law, StudentLoanTerms};

/// What is deducted for each kind of loan.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Repayments {
    /// Of a student loan plan.
    pub student: Decimal,
    /// Of a postgraduate loan.
    pub postgraduate: Decimal,
}

/// What is deducted for both kinds of loans. `left` is the pay after tax and National Insurance.
pub(crate) fn repay(
    law: &Law,
    payment: &Payment,
    assessed: Assessment,
    liable: Decimal,
    left: Decimal,
    out: &mut Payslip,
) -> Result<Repayments, Fault> {
    let left = left.max(Decimal::ZERO);
    let mut repayments = Repayments::default();
    say_not_stated(law, payment, assessed, liable, out);
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
        let earnings = assessed_for_loans(payment, assessed, liable, out);
        let of_earnings = by_plan(terms, assessed, earnings, out);
        let before = plan_repaid(payment, assessed, out);
        let loan = Loan { of_earnings, before, left, name: plan.name() };
        repayments.student = repayment(loan, Item::StudentLoan, out);
    }
    if payment.postgraduate_loan == Some(true) {
        let earnings = assessed_for_loans(payment, assessed, liable, out);
        let of_earnings = of_postgraduate(law, assessed, earnings, out);
        let before = postgraduate_repaid(payment, assessed, out);
        let left = left - repayments.student;
        let loan = Loan { of_earnings, before, left, name: "postgraduate" };
        repayments.postgraduate = repayment(loan, Item::PostgraduateLoan, out);
    }
    Ok(repayments)
}

/// Says what is not stated of loans, where a repayment could be due.
fn say_not_stated(
    law: &Law,
    payment: &Payment,
    assessed: Assessment,
    liable: Decimal,
    out: &mut Payslip,
) {
    let earnings = assessed.earnings + liable;
    let apart = &mut Payslip::new(false);
    let mut by = |terms| !by_plan(terms, assessed, earnings, apart).is_zero();
    if payment.student_loan.is_none() && law.student_loans.iter().any(&mut by) {
        out.finding(Finding::LoanNotStated).about("student_loan");
    }
    if payment.postgraduate_loan.is_none()
        && !of_postgraduate(law, assessed, earnings, apart).is_zero()
    {
        out.finding(Finding::LoanNotStated).about("postgraduate_loan");
    }
}

/// The earnings period is that of National Insurance: earlier payments of the period count, and a
/// director's may be the year so far.
#[provision]
fn assessed_for_loans(
    payment: &Payment,
    assessed: Assessment,
    #[is(Figure::LiableEarnings)] liable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::EarningsBefore)]
    let before = assessed.earnings_before(payment, out);
    work!(out, Figure::AssessedEarnings = before + liable)
}

/// Regs. 44 and 52: the rate of the earnings above the threshold, in whole pounds. HMRC publishes the
/// thresholds of weeks and months in pounds and pence, rounded down.
#[provision("Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
fn by_plan(
    terms: &StudentLoanTerms,
    assessed: Assessment,
    #[is(Figure::AssessedEarnings)] earnings: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let (count, of_year) = assessed.period.part();
    let above = work!(
        out,
        Figure::LoanThreshold = down(terms.threshold * stated(count) / stated(of_year), PENNY)
    );
    work!(
        out,
        Figure::RepaymentOfEarnings = down(share(at_least(earnings - above, 0), terms.rate), POUND)
    )
}

/// The same for a postgraduate loan.
#[provision("Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
fn of_postgraduate(
    law: &Law,
    assessed: Assessment,
    #[is(Figure::AssessedEarnings)] earnings: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let (count, of_year) = assessed.period.part();
    let above = work!(
        out,
        Figure::LoanThreshold =
            down(law.postgraduate_loan_threshold * stated(count) / stated(of_year), PENNY)
    );
    work!(
        out,
        Figure::RepaymentOfEarnings =
            down(share(at_least(earnings - above, 0), law.postgraduate_loan_rate), POUND)
    )
}

/// What was repaid before on the same earnings, of a plan.
#[provision]
fn plan_repaid(payment: &Payment, assessed: Assessment, out: &mut Payslip) -> Decimal {
    match assessed.before {
        Before::Nothing => work!(out, Figure::RepaidBefore = 0),
        Before::InThePeriod => work!(out, Figure::RepaidBefore = payment.period_student_loan),
        Before::InTheYear => work!(out, Figure::RepaidBefore = payment.earlier_student_loan),
    }
}

/// The same of a postgraduate loan.
#[provision]
fn postgraduate_repaid(payment: &Payment, assessed: Assessment, out: &mut Payslip) -> Decimal {
    match assessed.before {
        Before::Nothing => work!(out, Figure::RepaidBefore = 0),
        Before::InThePeriod => work!(out, Figure::RepaidBefore = payment.period_postgraduate_loan),
        Before::InTheYear => work!(out, Figure::RepaidBefore = payment.earlier_postgraduate_loan),
    }
}

/// A loan as this payment meets it.
struct Loan {
    of_earnings: Decimal,
    before: Decimal,
    left: Decimal,
    name: &'static str,
}

/// Reg. 44: what is due, less what was repaid before on the same earnings. Reg. 51 (1): tax and
/// National Insurance come first, "the repayment … must be the remaining balance".
#[provision("Education (Student Loans) (Repayment) Regulations 2009, regs. 44 and 51 (1)")]
fn repayment(loan: Loan, item: Item, out: &mut Payslip) -> Decimal {
    let Loan { of_earnings, before, left, name } = loan;
    let due = work!(
        out,
        Figure::RepaymentDue = at_least(
            of_earnings as Figure::RepaymentOfEarnings - before as Figure::RepaidBefore,
            0
        )
    );
    let which = usize::from(item == Item::PostgraduateLoan);
    if due <= left {
        return work!(out, [Item::StudentLoan, Item::PostgraduateLoan][which] = due);
    }
    say!(
        out,
        LoanReduced,
        "After tax, National Insurance and loans before this one, {left:GBP} of your pay is left: \
         only that much is deducted."
    );
    out.finding(Finding::LoanReduced).about(name).limit(left).actual(due);
    out.line(item, left);
    left
}
