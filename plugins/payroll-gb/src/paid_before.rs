//! Whether what is said to be contributed before can be due on the earnings before.
//!
//! More than that would be paid out to the employee as a refund. The most that can be due is the
//! highest rate of any category letter on all that exceeds the threshold of a week: no earnings
//! period is shorter (Social Security (Contributions) Regulations 2001, reg. 3 (1), table), and
//! earnings assessed in several periods have their threshold several times. Less strict than the
//! letter and period of this payment, because others may lawfully have held before: the letter
//! changes with age, the period with the interval of pay (reg. 18), and a director's payments on
//! account are assessed by the week or month (reg. 8 (6)).

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::halfpenny_disregarded;

use crate::choices::NiThreshold;
use crate::earnings_period::{EarningsPeriod, threshold};
use crate::facts::Payment;
use crate::law::Law;

const CITATION: &str = "Social Security Contributions and Benefits Act 1992, ss. 8 and 9; Social Security (Contributions) Regulations 2001, regs. 3, 11 and 12";

const WEEK: EarningsPeriod = EarningsPeriod::Weeks(1);

/// Refuses contributions that no earnings so far can explain.
pub(crate) fn check(law: &Law, payment: &Payment) -> Result<(), Fault> {
    let of_employee = law.ni_rates.iter().map(|row| row.employee_main.max(row.employee_additional));
    let of_employer = law.ni_rates.iter().map(|row| row.employer);
    let employee = Most { threshold: NiThreshold::Primary, rate: highest(of_employee) };
    let employer = Most { threshold: NiThreshold::Secondary, rate: highest(of_employer) };
    let (period, year) = (payment.period_ni_earnings, payment.earlier_ni_earnings);
    for (most, fact, paid, earnings) in [
        (employee, Payment::PERIOD_EMPLOYEE_NI, payment.period_employee_ni, period),
        (employer, Payment::PERIOD_EMPLOYER_NI, payment.period_employer_ni, period),
        (employee, Payment::EARLIER_EMPLOYEE_NI, payment.earlier_employee_ni, year),
        (employer, Payment::EARLIER_EMPLOYER_NI, payment.earlier_employer_ni, year),
    ] {
        if let Some(paid) = paid.filter(|paid| !paid.is_zero()) {
            most.check(law, fact, paid, earnings.unwrap_or_default())?;
        }
    }
    Ok(())
}

fn highest(rates: impl Iterator<Item = Decimal>) -> Decimal {
    rates.max().unwrap_or_default()
}

/// How the most that can be due is made.
#[derive(Clone, Copy)]
struct Most {
    threshold: NiThreshold,
    rate: Decimal,
}

impl Most {
    fn check(
        self,
        law: &Law,
        fact: FactField,
        paid: Decimal,
        earnings: Decimal,
    ) -> Result<(), Fault> {
        let above = (earnings - threshold(law, self.threshold, WEEK)?).max(Decimal::ZERO);
        let most = halfpenny_disregarded(above * self.rate);
        if paid <= most {
            return Ok(());
        }
        Err(Fault::fact(
            fact,
            format!(
                "must not exceed {most:.2}, the most that can be due on earnings of {earnings:.2} before this payment, found {paid:.2}"
            ),
        )
        .citing(CITATION))
    }
}
