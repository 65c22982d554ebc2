//! Termination awards: Income Tax (Earnings and Pensions) Act 2003, ss. 401 to 404 (taxed above
//! £30,000 for an employment); Social Security Contributions and Benefits Act 1992, s. 10 (1A) to (5)
//! (Class 1A contributions of the employer on what is taxed; the employee contributes nothing).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::NiCategory;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;

/// Awards before belong to an award.
pub(crate) fn check(payment: &Payment) -> Result<(), Fault> {
    let earlier = payment.earlier_termination_awards.unwrap_or_default();
    match payment.termination_award.is_some() || earlier.is_zero() {
        true => Ok(()),
        false => Err(Fault::fact(
            Payment::EARLIER_TERMINATION_AWARDS,
            "must be left out unless termination_award is given, found a value",
        )),
    }
}

/// Section 403 (1), section 404: awards for the same employment share one threshold. What exceeds it
/// is taxed.
#[provision]
pub(crate) fn taxable(law: &Law, payment: &Payment, out: &mut Payslip) -> Decimal {
    if payment.termination_award.unwrap_or_default().is_zero() {
        return Decimal::ZERO;
    }
    work!(
        out,
        Figure::TaxableAward = at_least(
            payment.termination_award
                - at_least(law.termination_award_threshold - payment.earlier_termination_awards, 0),
            0
        )
    )
}

/// Section 10 (1A), (4A): the Class 1A percentage of what is taxed, whatever the letter and the age,
/// which matter for Class 1 alone (s. 6 (1)); of a tax code it asks nothing. No provision on its
/// rounding was found; it is rounded as the secondary contribution that it stands for (s. 10 (3A)).
///
/// The letter X says that there is no National Insurance at all. That is so outside the insurance of
/// the United Kingdom (ss. 1 (6), 2 (1) (a), 10 (1C)), not below the age of 16: what X leaves out is
/// said.
pub(crate) fn class_1a(law: &Law, payment: &Payment, award: Decimal, out: &mut Payslip) -> Decimal {
    if award.is_zero() {
        return Decimal::ZERO;
    }
    if payment.ni_category == NiCategory::X {
        let left_out = on_award(law, award, &mut Payslip::new(false));
        out.finding(Finding::ClassOneALeftOut).actual(left_out);
        return Decimal::ZERO;
    }
    on_award(law, award, out)
}

#[provision]
fn on_award(law: &Law, #[is(Figure::TaxableAward)] award: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Item::ClassOneA = halfpenny_disregarded(share(award, law.class_1a_rate)))
}
