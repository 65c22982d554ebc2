//! The formulas of a document, checked in the order in which they need each other.

mod fields;
mod outcome;
mod read;

use crate::builder::Builder;
use crate::check::scope::{Globals, Scope};
use crate::check::sources::{Sources, Written};
use crate::check::{Checker, OwnFunction, OwnFunctions, Typed};
use crate::document::declarations::{Declarations, Function};
use crate::document::names::Columns;
use crate::document::order::Needs;
use crate::document::reading::{Errors, Piece, report};
use crate::error::{Error, Kind};
use crate::syntax::Expression;
use crate::types::{Quantity, Type};
use read::{Named, Read};
use std::collections::{BTreeSet, HashSet};
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FunctionId, NodeId, Slot};
use stele_formula_program::program::{self, OwnFunction as ProgramFunction};
use stele_formula_program::value::Value;

pub(super) use fields::choices_of;

/// What the formulas of a document come to.
pub(super) struct Checked<'d> {
    /// The program, without schedule and explanations.
    pub(super) builder: Builder,
    /// Where the nodes stand in the texts of their formulas.
    pub(super) sources: Sources,
    /// What each figure, then each line is.
    pub(super) values: Vec<Shown>,
    /// Where the formulas of `sources` stand in the document, in the same order.
    pub(super) places: Vec<Place<'d>>,
    /// The conditions of lines, findings and refusals.
    pub(super) conditions: Vec<NodeId>,
    /// Every name that a formula uses.
    pub(super) used: BTreeSet<String>,
}

/// Where a formula stands in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'d> {
    /// The text that it is a part of.
    pub(super) piece: &'d Piece,
    /// Where in that text it begins.
    pub(super) offset: u32,
}

/// Whose a formula is.
#[derive(Clone, Copy, Default, Debug)]
struct Owner<'d> {
    name: &'d str,
    citation: Option<&'d str>,
}

struct Work<'d> {
    text: &'d str,
    declarations: &'d Declarations,
    builder: Builder,
    globals: Globals,
    own_functions: OwnFunctions,
    columns: Columns,
    errors: Errors,
    sources: Sources,
    places: Vec<Place<'d>>,
    conditions: Vec<NodeId>,
    /// Whose formulas are checked.
    of: Owner<'d>,
    used: BTreeSet<String>,
    /// Names of facts: an item of the same name shows the fact, and the name stays the fact's.
    facts: HashSet<&'d str>,
}

/// What of a value a step can show.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shown {
    /// It is one value, and so can be shown at all.
    pub(super) one: bool,
    /// What it counts, where it is a number.
    pub(super) quantity: Option<Quantity>,
    /// It may be missing.
    pub(super) optional: bool,
}

impl<'d> Owner<'d> {
    fn of(name: &'d Piece, citation: &'d Option<String>) -> Self {
        Self { name: &name.text, citation: citation.as_deref() }
    }
}

impl Shown {
    /// Whether a step shows how it came about: one value that is there. What may be missing is shown
    /// where it is used, by what is taken in its place.
    pub(super) fn is_explained(self) -> bool {
        self.one && !self.optional
    }

    fn of(typed: Option<&Typed>) -> Self {
        let Some(typed) = typed else { return Self::default() };
        let (present, optional) = (typed.of.present(), matches!(typed.of, Type::Optional(_)));
        let one = present.is_text()
            || matches!(present, Type::Number(_) | Type::Boolean | Type::Date | Type::Moment);
        let quantity = match present {
            Type::Number(quantity) => Some(*quantity),
            _ => None,
        };
        Self { one, quantity, optional }
    }
}

/// Checks all formulas.
pub(super) fn check<'d>(
    text: &'d str,
    declarations: &'d Declarations,
) -> Result<Checked<'d>, Vec<Error>> {
    let mut work = Work {
        text,
        declarations,
        builder: Builder::default(),
        globals: Globals::new(),
        own_functions: OwnFunctions::new(),
        columns: Columns::new(),
        errors: Vec::new(),
        sources: Sources::default(),
        places: Vec::new(),
        conditions: Vec::new(),
        of: Owner::default(),
        used: BTreeSet::new(),
        facts: declarations.facts.iter().map(|fact| fact.name.text.as_str()).collect(),
    };
    work.names();
    work.fields();
    let formulas = work.read();
    let values = work.ordered(formulas);
    work.findings();
    work.refusals();
    work.errors.sort_by_key(|error| error.span.start);
    work.errors.dedup();
    if work.errors.is_empty() {
        let Work { builder, sources, places, conditions, used, .. } = work;
        Ok(Checked { builder, sources, places, conditions, values, used })
    } else {
        Err(work.errors)
    }
}

