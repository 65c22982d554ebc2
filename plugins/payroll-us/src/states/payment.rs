//! Everything that the state of work takes from a payment.

use stele_sdk::prelude::*;

use super::choices::State;
use super::wages::StateWages;
use super::withheld::Withheld;
use super::{
    california, illinois, insurance, known, localities, massachusetts, new_jersey, new_york,
    own_facts, pennsylvania,
};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::together;
use crate::steps::StateStep;

/// Everything that the state of work withholds from a payment: the sum of its lines.
pub(crate) fn withhold(
    law: &Law,
    payment: &Payment,
    mut wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(terms) = known::terms(law, payment)? else {
        return Ok(Decimal::ZERO);
    };
    own_facts::refuse(payment, terms)?;
    let mut sum = insurance::contribute(law, payment, terms.state, wages, out);
    if !terms.income_tax {
        return Ok(sum);
    }
    wages.explain(terms, out);
    wages.supplemental = wages.taxable_supplemental(terms);
    let exempt = payment.state_exempt == Some(true);
    let tax = match terms.state {
        _ if exempt => {
            let wages = wages.taxable(terms) + wages.supplemental;
            out.step(|| StateStep::StateExempt { wages });
            Withheld::nothing()
        }
        State::California => california::withhold(law, payment, terms, wages, out)?,
        State::NewYork => new_york::withhold(law, payment, terms, wages, out)?,
        State::Illinois => illinois::withhold(law, payment, terms, wages, out)?,
        State::Pennsylvania => pennsylvania::withhold(law, payment, terms, wages, out)?,
        State::Massachusetts => massachusetts::withhold(law, payment, terms, wages, out)?,
        State::NewJersey => new_jersey::withhold(law, payment, terms, wages, out)?,
        state => return Err(known::not_written(state)),
    };
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if !extra.is_zero() {
        out.step(|| StateStep::StateExtra { amount: extra });
    }
    together(&[tax.regular, tax.supplemental, extra], out);
    let line = tax.regular + tax.supplemental + extra;
    out.line_about(Item::StateIncomeTax, terms.state.name(), line);
    sum += line;
    sum += match terms.state {
        State::NewYork if !exempt => localities::of_new_york(law, payment, terms, wages, out)?,
        State::Pennsylvania => {
            pennsylvania::local_taxes(law, payment, wages.taxable(terms) + wages.supplemental, out)?
        }
        _ => Decimal::ZERO,
    };
    Ok(sum)
}
