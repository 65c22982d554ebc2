//! The line of a state's income tax.

use stele_sdk::prelude::*;

use super::choices::State;
use super::wages::{StateWages, Taxed};
use super::withheld::Withheld;
use super::written;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// What was withheld for a state.
pub(super) struct OfState {
    /// The line.
    pub amount: Decimal,
    /// The wages that the state taxes.
    pub wages: Taxed,
    /// Its tax, without what the employee asked for on top.
    pub tax: Withheld,
}

/// Withholds a state's income tax, with what the employee asked for on top.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    state: State,
    exempt: bool,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<OfState, Fault> {
    let (own, terms) = written::with_terms(law, state)?;
    let wages = own.wages(terms, wages, out);
    let tax = match exempt {
        true => exempted(wages, out),
        false => own.withhold(law, payment, terms, wages, out)?,
    };
    let amount = line(payment, state, tax, out);
    Ok(OfState { amount, wages, tax })
}

/// The state's certificate says that nothing is withheld.
#[provision]
fn exempted(wages: Taxed, out: &mut Payslip) -> Withheld {
    say!(
        out,
        StateExempt,
        "The state's certificate says that no tax is withheld from {wages:USD}.",
        wages = wages.all()
    );
    Withheld::nothing()
}

/// With what the employee asked for on the state's certificate on top.
#[provision]
fn line(payment: &Payment, state: State, tax: Withheld, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Item::StateIncomeTax.about(state.name()) = tax.regular as Figure::StateTax
            + tax.supplemental as Figure::StateSupplementalTax
            + payment.state_extra_withholding
    )
}
