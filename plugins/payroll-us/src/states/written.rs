//! The states whose income tax law is written: one arm a state.

use stele_sdk::prelude::*;

use super::choices::State;
use super::law::WageTerms;
use super::wages::StateWages;
use super::withheld::Withheld;
use super::{california, illinois, massachusetts, new_jersey, new_york, pennsylvania};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;

/// What a state's file of law withholds from the wages that it taxes.
type Withhold = fn(&Law, &Payment, &WageTerms, StateWages, &mut Payslip) -> Result<Withheld, Fault>;

/// The law of one state.
#[derive(Clone, Copy)]
pub(super) struct StateLaw<'a> {
    /// Which wages it taxes.
    pub terms: &'a WageTerms,
    /// Says which wages those are.
    pub explain: fn(&WageTerms, StateWages, &mut Payslip),
    /// Withholds from them.
    pub withhold: Withhold,
}

/// The law of a state that taxes wages; none where it is not written, or has no tables.
pub(super) fn of(law: &Law, state: State) -> Option<StateLaw<'_>> {
    let (terms, explain, withhold): (_, fn(&WageTerms, StateWages, &mut Payslip), Withhold) =
        match state {
            State::California => (&law.california_wages, california::explain, california::withhold),
            State::NewYork => (&law.new_york_wages, new_york::explain, new_york::withhold),
            State::Illinois => (&law.illinois_wages, illinois::explain, illinois::withhold),
            State::Pennsylvania => {
                (&law.pennsylvania_wages, pennsylvania::explain, pennsylvania::withhold)
            }
            State::Massachusetts => {
                (&law.massachusetts_wages, massachusetts::explain, massachusetts::withhold)
            }
            State::NewJersey => (&law.new_jersey_wages, new_jersey::explain, new_jersey::withhold),
            _ => return None,
        };
    Some(StateLaw { terms: terms.first()?, explain, withhold })
}

/// The parameters name a state whose law is not written.
pub(super) fn missing(state: State) -> Fault {
    Fault::fact(
        Payment::STATE,
        format!("{} taxes wages by the ruleset, but the rule holds no law of it", state.name()),
    )
}
