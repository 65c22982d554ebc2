//! Facts that only a state's law reads. One that the law of this state does not know is a mistake, not
//! something to pass over.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::law::StateTerms;
use crate::facts::Payment;

/// Facts that only a state's law reads.
pub(super) fn of_states(payment: &Payment) -> [(bool, FactField); 14] {
    [
        (payment.state_filing_status.is_some(), Payment::STATE_FILING_STATUS),
        (payment.state_allowances.is_some(), Payment::STATE_ALLOWANCES),
        (payment.state_additional_allowances.is_some(), Payment::STATE_ADDITIONAL_ALLOWANCES),
        (payment.state_extra_withholding.is_some(), Payment::STATE_EXTRA_WITHHOLDING),
        (payment.state_exempt.is_some(), Payment::STATE_EXEMPT),
        (payment.locality.is_some_and(|city| city != Locality::NoCity), Payment::LOCALITY),
        (payment.new_york_city_allowances.is_some(), Payment::NEW_YORK_CITY_ALLOWANCES),
        (payment.local_income_tax_rate.is_some(), Payment::LOCAL_INCOME_TAX_RATE),
        (payment.local_services_tax.is_some(), Payment::LOCAL_SERVICES_TAX),
        (payment.new_jersey_table.is_some(), Payment::NEW_JERSEY_TABLE),
        (payment.blindness.is_some(), Payment::BLINDNESS),
        (
            payment.earlier_massachusetts_deduction.is_some(),
            Payment::EARLIER_MASSACHUSETTS_DEDUCTION,
        ),
        (
            payment.residence_state.is_some_and(|state| state != State::NoState),
            Payment::RESIDENCE_STATE,
        ),
        (payment.long_term_care_exempt.is_some(), Payment::LONG_TERM_CARE_EXEMPT),
    ]
}

/// Refuses what neither the state of work nor the state that taxes the wages knows.
pub(super) fn refuse(
    payment: &Payment,
    work: &StateTerms,
    taxing: Option<State>,
) -> Result<(), Fault> {
    let work_taxes = work.income_tax;
    let work = work.state;
    let taxes = taxing.is_some();
    let is = |state: State| taxing == Some(state);
    let in_pennsylvania = work == State::Pennsylvania || is(State::Pennsylvania);
    let knows_locality = match payment.locality {
        None | Some(Locality::NoCity) => true,
        Some(Locality::NewYorkCity | Locality::Yonkers | Locality::YonkersNonresident) => {
            is(State::NewYork)
        }
        Some(Locality::Philadelphia | Locality::PhiladelphiaNonresident) => in_pennsylvania,
    };
    let knows = [
        true, // a filing status says nothing wrong anywhere
        taxes && !is(State::Pennsylvania),
        is(State::California) || is(State::Illinois),
        taxes,
        work_taxes,
        knows_locality,
        is(State::NewYork) && payment.locality == Some(Locality::NewYorkCity),
        in_pennsylvania,
        work == State::Pennsylvania,
        is(State::NewJersey),
        is(State::Massachusetts),
        is(State::Massachusetts),
        true, // a state of residence is known to every state of work
        work == State::Washington,
    ];
    let named = taxing.unwrap_or(work).name();
    for ((given, fact), knows) in of_states(payment).into_iter().zip(knows) {
        if given && !knows {
            let message = format!(
                "must be left out: the law of {named} does not know it here, found a value"
            );
            return Err(Fault::fact(fact, message));
        }
    }
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if payment.state_exempt == Some(true) && is(work) && !extra.is_zero() {
        return Err(Fault::fact(
            Payment::STATE_EXTRA_WITHHOLDING,
            format!("must be absent or 0 for one who is exempt from withholding, found {extra}"),
        ));
    }
    Ok(())
}
