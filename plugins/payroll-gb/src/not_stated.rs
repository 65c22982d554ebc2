//! What the facts leave open although an amount depends on it: what is assumed is said in a finding.
//!
//! Whatever is stated, 0 too, is a choice and has none. What nothing can be assumed for is required
//! of everybody (`facts`), or where other facts make it necessary (`income_tax`, `assessment`,
//! `directors`). Loans and pensions, whose amounts decide whether there is something to say, say it
//! themselves.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::directors;
use crate::facts::Payment;
use crate::items::Finding;
use crate::law::Law;
use crate::period::Period;
use crate::tax_code::{self, Kind};

/// Says what is assumed. The estimate of a year has nothing before it.
pub(crate) fn say(law: &Law, payment: &Payment, period: Option<Period>, out: &mut Payslip) {
    if let Some(period) = period {
        tax(payment, period, out);
        if payment.director.is_some() {
            director(payment, period, out);
        }
        earnings_period(payment, out);
    }
    if given(payment.termination_award) && payment.earlier_termination_awards.is_none() {
        out.finding(Finding::EarlierAwardsNotStated).limit(law.termination_award_threshold);
    }
}

/// Income Tax (PAYE) Regulations 2003, reg. 23: pay and tax of the year so far; regs. 22 and 26: they
/// count unless it is provided otherwise.
fn tax(payment: &Payment, period: Period, out: &mut Payslip) {
    let later = period.follows_another_since(1);
    // One is refused without the other (`income_tax`).
    if later && payment.earlier_taxable_pay.is_none() {
        assumed("earlier_taxable_pay", out);
        assumed("earlier_tax", out);
    }
    let counts = later || given(payment.earlier_taxable_pay) || given(payment.earlier_tax);
    if payment.tax_basis.is_some() || period.beyond_the_year {
        return;
    }
    // A payment for two weeks in week 1 has the tables of one week on the cumulative basis.
    let other_tables = || {
        period.number != period.length
            && tax_code::read(&payment.tax_code)
                .is_ok_and(|code| !matches!(code.kind, Kind::NoTax | Kind::Flat(_)))
    };
    if counts || other_tables() {
        out.finding(Finding::TaxBasisNotStated);
    }
}

/// Social Security (Contributions) Regulations 2001, reg. 8: a director's year so far begins with
/// the appointment.
fn director(payment: &Payment, period: Period, out: &mut Payslip) {
    let first = period.of_week(payment.director_since_week.unwrap_or(1));
    let later = period.follows_another_since(first);
    let facts = [
        ("earlier_ni_earnings", payment.earlier_ni_earnings),
        ("earlier_employee_ni", payment.earlier_employee_ni),
        ("earlier_employer_ni", payment.earlier_employer_ni),
    ];
    // Where one is known, there was a payment before.
    if later || facts.iter().any(|(_, amount)| amount.is_some()) {
        for (fact, _) in facts.iter().filter(|(_, amount)| amount.is_none()) {
            assumed(fact, out);
        }
    }
    // Before the year is assessed as a whole, nothing depends on the loans of the year so far.
    let paid_before = later || facts.iter().any(|(_, amount)| given(*amount));
    if paid_before && directors::on_the_year(payment) {
        if payment.plan().is_some() && payment.earlier_student_loan.is_none() {
            assumed("earlier_student_loan", out);
        }
        if payment.postgraduate_loan == Some(true) && payment.earlier_postgraduate_loan.is_none() {
            assumed("earlier_postgraduate_loan", out);
        }
    }
}

/// Regs. 3, 6 and 15: earnings that are added together may be those of jobs with other intervals.
fn earnings_period(payment: &Payment, out: &mut Payslip) {
    if payment.period_ni_earnings.is_some() && payment.ni_frequency.is_none() {
        out.finding(Finding::EarningsPeriodNotStated);
    }
}

#[cold]
fn assumed(fact: &str, out: &mut Payslip) {
    out.finding(Finding::YearToDateNotStated).about(fact);
}

fn given(amount: Option<Decimal>) -> bool {
    amount.is_some_and(|amount| !amount.is_zero())
}
