//! Class 1 National Insurance contributions by the exact percentage method: Social Security
//! Contributions and Benefits Act 1992, ss. 6 to 9B; Social Security (Contributions) Regulations
//! 2001, reg. 12 (1).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::assessment::{self, Assessment};
use crate::choices::{NiCategory, NiThreshold};
use crate::contributions::Contributions;
use crate::directors;
use crate::earnings_period::threshold;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Law, NiRate};
use crate::paid_before;
use crate::period::Period;

/// The contributions on this payment.
pub(crate) fn contributions(
    law: &Law,
    payment: &Payment,
    period: Option<Period>,
    liable: Decimal,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    directors::check(payment, period)?;
    assessment::check(payment, period)?;
    paid_before::check(law, payment)?;
    let category = payment.ni_category;
    if category == NiCategory::NotLiable || (category == NiCategory::X && liable.is_zero()) {
        return Ok(Contributions::default());
    }
    let rates = rates(law, category, payment, liable)?;
    let assessed = Assessment::of(payment, period);
    let earnings = assessed_earnings(payment, assessed, liable, out);
    let limits = limits(law, assessed, out)?;
    if payment.director.is_none() {
        bands(law, assessed, earnings, limits, out)?;
    }
    let before = assessed.contributions_before(payment, out);
    let employee = of_employee(rates, earnings, limits, before.employee, out);
    let employer = of_employer(law, rates, assessed, earnings, before.employer, out)?;
    if assessed.in_the_period() {
        compare(law, rates, assessed, limits, before, out)?;
    }
    let contributions = Contributions { employee, employer };
    if payment.director.is_some() {
        directors::to_date(payment, liable, &contributions, out);
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

/// Earnings that are assessed together: those of the payment, and those before it in its earnings
/// period or in a director's year.
#[provision]
pub(crate) fn assessed_earnings(
    payment: &Payment,
    assessed: Assessment,
    #[is(Figure::LiableEarnings)] liable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Item::NiEarnings = liable);
    #[is(Figure::EarningsBefore)]
    let before = assessed.earnings_before(payment, out);
    work!(out, Figure::AssessedEarnings = before + liable)
}

/// The primary threshold and the upper earnings limit of an earnings period.
#[derive(Clone, Copy)]
struct Limits {
    primary: Decimal,
    upper: Decimal,
}

/// The limits of the earnings period.
#[provision(parameters("ni_thresholds"))]
fn limits(law: &Law, assessed: Assessment, out: &mut Payslip) -> Result<Limits, Fault> {
    let primary = threshold(law, NiThreshold::Primary, assessed.period)?;
    let upper = threshold(law, NiThreshold::UpperEarningsLimit, assessed.period)?;
    let primary = work!(out, Figure::PrimaryThreshold = stated(primary));
    let upper = work!(out, Figure::UpperEarningsLimit = stated(upper));
    Ok(Limits { primary, upper })
}

/// Section 8: the employee's. Of the earnings above the primary threshold the main percentage, above
/// the upper earnings limit the additional one, each calculated and rounded apart (reg. 12 (1);
/// HMRC, National Insurance contributions guidance for software developers). What was contributed
/// before on the earnings is set off.
#[provision(
    "Social Security Contributions and Benefits Act 1992, s. 8; Social Security (Contributions) Regulations 2001, reg. 12 (1)"
)]
fn of_employee(
    rates: &NiRate,
    #[is(Figure::AssessedEarnings)] earnings: Decimal,
    limits: Limits,
    #[is(Figure::EmployeeNiBefore)] before: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::PrimaryThreshold)]
    let primary = limits.primary;
    #[is(Figure::UpperEarningsLimit)]
    let upper = limits.upper;
    let main = work!(
        out,
        Figure::MainContribution = halfpenny_disregarded(share(
            at_least(at_most(earnings, upper) - primary, 0),
            rates.employee_main
        ))
    );
    let additional = work!(
        out,
        Figure::AdditionalContribution =
            halfpenny_disregarded(share(at_least(earnings - upper, 0), rates.employee_additional))
    );
    work!(out, Item::EmployeeNi = main + additional - before)
}

/// Section 9: the employer's. The percentage above the secondary threshold, or above the upper
/// threshold to which the letter grants a zero rate (ss. 9A, 9B; National Insurance Contributions
/// Act 2022, s. 1). Rounded once.
#[provision(
    "Social Security Contributions and Benefits Act 1992, ss. 9 to 9B; Social Security (Contributions) Regulations 2001, reg. 12 (1)",
    parameters("ni_thresholds")
)]
fn of_employer(
    law: &Law,
    rates: &NiRate,
    assessed: Assessment,
    #[is(Figure::AssessedEarnings)] earnings: Decimal,
    #[is(Figure::EmployerNiBefore)] before: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let above = threshold(law, rates.employer_above, assessed.period)?;
    let above = work!(out, Figure::EmployerThreshold = stated(above));
    Ok(work!(
        out,
        Item::EmployerNi =
            halfpenny_disregarded(share(at_least(earnings - above, 0), rates.employer)) - before
    ))
}

/// Says where more was contributed before in the earnings period than is due on its earnings so
/// far: it is set off against this payment, and lawful where the letter or the interval of pay has
/// changed.
fn compare(
    law: &Law,
    rates: &NiRate,
    assessed: Assessment,
    limits: Limits,
    before: Contributions,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let (earnings, apart) = (assessed.earnings, &mut Payslip::new(false));
    let employee = of_employee(rates, earnings, limits, Decimal::ZERO, apart);
    let employer = of_employer(law, rates, assessed, earnings, Decimal::ZERO, apart)?;
    for (whose, due, paid) in
        [("employee", employee, before.employee), ("employer", employer, before.employer)]
    {
        if paid > due {
            out.finding(Finding::ContributionsExceedDue).about(whose).limit(due).actual(paid);
        }
    }
    Ok(())
}

/// The earnings bands that are reported to HMRC with a payment and decide entitlement to benefits,
/// once the earnings of the period reach the lower earnings limit (Act, s. 6A; Full Payment
/// Submission).
#[provision(
    "Social Security Contributions and Benefits Act 1992, ss. 6A and 8",
    parameters("ni_thresholds")
)]
fn bands(
    law: &Law,
    assessed: Assessment,
    #[is(Figure::AssessedEarnings)] earnings: Decimal,
    limits: Limits,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let lower = threshold(law, NiThreshold::LowerEarningsLimit, assessed.period)?;
    if earnings < lower {
        return Ok(());
    }
    #[is(Figure::PrimaryThreshold)]
    let primary = limits.primary;
    #[is(Figure::UpperEarningsLimit)]
    let upper = limits.upper;
    let lower = work!(out, Figure::LowerEarningsLimit = stated(lower));
    work!(out, Item::NiEarningsToLel = lower);
    work!(out, Item::NiEarningsLelToPt = smallest(earnings, primary) - lower);
    work!(out, Item::NiEarningsPtToUel = at_least(at_most(earnings, upper) - primary, 0));
    Ok(())
}
