//! Credits of a year for children and low earnings: child tax credit and credit for other dependents
//! (26 U.S.C. s. 24, Schedule 8812), and the earned income credit (s. 32) by its formula, not by the table
//! of 50-dollar steps. Every child has a social security number and lives with the taxpayer.

use stele_sdk::prelude::*;
use stele_sdk::rounding::{CENT, DOLLAR};

use super::law::{EarnedIncomeCredit, FamilyTerms, IncomeTaxTerms};
use super::year_terms::{Terms, unknown_year};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

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

/// The credits, with their lines. The income is earned, and `taxes` are social security and Medicare of
/// the employees.
pub(super) fn of(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Decimal,
    taxes: Decimal,
    tax: Decimal,
    out: &mut Payslip,
) -> Result<Credits, Fault> {
    // The child tax credit that is refunded depends on it, so it is computed before its line.
    let earned = earned_income_credit(law, payment, terms, income, out)?;
    let mut credits = Credits { earned, ..Credits::default() };
    if !payment.children.is_empty() {
        let child_age = terms.family.child_age;
        let young = payment.children.iter().filter(|child| child.age < child_age).count();
        let others = payment.children.len() - young;
        let (young, others) = (Decimal::from(young), Decimal::from(others));
        let credit = family_credits(terms.of_status, terms.family, young, others, income, out);
        credits.against_tax = against_tax(credit, tax, out);
        let left = credit - credits.against_tax;
        let more = Refund { left, young, taxes: taxes - earned };
        credits.refunded = refunded(terms.family, more, credit, credits.against_tax, income, out);
    }
    if !earned.is_zero() {
        earned_line(earned, out);
    }
    Ok(credits)
}

/// Schedule 8812, lines 4 to 12: reduced for each step of income above the limit, or a part of one
/// (s. 24 (b)).
#[provision("26 U.S.C. s. 24 (a), (b) and (h)")]
fn family_credits(
    row: &IncomeTaxTerms,
    family: &FamilyTerms,
    children: Decimal,
    others: Decimal,
    #[is(Item::AdjustedGrossIncome)] income: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let full = work!(
        out,
        Figure::FullCredits =
            family.child_credit * stated(children) + family.dependent_credit * stated(others)
    );
    let steps = work!(
        out,
        Figure::CreditSteps =
            up(at_least(income - row.child_credit_limit, 0) / family.child_credit_step, DOLLAR)
    );
    work!(out, Figure::FamilyCredits = at_least(full - steps * family.child_credit_reduction, 0))
}

/// Lines 13 and 14: no more than the tax.
#[provision("26 U.S.C. ss. 24 and 26 (a)")]
fn against_tax(
    #[is(Figure::FamilyCredits)] credit: Decimal,
    #[is(Item::IncomeTaxBeforeCredits)] tax: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Item::ChildTaxCredit = at_most(credit, tax))
}

/// What bounds a refund.
struct Refund {
    /// Credits beyond the tax.
    left: Decimal,
    /// Children of the age.
    young: Decimal,
    /// Taxes above the earned income credit.
    taxes: Decimal,
}

/// Lines 16a to 26: of the rest, so much is refunded for a child at most, and no more than a share of
/// earned income; with many children no more than the social security taxes above the earned income
/// credit, where that is more.
#[provision("26 U.S.C. s. 24 (d) (1) and (h) (5)")]
fn refunded(
    family: &FamilyTerms,
    more: Refund,
    #[is(Figure::FamilyCredits)] credit: Decimal,
    #[is(Item::ChildTaxCredit)] against_tax: Decimal,
    #[is(Item::AdjustedGrossIncome)] income: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if more.left.is_zero() || more.young.is_zero() {
        return Decimal::ZERO;
    }
    let of_earnings = work!(
        out,
        Figure::RefundLimit = half_up(
            share(at_least(income - family.refundable_from, 0), family.refundable_rate),
            CENT
        )
    );
    let many = more.young >= Decimal::from(family.many_children);
    #[is(Figure::RefundLimit)]
    let limit = match many && more.taxes > of_earnings {
        true => {
            let taxes = more.taxes;
            work!(out, Figure::RefundLimit = stated(taxes))
        }
        false => of_earnings,
    };
    let young = more.young;
    let refunded = work!(
        out,
        Figure::RefundedCredit =
            smallest(credit - against_tax, family.refundable_credit * stated(young), limit)
    );
    if refunded.is_zero() {
        return refunded;
    }
    work!(out, Item::AdditionalChildTaxCredit = refunded)
}

/// Section 32: rises with earned income, stays, and falls with income.
fn earned_income_credit(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: Decimal,
    out: &mut Payslip,
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
    Ok(by_formula(row, terms.status, income, out))
}

#[provision("26 U.S.C. s. 32")]
fn by_formula(
    row: &EarnedIncomeCredit,
    status: FilingStatus,
    #[is(Item::AdjustedGrossIncome)] income: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match status {
        FilingStatus::MarriedJoint => work!(
            out,
            Figure::EarnedCredit = half_up(
                at_least(
                    at_most(share(income, row.rate), row.maximum)
                        - share(at_least(income - row.limit_joint, 0), row.reduction),
                    0
                ),
                CENT
            )
        ),
        FilingStatus::Single | FilingStatus::HeadOfHousehold => work!(
            out,
            Figure::EarnedCredit = half_up(
                at_least(
                    at_most(share(income, row.rate), row.maximum)
                        - share(at_least(income - row.limit, 0), row.reduction),
                    0
                ),
                CENT
            )
        ),
    }
}

#[provision("26 U.S.C. s. 32")]
fn earned_line(#[is(Figure::EarnedCredit)] credit: Decimal, out: &mut Payslip) {
    work!(out, Item::EarnedIncomeCredit = credit);
}

/// The row of so many children; the last one is for all above it.
fn row(law: &Law, children: usize) -> Option<&EarnedIncomeCredit> {
    let children = i64::try_from(children).unwrap_or(i64::MAX);
    law.earned_income_credits.iter().rfind(|row| row.children <= children)
}
