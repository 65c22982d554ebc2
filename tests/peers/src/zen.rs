//! GoRules' engine: one decision with one node of expressions, compiled.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use serde_json::{Map, Value as Json, json};
use tokio::runtime::Runtime;
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, Variable};

use crate::Peer;
use crate::formulas::Formulas;

pub(crate) struct Zen {
    decision: Decision,
    facts: Variable,
    runtime: Runtime,
}

impl Zen {
    pub(crate) fn new(formulas: &Formulas) -> anyhow::Result<Self> {
        let expressions: Vec<Json> = formulas
            .formulas
            .iter()
            .map(|formula| {
                let value = formula.zen.as_ref().unwrap_or(&formula.feel);
                json!({ "id": formula.name, "key": formula.name, "value": value })
            })
            .collect();
        let content: DecisionContent = serde_json::from_value(json!({
            "nodes": [
                { "id": "in", "name": "in", "type": "inputNode" },
                { "id": "pay", "name": "pay", "type": "expressionNode",
                  "content": { "expressions": expressions } },
                { "id": "out", "name": "out", "type": "outputNode" },
            ],
            "edges": [
                { "id": "to", "sourceId": "in", "targetId": "pay", "type": "edge" },
                { "id": "from", "sourceId": "pay", "targetId": "out", "type": "edge" },
            ],
        }))?;
        let mut decision = DecisionEngine::default()
            .create_decision(Arc::new(content))
            .map_err(|error| anyhow!("{error:?}"))?;
        decision.compile();
        let mut facts = Map::new();
        for fact in &formulas.facts {
            facts.insert(fact.name.clone(), serde_json::from_str(&fact.value)?);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        Ok(Self { decision, facts: Json::Object(facts).into(), runtime })
    }
}

impl Peer for Zen {
    fn name(&self) -> &'static str {
        "zen-engine"
    }

    fn results(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let answer = self.runtime.block_on(self.decision.evaluate(self.facts.clone()));
        let answer: Json = answer.map_err(|error| anyhow!("{error:?}"))?.result.into();
        let numbers = answer.as_object().context("no object")?;
        Ok(numbers.iter().map(|(name, number)| (name.clone(), number.to_string())).collect())
    }

    fn compute(&self, times: u32) -> anyhow::Result<()> {
        self.runtime.block_on(async {
            for _ in 0..times {
                let answer = self.decision.evaluate(black_box(self.facts.clone())).await;
                black_box(answer.map_err(|error| anyhow!("{error:?}"))?);
            }
            Ok(())
        })
    }
}
