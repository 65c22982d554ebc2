//! Steps that many lines share, and how sentences show an amount.

use stele_sdk::prelude::*;
use stele_sdk::sentence::sum;

use crate::amounts::cents;
use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::items::Item;
use crate::payslip::Payslip;
use crate::steps::PayStep;

/// Cents of the amounts that are added up.
const CENTS: usize = 2;

/// Decimals of an amount that the publication has not rounded yet: so many that who goes on with it
/// comes to the same cent.
const EXACT: u32 = 6;

/// An amount that is not rounded yet, as sentences show it.
pub(crate) fn unrounded(amount: Decimal) -> Decimal {
    amount.round_dp(EXACT)
}

/// Rounds what the sentence before has not, and says so where it makes a difference.
pub(crate) fn to_the_cent(exact: Decimal, out: &mut Payslip) -> Decimal {
    let amount = cents(exact);
    if amount != exact {
        out.step(|| PayStep::ToTheCent { exact: unrounded(exact), amount });
    }
    amount
}

/// A line that is only a fact.
pub(crate) fn stated_line(payment: &Payment, item: Item, amount: Decimal, out: &mut Payslip) {
    out.step(|| {
        if payment.pay_frequency == PayFrequency::YearEstimate {
            PayStep::StatedForTheYear { amount }
        } else {
            PayStep::Stated { amount }
        }
    });
    out.line(item, amount);
}

/// Says how the pay is made up, where it is more than one fact.
pub(crate) fn pay_in_all(parts: &[Decimal], out: &mut Payslip) {
    if has_several(parts) {
        out.step(|| PayStep::PayInAll { parts: addition(parts), pay: parts.iter().sum() });
    }
}

/// Says how what the steps before gave is added up, where it is more than one amount.
pub(crate) fn together(parts: &[Decimal], out: &mut Payslip) {
    if has_several(parts) {
        out.step(|| PayStep::Together { parts: addition(parts), total: parts.iter().sum() });
    }
}

/// Amounts as a sum: `10.00 + 2.50`.
pub(crate) fn addition(parts: &[Decimal]) -> String {
    sum(parts.iter().copied(), CENTS)
}

fn has_several(parts: &[Decimal]) -> bool {
    parts.iter().filter(|part| !part.is_zero()).count() > 1
}
