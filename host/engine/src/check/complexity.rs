//! What a component may consist of, counted before it is validated or compiled: both take time and
//! memory by more than its bytes. Four kilobytes declare 400,000 functions, each of which becomes
//! an object of the compiler; 42 kilobytes of nested loops around assigned locals make it join
//! every local at every loop, for minutes.
//!
//! One pass over the bytes that keeps numbers only.

use wasmparser::{
    BlockType, CompositeInnerType, Encoding, FunctionBody, FunctionSectionReader, Operator,
    Payload, TypeSectionReader,
};

use crate::failure::{Check, Rejection};
use crate::settings::ComponentLimits;

/// What was counted so far.
pub(super) struct Complexity<'a> {
    limits: &'a ComponentLimits,
    functions: usize,
    declarations: usize,
    flow: usize,
    module: Module,
}

/// What is known of the module that is being read: its functions' parameters are local variables.
#[derive(Default)]
struct Module {
    /// How many parameters each type has; none where it is not a function.
    types: Vec<usize>,
    /// The parameters of the functions whose bodies follow, the last one first.
    parameters: Vec<usize>,
}

impl<'a> Complexity<'a> {
    pub(super) fn new(limits: &'a ComponentLimits) -> Self {
        Self { limits, functions: 0, declarations: 0, flow: 0, module: Module::default() }
    }

    /// Counts a part of the component, and refuses it where a limit is passed.
    pub(super) fn count(&mut self, payload: &Payload<'_>) -> Result<(), Rejection> {
        match payload {
            Payload::Version { encoding: Encoding::Module, .. } => {
                self.module = Module::default();
                Ok(())
            }
            Payload::TypeSection(section) => self.types(section),
            Payload::FunctionSection(section) => self.functions(section),
            Payload::ImportSection(section) => self.declare(section.count()),
            Payload::TableSection(section) => self.declare(section.count()),
            Payload::MemorySection(section) => self.declare(section.count()),
            Payload::GlobalSection(section) => self.declare(section.count()),
            Payload::ExportSection(section) => self.declare(section.count()),
            Payload::ElementSection(section) => self.declare(section.count()),
            Payload::DataSection(section) => self.declare(section.count()),
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => self.declare(1),
            Payload::InstanceSection(section) => self.declare(section.count()),
            Payload::CoreTypeSection(section) => self.declare(section.count()),
            Payload::ComponentInstanceSection(section) => self.declare(section.count()),
            Payload::ComponentAliasSection(section) => self.declare(section.count()),
            Payload::ComponentTypeSection(section) => self.declare(section.count()),
            Payload::ComponentCanonicalSection(section) => self.declare(section.count()),
            Payload::ComponentImportSection(section) => self.declare(section.count()),
            Payload::ComponentExportSection(section) => self.declare(section.count()),
            Payload::CodeSectionEntry(body) => self.function(body),
            _ => Ok(()),
        }
    }

    fn functions(&mut self, section: &FunctionSectionReader<'_>) -> Result<(), Rejection> {
        self.functions = self.functions.saturating_add(section.count() as usize);
        at_most(self.limits.functions, self.functions, "functions in a component")?;
        for kind in section.clone() {
            let kind = kind.map_err(super::broken)? as usize;
            self.module.parameters.push(self.module.types.get(kind).copied().unwrap_or_default());
        }
        self.module.parameters.reverse();
        Ok(())
    }

    fn declare(&mut self, count: u32) -> Result<(), Rejection> {
        self.declarations = self.declarations.saturating_add(count as usize);
        at_most(
            self.limits.declarations,
            self.declarations,
            "types, imports, exports and other declarations in a component",
        )
    }

    fn types(&mut self, section: &TypeSectionReader<'_>) -> Result<(), Rejection> {
        for group in section.clone() {
            // A group may hold as many types as it likes.
            for kind in group.map_err(super::broken)?.types() {
                self.declare(1)?;
                let mut parameters = 0;
                if let CompositeInnerType::Func(function) = &kind.composite_type.inner {
                    parameters = function.params().len();
                    let values = parameters.max(function.results().len());
                    at_most(self.limits.values, values, "parameters or results of a function")?;
                }
                self.module.types.push(parameters);
            }
        }
        Ok(())
    }

