//! On what National Insurance and loans are assessed: the payment by itself, the payments of its
//! earnings period so far, or a director's tax year so far.
//!
//! Social Security Contributions and Benefits Act 1992, s. 6 (1) and Sch. 1, para. 1; Social
//! Security (Contributions) Regulations 2001 (SI 2001/1004), regs. 3 to 8, 14 and 15: earnings paid
//! in one earnings period in one employment, or in several with the same employer or with employers
//! in association, are added together and assessed once.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::{NiCategory, PayFrequency};
use crate::contributions::Contributions;
use crate::directors;
use crate::earnings_period::EarningsPeriod;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::period::{Period, calendar_and_length};

const CITATION: &str = "Social Security (Contributions) Regulations 2001, regs. 3, 6, 14 and 15";

/// What came before that the earnings are added to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Before {
    /// Nothing: the payment is all that was earned in its earnings period.
    Nothing,
    /// Earlier payments of the earnings period.
    InThePeriod,
    /// A director's year so far.
    InTheYear,
}

/// What a payment is assessed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Assessment {
    /// What the earnings are added to.
    pub before: Before,
    /// The stretch of time whose thresholds hold.
    pub period: EarningsPeriod,
    /// Earnings before this payment.
    pub earnings: Decimal,
}

impl Assessment {
    /// The assessment of a payment.
    pub(crate) fn of(payment: &Payment, period: Option<Period>) -> Self {
        if directors::on_the_year(payment) {
            return Self {
                before: Before::InTheYear,
                period: directors::annual_period(payment),
                earnings: payment.earlier_ni_earnings.unwrap_or_default(),
            };
        }
        let earnings = payment.period_ni_earnings.unwrap_or_default();
        Self {
            before: if earnings.is_zero() { Before::Nothing } else { Before::InThePeriod },
            period: match payment.ni_frequency.and_then(calendar_and_length) {
                Some((calendar, length)) => EarningsPeriod::lasting(calendar, length),
                None => EarningsPeriod::of(period),
            },
            earnings,
        }
    }

    /// Whether earlier payments of the same earnings period are added.
    pub(crate) fn in_the_period(self) -> bool {
        self.before == Before::InThePeriod
    }

    /// Earnings that those of the payment are added to.
    pub(crate) fn earnings_before(self, payment: &Payment, out: &mut Payslip) -> Decimal {
        earnings_before(self.before, payment, out)
    }

    /// Contributions on the earnings before.
    pub(crate) fn contributions_before(
        self,
        payment: &Payment,
        out: &mut Payslip,
    ) -> Contributions {
        contributions_before(self.before, payment, out)
    }
}

#[provision]
fn earnings_before(before: Before, payment: &Payment, out: &mut Payslip) -> Decimal {
    match before {
        Before::Nothing => Decimal::ZERO,
        Before::InThePeriod => work!(out, Figure::EarningsBefore = payment.period_ni_earnings),
        Before::InTheYear => work!(out, Figure::EarningsBefore = payment.earlier_ni_earnings),
    }
}

#[provision]
fn contributions_before(before: Before, payment: &Payment, out: &mut Payslip) -> Contributions {
    match before {
        Before::Nothing => Contributions::default(),
        Before::InThePeriod => Contributions {
            employee: work!(out, Figure::EmployeeNiBefore = payment.period_employee_ni),
            employer: work!(out, Figure::EmployerNiBefore = payment.period_employer_ni),
        },
        Before::InTheYear => Contributions {
            employee: work!(out, Figure::EmployeeNiBefore = payment.earlier_employee_ni),
            employer: work!(out, Figure::EmployerNiBefore = payment.earlier_employer_ni),
        },
    }
}

/// Facts of the earnings period go with payments that are not assessed on the year, and earnings
/// with what was paid on them: one without the other would be charged twice, or not at all.
pub(crate) fn check(payment: &Payment, period: Option<Period>) -> Result<(), Fault> {
    let liable = payment.ni_category != NiCategory::NotLiable;
    let paid = [
        (payment.period_employee_ni, Payment::PERIOD_EMPLOYEE_NI, liable),
        (payment.period_employer_ni, Payment::PERIOD_EMPLOYER_NI, liable),
        (payment.period_student_loan, Payment::PERIOD_STUDENT_LOAN, payment.plan().is_some()),
        (
            payment.period_postgraduate_loan,
            Payment::PERIOD_POSTGRADUATE_LOAN,
            payment.postgraduate_loan == Some(true),
        ),
    ];
    if directors::on_the_year(payment) || period.is_none() {
        let first = [
            (payment.ni_frequency.is_some(), Payment::NI_FREQUENCY),
            (payment.period_ni_earnings.is_some(), Payment::PERIOD_NI_EARNINGS),
        ];
        let others = paid.into_iter().map(|(given, fact, _)| (given.is_some(), fact));
        return match first.into_iter().chain(others).find(|(given, _)| *given) {
            None => Ok(()),
            Some((_, fact)) => Err(Fault::fact(
                fact,
                "must be left out for a director who is assessed on the year, and for the estimate of a year, found a value",
            )
            .citing(CITATION)),
        };
    }
    if payment.ni_frequency == Some(PayFrequency::YearEstimate) {
        return Err(Fault::fact(
            Payment::NI_FREQUENCY,
            "must be an earnings period, found year_estimate",
        )
        .citing(CITATION));
    }
    let others = payment.ni_frequency.is_some() || paid.iter().any(|(given, ..)| given.is_some());
    if payment.period_ni_earnings.is_none() && others {
        return Err(Fault::fact(
            Payment::PERIOD_NI_EARNINGS,
            "must be given, 0 for the first payment of the earnings period, where ni_frequency is or what was paid before in the period, found none",
        )
        .citing(CITATION));
    }
    let earned = payment.period_ni_earnings.is_some_and(|earnings| !earnings.is_zero());
    for (given, fact, due) in paid {
        if earned && due && given.is_none() {
            return Err(Fault::fact(
                fact,
                "must be given, 0 if nothing was paid, where period_ni_earnings is given, found none",
            )
            .citing(CITATION));
        }
        if !earned && given.is_some_and(|paid| !paid.is_zero()) {
            return Err(Fault::fact(
                fact,
                "must be left out or 0 unless period_ni_earnings says on what it was paid, found a value",
            )
            .citing(CITATION));
        }
    }
    Ok(())
}
