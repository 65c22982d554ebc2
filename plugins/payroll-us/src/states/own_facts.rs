//! Facts that only a state's law reads. One that the law of this state does not know is a mistake, not
//! something to pass over.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::law::StateTerms;
use crate::facts::Payment;

/// Facts that only a state's law reads.
pub(super) fn of_states(payment: &Payment) -> [(bool, FactField); 12] {
    [
        (payment.state_filing_status.is_some(), Payment::STATE_FILING_STATUS),
        (payment.state_allowances.is_some(), Payment::STATE_ALLOWANCES),
        (payment.state_additional_allowances.is_some(), Payment::STATE_ADDITIONAL_ALLOWANCES),
        (payment.state_extra_withholding.is_some(), Payment::STATE_EXTRA_WITHHOLDING),
        (payment.state_exempt.is_some(), Payment::STATE_EXEMPT),
        (payment.locality.is_some(), Payment::LOCALITY),
        (payment.new_york_city_allowances.is_some(), Payment::NEW_YORK_CITY_ALLOWANCES),
        (payment.local_income_tax_rate.is_some(), Payment::LOCAL_INCOME_TAX_RATE),
        (payment.local_services_tax.is_some(), Payment::LOCAL_SERVICES_TAX),
        (payment.new_jersey_table.is_some(), Payment::NEW_JERSEY_TABLE),
        (payment.blindness.is_some(), Payment::BLINDNESS),
        (
            payment.earlier_massachusetts_deduction.is_some(),
            Payment::EARLIER_MASSACHUSETTS_DEDUCTION,
        ),
    ]
}

/// A fact that the law of this state does not know is a mistake, not something to pass over.
pub(super) fn refuse(payment: &Payment, terms: &StateTerms) -> Result<(), Fault> {
    let state = terms.state;
    let taxes = terms.income_tax;
    let knows = [
        true, // a filing status says nothing wrong anywhere
        taxes && state != State::Pennsylvania,
        matches!(state, State::California | State::Illinois),
        taxes,
        taxes,
        state == State::NewYork,
        state == State::NewYork && payment.locality == Some(Locality::NewYorkCity),
        state == State::Pennsylvania,
        state == State::Pennsylvania,
        state == State::NewJersey,
        state == State::Massachusetts,
        state == State::Massachusetts,
    ];
    for ((given, fact), knows) in of_states(payment).into_iter().zip(knows) {
        if given && !knows {
            let message = format!(
                "must be left out: the law of {} does not know it here, found a value",
                state.name()
            );
            return Err(Fault::fact(fact, message));
        }
    }
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if payment.state_exempt == Some(true) && !extra.is_zero() {
        return Err(Fault::fact(
            Payment::STATE_EXTRA_WITHHOLDING,
            format!("must be absent or 0 for one who is exempt from withholding, found {extra}"),
        ));
    }
    Ok(())
}
