//! The same component on a bare wasmtime: no fuel, no deadline, no limits on what it returns. What
//! it is faster by is what the limits cost.

use anyhow::anyhow;
use wasmtime::component::{Component, Linker, ResourceAny};
use wasmtime::{Config, Engine, Store};

/// Generated from `wit/version-1.0/rule.wit`.
#[allow(missing_docs, unreachable_pub, clippy::all, reason = "generated from the contract")]
mod generated {
    wasmtime::component::bindgen!({ path: "../../wit/version-1.0", world: "rule-component" });
}

/// The contract's types for this instance.
pub(crate) use generated::exports::stele::rule::rule as contract;

/// An instance with one evaluator.
pub(crate) struct Unlimited {
    store: Store<()>,
    component: generated::RuleComponent,
    handle: ResourceAny,
}

impl Unlimited {
    /// Compiles and instantiates.
    pub(crate) fn new(bytes: &[u8], parameters: &[contract::Value]) -> anyhow::Result<Self> {
        let mut config = Config::new();
        config.wasm_component_model(true);
        let engine = Engine::new(&config).map_err(|error| anyhow!("{error:#}"))?;
        let component = Component::new(&engine, bytes).map_err(|error| anyhow!("{error:#}"))?;
        let mut store = Store::new(&engine, ());
        let linker = Linker::new(&engine);
        let component = generated::RuleComponent::instantiate(&mut store, &component, &linker)
            .map_err(|error| anyhow!("{error:#}"))?;
        let handle = component
            .stele_rule_rule()
            .evaluator()
            .call_create(&mut store, parameters)
            .map_err(|error| anyhow!("{error:#}"))?
            .map_err(|fault| anyhow!("{}", fault.message))?;
        Ok(Self { store, component, handle })
    }

    /// One evaluation.
    pub(crate) fn evaluate(
        &mut self,
        facts: &[contract::Value],
    ) -> anyhow::Result<contract::Outcome> {
        self.component
            .stele_rule_rule()
            .evaluator()
            .call_evaluate(&mut self.store, self.handle, facts, false)
            .map_err(|error| anyhow!("{error:#}"))?
            .map_err(|fault| anyhow!("{}", fault.message))
    }
}
