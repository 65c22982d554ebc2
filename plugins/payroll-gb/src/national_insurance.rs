//! Class 1 National Insurance contributions by the exact percentage method: Social Security
//! Contributions and Benefits Act 1992, ss. 6 to 9B; Social Security (Contributions) Regulations
//! 2001, reg. 12 (1).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::assessment::{self, Assessment};
use crate::choices::{NiCategory, NiThreshold};
use crate::contributions::Contributions;
use crate::counted_pay::{self, Apart};
use crate::directors;
use crate::earnings_period::{EarningsPeriod, threshold};
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::{Law, NiRate};
use crate::paid_before;
use crate::period::Period;
use crate::rounding::halfpenny_disregarded;
use crate::steps::{NiStep, percent};

/// The contributions on this payment.
pub(crate) fn contributions(
    law: &Law,
    payment: &Payment,
    period: Option<Period>,
    earnings: Decimal,
    apart: Apart,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    directors::check(payment, period)?;
    assessment::check(payment, period)?;
    paid_before::check(law, payment)?;
    let category = payment.ni_category;
    if category == NiCategory::NotLiable || (category == NiCategory::X && earnings.is_zero()) {
        return Ok(Contributions::default());
    }
    let rates = rates(law, category, payment, earnings)?;
    counted_pay::explain(payment, apart, out);
    out.line(Item::NiEarnings, earnings);
    let assessed = Assessment::of(payment, period);
    let total = assessed.earnings + earnings;
    if payment.director.is_none() {
        bands(law, &assessed, total, out)?;
    }
    // Each step stands before the line that it leads to.
    assessed.explain(total, out);
    let due = Primary::on(law, rates, assessed.period, total)?;
    due.explain(rates, out);
    let employee = assessed.less_paid(due.amount(), assessed.employee, out);
    out.line(Item::EmployeeNi, employee);
    assessed.explain(total, out);
    let due = Secondary::on(law, rates, assessed.period, total)?;
    due.explain(rates, out);
    let employer = assessed.less_paid(due.amount, assessed.employer, out);
    out.line(Item::EmployerNi, employer);
    if assessed.in_the_period() {
        compare(law, rates, &assessed, out)?;
    }
    let contributions = Contributions { employee, employer };
    if payment.director.is_some() {
        directors::to_date(payment, earnings, contributions, out);
    }
    Ok(contributions)
}

/// The rates of the letter. X says that there is nothing to contribute to.
fn rates<'a>(
    law: &'a Law,
    category: NiCategory,
    payment: &Payment,
    earnings: Decimal,
) -> Result<&'a NiRate, Fault> {
    let row = law.ni_rates.iter().find(|row| row.category == category);
    row.ok_or_else(|| no_rates(law, category, payment, earnings))
}

#[cold]
fn no_rates(law: &Law, category: NiCategory, payment: &Payment, earnings: Decimal) -> Fault {
    let letters: Vec<_> = law.ni_rates.iter().map(|row| row.category.name()).collect();
    let letters = letters.join(", ");
    let message = match category {
        NiCategory::X => format!(
            "must be one of {letters} where National Insurance is assessed, or none for an employee who is not liable to Class 1, for example under 16, found X with earnings of {earnings}"
        ),
        other => format!("must be one of {letters} on {}, found {}", payment.on, other.name()),
    };
    Fault::fact(Payment::NI_CATEGORY, message).citing(
        "Social Security Contributions and Benefits Act 1992, s. 6; HMRC, National Insurance rates and categories: category letters",
    )
}

/// Says where more was contributed before in the earnings period than is due on its earnings so
/// far: it is set off against this payment, and lawful where the letter or the interval of pay has
/// changed.
fn compare(
    law: &Law,
    rates: &NiRate,
    assessed: &Assessment,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let (period, earnings) = (assessed.period, assessed.earnings);
    let employee = Primary::on(law, rates, period, earnings)?.amount();
    let employer = Secondary::on(law, rates, period, earnings)?.amount;
    for (whose, due, paid) in
        [("employee", employee, assessed.employee), ("employer", employer, assessed.employer)]
    {
        if paid > due {
            out.finding(Finding::ContributionsExceedDue).about(whose).limit(due).actual(paid);
        }
    }
    Ok(())
}

