//! Credits of a year for children and low earnings: child tax credit and credit for other dependents
//! (26 U.S.C. s. 24, Schedule 8812), and the earned income credit (s. 32) by its formula, not by the table
//! of 50-dollar steps. Every child has a social security number and lives with the taxpayer.

use stele_sdk::prelude::*;

use super::law::EarnedIncomeCredit;
use super::year_terms::{Terms, unknown_year};
use crate::amounts::{cents, percent};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::unrounded;
use crate::steps::YearStep;

/// What the credits depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Income {
    /// Adjusted gross income.
    pub adjusted: Decimal,
    /// Earned income.
    pub earned: Decimal,
    /// Social security and Medicare taxes of the employees.
    pub fica: Decimal,
}

/// What comes off the tax.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Credits {
    /// For children and dependents, no more than the tax.
    pub against_tax: Decimal,
    /// For children, beyond the tax.
    pub refunded: Decimal,
    /// The earned income credit.
    pub earned: Decimal,
}

impl Credits {
    /// Everything that comes off the tax, what is refunded included.
    pub(super) fn sum(&self) -> Decimal {
        self.against_tax + self.refunded + self.earned
    }
}

/// The credits, with their lines.
pub(super) fn of(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Income,
    tax: Decimal,
    out: &mut Payslip,
) -> Result<Credits, Fault> {
    // The child tax credit that is refunded depends on it, so it is computed before its line.
    let earned = earned_income_credit(law, payment, terms, income)?;
    let mut credits = Credits { earned: earned.credit, ..Credits::default() };
    if !payment.children.is_empty() {
        (credits.against_tax, credits.refunded) =
            child_tax_credit(payment, terms, income, tax, earned.credit, out);
    }
    if !earned.credit.is_zero() {
        out.step(|| earned.step(income));
        out.line(Item::EarnedIncomeCredit, earned.credit);
    }
    Ok(credits)
}

/// Schedule 8812: what comes off the tax, and what is refunded, with their lines.
fn child_tax_credit(
    payment: &Payment,
    terms: Terms<'_>,
    income: Income,
    tax: Decimal,
    earned_income_credit: Decimal,
    out: &mut Payslip,
) -> (Decimal, Decimal) {
    let family = terms.family;
    let all = payment.children.len();
    let young = payment.children.iter().filter(|child| child.age < family.child_age).count();
    let (children, others) = (Decimal::from(young), Decimal::from(all - young));
    // Lines 4 to 8.
    let full = family.child_credit * children + family.dependent_credit * others;
    out.step(|| YearStep::ChildCredits {
        children,
        child_credit: family.child_credit,
        others,
        dependent_credit: family.dependent_credit,
        full,
    });
    // Lines 9 to 12: reduced for each step of income above the limit, or a part of one (s. 24 (b)).
    let above = (income.adjusted - terms.of_status.child_credit_limit).max(Decimal::ZERO);
    let steps = (above / family.child_credit_step).ceil();
    let credit = (full - steps * family.child_credit_reduction).max(Decimal::ZERO);
    if !steps.is_zero() {
        out.step(|| YearStep::ChildCreditsReduced {
            income: income.adjusted,
            limit: terms.of_status.child_credit_limit,
            step: family.child_credit_step,
            reduction: family.child_credit_reduction,
            steps,
            full,
            credit,
        });
    }
    // Lines 13 and 14: no more than the tax.
    let against_tax = credit.min(tax);
    out.step(|| YearStep::ChildTaxCredit { credit, tax, against_tax });
    out.line(Item::ChildTaxCredit, against_tax);
    // Lines 16a and 16b: of the rest, so much is refunded for a child at most.
    let left = credit - against_tax;
    let most = family.refundable_credit * children;
    // Lines 18a to 20: a share of earned income.
    let earned = (income.earned - family.refundable_from).max(Decimal::ZERO);
    let share = cents(earned * family.refundable_rate);
    // Lines 21 to 26: with many children the social security taxes above the earned income credit.
    let many = young >= usize::try_from(family.many_children).unwrap_or(usize::MAX);
    let taxes = income.fica - earned_income_credit;
    let by_taxes = many && taxes > share;
    let refunded = left.min(most).min(if by_taxes { taxes } else { share });
    if refunded.is_zero() {
        return (against_tax, refunded);
    }
    out.step(|| {
        if by_taxes {
            return YearStep::ChildCreditRefundedManyChildren {
                left,
                most,
                children,
                taxes: income.fica,
                earned_income_credit,
                share: taxes,
                refunded,
            };
        }
        YearStep::ChildCreditRefunded {
            left,
            most,
            children,
            rate: percent(family.refundable_rate),
            income: income.earned,
            from: family.refundable_from,
            share,
            refunded,
        }
    });
    out.line(Item::AdditionalChildTaxCredit, refunded);
    (against_tax, refunded)
}

/// The earned income credit, and what it came from.
#[derive(Clone, Copy, Debug, Default)]
struct Earned<'a> {
    credit: Decimal,
    /// The row of so many children; none where there is no credit.
    row: Option<&'a EarnedIncomeCredit>,
    /// Before it is reduced.
    most: Decimal,
    /// Income from which it is reduced.
    from: Decimal,
    /// Income above that.
    above: Decimal,
}

impl Earned<'_> {
    fn step(&self, income: Income) -> YearStep {
        let of_row =
            |column: fn(&EarnedIncomeCredit) -> Decimal| self.row.map_or(Decimal::ZERO, column);
        YearStep::EarnedIncomeCredit {
            rate: percent(of_row(|row| row.rate)),
            income: income.earned,
            maximum: of_row(|row| row.maximum),
            most: unrounded(self.most),
            reduction: percent(of_row(|row| row.reduction)),
            from: self.from,
            above: self.above,
            credit: self.credit,
        }
    }
}

/// Section 32: rises with earned income, stays, and falls with the greater of income and earnings.
fn earned_income_credit<'a>(
    law: &'a Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Income,
) -> Result<Earned<'a>, Fault> {
    let family = terms.family;
    let limit = family.earned_income_child_age;
    let children = payment.children.iter().filter(|child| child.age < limit).count();
    // Section 32 (c) (1) (A) (ii): without children one of the spouses must be of the age.
    let ages = [payment.age, payment.spouse_age];
    let of_age = ages
        .into_iter()
        .flatten()
        .any(|age| age >= family.earned_income_from_age && age < family.earned_income_to_age);
    if children == 0 && !of_age {
        return Ok(Earned::default());
    }
    let row = row(law, children).ok_or_else(|| unknown_year(payment))?;
    let from = match terms.status {
        FilingStatus::MarriedJoint => row.limit_joint,
        FilingStatus::Single | FilingStatus::HeadOfHousehold => row.limit,
    };
    let most = (income.earned * row.rate).min(row.maximum);
    let above = (income.adjusted.max(income.earned) - from).max(Decimal::ZERO);
    let credit = cents((most - above * row.reduction).max(Decimal::ZERO));
    Ok(Earned { credit, row: Some(row), most, from, above })
}

/// The row of so many children; the last one is for all above it.
fn row(law: &Law, children: usize) -> Option<&EarnedIncomeCredit> {
    let children = i64::try_from(children).unwrap_or(i64::MAX);
    law.earned_income_credits.iter().rfind(|row| row.children <= children)
}
