//! Taxes of cities and localities.

use stele_sdk::prelude::*;

use super::choices::Locality;
use super::law::StateTerms;
use super::wages::StateWages;
use super::{new_york_city, yonkers};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

/// Taxes of New York City and Yonkers.
pub(super) fn of_new_york(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(locality) = payment.locality else {
        return Ok(Decimal::ZERO);
    };
    let (city, tax) = match locality {
        Locality::NewYorkCity => {
            ("new_york_city", new_york_city::withhold(law, payment, terms, wages, out)?)
        }
        Locality::Yonkers => ("yonkers", yonkers::surcharge(law, payment, terms, wages, out)?),
        Locality::YonkersNonresident => {
            ("yonkers", yonkers::earnings_tax(law, payment, terms, wages, out)?)
        }
    };
    out.line_about(Item::LocalIncomeTax, city, tax);
    Ok(tax)
}
