//! What is called of a rule: `describe` once, when it is checked; `create` and `evaluate`, found once
//! in its component and compared with the contract's types in each instance.

use wasmtime::component::{
    Component, ComponentExportIndex, Instance, InstancePre, ResourceAny, TypedFunc,
};

use crate::canonical::{Answer, Facts};
use crate::contract::{
    Description, Fault, INTERFACE, Outcome, RuleComponent, Value, Version, version_1_0,
};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::store::Store;

/// `create: static func(parameters: list<value>) -> result<evaluator, fault>`.
pub(crate) type Create = TypedFunc<(&'static [Value],), (Result<ResourceAny, Fault>,)>;

/// `evaluate: func(facts: list<value>, explain: bool) -> result<outcome, fault>`, where `O` is the
/// outcome of a version.
type EvaluateOf<O> = TypedFunc<(ResourceAny, Facts<'static>, bool), (Answer<O>,)>;

/// `evaluate` of the version that the rule was made for. They differ in the type of the steps.
pub(crate) enum Evaluate {
    V1_0(EvaluateOf<version_1_0::Outcome>),
    V1_1(EvaluateOf<Outcome>),
}

impl Evaluate {
    pub(crate) fn call(
        &self,
        store: &mut Store,
        evaluator: ResourceAny,
        facts: Facts<'_>,
        explain: bool,
    ) -> wasmtime::Result<Result<Outcome, Fault>> {
        match self {
            Self::V1_0(function) => {
                let (answer,) = function.call(store, (evaluator, facts, explain))?;
                Ok(answer.result)
            }
            Self::V1_1(function) => {
                let (answer,) = function.call(store, (evaluator, facts, explain))?;
                Ok(answer.result)
            }
        }
    }
}

/// Why there is no description.
pub(crate) enum Undescribed {
    /// A function has other types than the contract.
    AnotherShape(wasmtime::Error),
    /// The rule gave none.
    Failed(Failure),
}

impl From<Failure> for Undescribed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A linked component and where its functions are.
pub(crate) struct Functions {
    component: InstancePre<Limits>,
    version: Version,
    describe: ComponentExportIndex,
    create: ComponentExportIndex,
    evaluate: ComponentExportIndex,
}

impl Functions {
    /// Finds them; none if the component does not export them for this version.
    pub(crate) fn find(component: InstancePre<Limits>, version: Version) -> Option<Self> {
        let interface =
            component.component().get_export_index(None, &*format!("{INTERFACE}@{version}"))?;
        let function = |name: &str| component.component().get_export_index(Some(&interface), name);
        let describe = function("describe")?;
        let create = function("[static]evaluator.create")?;
        let evaluate = function("[method]evaluator.evaluate")?;
        Some(Self { component, version, describe, create, evaluate })
    }

    /// The version of the contract that the component was made for.
    pub(crate) fn version(&self) -> Version {
        self.version
    }

    /// The compiled component.
    pub(crate) fn component(&self) -> &Component {
        self.component.component()
    }

    /// Asks a new instance what the rule takes and yields, after its functions were compared with
    /// the contract.
    pub(crate) fn describe(&self, store: &mut Store) -> Result<Description, Undescribed> {
        let instance = self.component.instantiate(&mut *store);
        let instance = instance.map_err(Failure::instantiating)?;
        self.typed(store, &instance).map_err(Undescribed::AnotherShape)?;
        let described = match self.version {
            Version::V1_0 => {
                let describe = instance
                    .get_typed_func::<(), (version_1_0::Description,)>(&mut *store, self.describe)
                    .map_err(Undescribed::AnotherShape)?;
                describe.call(store, ()).map(|(description,)| description.into())
            }
            Version::V1_1 => {
                let component = RuleComponent::new(&mut *store, &instance);
                let component = component.map_err(Undescribed::AnotherShape)?;
                component.stele_rule_rule().call_describe(store)
            }
        };
        Ok(described.map_err(Failure::from)?)
    }

    /// A new instance, ready to be called.
    pub(crate) fn instantiate(&self, store: &mut Store) -> wasmtime::Result<(Create, Evaluate)> {
        let instance = self.component.instantiate(&mut *store)?;
        self.typed(store, &instance)
    }

    fn typed(
        &self,
        store: &mut Store,
        instance: &Instance,
    ) -> wasmtime::Result<(Create, Evaluate)> {
        let create = instance.get_typed_func(&mut *store, self.create)?;
        let evaluate = match self.version {
            Version::V1_0 => Evaluate::V1_0(instance.get_typed_func(&mut *store, self.evaluate)?),
            Version::V1_1 => Evaluate::V1_1(instance.get_typed_func(&mut *store, self.evaluate)?),
        };
        Ok((create, evaluate))
    }
}
