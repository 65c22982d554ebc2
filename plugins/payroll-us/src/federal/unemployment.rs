//! Federal Unemployment Tax Act: 26 U.S.C. ss. 3301, 3302 and 3306 (b). The employer's tax on the first
//! wages of a year, less the credit for contributions to the state's fund. For a state with loans that
//! are not repaid the credit is reduced; that is settled with Form 940 after the year and shown apart.

use stele_sdk::prelude::*;

use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::states::choices::State;
use crate::steps::SocialSecurityStep;
use crate::year_so_far;

/// The employer's tax on a payment.
pub(super) fn of_payment(
    law: &Law,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    if payment.fica_exempt == Some(true) || payment.futa_exempt == Some(true) {
        return match payment.futa_credit_reduction {
            None => Ok(Decimal::ZERO),
            Some(rate) => Err(Fault::fact(
                Payment::FUTA_CREDIT_REDUCTION,
                format!("must be left out where no federal unemployment tax is due, found {rate}"),
            )
            .citing("26 U.S.C. ss. 3302 (c) (2) and 3306 (c)")),
        };
    }
    let stated = payment.earlier_futa_wages.or(payment.earlier_fica_wages);
    let earlier = year_so_far::earlier(payment, "earlier_futa_wages", stated, out);
    let base = law.futa_wage_base;
    let liable = (base - earlier).max(Decimal::ZERO).min(wages);
    let rate = law.futa_rate - law.futa_credit;
    let tax = cents(liable * rate);
    out.step(|| {
        let rate = percent(rate);
        if earlier.is_zero() {
            return SocialSecurityStep::Futa { wages, liable, base, rate, tax };
        }
        SocialSecurityStep::FutaLater { earlier, liable, wages, base, rate, tax }
    });
    out.line(Item::Futa, tax);
    if payment.earlier_futa_wages.is_none() && !earlier.is_zero() && liable < wages {
        out.finding(Finding::EarlierFutaWagesAssumed).actual(earlier);
    }
    let Some(reduction) = credit_reduction(law, payment) else {
        full_credit(payment, liable, out);
        return Ok(tax);
    };
    let more = cents(liable * reduction);
    out.step(|| SocialSecurityStep::FutaCreditReduction {
        liable,
        rate: percent(reduction),
        tax: more,
    });
    out.line(Item::FutaCreditReduction, more);
    Ok(tax + more)
}

/// Section 3302 (c) (2): the state's reduction for the year, as given or as the ruleset knows it.
fn credit_reduction(law: &Law, payment: &Payment) -> Option<Decimal> {
    payment.futa_credit_reduction.or_else(|| {
        let state = payment.state?;
        let row = law.futa_credit_reductions.iter().find(|row| row.state == state)?;
        Some(row.rate)
    })
}

/// Section 3302 (a): the credit is full unless it is reduced for the state, which is settled in November.
fn full_credit(payment: &Payment, liable: Decimal, out: &mut Payslip) {
    if let Some(state) = payment.state.filter(|state| *state != State::NoState)
        && !liable.is_zero()
    {
        out.finding(Finding::FullCreditAssumed).about(state.name());
    }
}
