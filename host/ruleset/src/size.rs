//! How much memory a calculation takes, for those who keep many until they are written.

use stele_engine::contract::Value;

use crate::calculation::Calculation;
use crate::outcome::{Finding, Line, Outcome, Step};

impl Calculation {
    /// Bytes of its facts and its outcome, as they are and as they are written, about.
    pub fn bytes(&self) -> usize {
        let facts = self.facts.iter().map(|fact| fact.bytes()).sum::<usize>();
        facts + self.outcome.bytes() + self.facts_json().len() + self.outcome_json().len()
    }
}

impl Outcome {
    fn bytes(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let lines = self.lines.iter().map(|line| size_of::<Line>() + text(&line.subject));
        let findings =
            self.findings.iter().map(|finding| size_of::<Finding>() + text(&finding.subject));
        let steps = self.steps.iter().map(|step| {
            let result = step.result.as_ref().map_or(0, |result| result.bytes());
            size_of::<Step>() + result + step.values.iter().map(Value::bytes).sum::<usize>()
        });
        lines.chain(findings).chain(steps).sum()
    }
}