    fn function(&mut self, body: &FunctionBody<'_>) -> Result<(), Rejection> {
        let parameters = self.module.parameters.pop().unwrap_or_default();
        let found = Function::read(body, parameters, self.limits).map_err(super::broken)?;
        at_most(self.limits.nesting, found.nesting, "blocks within one another in a function")?;
        at_most(self.limits.locals, found.locals, "local variables in a function")?;
        let flow = found.edges.saturating_mul(found.joined);
        at_most(
            self.limits.function_flow,
            flow,
            "ways through a function times its local variables",
        )?;
        self.flow = self.flow.saturating_add(flow);
        at_most(
            self.limits.flow,
            self.flow,
            "ways through functions times their local variables in a component",
        )
    }
}

/// What makes a function costly.
#[derive(Debug, Default)]
struct Function {
    locals: usize,
    nesting: usize,
    /// Edges between pieces of straight code.
    edges: usize,
    /// What the compiler may have to join where edges meet.
    joined: usize,
}

impl Function {
    /// Stops early in a function that is nested too deeply.
    fn read(
        body: &FunctionBody<'_>,
        parameters: usize,
        limits: &ComponentLimits,
    ) -> wasmparser::Result<Self> {
        let mut found = Self { locals: parameters, ..Self::default() };
        for group in body.get_locals_reader()? {
            found.locals = found.locals.saturating_add(group?.0 as usize);
        }
        // A block with a type of its own hands over values, which are joined like locals.
        let mut handed_over = 1;
        let mut depth = 0_usize;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() && found.nesting <= limits.nesting {
            match operators.read()? {
                Operator::Block { blockty }
                | Operator::Loop { blockty }
                | Operator::If { blockty } => {
                    depth += 1;
                    found.edges += 2;
                    if matches!(blockty, BlockType::FuncType(_)) {
                        handed_over = limits.values;
                    }
                }
                Operator::End => depth = depth.saturating_sub(1),
                Operator::Br { .. } | Operator::BrIf { .. } | Operator::Else => found.edges += 1,
                Operator::BrTable { targets } => found.edges += 1 + targets.len() as usize,
                _ => {}
            }
            found.nesting = found.nesting.max(depth);
        }
        found.joined = found.locals.saturating_add(handed_over);
        Ok(found)
    }
}

fn at_most(limit: usize, found: usize, what: &str) -> Result<(), Rejection> {
    if found > limit {
        let reason = format!("expected at most {limit} {what}, found {found} or more");
        return Err(Rejection::new(Check::Size, reason));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wasmparser::Parser;

    use super::*;

    /// What our own rules have stands below a third of each limit; printed, so that whoever changes
    /// a limit sees it.
    #[test]
    fn the_rules_of_the_repository_have_room() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/rules");
        let Ok(files) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: no rules are built, run `cargo xtask rules`");
            return;
        };
        let limits = ComponentLimits::default();
        for file in files {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let mut all = Complexity::new(&limits);
            let (mut nesting, mut locals, mut flow, mut largest) = (0, 0, 0, 0);
            for payload in Parser::new(0).parse_all(&bytes) {
                let payload = payload.unwrap();
                all.count(&payload).unwrap();
                if let Payload::CodeSectionEntry(body) = &payload {
                    let found = Function::read(body, 0, &limits).unwrap();
                    nesting = nesting.max(found.nesting);
                    locals = locals.max(found.locals);
                    flow = flow.max(found.edges * found.joined);
                    largest = largest.max(body.as_bytes().len());
                }
            }
            let found = [
                (largest, limits.function_bytes),
                (all.functions, limits.functions),
                (all.declarations, limits.declarations),
                (nesting, limits.nesting),
                (locals, limits.locals),
                (flow, limits.function_flow),
                (all.flow, limits.flow),
            ];
            println!("bytes, functions, declarations, nesting, locals, flow, all flow: {found:?}");
            assert!(found.iter().all(|(found, limit)| found * 3 <= *limit), "{found:?}");
        }
    }
}
