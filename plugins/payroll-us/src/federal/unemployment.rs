//! Federal Unemployment Tax Act: 26 U.S.C. ss. 3301, 3302 and 3306 (b). The employer's tax on the first
//! wages of a year, less the credit for contributions to the state's fund. For a state with loans that
//! are not repaid the credit is reduced; that is settled with Form 940 after the year and shown apart.

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::law::FutaCreditReduction;
use super::wages::{self, Wages};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::states::choices::State;
use crate::year_so_far;

/// What the employer owes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unemployment {
    /// After the full credit.
    pub tax: Decimal,
    /// Reduction of the credit.
    pub reduction: Decimal,
}

/// The employer's tax on a payment.
pub(super) fn of_payment(
    law: &Law,
    payment: &Payment,
    wages: &Wages,
    out: &mut Payslip,
) -> Result<Unemployment, Fault> {
    if payment.fica_exempt == Some(true) || payment.futa_exempt == Some(true) {
        return match payment.futa_credit_reduction {
            None => Ok(Unemployment::default()),
            Some(rate) => Err(Fault::fact(
                Payment::FUTA_CREDIT_REDUCTION,
                format!("must be left out where no federal unemployment tax is due, found {rate}"),
            )
            .citing("26 U.S.C. ss. 3302 (c) (2) and 3306 (c)")),
        };
    }
    let stated = payment.earlier_futa_wages.or(payment.earlier_fica_wages);
    let earlier = year_so_far::earlier(payment, "earlier_futa_wages", stated, out);
    let counted = wages::futa(payment, wages, out);
    let (liable, tax) = futa(law, payment, counted, out);
    if payment.earlier_futa_wages.is_none() && !earlier.is_zero() && liable < counted {
        out.finding(Finding::EarlierFutaWagesAssumed).actual(earlier);
    }
    let known = payment
        .state
        .and_then(|state| law.futa_credit_reductions.iter().find(|row| row.state == state));
    let reduction = match (payment.futa_credit_reduction, known) {
        (Some(_), _) => reduction_as_stated(payment, liable, out),
        (None, Some(row)) => reduction_of_state(row, liable, out),
        (None, None) => {
            full_credit(payment, liable, out);
            Decimal::ZERO
        }
    };
    Ok(Unemployment { tax, reduction })
}

/// Section 3306 (b) (1): the first wages of the year; sections 3301 and 3302: the rate less the full
/// credit.
#[provision("26 U.S.C. ss. 3301, 3302 and 3306 (b)")]
fn futa(
    law: &Law,
    payment: &Payment,
    #[is(Figure::FutaCounted)] counted: Decimal,
    out: &mut Payslip,
) -> (Decimal, Decimal) {
    let earlier = match payment.earlier_futa_wages {
        Some(_) => work!(out, Figure::FutaEarlier = payment.earlier_futa_wages),
        None => work!(out, Figure::FutaEarlier = payment.earlier_fica_wages),
    };
    let liable =
        work!(out, Figure::FutaWages = at_most(at_least(law.futa_wage_base - earlier, 0), counted));
    let tax =
        work!(out, Item::Futa = half_up(share(liable, law.futa_rate - law.futa_credit), CENT));
    (liable, tax)
}

/// Section 3302 (c) (2): the state's reduction for the year, as given.
#[provision("26 U.S.C. s. 3302 (c) (2)")]
fn reduction_as_stated(
    payment: &Payment,
    #[is(Figure::FutaWages)] liable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::FutaCreditReduction = half_up(share(liable, payment.futa_credit_reduction), CENT)
    )
}

/// The same as the ruleset knows it.
#[provision("26 U.S.C. s. 3302 (c) (2)")]
fn reduction_of_state(
    row: &FutaCreditReduction,
    #[is(Figure::FutaWages)] liable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Item::FutaCreditReduction = half_up(share(liable, row.rate), CENT))
}

/// Section 3302 (a): the credit is full unless it is reduced for the state, which is settled in November.
fn full_credit(payment: &Payment, liable: Decimal, out: &mut Payslip) {
    if let Some(state) = payment.state.filter(|state| *state != State::NoState)
        && !liable.is_zero()
    {
        out.finding(Finding::FullCreditAssumed).about(state.name());
    }
}
