//! Credits of a year for children and low earnings: child tax credit and credit for other dependents
//! (26 U.S.C. s. 24, Schedule 8812), and the earned income credit (s. 32) by its formula, not by the table
//! of 50-dollar steps. Every child has a social security number and lives with the taxpayer.

use stele_sdk::prelude::*;

use super::law::EarnedIncomeCredit;
use super::year::{Terms, unknown_year};
use crate::Payslip;
use crate::amounts::cents;
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::steps::Step;

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

/// Everything that comes off the tax, what is refunded included.
pub(super) fn of(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Income,
    tax: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let earned = earned_income_credit(law, payment, terms, income)?;
    let mut sum = earned;
    if !payment.children.is_empty() {
        let (against_tax, refunded) = child_tax_credit(payment, terms, income, tax, earned, out);
        out.line(Item::ChildTaxCredit, against_tax);
        if !refunded.is_zero() {
            out.line(Item::AdditionalChildTaxCredit, refunded);
        }
        sum += against_tax + refunded;
    }
    if !earned.is_zero() {
        out.step(|| Step::EarnedIncomeCredit { income: income.earned, credit: earned });
        out.line(Item::EarnedIncomeCredit, earned);
    }
    Ok(sum)
}

/// Schedule 8812: what comes off the tax, and what is refunded.
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
    // Lines 9 to 12: reduced for each step of income above the limit, or a part of one (s. 24 (b)).
    let above = (income.adjusted - terms.of_status.child_credit_limit).max(Decimal::ZERO);
    let steps = (above / family.child_credit_step).ceil();
    let credit = (full - steps * family.child_credit_reduction).max(Decimal::ZERO);
    // Lines 13 and 14: no more than the tax.
    let against_tax = credit.min(tax);
    // Lines 16a and 16b: of the rest, so much is refunded for a child at most.
    let rest = (credit - against_tax).min(family.refundable_credit * children);
    // Lines 18a to 20: a share of earned income.
    let earned = (income.earned - family.refundable_from).max(Decimal::ZERO);
    let mut refundable = cents(earned * family.refundable_rate);
    // Lines 21 to 26: with many children the social security taxes above the earned income credit.
    if young >= usize::try_from(family.many_children).unwrap_or(usize::MAX) {
        refundable = refundable.max(income.fica - earned_income_credit);
    }
    let refunded = rest.min(refundable);
    out.step(|| Step::ChildTaxCredit { full, credit, against_tax, refunded });
    (against_tax, refunded)
}

/// Section 32: rises with earned income, stays, and falls with the greater of income and earnings.
fn earned_income_credit(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Income,
) -> Result<Decimal, Fault> {
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
        return Ok(Decimal::ZERO);
    }
    let row = row(law, children).ok_or_else(|| unknown_year(payment))?;
    let from = match terms.status {
        FilingStatus::MarriedJoint => row.limit_joint,
        FilingStatus::Single | FilingStatus::HeadOfHousehold => row.limit,
    };
    let most = (income.earned * row.rate).min(row.maximum);
    let above = (income.adjusted.max(income.earned) - from).max(Decimal::ZERO);
    Ok(cents((most - above * row.reduction).max(Decimal::ZERO)))
}

/// The row of so many children; the last one is for all above it.
fn row(law: &Law, children: usize) -> Option<&EarnedIncomeCredit> {
    let children = i64::try_from(children).unwrap_or(i64::MAX);
    law.earned_income_credits.iter().rfind(|row| row.children <= children)
}
