//! Which states the ruleset knows, and the refusal of all others: nothing is withheld by guess.

use stele_sdk::prelude::*;

use super::choices::State;
use super::law::StateTerms;
use super::own_facts;
use crate::facts::Payment;
use crate::law::Law;

/// The state of work, which must be known; none where it is said that there is none.
pub(super) fn terms<'a>(law: &'a Law, payment: &Payment) -> Result<Option<&'a StateTerms>, Fault> {
    let state = payment.state.ok_or_else(not_given)?;
    if state == State::NoState {
        return match own_facts::of_states(payment).into_iter().find(|(given, _)| *given) {
            None => Ok(None),
            Some((_, fact)) => Err(Fault::fact(
                fact,
                "must be left out where the state of work is none, found a value",
            )),
        };
    }
    if let Some(terms) = law.states.iter().find(|row| row.state == state) {
        return Ok(Some(terms));
    }
    let known: Vec<&str> = law.states.iter().map(|row| row.state.name()).collect();
    let on = payment.on;
    Err(Fault::fact(
        Payment::STATE,
        if known.is_empty() {
            format!(
                "no state is known on {on}: the tables of the states begin on 2025-01-01; found {}",
                state.name()
            )
        } else {
            format!(
                "must be a state whose law is known on {on} ({}), found {}",
                known.join(", "),
                state.name()
            )
        },
    ))
}

/// Whether a state's tax and insurances are due is decided by where the work is done.
fn not_given() -> Fault {
    Fault::fact(
        Payment::STATE,
        "must be the state of work, or none for work outside the states and for the federal part alone; found nothing",
    )
    .citing("26 U.S.C. ss. 3302 (c) (2) and 7701 (a) (10): taxes and credits go by state")
}
