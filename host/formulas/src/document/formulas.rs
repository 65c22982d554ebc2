//! The formulas of a document, checked in the order in which they need each other.

use crate::builder::Builder;
use crate::check::scope::{Globals, Scope, named};
use crate::check::{Checker, OwnFunction, OwnFunctions, Sources, Typed};
use crate::document::declarations::{
    Declarations, Field, FieldKind, Figure, Finding, Function, Line, Refusal,
};
use crate::document::names::{Columns, used};
use crate::document::order::Needs;
use crate::document::reading::{Errors, Piece, report};
use crate::error::{Error, Kind};
use crate::functions;
use crate::parser::parse;
use crate::source::Span;
use crate::syntax::{Expression, Syntax};
use crate::types::{Choice, Column, Quantity, Table, Type};
use std::collections::BTreeSet;
use std::rc::Rc;
use stele_formula_program::fault::Place;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FactId, FunctionId, NodeId, ParameterId, Slot};
use stele_formula_program::program::{self, OwnFunction as ProgramFunction};
use stele_formula_program::value::Value;

/// What the formulas of a document come to.
pub(super) struct Checked {
    /// The program, without schedule and explanations.
    pub(super) builder: Builder,
    /// Where the nodes stand in the texts of their formulas.
    pub(super) sources: Sources,
    /// What each figure, then each line counts; none where it is no number.
    pub(super) units: Vec<Option<Quantity>>,
    /// Every name that a formula uses.
    pub(super) used: BTreeSet<String>,
}

/// A formula that was read.
struct Read<'d> {
    /// What it was read from.
    piece: &'d Piece,
    /// The part of that which it is, and where in it.
    text: &'d str,
    offset: u32,
    expression: Expression,
}

/// A formula that others may refer to, by its name.
enum Named<'d> {
    Function(&'d Function, Read<'d>),
    Figure(usize, &'d Figure, Read<'d>),
    Line(usize, &'d Line, LineFormulas<'d>),
}

struct LineFormulas<'d> {
    each: Option<(String, Read<'d>)>,
    when: Option<Read<'d>>,
    subject: Option<Read<'d>>,
    amount: Read<'d>,
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
    used: BTreeSet<String>,
}

/// Checks all formulas.
pub(super) fn check(text: &str, declarations: &Declarations) -> Result<Checked, Vec<Error>> {
    let mut work = Work {
        text,
        declarations,
        builder: Builder::default(),
        globals: Globals::new(),
        own_functions: OwnFunctions::new(),
        columns: Columns::new(),
        errors: Vec::new(),
        sources: Sources::new(),
        used: BTreeSet::new(),
    };
    work.names();
    work.fields();
    let formulas = work.read();
    let units = work.ordered(formulas);
    work.findings();
    work.refusals();
    work.errors.sort_by_key(|error| error.span.start);
    work.errors.dedup();
    if work.errors.is_empty() {
        Ok(Checked { builder: work.builder, sources: work.sources, units, used: work.used })
    } else {
        Err(work.errors)
    }
}

