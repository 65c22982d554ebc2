//! The decision toolkit: one context with an entry for each formula, parsed and built once.

use std::collections::BTreeMap;
use std::hint::black_box;

use anyhow::{anyhow, bail};
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value;
use dsntk_feel::{Evaluator, FeelNumber, FeelScope, Name};

use crate::Peer;
use crate::formulas::Formulas;

pub(crate) struct Dsntk {
    evaluate: Evaluator,
    facts: FeelScope,
}

impl Dsntk {
    pub(crate) fn new(formulas: &Formulas) -> anyhow::Result<Self> {
        let mut facts = FeelContext::default();
        for fact in &formulas.facts {
            let number: FeelNumber = fact.value.parse().map_err(|error| anyhow!("{error}"))?;
            facts.set_entry(&Name::from(fact.name.as_str()), Value::Number(number));
        }
        let facts = FeelScope::from(facts);
        let entry = |formula: &crate::formulas::Formula| format!("{}: {}", formula.name, formula.feel);
        let entries: Vec<String> = formulas.formulas.iter().map(entry).collect();
        let context = format!("{{ {} }}", entries.join(", "));
        let parsed = dsntk_feel_parser::parse_context(&facts, &context, false);
        let parsed = parsed.map_err(|error| anyhow!("{error}"))?;
        Ok(Self { evaluate: dsntk_feel_evaluator::prepare(&parsed), facts })
    }
}

impl Peer for Dsntk {
    fn name(&self) -> &'static str {
        "dsntk"
    }

    fn results(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let Value::Context(answer) = (self.evaluate)(&self.facts) else { bail!("no context") };
        let number = |(name, value): (&Name, &Value)| match value {
            Value::Number(number) => Ok((name.to_string(), number.to_string())),
            other => Err(anyhow!("{name} is {other}")),
        };
        answer.iter().map(number).collect()
    }

    fn compute(&self, times: u32) -> anyhow::Result<()> {
        for _ in 0..times {
            black_box((self.evaluate)(black_box(&self.facts)));
        }
        Ok(())
    }
}
