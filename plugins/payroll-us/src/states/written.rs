//! The states whose income tax law is written: one row a state.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use super::california::California;
use super::choices::State;
use super::illinois::Illinois;
use super::law::WageTerms;
use super::massachusetts::Massachusetts;
use super::new_jersey::NewJersey;
use super::new_york::NewYork;
use super::pennsylvania::Pennsylvania;
use super::wages::{StateWages, Taxed};
use super::withheld::Withheld;
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax law of one state.
pub(super) trait StateLaw: Sync {
    /// Facts of the state's certificate that it reads, beyond those that every state knows.
    fn knows(&self) -> &'static [FactField];

    /// Which wages it taxes, by its section of the parameters; none where that is empty.
    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms>;

    /// The wages that it taxes.
    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed;

    /// Withholds from them, by the state's publication.
    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        terms: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault>;
}

/// The law of a state that taxes wages; none where it is not written.
pub(super) fn of(state: State) -> Option<&'static dyn StateLaw> {
    Some(match state {
        State::California => &California,
        State::Illinois => &Illinois,
        State::Massachusetts => &Massachusetts,
        State::NewJersey => &NewJersey,
        State::NewYork => &NewYork,
        State::Pennsylvania => &Pennsylvania,
        _ => return None,
    })
}

/// The law of a state and the wages that it taxes.
pub(super) fn with_terms(
    law: &Law,
    state: State,
) -> Result<(&'static dyn StateLaw, &WageTerms), Fault> {
    let own = of(state).and_then(|own| Some((own, own.terms(law)?)));
    own.ok_or_else(|| {
        Fault::fact(
            Payment::STATE,
            format!("{} taxes wages by the ruleset, but the rule holds no law of it", state.name()),
        )
    })
}
