//! National Insurance of company directors: Social Security (Contributions) Regulations 2001,
//! reg. 8; HMRC, CA44 "National Insurance for company directors".

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::{DirectorMethod, NiCategory};
use crate::contributions::Contributions;
use crate::earnings_period::EarningsPeriod;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::period::{Period, WEEKS};

const CITATION: &str = "Social Security (Contributions) Regulations 2001, reg. 8";

/// Whether the director's payments are assessed on the year so far, loans too: reg. 8 (1) to (3),
/// and for the last payment of the alternative method 8 (6). Before it, payments on account are
/// assessed as if the director were any other employee.
pub(crate) fn on_the_year(payment: &Payment) -> bool {
    matches!(
        payment.director,
        Some(DirectorMethod::Annual | DirectorMethod::AlternativeLastPayment)
    )
}

/// Reg. 8 (2), (3): the tax year, or from the week of the appointment the weeks that remain of 52;
/// an appointment in week 53 leaves one.
pub(crate) fn annual_period(payment: &Payment) -> EarningsPeriod {
    match payment.director_since_week {
        None | Some(1) => EarningsPeriod::Year,
        Some(week) => EarningsPeriod::Weeks((WEEKS - week + 1).max(1)),
    }
}

/// What the next payment of the director needs to know.
#[provision]
pub(crate) fn to_date(
    payment: &Payment,
    #[is(Figure::LiableEarnings)] liable: Decimal,
    now: &Contributions,
    out: &mut Payslip,
) {
    work!(out, Item::NiEarningsToDate = payment.earlier_ni_earnings + liable);
    work!(
        out,
        Item::EmployeeNiToDate = payment.earlier_employee_ni + now.employee as Item::EmployeeNi
    );
    work!(
        out,
        Item::EmployerNiToDate = payment.earlier_employer_ni + now.employer as Item::EmployerNi
    );
}

/// Facts of directors go with directors, and directors with payments and a category letter.
pub(crate) fn check(payment: &Payment, period: Option<Period>) -> Result<(), Fault> {
    let Some(method) = payment.director else {
        let given = [
            (payment.director_since_week.is_some(), Payment::DIRECTOR_SINCE_WEEK),
            (payment.earlier_ni_earnings.is_some(), Payment::EARLIER_NI_EARNINGS),
            (payment.earlier_employee_ni.is_some(), Payment::EARLIER_EMPLOYEE_NI),
            (payment.earlier_employer_ni.is_some(), Payment::EARLIER_EMPLOYER_NI),
            (payment.earlier_student_loan.is_some(), Payment::EARLIER_STUDENT_LOAN),
            (payment.earlier_postgraduate_loan.is_some(), Payment::EARLIER_POSTGRADUATE_LOAN),
        ];
        return match given.into_iter().find(|(given, _)| *given) {
            None => Ok(()),
            Some((_, fact)) => Err(Fault::fact(
                fact,
                "must be left out unless director is given: only directors are assessed on the year so far; earlier payments of the same earnings period are period_ni_earnings and what belongs to it, found a value",
            )
            .citing(CITATION)),
        };
    };
    check_director(payment, method, period)
}

fn check_director(
    payment: &Payment,
    method: DirectorMethod,
    period: Option<Period>,
) -> Result<(), Fault> {
    if payment.ni_category == NiCategory::NotLiable {
        return Err(Fault::fact(
            Payment::NI_CATEGORY,
            format!("must be a letter where director is {}, found none", method.name()),
        )
        .citing(CITATION));
    }
    if period.is_none() {
        return Err(Fault::fact(
            Payment::DIRECTOR,
            format!(
                "must be left out for the estimate of a year, which is assessed as a whole for everyone, found {}",
                method.name()
            ),
        )
        .citing(CITATION));
    }
    // A year is longer than what is left of it: its thresholds would let contributions go.
    if on_the_year(payment) && payment.director_since_week.is_none() {
        return Err(Fault::fact(
            Payment::DIRECTOR_SINCE_WEEK,
            format!(
                "must be given where director is {}: the tax week of the appointment, 1 for a director when the tax year began, found none",
                method.name()
            ),
        )
        .citing(CITATION));
    }
    // Earlier earnings without what was paid on them would be charged twice.
    let earlier = payment.earlier_ni_earnings.is_some_and(|earnings| !earnings.is_zero());
    let postgraduate = payment.postgraduate_loan == Some(true);
    let needed = [
        (payment.earlier_employee_ni.is_none(), Payment::EARLIER_EMPLOYEE_NI),
        (payment.earlier_employer_ni.is_none(), Payment::EARLIER_EMPLOYER_NI),
        (
            payment.plan().is_some() && payment.earlier_student_loan.is_none(),
            Payment::EARLIER_STUDENT_LOAN,
        ),
        (
            postgraduate && payment.earlier_postgraduate_loan.is_none(),
            Payment::EARLIER_POSTGRADUATE_LOAN,
        ),
    ];
    match needed.into_iter().find(|(missing, _)| *missing) {
        Some((_, fact)) if earlier && on_the_year(payment) => Err(Fault::fact(
            fact,
            "must be given, 0 if nothing was paid, where a director is assessed on the year and earlier_ni_earnings is given, found none",
        )
        .citing(CITATION)),
        _ => Ok(()),
    }
}