impl<'d> Work<'d> {
    /// Reports names that two things have, and names of built-in functions.
    fn names(&mut self) {
        let declarations = self.declarations;
        let fields = declarations.facts.iter().chain(&declarations.parameters);
        let names = fields
            .map(|field| &field.name)
            .chain(declarations.functions.iter().map(|function| &function.name))
            .chain(declarations.figures.iter().map(|figure| &figure.name))
            .chain(declarations.lines.iter().map(|line| &line.item));
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(&name.text) {
                let found = format!("the name `{}`", name.text);
                report(
                    &mut self.errors,
                    Error::new(Kind::Duplicate, name.span, "another name", found),
                );
            }
        }
        for function in &declarations.functions {
            if !functions::named(&function.name.text).is_empty() {
                let found = format!("the built-in function `{}`", function.name.text);
                let error = Error::new(Kind::Duplicate, function.name.span, "another name", found);
                report(&mut self.errors, error);
            }
        }
        let mut findings = BTreeSet::new();
        for finding in &declarations.findings {
            if !findings.insert(&finding.name.text) {
                let found = format!("the finding `{}`", finding.name.text);
                let error = Error::new(Kind::Duplicate, finding.name.span, "another name", found);
                report(&mut self.errors, error);
            }
        }
    }

    /// Makes facts and parameters names.
    fn fields(&mut self) {
        let declarations = self.declarations;
        self.builder.program.facts = count(declarations.facts.len());
        self.builder.program.parameters = count(declarations.parameters.len());
        for (field, position) in declarations.facts.iter().zip(0..) {
            let (one, rows) =
                (Node::Fact { fact: FactId(position) }, Node::FactRows { fact: FactId(position) });
            self.field(field, one, rows);
        }
        for (field, position) in declarations.parameters.iter().zip(0..) {
            let (one, rows) = (
                Node::Parameter { parameter: ParameterId(position) },
                Node::ParameterRows { parameter: ParameterId(position) },
            );
            self.field(field, one, rows);
        }
    }

    fn field(&mut self, field: &Field, one: Node, rows: Node) {
        let of = self.type_of(field);
        let node = self.builder.node(if field.kind == FieldKind::Rows { rows } else { one });
        let node = named(&of, node, &mut self.builder);
        if field.kind == FieldKind::Rows {
            let names = field.columns.iter().map(|column| column.name.text.clone());
            self.columns.insert(field.name.text.clone(), names.collect());
        }
        self.globals.insert(field.name.text.clone(), Typed { node, of });
    }

    /// The type of a field's values.
    fn type_of(&mut self, field: &Field) -> Type {
        let of = match field.kind {
            FieldKind::Money => Type::Number(Quantity::Money),
            FieldKind::Rate => Type::Number(Quantity::Rate),
            FieldKind::Number | FieldKind::Integer => Type::PLAIN,
            FieldKind::Hours => Type::Number(Quantity::Hours),
            FieldKind::Days => Type::Number(Quantity::Days),
            FieldKind::Date => Type::Date,
            FieldKind::Moment => Type::Moment,
            FieldKind::Boolean => Type::Boolean,
            FieldKind::Text => Type::Text,
            FieldKind::Choice => Type::Choice(Rc::new(Choice { names: self.choices(field) })),
            FieldKind::Rows => {
                let columns = field.columns.iter().map(|column| Column {
                    name: column.name.text.clone(),
                    of: self.type_of(column),
                });
                let columns = columns.collect();
                // A table is always given, perhaps without rows.
                return Type::Row(Rc::new(Table { name: field.name.text.clone(), columns })).list();
            }
        };
        if field.optional { of.optional() } else { of }
    }

    /// The names of a choice; those of a column that a fact selects are the fact's.
    fn choices(&mut self, field: &Field) -> Vec<String> {
        match choices_of(field, self.declarations) {
            Some(choices) => choices.iter().map(|(name, _)| name.text.clone()).collect(),
            None => {
                let span = field.selected_by.as_ref().map_or(field.name.span, |by| by.span);
                let expected = "the name of a fact that is a choice";
                let found = format!("`{}`", span.of(self.text));
                report(&mut self.errors, Error::new(Kind::UnknownName, span, expected, found));
                Vec::new()
            }
        }
    }

    /// Reads all formulas that have names.
    fn read(&mut self) -> Vec<Named<'d>> {
        let declarations = self.declarations;
        let mut all = Vec::new();
        for function in &declarations.functions {
            if let Some(read) = self.parsed(&function.formula) {
                all.push(Named::Function(function, read));
            }
        }
        for (position, figure) in declarations.figures.iter().enumerate() {
            if let Some(read) = self.parsed(&figure.formula) {
                all.push(Named::Figure(position, figure, read));
            }
        }
        for (position, line) in declarations.lines.iter().enumerate() {
            let each = line.each.as_ref().and_then(|each| self.each(each));
            let when = line.when.as_ref().and_then(|when| self.parsed(when));
            let subject = line.subject.as_ref().and_then(|subject| self.parsed(subject));
            if let Some(amount) = self.parsed(&line.formula) {
                let formulas = LineFormulas { each, when, subject, amount };
                all.push(Named::Line(position, line, formulas));
            }
        }
        all
    }

    fn parsed(&mut self, piece: &'d Piece) -> Option<Read<'d>> {
        self.parsed_from(piece, 0)
    }

    /// Reads what stands in a text from a byte on.
    fn parsed_from(&mut self, piece: &'d Piece, from: usize) -> Option<Read<'d>> {
        let text = piece.text.get(from..).unwrap_or_default();
        let offset = count(from);
        match parse(text) {
            Ok(expression) => Some(Read { piece, text, offset, expression }),
            Err(error) => {
                self.found(piece, offset, error);
                None
            }
        }
    }

    /// `entry in entries`
    fn each(&mut self, piece: &'d Piece) -> Option<(String, Read<'d>)> {
        let name = piece.text.split_once(" in ").map(|(name, _)| name.trim());
        let is_name = |name: &str| matches!(parse(name), Ok(Expression { is: Syntax::Name(found), .. }) if found == name);
        match name.filter(|name| is_name(name)) {
            Some(name) => {
                let from = piece.text.find(" in ").map_or(0, |place| place + " in ".len());
                self.parsed_from(piece, from).map(|read| (name.to_owned(), read))
            }
            None => {
                let found = format!("`{}`", crate::parser::shortened(&piece.text));
                let error = Error::new(Kind::Syntax, piece.span, "`name in list`", found);
                report(&mut self.errors, error);
                None
            }
        }
    }

    /// An error of a formula, at its place in the document.
    fn found(&mut self, piece: &Piece, offset: u32, mut error: Error) {
        let Span { start, end } = error.span;
        error.span = piece.place(self.text, Span { start: start + offset, end: end + offset });
        report(&mut self.errors, error);
    }

    /// Checks the formulas with names, each after those that it needs.
    fn ordered(&mut self, formulas: Vec<Named<'d>>) -> Vec<Option<Quantity>> {
        let figures = self.declarations.figures.len();
        let mut units = vec![None; figures + self.declarations.lines.len()];
        let needs =
            formulas.iter().map(|formula| (formula.name().to_owned(), formula.uses(&self.columns)));
        let needs: Vec<_> = needs.collect();
        needs.iter().for_each(|(_, used)| self.used.extend(used.iter().cloned()));
        let needs = Needs::of(needs);
        let order = match needs.order() {
            Ok(order) => order,
            Err(cycles) => {
                for cycle in cycles {
                    let first = cycle.first().and_then(|name| needs.position(name));
                    let span = first.and_then(|first| formulas.get(first)).map(Named::span);
                    let found = cycle.join(" → ");
                    let error = Error::new(Kind::Cycle, span.unwrap_or_default(), "", found);
                    report(&mut self.errors, error);
                }
                return units;
            }
        };
        let mut amounts: Vec<Option<program::Line>> =
            self.declarations.lines.iter().map(|_| None).collect();
        for position in order {
            match &formulas[position] {
                Named::Function(function, read) => self.function(function, read),
                Named::Figure(at, figure, read) => {
                    let name = &figure.name.text;
                    let typed = self.checked(read, &[], None);
                    units[*at] = quantity(typed.as_ref());
                    self.figure(name, typed);
                }
                Named::Line(at, line, formulas) => {
                    let (made, unit) = self.line(count(*at), line, formulas);
                    units[figures + *at] = unit;
                    amounts[*at] = made;
                }
            }
        }
        self.builder.program.lines = amounts.into_iter().flatten().collect();
        units
    }

    /// Checks an expression with these names bound, knowing that a condition holds.
    fn checked(
        &mut self,
        read: &Read<'_>,
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

    /// Makes a value a name; where it is wrong the name is a number of whatever is needed, so that
    /// what follows from it is not reported.
    fn figure(&mut self, name: &str, typed: Option<Typed>) -> NodeId {
        let (node, of) = match typed {
            Some(typed) => (typed.node, typed.of),
            None => (self.builder.constant(Value::Number(0.into())), Type::WRITTEN),
        };
        let figure = self.builder.figure(name, node);
        let node = self.builder.node(Node::Figure { figure });
        self.globals.insert(name.to_owned(), Typed { node, of });
        node
    }

    fn function(&mut self, function: &Function, read: &Read<'_>) {
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
        let id = FunctionId(count(self.builder.program.functions.len()));
        let name = self.builder.text_id(&function.name.text);
        self.builder.program.functions.push(ProgramFunction {
            name,
            parameters: bound.iter().map(|(_, slot, _)| *slot).collect(),
            body: node,
        });
        let parameters = bound.into_iter().map(|(_, _, of)| of).collect();
        self.own_functions
            .insert(function.name.text.clone(), OwnFunction { id, parameters, result });
    }

    fn line(
        &mut self,
        item: u32,
        line: &Line,
        formulas: &LineFormulas<'_>,
    ) -> (Option<program::Line>, Option<Quantity>) {
        let each = self.bound(formulas.each.as_ref());
        let bound: Vec<_> =
            each.iter().map(|(name, _, slot, of)| (name.as_str(), *slot, of.clone())).collect();
        let when = formulas.when.as_ref().and_then(|when| self.condition(when, &bound));
        let holds = formulas.when.as_ref().map(|when| &when.expression);
        let amount = self.amount(&formulas.amount, &bound, holds, line.unit.as_deref());
        let subject =
            formulas.subject.as_ref().and_then(|subject| self.text(subject, &bound, holds));
        let unit = quantity(amount.as_ref());
        let Some(amount) = amount else {
            self.figure(&line.item.text, None);
            return (None, None);
        };
        let zero = self.builder.constant(Value::Number(0.into()));
        let given = match when {
            Some(when) => self.builder.node(Node::Choose { a: when, b: amount.node, c: zero }),
            None => amount.node,
        };
        let each = each.as_ref().map(|(_, list, slot, _)| (*list, *slot));
        let whole = match each {
            // What others refer to is the sum of all lines of the item.
            Some((list, slot)) => {
                let all = self.builder.node(Node::Each { list, slot, body: given });
                let arguments = self.builder.operands(&[all]);
                let function = stele_formula_program::function::Function::SumOf;
                self.builder.node(Node::Call { function, arguments })
            }
            None => given,
        };
        let figure = self.figure(&line.item.text, Some(Typed { node: whole, of: amount.of }));
        let amount = if each.is_some() { amount.node } else { figure };
        let subject = subject.map(|subject| subject.node);
        (Some(program::Line { item, each, when, amount, subject, step: None }), unit)
    }

    /// The list of an `each`, and the name of its elements.
    fn bound(&mut self, each: Option<&(String, Read<'_>)>) -> Option<(String, NodeId, Slot, Type)> {
        let (name, read) = each?;
        self.used.extend(used(&read.expression, &[], &self.columns));
        let typed = self.checked(read, &[], None)?;
        match &typed.of {
            Type::List(element) => {
                let slot = self.builder.slot();
                Some((name.clone(), typed.node, slot, (**element).clone()))
            }
            other => {
                let error =
                    Error::new(Kind::Type, read.expression.span, "a list", other.to_string());
                self.found(read.piece, read.offset, error);
                None
            }
        }
    }

    fn condition(&mut self, read: &Read<'_>, bound: &[(&str, Slot, Type)]) -> Option<NodeId> {
        self.typed(read, bound, None, "true or false", |of| *of == Type::Boolean)
            .map(|typed| typed.node)
    }

    fn text(
        &mut self,
        read: &Read<'_>,
        bound: &[(&str, Slot, Type)],
        holds: Option<&Expression>,
    ) -> Option<Typed> {
        self.typed(read, bound, holds, "a text", |of| of.present().is_text())
    }

    /// A formula whose value has a type.
    fn typed(
        &mut self,
        read: &Read<'_>,
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
        read: &Read<'_>,
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

    fn findings(&mut self) {
        let declarations = self.declarations;
        for (finding, kind) in declarations.findings.iter().zip(0..) {
            if let Some(made) = self.finding(finding, kind) {
                self.builder.program.findings.push(made);
            }
        }
    }

    fn finding(&mut self, finding: &'d Finding, kind: u32) -> Option<program::Finding> {
        let each = finding.each.as_ref().and_then(|each| self.each(each));
        let each = self.bound(each.as_ref());
        let bound: Vec<_> =
            each.iter().map(|(name, _, slot, of)| (name.as_str(), *slot, of.clone())).collect();
        let read = self.parsed(&finding.when);
        self.uses(read.as_ref(), &bound);
        let when = read.as_ref().and_then(|read| self.condition(read, &bound));
        let holds = read.as_ref().map(|read| &read.expression);
        let part = |work: &mut Self,
                    piece: &'d Option<Piece>,
                    expected: &str,
                    is: &dyn Fn(&Type) -> bool| {
            let read = piece.as_ref().and_then(|piece| work.parsed(piece));
            work.uses(read.as_ref(), &bound);
            let read = read?;
            work.typed(&read, &bound, holds, expected, is).map(|typed| typed.node)
        };
        let subject = part(self, &finding.subject, "a text", &|of| of.present().is_text());
        let on = part(self, &finding.on, "a date", &|of| *of.present() == Type::Date);
        let limit = part(self, &finding.limit, "a number", &|of| of.present().is_number());
        let actual = part(self, &finding.actual, "a number", &|of| of.present().is_number());
        let each = each.map(|(_, list, slot, _)| (list, slot));
        Some(program::Finding { kind, each, when: when?, subject, on, limit, actual })
    }

    fn uses(&mut self, read: Option<&Read<'_>>, bound: &[(&str, Slot, Type)]) {
        let bound: Vec<String> = bound.iter().map(|(name, ..)| (*name).to_owned()).collect();
        if let Some(read) = read {
            self.used.extend(used(&read.expression, &bound, &self.columns));
        }
    }

    fn refusals(&mut self) {
        let declarations = self.declarations;
        for refusal in &declarations.refusals {
            let Some(place) = self.place(refusal) else { continue };
            let Some(read) = self.parsed(&refusal.when) else { continue };
            let names = used(&read.expression, &[], &self.columns);
            let parameters = |name: &String| {
                declarations.parameters.iter().any(|field| field.name.text == *name)
                    || !self.globals.contains_key(name)
            };
            let of_parameters = names.iter().all(parameters);
            self.used.extend(names);
            let Some(when) = self.condition(&read, &[]) else { continue };
            let message = self.builder.text(&refusal.message);
            let made = program::Refusal { when, place, message };
            if of_parameters {
                self.builder.program.checks.push(made);
            } else {
                self.builder.program.refusals.push(made);
            }
        }
    }

    /// What a refusal is about.
    fn place(&mut self, refusal: &Refusal) -> Option<Place> {
        let declarations = self.declarations;
        let (name, fields, what) = match (&refusal.fact, &refusal.parameter) {
            (Some(fact), _) => (fact, &declarations.facts, "a fact"),
            (None, Some(parameter)) => (parameter, &declarations.parameters, "a parameter"),
            (None, None) => return Some(Place::Whole),
        };
        match fields.iter().position(|field| field.name.text == name.text) {
            Some(position) if refusal.fact.is_some() => Some(Place::Fact(count(position))),
            Some(position) => Some(Place::Parameter(count(position))),
            None => {
                let names = fields.iter().map(|field| field.name.text.as_str());
                let near = crate::error::nearest(&name.text, names);
                let error = Error::new(Kind::UnknownName, name.span, what, &name.text).near(near);
                report(&mut self.errors, error);
                None
            }
        }
    }
}

impl Named<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Function(function, _) => &function.name.text,
            Self::Figure(_, figure, _) => &figure.name.text,
            Self::Line(_, line, _) => &line.item.text,
        }
    }

    fn span(&self) -> Span {
        match self {
            Self::Function(function, _) => function.name.span,
            Self::Figure(_, figure, _) => figure.name.span,
            Self::Line(_, line, _) => line.item.span,
        }
    }

    /// The names that it uses and does not bind.
    fn uses(&self, columns: &Columns) -> BTreeSet<String> {
        match self {
            Self::Function(function, read) => {
                let bound: Vec<String> = function
                    .parameters
                    .iter()
                    .map(|parameter| parameter.name.text.clone())
                    .collect();
                used(&read.expression, &bound, columns)
            }
            Self::Figure(_, _, read) => used(&read.expression, &[], columns),
            Self::Line(_, _, formulas) => {
                let bound: Vec<String> =
                    formulas.each.iter().map(|(name, _)| name.clone()).collect();
                let within =
                    [Some(&formulas.amount), formulas.when.as_ref(), formulas.subject.as_ref()];
                let mut all: BTreeSet<String> = within
                    .into_iter()
                    .flatten()
                    .flat_map(|read| used(&read.expression, &bound, columns))
                    .collect();
                all.extend(
                    formulas.each.iter().flat_map(|(_, list)| used(&list.expression, &[], columns)),
                );
                all
            }
        }
    }
}

/// The choices of a field; those of a column that a fact selects are the fact's.
pub(super) fn choices_of<'d>(
    field: &'d Field,
    declarations: &'d Declarations,
) -> Option<&'d [(Piece, String)]> {
    if !field.choices.is_empty() {
        return Some(&field.choices);
    }
    let by = field.selected_by.as_ref()?;
    let fact = declarations.facts.iter().find(|fact| fact.name.text == by.text)?;
    (fact.kind == FieldKind::Choice).then_some(&fact.choices)
}

fn quantity(typed: Option<&Typed>) -> Option<Quantity> {
    match typed?.of.present() {
        Type::Number(quantity) => Some(*quantity),
        _ => None,
    }
}

/// Bounded by the bounds of documents.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