/// Section 8: the employee's. Of the earnings above the primary threshold the main percentage, above
/// the upper earnings limit the additional one, each calculated and rounded apart (reg. 12 (1);
/// HMRC, National Insurance contributions guidance for software developers).
struct Primary {
    threshold: Decimal,
    limit: Decimal,
    main: Decimal,
    of_main: Decimal,
    additional: Decimal,
    of_additional: Decimal,
}

impl Primary {
    fn on(
        law: &Law,
        rates: &NiRate,
        period: EarningsPeriod,
        earnings: Decimal,
    ) -> Result<Self, Fault> {
        let primary = threshold(law, NiThreshold::Primary, period)?;
        let upper = threshold(law, NiThreshold::UpperEarningsLimit, period)?;
        let main = above(earnings.min(upper), primary);
        let additional = above(earnings, upper);
        Ok(Self {
            threshold: primary,
            limit: upper,
            main,
            of_main: halfpenny_disregarded(main * rates.employee_main),
            additional,
            of_additional: halfpenny_disregarded(additional * rates.employee_additional),
        })
    }

    fn amount(&self) -> Decimal {
        self.of_main + self.of_additional
    }

    fn explain(&self, rates: &NiRate, out: &mut Payslip) {
        out.step(|| NiStep::EmployeeNi {
            category: rates.category.name(),
            main: self.main,
            threshold: self.threshold,
            main_rate: percent(rates.employee_main),
            of_main: self.of_main,
            additional: self.additional,
            limit: self.limit,
            additional_rate: percent(rates.employee_additional),
            of_additional: self.of_additional,
            amount: self.amount(),
        });
    }
}

/// Section 9: the employer's. The percentage above the secondary threshold, or above the upper
/// threshold to which the letter grants a zero rate (ss. 9A, 9B; National Insurance Contributions
/// Act 2022, s. 1). Rounded once.
struct Secondary {
    threshold: Decimal,
    base: Decimal,
    amount: Decimal,
}

impl Secondary {
    fn on(
        law: &Law,
        rates: &NiRate,
        period: EarningsPeriod,
        earnings: Decimal,
    ) -> Result<Self, Fault> {
        let threshold = threshold(law, rates.employer_above, period)?;
        let base = above(earnings, threshold);
        Ok(Self { threshold, base, amount: halfpenny_disregarded(base * rates.employer) })
    }

    fn explain(&self, rates: &NiRate, out: &mut Payslip) {
        out.step(|| NiStep::EmployerNi {
            category: rates.category.name(),
            base: self.base,
            threshold: self.threshold,
            rate: percent(rates.employer),
            amount: self.amount,
        });
    }
}

/// What an amount exceeds a threshold by.
fn above(amount: Decimal, threshold: Decimal) -> Decimal {
    (amount - threshold).max(Decimal::ZERO)
}

/// The earnings bands that are reported to HMRC with a payment and decide entitlement to benefits,
/// once the earnings of the period reach the lower earnings limit (Act, s. 6A; Full Payment
/// Submission).
fn bands(
    law: &Law,
    assessed: &Assessment,
    earnings: Decimal,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let period = assessed.period;
    let lower = threshold(law, NiThreshold::LowerEarningsLimit, period)?;
    if earnings < lower {
        return Ok(());
    }
    let primary = threshold(law, NiThreshold::Primary, period)?;
    let upper = threshold(law, NiThreshold::UpperEarningsLimit, period)?;
    let to_primary = earnings.min(primary) - lower;
    let to_upper = above(earnings.min(upper), primary);
    assessed.explain(earnings, out);
    out.step(|| NiStep::NiBands {
        earnings,
        lower,
        to_lower: lower,
        to_primary,
        primary,
        to_upper,
        upper,
    });
    out.line(Item::NiEarningsToLel, lower);
    out.further_line(Item::NiEarningsLelToPt, to_primary);
    out.further_line(Item::NiEarningsPtToUel, to_upper);
    Ok(())
}
