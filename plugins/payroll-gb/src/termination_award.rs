//! Termination awards: Income Tax (Earnings and Pensions) Act 2003, ss. 401 to 404 (taxed above
//! £30,000 for an employment); Social Security Contributions and Benefits Act 1992, s. 10ZA (Class
//! 1A contributions of the employer on what is taxed; the employee contributes nothing).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::items::Item;
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

/// Section 10ZA: the Class 1A percentage. No provision on its rounding was found; it is rounded as
/// the secondary contribution that it stands for.
pub(crate) fn class_1a(law: &Law, award: Award, out: &mut Payslip) -> Decimal {
    if award.taxable.is_zero() {
        return Decimal::ZERO;
    }
    let amount = halfpenny_disregarded(award.taxable * law.class_1a_rate);
    out.step(|| NiStep::ClassOneA {
        taxable: award.taxable,
        rate: percent(law.class_1a_rate),
        amount,
    });
    out.line(Item::ClassOneA, amount);
    amount
}