impl<'d> Work<'d> {
    /// Checks the formulas with names, each after those that it needs.
    fn ordered(&mut self, formulas: Vec<Named<'d>>) -> Vec<Shown> {
        let figures = self.declarations.figures.len();
        let mut values = vec![Shown::default(); figures + self.declarations.lines.len()];
        let needs = formulas.iter().map(|formula| {
            // Nothing needs a line whose name is a fact's; no name has a space.
            let name = match self.facts.contains(formula.name()) {
                true => format!("line {}", formula.name()),
                false => formula.name().to_owned(),
            };
            (name, formula.uses(&self.columns))
        });
        let needs: Vec<_> = needs.collect();
        needs.iter().for_each(|(_, used)| self.used.extend(used.iter().cloned()));
        let order = Needs::of(needs).order();
        for cycle in order.cycles {
            let span = formulas.get(cycle.first).map(Named::span);
            let error = Error::new(Kind::Cycle, span.unwrap_or_default(), "", cycle.way);
            report(&mut self.errors, error);
        }
        // What stands in a cycle is taken for a number, so that all else can be checked.
        for position in order.closing {
            match &formulas[position] {
                Named::Function(function, _) => self.promise(function),
                named => _ = self.figure(named.name(), None),
            }
        }
        let mut amounts: Vec<Option<program::Line>> =
            self.declarations.lines.iter().map(|_| None).collect();
        for position in order.positions {
            self.of = formulas[position].owner();
            match &formulas[position] {
                Named::Function(function, read) => self.function(function, read),
                Named::Figure(at, figure, read) => {
                    let name = &figure.name.text;
                    let typed = self.checked(read, &[], None);
                    values[*at] = Shown::of(typed.as_ref());
                    self.figure(name, typed);
                }
                Named::Line(at, line, formulas) => {
                    let (made, shown) = self.line(count(*at), line, formulas);
                    values[figures + *at] = shown;
                    amounts[*at] = made;
                }
            }
        }
        self.builder.program.lines = amounts.into_iter().flatten().collect();
        values
    }

    /// Checks an expression with these names bound, knowing that a condition holds.
    fn checked(
        &mut self,
        read: &Read<'d>,
        bound: &[(&str, Slot, Type)],
        holds: Option<&Expression>,
    ) -> Option<Typed> {
        let mut errors = Vec::new();
        let mut scope = Scope::new(&self.globals);
        for (name, slot, of) in bound {
            scope.bind(name, *slot, of.clone());
        }
        if let Some(condition) = holds {
            scope.learn(condition, true);
        }
        let Owner { name, citation } = self.of;
        let name = match read.part {
            "" => name.to_owned(),
            part => format!("{name}, {part}"),
        };
        let citation = citation.map(str::to_owned);
        self.sources.begin(Written { name, text: read.text.to_owned(), citation });
        self.places.push(Place { piece: read.piece, offset: read.offset });
        let mut checker = Checker {
            text: read.text,
            builder: &mut self.builder,
            scope,
            own_functions: &self.own_functions,
            errors: &mut errors,
            sources: &mut self.sources,
        };
        let typed = checker.check(&read.expression);
        let typed = typed.and_then(|typed| match typed.of {
            Type::Found(_) => checker.present(typed, read.expression.span),
            _ => Some(typed),
        });
        for error in errors {
            self.found(read.piece, read.offset, error);
        }
        typed
    }

    /// Makes a value a name, unless a fact has it; where it is wrong the name is a number of whatever
    /// is needed, so that what follows from it is not reported.
    fn figure(&mut self, name: &str, typed: Option<Typed>) -> NodeId {
        let (node, of) = match typed {
            Some(typed) => (typed.node, typed.of),
            None => (self.builder.constant(Value::Number(0.into())), Type::WRITTEN),
        };
        let figure = self.builder.figure(name, node);
        let node = self.builder.node(Node::Figure { figure });
        if !self.facts.contains(name) {
            self.globals.insert(name.to_owned(), Typed { node, of });
        }
        node
    }

