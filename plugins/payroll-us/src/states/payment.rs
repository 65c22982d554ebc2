//! Everything that the states and their localities take from a payment.

use stele_sdk::prelude::*;

use super::wages::StateWages;
use super::{
    defaults, income_tax, insurance, known, left_out, localities, own_facts, required, residence,
};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::StateStep;

/// Withholds what the state of work insures, the income tax of the state that taxes the wages, and
/// local taxes: the sum of the lines.
pub(crate) fn withhold(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(work) = known::terms(law, payment)? else {
        return Ok(Decimal::ZERO);
    };
    let taxing = residence::taxing(law, payment, work);
    let exempt = taxing.agreement.is_none() && payment.state_exempt == Some(true);
    own_facts::refuse(payment, work, taxing.state)?;
    required::refuse_missing(law, payment, work.state, taxing, exempt)?;
    defaults::find(payment, work.state, taxing, exempt, out);
    left_out::find(payment, work.state, taxing, out);
    let mut sum = insurance::contribute(law, payment, work.state, wages, out);
    if let Some(state) = taxing.state {
        if let Some(agreement) = taxing.agreement {
            out.step(|| StateStep::Agreement { certificate: agreement.certificate.clone() });
        }
        sum += income_tax::withhold(law, payment, state, exempt, wages, out)?;
        if !exempt {
            sum += localities::of_new_york(law, payment, state, wages, out)?;
        }
    }
    sum += localities::of_pennsylvania(law, payment, wages, out)?;
    Ok(sum)
}
