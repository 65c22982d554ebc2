//! The line of a state's income tax.

use stele_sdk::prelude::*;

use super::choices::State;
use super::wages::StateWages;
use super::withheld::Withheld;
use super::written;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::together;
use crate::steps::StateStep;

/// Withholds a state's income tax, with what the employee asked for on top.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    state: State,
    exempt: bool,
    mut wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let own = written::of(law, state).ok_or_else(|| written::missing(state))?;
    (own.explain)(own.terms, wages, out);
    wages.supplemental = wages.taxable_supplemental(own.terms);
    let tax = if exempt {
        let wages = wages.taxable(own.terms) + wages.supplemental;
        out.step(|| StateStep::Exempt { wages });
        Withheld::nothing()
    } else {
        (own.withhold)(law, payment, own.terms, wages, out)?
    };
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if !extra.is_zero() {
        out.step(|| StateStep::Extra { amount: extra });
    }
    together(&[tax.regular, tax.supplemental, extra], out);
    let line = tax.regular + tax.supplemental + extra;
    out.line_about(Item::StateIncomeTax, state.name(), line);
    Ok(line)
}
