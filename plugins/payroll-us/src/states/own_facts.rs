//! Facts that only a state's law reads. One that the law of this state does not know is a mistake, not
//! something to pass over.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::law::StateTerms;
use super::written;
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
    let named = taxing.unwrap_or(work.state).name();
    for (given, fact) in of_states(payment) {
        if given && !is_known(fact, payment, work, taxing) {
            let message = format!(
                "must be left out: the law of {named} does not know it here, found a value"
            );
            return Err(Fault::fact(fact, message));
        }
    }
    let extra = payment.state_extra_withholding.unwrap_or_default();
    let exempt = payment.state_exempt == Some(true) && taxing == Some(work.state);
    if exempt && !extra.is_zero() {
        return Err(Fault::fact(
            Payment::STATE_EXTRA_WITHHOLDING,
            format!("must be absent or 0 for one who is exempt from withholding, found {extra}"),
        ));
    }
    Ok(())
}

/// Whether somebody reads the fact: a locality, the state of work, every state that taxes wages, or the
/// law of the state that does.
fn is_known(fact: FactField, payment: &Payment, work: &StateTerms, taxing: Option<State>) -> bool {
    let in_pennsylvania = work.state == State::Pennsylvania || taxing == Some(State::Pennsylvania);
    match fact {
        // A filing status and a residence say nothing wrong anywhere.
        Payment::STATE_FILING_STATUS | Payment::RESIDENCE_STATE => true,
        Payment::STATE_EXTRA_WITHHOLDING => taxing.is_some(),
        Payment::STATE_EXEMPT => work.income_tax,
        Payment::LOCALITY => match payment.locality {
            None | Some(Locality::NoCity) => true,
            Some(Locality::NewYorkCity | Locality::Yonkers | Locality::YonkersNonresident) => {
                taxing == Some(State::NewYork)
            }
            Some(Locality::Philadelphia | Locality::PhiladelphiaNonresident) => in_pennsylvania,
        },
        Payment::NEW_YORK_CITY_ALLOWANCES => {
            taxing == Some(State::NewYork) && payment.locality == Some(Locality::NewYorkCity)
        }
        Payment::LOCAL_INCOME_TAX_RATE => in_pennsylvania,
        Payment::LOCAL_SERVICES_TAX => work.state == State::Pennsylvania,
        Payment::LONG_TERM_CARE_EXEMPT => work.state == State::Washington,
        of_certificate => {
            taxing.and_then(written::of).is_some_and(|law| law.knows().contains(&of_certificate))
        }
    }
}
