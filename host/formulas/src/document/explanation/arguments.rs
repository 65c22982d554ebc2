//! The values that a step shows: what they are called and where they come from.

use crate::document::declarations::Field;
use crate::document::explanation::kinds::is_number;
use crate::document::explanation::{Walk, name_of};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_program::value::Value;
use stele_formula_writer::contract::{Argument, ColumnOf, Source, Target, Token};

impl Walk<'_, '_> {
    /// A value that is shown: a name where it has one, else its own text.
    pub(super) fn shown(&mut self, id: NodeId) -> Token {
        let (value, source) = match self.named(id) {
            Some(named) => named,
            None => match self.given.sources.label(id) {
                Some(text) => (id, Source::Expression(text.to_owned())),
                None => (id, Source::Own),
            },
        };
        Token::Argument(self.argument(value, source))
    }

    /// What a node is called, and the node of the value that is shown.
    pub(super) fn named(&mut self, id: NodeId) -> Option<(NodeId, Source)> {
        let zero = |walk: &mut Self, id: NodeId, optional: bool| {
            let b = walk.builder.constant(Value::Number(Decimal::ZERO));
            if optional { walk.builder.node(Node::Default { a: id, b }) } else { id }
        };
        match self.node(id)? {
            Node::Fact { fact } => {
                let field = self.given.declarations.facts.get(fact.index())?;
                let optional = field.optional && is_number(field.kind);
                Some((zero(self, id, optional), Source::Fact(fact.0)))
            }
            Node::Parameter { parameter } => {
                let field = self.given.declarations.parameters.get(parameter.index())?;
                let optional = field.optional && is_number(field.kind);
                Some((zero(self, id, optional), Source::Parameter(parameter.0)))
            }
            // An amount that is taken as zero where it is missing.
            Node::Default { a, b } if self.constant(b) == Some(Decimal::ZERO) => {
                match self.node(a)? {
                    Node::Fact { .. } | Node::Parameter { .. } => self.named(a),
                    _ => None,
                }
            }
            Node::Figure { figure } => {
                let name = self.builder.program.figures.get(figure.index())?.name;
                match self.given.targets.get(&name_of(&self.builder.program, name))? {
                    Target::Item(item) => Some((id, Source::Item(*item))),
                    target @ Target::Figure(figure) => {
                        let shown = self.given.shown(*target);
                        shown.is_explained().then_some((id, Source::Figure(*figure)))
                    }
                }
            }
            // A row that a branch looks for may not be there where the other one is taken.
            Node::Cell { .. } if self.within_branch => None,
            Node::Cell { row, column } => match self.table(row)? {
                Source::Fact(field) => Some((id, Source::FactColumn(ColumnOf { field, column }))),
                Source::Parameter(field) => {
                    Some((id, Source::ParameterColumn(ColumnOf { field, column })))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The table that rows, or a row, are of.
    pub(super) fn table(&self, rows: NodeId) -> Option<Source> {
        match self.node(rows)? {
            Node::FactRows { fact } => Some(Source::Fact(fact.0)),
            Node::ParameterRows { parameter } => Some(Source::Parameter(parameter.0)),
            Node::Filter { list, .. }
            | Node::FirstWhere { list, .. }
            | Node::Element { list, .. } => self.table(list),
            Node::Required { a } => self.table(a),
            Node::RowHolding { rows, .. } | Node::RowWith { rows, .. } => self.table(rows),
            _ => None,
        }
    }

    /// The position of an argument, there already or new.
    pub(super) fn argument(&mut self, node: NodeId, source: Source) -> u32 {
        let same = self.nodes.iter().zip(&self.arguments);
        let same = same.map(|(other, argument)| *other == node && argument.source == source);
        if let Some(position) = same.clone().position(|same| same) {
            return position as u32;
        }
        let name = self.argument_name(&source);
        self.arguments.push(Argument { name, unit: None, source });
        self.nodes.push(node);
        self.arguments.len() as u32 - 1
    }

    /// A name that no other argument has.
    pub(super) fn argument_name(&self, source: &Source) -> String {
        let declared = self.given.declarations;
        let field = |fields: &[Field], position: u32| {
            fields.get(position as usize).map(|field| field.name.text.clone())
        };
        let column = |fields: &[Field], of: &ColumnOf| {
            let table = fields.get(of.field as usize)?;
            let column = table.columns.get(of.column as usize)?;
            Some(format!("{}_{}", table.name.text, column.name.text))
        };
        let name = match source {
            Source::Fact(position) => field(&declared.facts, *position),
            Source::Parameter(position) => field(&declared.parameters, *position),
            Source::FactColumn(of) => column(&declared.facts, of),
            Source::ParameterColumn(of) => column(&declared.parameters, of),
            Source::Item(position) => {
                declared.lines.get(*position as usize).map(|line| line.item.text.clone())
            }
            Source::Figure(position) => {
                declared.figures.get(*position as usize).map(|figure| figure.name.text.clone())
            }
            Source::Own | Source::Expression(_) => None,
        };
        let name = name.unwrap_or_else(|| "value".to_owned());
        let taken = |name: &str| self.arguments.iter().any(|argument| argument.name == name);
        if !taken(&name) {
            return name;
        }
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
    }

    /// Parameters that the formula uses and no argument names.
    pub(super) fn other_parameters(&self, node: NodeId) -> Vec<u32> {
        let program = &self.builder.program;
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![node];
        while let Some(id) = open.pop() {
            let Some(node) = program.nodes.get(id.index()).filter(|_| seen.insert(id)) else {
                continue;
            };
            match node {
                Node::Parameter { parameter } | Node::ParameterRows { parameter } => {
                    found.insert(parameter.0);
                }
                Node::Invoke { function, .. } => {
                    open.extend(program.functions.get(function.index()).map(|of| of.body));
                }
                _ => {}
            }
            // Every operand is visited: nothing here refuses one.
            let _ = node.operands(&program.operands, &mut |operand| {
                open.push(operand);
                Ok(())
            });
        }
        for argument in &self.arguments {
            match &argument.source {
                Source::Parameter(position) => found.remove(position),
                Source::ParameterColumn(of) => found.remove(&of.field),
                _ => false,
            };
        }
        found.into_iter().collect()
    }
}
