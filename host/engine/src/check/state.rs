//! Where a rule can keep something between two calls, and whether all of it is its memory.
//!
//! A rule that remembers would pay one employee by another's facts. Its memory can be put back to
//! what it was after `create`, which takes a microsecond or two; nothing else of an instance can.
//! So a rule is *restorable* only if nothing else can carry anything from call to call:
//!
//! - It has one memory, and each module is instantiated once.
//! - No instruction writes to a table or drops a segment.
//! - The only global that can be changed is one of each module that every function leaves as it
//!   found it (see `stack_pointer`): the stack pointer of compiled languages.
//! - It makes no handle after `create`, and its memory does not grow: that is watched when it runs,
//!   by `evaluator`.
//!
//! Any other rule gets a fresh instance where nothing may be remembered, which is the same and
//! slower.

use std::collections::HashSet;

use wasmparser::{
    ConstExpr, Data, DataKind, Encoding, ExternalKind, FuncValidatorAllocations, FunctionBody,
    Instance, Operator, Parser, Payload, TypeRef, ValidPayload, Validator,
};

use super::stack_pointer;
use crate::config::FEATURES;
use crate::memory::Image;

/// The memory of a restorable rule as it is before anything has run; none if the rule is not
/// restorable. The bytes must be valid.
pub(super) fn initial_memory(bytes: &[u8]) -> Option<Image> {
    let mut survey = Survey::default();
    let mut validator = Validator::new_with_features(FEATURES);
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.ok()?;
        survey.look_at(&payload)?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload).ok()? {
            bodies.push((function, body, survey.changeable));
        }
    }
    let mut allocations = FuncValidatorAllocations::default();
    for (function, body, changeable) in bodies {
        if !leaves_tables_and_segments_alone(&body)? {
            return None;
        }
        if let Some(global) = changeable {
            let mut validator = function.into_validator(allocations);
            if !stack_pointer::is_kept(&mut validator, &body, global)? {
                return None;
            }
            allocations = validator.into_allocations();
        }
    }
    (survey.memories <= 1).then_some(survey.image)
}

/// What was seen of a component so far.
#[derive(Default)]
struct Survey {
    /// Components and modules around what is read.
    around: Vec<Encoding>,
    memories: u32,
    /// Modules that are instantiated.
    instantiated: HashSet<u32>,
    /// Whether a module with data was seen.
    has_data: bool,
    image: Image,
    /// Of the module that is read: its globals so far, and the one that can be changed.
    globals: u32,
    changeable: Option<u32>,
}

impl Survey {
    /// None: the rule is not restorable.
    fn look_at(&mut self, payload: &Payload<'_>) -> Option<()> {
        match payload {
            Payload::Version { encoding, .. } => {
                // Modules lie in the component itself, where each is instantiated once.
                if *encoding == Encoding::Module && self.around.len() != 1 {
                    return None;
                }
                self.around.push(*encoding);
                (self.globals, self.changeable) = (0, None);
            }
            Payload::End(_) => drop(self.around.pop()),
            Payload::InstanceSection(section) => {
                for instance in section.clone() {
                    if let Instance::Instantiate { module_index, .. } = instance.ok()?
                        && (self.around.len() != 1 || !self.instantiated.insert(module_index))
                    {
                        return None;
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.clone().into_imports() {
                    if let TypeRef::Global(global) = import.ok()?.ty {
                        if global.mutable {
                            return None;
                        }
                        self.globals += 1;
                    }
                }
            }
            Payload::MemorySection(section) => self.memories += section.count(),
            Payload::GlobalSection(section) => {
                for global in section.clone() {
                    if global.ok()?.ty.mutable && self.changeable.replace(self.globals).is_some() {
                        return None;
                    }
                    self.globals += 1;
                }
            }
            Payload::ExportSection(section) => {
                for export in section.clone() {
                    let export = export.ok()?;
                    if export.kind == ExternalKind::Global && self.changeable == Some(export.index)
                    {
                        return None;
                    }
                }
            }
            Payload::DataSection(section) => {
                // Which of two modules writes last is not for their order here to say.
                if section.count() > 0 && std::mem::replace(&mut self.has_data, true) {
                    return None;
                }
                for data in section.clone() {
                    self.data(&data.ok()?)?;
                }
            }
            _ => {}
        }
        Some(())
    }

    fn data(&mut self, data: &Data<'_>) -> Option<()> {
        if let DataKind::Active { offset_expr, .. } = &data.kind {
            self.image.add(constant(offset_expr)?, data.data);
        }
        Some(())
    }
}

/// An address that is a number and nothing else.
fn constant(expression: &ConstExpr<'_>) -> Option<usize> {
    let mut operators = expression.get_operators_reader();
    let Operator::I32Const { value } = operators.read().ok()? else { return None };
    matches!(operators.read().ok()?, Operator::End).then_some(value.cast_unsigned() as usize)
}

fn leaves_tables_and_segments_alone(body: &FunctionBody<'_>) -> Option<bool> {
    for operator in body.get_operators_reader().ok()? {
        if matches!(
            operator.ok()?,
            Operator::TableSet { .. }
                | Operator::TableGrow { .. }
                | Operator::TableFill { .. }
                | Operator::TableCopy { .. }
                | Operator::TableInit { .. }
                | Operator::ElemDrop { .. }
                | Operator::DataDrop { .. }
        ) {
            return Some(false);
        }
    }
    Some(true)
}
