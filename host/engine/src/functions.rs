//! What is called of a rule after it was checked: `create` and `evaluate`, found once in its
//! component and compared with the contract's types in each instance.

use wasmtime::component::{Component, ComponentExportIndex, InstancePre, ResourceAny, TypedFunc};

use crate::canonical::Evaluate;
use crate::contract::{Fault, INTERFACE, VERSION, Value};
use crate::limits::Limits;
use crate::store::Store;

/// `create: static func(parameters: list<value>) -> result<evaluator, fault>`.
pub(crate) type Create = TypedFunc<(&'static [Value],), (Result<ResourceAny, Fault>,)>;

/// A linked component and where its functions are.
pub(crate) struct Functions {
    component: InstancePre<Limits>,
    create: ComponentExportIndex,
    evaluate: ComponentExportIndex,
}

impl Functions {
    /// Finds them; none if the component does not export them.
    pub(crate) fn find(component: InstancePre<Limits>) -> Option<Self> {
        let interface =
            component.component().get_export_index(None, &*format!("{INTERFACE}@{VERSION}"))?;
        let function = |name: &str| component.component().get_export_index(Some(&interface), name);
        let create = function("[static]evaluator.create")?;
        let evaluate = function("[method]evaluator.evaluate")?;
        Some(Self { component, create, evaluate })
    }

    /// The compiled component.
    pub(crate) fn component(&self) -> &Component {
        self.component.component()
    }

    /// A new instance, ready to be called.
    pub(crate) fn instantiate(&self, store: &mut Store) -> wasmtime::Result<(Create, Evaluate)> {
        let instance = self.component.instantiate(&mut *store)?;
        let create = instance.get_typed_func(&mut *store, self.create)?;
        let evaluate = instance.get_typed_func(&mut *store, self.evaluate)?;
        Ok((create, evaluate))
    }
}
