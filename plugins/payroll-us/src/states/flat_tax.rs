//! States with one rate.

use stele_sdk::prelude::*;

use super::choices::State;
use super::law::StateFlatTax;
use super::tables::no_table;
use crate::facts::Payment;
use crate::law::Law;

/// The state's rate and allowances.
pub(super) fn terms<'a>(
    law: &'a Law,
    payment: &Payment,
    state: State,
) -> Result<&'a StateFlatTax, Fault> {
    law.state_flat_taxes
        .iter()
        .find(|row| row.state == state)
        .ok_or_else(|| no_table(payment, "rate"))
}
