//! Pennsylvania: personal income tax at one rate (REV-415), and the taxes of its localities: the
//! earned income tax at the rate that the locality of work or residence sets (the higher, by Act 32),
//! and the local services tax.

use stele_sdk::prelude::*;

use super::choices::State;
use super::flat_tax;
use super::law::StateTerms;
use super::tables::no_table;
use super::wages::StateWages;
use super::withheld::Withheld;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::{OwnLawStep, StateStep};

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let rate = flat_tax::terms(law, payment, State::Pennsylvania)?.rate;
    // Supplemental compensation is added, and all is multiplied by the rate (REV-415).
    let taxable = wages.taxable(terms) + wages.supplemental;
    let regular = cents(taxable * rate);
    out.step(|| StateStep::StateFlatRate { taxable, rate: percent(rate), tax: regular });
    Ok(Withheld { regular, supplemental: Decimal::ZERO })
}

/// Earned income tax (53 P.S. s. 6924.311) and local services tax (53 P.S. s. 6924.330).
pub(super) fn local_taxes(
    law: &Law,
    payment: &Payment,
    compensation: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let mut sum = Decimal::ZERO;
    if let Some(rate) = payment.local_income_tax_rate {
        let tax = cents(compensation * rate);
        out.step(|| OwnLawStep::LocalFlatRate { rate: percent(rate), taxable: compensation, tax });
        out.line_about(Item::LocalIncomeTax, State::Pennsylvania.name(), tax);
        sum += tax;
    }
    if let Some(year) = payment.local_services_tax {
        let local = law.pennsylvania_local.first();
        let lump = local.ok_or_else(|| no_table(payment, "local services tax"))?.lump_sum;
        if year <= lump {
            return Err(Fault::fact(
                Payment::LOCAL_SERVICES_TAX,
                format!("must be above {lump}: a smaller tax is taken at once, not by pay period; found {year}"),
            )
            .citing("53 P.S. s. 6924.330"));
        }
        // "Round down to the nearest one-hundredth of a dollar."
        let periods = periods(payment.pay_frequency, WORKING_DAYS);
        let tax = (year / periods).round_dp_with_strategy(2, RoundingStrategy::ToZero);
        out.step(|| OwnLawStep::LocalServicesTax { year, periods, tax });
        out.line(Item::LocalServicesTax, tax);
        sum += tax;
    }
    Ok(sum)
}
