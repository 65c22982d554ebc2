//! Everything that the states and their localities take from a payment.

use stele_sdk::prelude::*;

use super::insurance::{self, Insured};
use super::wages::StateWages;
use super::{
    defaults, income_tax, known, left_out, localities, own_facts, pennsylvania, required, residence,
};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// Lines of the states and their localities.
#[derive(Clone, Copy, Default)]
struct Taken {
    insured: Insured,
    income_tax: Decimal,
    /// Of New York City or Yonkers.
    city: Decimal,
    /// Of a locality in Pennsylvania.
    local: Decimal,
    services: Decimal,
}

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
    let insured = insurance::contribute(law, payment, work.state, wages, out);
    let mut taken = Taken { insured, ..Taken::default() };
    if let Some(state) = taxing.state {
        if let Some(agreement) = taxing.agreement {
            by_agreement(&agreement.certificate, out);
        }
        let of_state = income_tax::withhold(law, payment, state, exempt, wages, out)?;
        taken.income_tax = of_state.amount;
        if !exempt {
            taken.city = localities::of_new_york(law, payment, state, &of_state, out)?;
        }
    }
    taken.local = pennsylvania::local_income_tax(law, payment, wages, out)?;
    taken.services = pennsylvania::local_services_tax(law, payment, out)?;
    Ok(sum(taken, out))
}

/// The certificate of nonresidence was furnished.
#[provision(parameters("reciprocal_agreements"))]
fn by_agreement(certificate: &str, out: &mut Payslip) {
    say!(
        out,
        ReciprocalAgreement,
        "By agreement of the two states, and on {certificate}, the state of residence taxes the wages instead of the state of work.",
        certificate = certificate.to_owned()
    );
}

/// Everything together.
#[provision]
fn sum(taken: Taken, out: &mut Payslip) -> Decimal {
    let Taken { insured, income_tax, city, local, services } = taken;
    // Hardly anybody owes two cities.
    let of_localities = match city.is_zero() || local.is_zero() {
        true => {
            let one = city + local;
            work!(out, Figure::LocalTaken = one as Item::LocalIncomeTax)
        }
        false => work!(
            out,
            Figure::LocalTaken = city as Item::LocalIncomeTax + local as Item::LocalIncomeTax
        ),
    };
    work!(
        out,
        Figure::StateTaken = insured.disability as Item::StateDisabilityInsurance
            + insured.family_leave as Item::PaidFamilyLeave
            + insured.unemployment as Item::StateUnemployment
            + insured.workforce as Item::WorkforceDevelopment
            + insured.long_term_care as Item::LongTermCare
            + income_tax as Item::StateIncomeTax
            + of_localities
            + services as Item::LocalServicesTax
    )
}
