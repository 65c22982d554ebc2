//! Which states the ruleset knows, and the refusal of all others: nothing is withheld by guess.

use stele_sdk::prelude::*;

use super::law::StateTerms;
use super::own_facts;
use crate::facts::Payment;
use crate::law::Law;

/// The state of work, if it is given and known.
pub(super) fn terms<'a>(law: &'a Law, payment: &Payment) -> Result<Option<&'a StateTerms>, Fault> {
    let Some(state) = payment.state else {
        return match own_facts::of_states(payment).into_iter().find(|(given, _)| *given) {
            None => Ok(None),
            Some((_, fact)) => Err(Fault::fact(
                fact,
                "must be left out where the state of work is not given, found a value",
            )),
        };
    };
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