    fn function(&mut self, function: &Function, read: &Read<'d>) {
        let mut bound = Vec::new();
        for parameter in &function.parameters {
            let of = self.type_of(parameter);
            let slot = self.builder.slot();
            bound.push((parameter.name.text.as_str(), slot, of));
        }
        let typed = self.checked(read, &bound, None);
        let (node, result) = match typed {
            Some(typed) => (typed.node, typed.of),
            None => (self.builder.constant(Value::Number(0.into())), Type::WRITTEN),
        };
        let slots = bound.iter().map(|(_, slot, _)| *slot).collect();
        let parameters = bound.into_iter().map(|(_, _, of)| of).collect();
        self.insert(function, slots, node, parameters, result);
    }

    /// Makes a function a name.
    fn insert(
        &mut self,
        function: &Function,
        slots: Vec<Slot>,
        body: NodeId,
        parameters: Vec<Type>,
        result: Type,
    ) {
        let id = FunctionId(count(self.builder.program.functions.len()));
        let name = self.builder.text_id(&function.name.text);
        self.builder.program.functions.push(ProgramFunction { name, parameters: slots, body });
        let own = OwnFunction { id, parameters, result };
        self.own_functions.insert(function.name.text.clone(), own);
    }

    /// Makes a function a name before it is checked.
    fn promise(&mut self, function: &Function) {
        let parameters = function.parameters.iter().map(|parameter| self.type_of(parameter));
        let parameters = parameters.collect();
        let node = self.builder.constant(Value::Number(0.into()));
        self.insert(function, Vec::new(), node, parameters, Type::WRITTEN);
    }

    fn condition(&mut self, read: &Read<'d>, bound: &[(&str, Slot, Type)]) -> Option<NodeId> {
        let typed = self.typed(read, bound, None, "true or false", |of| *of == Type::Boolean)?;
        self.conditions.push(typed.node);
        Some(typed.node)
    }

    fn text(
        &mut self,
        read: &Read<'d>,
        bound: &[(&str, Slot, Type)],
        holds: Option<&Expression>,
    ) -> Option<Typed> {
        self.typed(read, bound, holds, "a text", |of| of.present().is_text())
    }

    /// A formula whose value has a type.
    fn typed(
        &mut self,
        read: &Read<'d>,
        bound: &[(&str, Slot, Type)],
        holds: Option<&Expression>,
        expected: &str,
        is: impl Fn(&Type) -> bool,
    ) -> Option<Typed> {
        let typed = self.checked(read, bound, holds)?;
        if is(&typed.of) {
            return Some(typed);
        }
        let kind =
            if matches!(typed.of, Type::Optional(_)) { Kind::MayBeMissing } else { Kind::Type };
        let found = match kind {
            Kind::MayBeMissing => format!("`{}`", crate::parser::shortened(&read.piece.text)),
            _ => typed.of.to_string(),
        };
        self.found(
            read.piece,
            read.offset,
            Error::new(kind, read.expression.span, expected, found),
        );
        None
    }

    /// An amount of what its unit says; of money without one.
    fn amount(
        &mut self,
        read: &Read<'d>,
        bound: &[(&str, Slot, Type)],
        holds: Option<&Expression>,
        unit: Option<&str>,
    ) -> Option<Typed> {
        let typed = self.typed(read, bound, holds, "a number", Type::is_number)?;
        let due = match unit {
            None => Some(Quantity::Money),
            Some(unit) if unit.starts_with("hour") => Some(Quantity::Hours),
            Some(unit) if unit.starts_with("day") => Some(Quantity::Days),
            Some(_) => None,
        };
        if let (Some(due), Type::Number(found)) = (due, &typed.of)
            && *found != due
            && *found != Quantity::Written
        {
            let error =
                Error::new(Kind::Unit, read.expression.span, due.to_string(), found.to_string());
            self.found(read.piece, read.offset, error);
            return None;
        }
        Some(typed)
    }
}

/// Bounded by the bounds of documents.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
