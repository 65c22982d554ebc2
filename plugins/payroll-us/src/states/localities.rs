//! Taxes of cities and localities. Which of them may be stated depends on the states: `own_facts`.

use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::income_tax::OfState;
use super::{new_york_city, yonkers};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;

/// Taxes of New York City and Yonkers, which are withheld with the tax of the state, with their lines.
pub(super) fn of_new_york(
    law: &Law,
    payment: &Payment,
    taxing: State,
    state: &OfState,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    if taxing != State::NewYork {
        return Ok(Decimal::ZERO);
    }
    match payment.locality {
        Some(Locality::NewYorkCity) => new_york_city::withhold(law, payment, state.wages, out),
        Some(Locality::Yonkers) => yonkers::surcharge(law, payment, state.tax, out),
        Some(Locality::YonkersNonresident) => yonkers::earnings_tax(law, payment, state.wages, out),
        None
        | Some(Locality::NoCity | Locality::Philadelphia | Locality::PhiladelphiaNonresident) => {
            Ok(Decimal::ZERO)
        }
    }
}
