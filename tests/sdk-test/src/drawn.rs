//! Inputs drawn at random for whoever compares a rule with another that takes the same facts: the
//! date, and one value a declared fact as the host's engine takes them.

use std::collections::BTreeMap;

use stele_engine::contract::Value;
use stele_sdk::prelude::*;

use crate::contract;
use crate::random::{self, Inputs};
use crate::shipped::Shipped;

/// What a rule may be asked.
pub struct Drawn {
    /// The date of the calculation.
    pub date: Date,
    /// One value a declared fact.
    pub facts: Vec<Value>,
}

impl<R: Rule> Shipped<R> {
    /// So many inputs: cases in which a few facts are others, the same ones every time.
    pub fn drawn(&self, count: u64) -> impl Iterator<Item = Drawn> {
        let cases: Vec<_> = self.cases().iter().collect();
        let names: Vec<String> =
            self.description().facts.iter().map(|fact| fact.name.clone()).collect();
        let inputs = Inputs::of(self, &cases, &names);
        let days = cases.iter().map(|case| case.date);
        let law: BTreeMap<Date, Vec<Decimal>> = days.map(|day| (day, self.amounts(day))).collect();
        (0..count).map(move |number| {
            let input = inputs.draw(number, |date| law.get(&date).map_or(&[], Vec::as_slice));
            let facts = input.facts.into_iter().map(contract::value_for_host).collect();
            Drawn { date: input.date, facts }
        })
    }

    /// The numbers of the law on a day, near which a rule does something else; none on a day of which
    /// the law is not known.
    pub(crate) fn amounts(&self, date: Date) -> Vec<Decimal> {
        let Ok(in_force) = self.in_force(date) else { return Vec::new() };
        let values: Vec<_> = in_force.values().iter().cloned().map(contract::value).collect();
        random::amounts(&values)
    }
}
