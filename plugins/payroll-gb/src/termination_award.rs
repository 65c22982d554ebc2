//! Termination awards: Income Tax (Earnings and Pensions) Act 2003, ss. 401 to 404 (taxed above
//! £30,000 for an employment); Social Security Contributions and Benefits Act 1992, s. 10 (1A) to (5)
//! (Class 1A contributions of the employer on what is taxed; the employee contributes nothing).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::NiCategory;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::rounding::halfpenny_disregarded;
use crate::steps::{NiStep, PayStep, percent};

/// A termination award, as tax and National Insurance see it.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Award {
    /// Paid out.
    pub paid: Decimal,
    /// Above the threshold, with what was awarded before.
    pub taxable: Decimal,
}

/// Section 403 (1), section 404: awards for the same employment share one threshold.
pub(crate) fn award(law: &Law, payment: &Payment) -> Result<Award, Fault> {
    let earlier = payment.earlier_termination_awards.unwrap_or_default();
    let Some(paid) = payment.termination_award else {
        return match earlier.is_zero() {
            true => Ok(Award::default()),
            false => Err(Fault::fact(
                Payment::EARLIER_TERMINATION_AWARDS,
                "must be left out unless termination_award is given, found a value",
            )),
        };
    };
    let left = (law.termination_award_threshold - earlier).max(Decimal::ZERO);
    Ok(Award { paid, taxable: (paid - left).max(Decimal::ZERO) })
}

/// How much of the award counts as taxable pay.
pub(crate) fn explain(law: &Law, payment: &Payment, award: Award, out: &mut Payslip) {
    out.step(|| PayStep::AwardTaxed {
        award: award.paid,
        earlier: payment.earlier_termination_awards.unwrap_or_default(),
        threshold: law.termination_award_threshold,
        taxable: award.taxable,
    });
}

/// Section 10 (1A), (4A): the Class 1A percentage of what is taxed, whatever the letter and the age,
/// which matter for Class 1 alone (s. 6 (1)); of a tax code it asks nothing. No provision on its
/// rounding was found; it is rounded as the secondary contribution that it stands for (s. 10 (3A)).
///
/// The letter X says that there is no National Insurance at all. That is so outside the insurance of
/// the United Kingdom (ss. 1 (6), 2 (1) (a), 10 (1C)), not below the age of 16: what X leaves out is
/// said.
pub(crate) fn class_1a(law: &Law, payment: &Payment, award: Award, out: &mut Payslip) -> Decimal {
    if award.taxable.is_zero() {
        return Decimal::ZERO;
    }
    let amount = halfpenny_disregarded(award.taxable * law.class_1a_rate);
    if payment.ni_category == NiCategory::X {
        out.finding(Finding::ClassOneALeftOut).actual(amount);
        return Decimal::ZERO;
    }
    explain(law, payment, award, out);
    out.step(|| NiStep::ClassOneA {
        taxable: award.taxable,
        rate: percent(law.class_1a_rate),
        amount,
    });
    out.line(Item::ClassOneA, amount);
    amount
}
