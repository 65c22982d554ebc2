//! Which state taxes the wages: the state of work, or by an agreement of the two states the state of
//! residence.

use super::choices::State;
use super::law::{ReciprocalAgreement, StateTerms};
use crate::facts::Payment;
use crate::law::Law;

/// Whose income tax is withheld.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxing<'a> {
    /// The state whose tax it is; none where none is withheld.
    pub state: Option<State>,
    /// The agreement by which it is the state of residence.
    pub agreement: Option<&'a ReciprocalAgreement>,
    /// State of residence whose tax may be due and is not withheld.
    pub left_out: Option<State>,
}

/// Finds the state that taxes the wages. An agreement needs the certificate of nonresidence: who
/// stated a residence has furnished it, unless exemption from the tax of the state of work is denied.
pub(super) fn taxing<'a>(law: &'a Law, payment: &Payment, work: &StateTerms) -> Taxing<'a> {
    let of_work = work.income_tax.then_some(work.state);
    let Some(residence) = payment.residence_state.filter(|state| *state != work.state) else {
        return Taxing { state: of_work, agreement: None, left_out: None };
    };
    let known = law.states.iter().find(|row| row.state == residence);
    let agreement = law
        .reciprocal_agreements
        .iter()
        .find(|row| row.state == work.state && row.residence_state == residence)
        .filter(|_| payment.state_exempt != Some(false));
    match (agreement, known) {
        (Some(_), Some(terms)) if terms.income_tax => {
            Taxing { state: Some(residence), agreement, left_out: None }
        }
        (Some(_), _) => Taxing { state: None, agreement, left_out: Some(residence) },
        (None, None) if residence == State::NoState => {
            Taxing { state: of_work, agreement: None, left_out: None }
        }
        // A resident owes tax on all wages, less a credit for the tax of the state of work.
        (None, Some(terms)) if !terms.income_tax => {
            Taxing { state: of_work, agreement: None, left_out: None }
        }
        (None, _) => Taxing { state: of_work, agreement: None, left_out: Some(residence) },
    }
}
