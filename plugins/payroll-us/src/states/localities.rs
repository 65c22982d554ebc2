//! Taxes of cities and localities. Which of them may be stated depends on the states: `own_facts`.

use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::wages::StateWages;
use super::{new_york_city, pennsylvania, written, yonkers};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// Taxes of New York City and Yonkers, which are withheld with the tax of the state.
pub(super) fn of_new_york(
    law: &Law,
    payment: &Payment,
    taxing: State,
    mut wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    if taxing != State::NewYork {
        return Ok(Decimal::ZERO);
    }
    let terms = written::of(law, taxing).ok_or_else(|| written::missing(taxing))?.terms;
    wages.supplemental = wages.taxable_supplemental(terms);
    let (city, tax) = match payment.locality {
        Some(Locality::NewYorkCity) => {
            ("new_york_city", new_york_city::withhold(law, payment, terms, wages, out)?)
        }
        Some(Locality::Yonkers) => {
            ("yonkers", yonkers::surcharge(law, payment, terms, wages, out)?)
        }
        Some(Locality::YonkersNonresident) => {
            ("yonkers", yonkers::earnings_tax(law, payment, terms, wages, out)?)
        }
        None
        | Some(Locality::NoCity | Locality::Philadelphia | Locality::PhiladelphiaNonresident) => {
            return Ok(Decimal::ZERO);
        }
    };
    out.line_about(Item::LocalIncomeTax, city, tax);
    Ok(tax)
}

/// Taxes of Philadelphia and the other localities of Pennsylvania, which no agreement of states
/// takes away.
pub(super) fn of_pennsylvania(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let mut sum = Decimal::ZERO;
    if let Some(tax) = pennsylvania::local_income_tax(law, payment, wages, out)? {
        out.line_about(Item::LocalIncomeTax, State::Pennsylvania.name(), tax);
        sum += tax;
    }
    if let Some(tax) = pennsylvania::local_services_tax(law, payment, out)? {
        out.line(Item::LocalServicesTax, tax);
        sum += tax;
    }
    Ok(sum)
}
