//! Names and types of what a document declares.

use crate::check::Typed;
use crate::check::scope::named;
use crate::document::declarations::{Declarations, Field, FieldKind};
use crate::document::formulas::{Work, count};
use crate::document::reading::{Piece, report};
use crate::error::{Error, Kind};
use crate::functions;
use crate::types::{Choice, Column, Quantity, Table, Type};
use std::collections::BTreeSet;
use std::rc::Rc;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FactId, ParameterId};

impl Work<'_> {
    /// Reports names that two things have, and names of built-in functions.
    pub(super) fn names(&mut self) {
        let declarations = self.declarations;
        let fields = declarations.facts.iter().chain(&declarations.parameters);
        let names = fields
            .map(|field| &field.name)
            .chain(declarations.functions.iter().map(|function| &function.name))
            .chain(declarations.figures.iter().map(|figure| &figure.name));
        let mut seen = BTreeSet::new();
        let mut twice: Vec<&Piece> = names.filter(|name| !seen.insert(&name.text)).collect();
        let mut items = BTreeSet::new();
        twice.extend(declarations.lines.iter().map(|line| &line.item).filter(|item| {
            let is_fact = self.facts.contains(item.text.as_str());
            !items.insert(&item.text) || seen.contains(&item.text) && !is_fact
        }));
        for name in twice {
            let found = format!("the name `{}`", name.text);
            let error = Error::new(Kind::Duplicate, name.span, "another name", found);
            report(&mut self.errors, error);
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
    pub(super) fn fields(&mut self) {
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

    pub(super) fn field(&mut self, field: &Field, one: Node, rows: Node) {
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
    pub(super) fn type_of(&mut self, field: &Field) -> Type {
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
    pub(super) fn choices(&mut self, field: &Field) -> Vec<String> {
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
}

/// The choices of a field; those of a column that a fact selects are the fact's.
pub(in crate::document) fn choices_of<'d>(
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
