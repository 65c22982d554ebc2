//! The names that an expression may use, and what is known not to be missing where it stands.

use crate::builder::Builder;
use crate::check::Typed;
use crate::syntax::{Comparison, Expression, Logic, Syntax};
use crate::types::Type;
use std::collections::HashMap;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{NodeId, Slot};

/// Names of the document: facts, parameters, figures, items.
pub(crate) type Globals = HashMap<String, Typed>;

/// A name that is bound within an expression.
#[derive(Clone, Debug)]
enum Bound {
    /// A name with its value.
    Name(String, Slot, Type),
    /// The element of a filter: `item`, and the names of its entries.
    Element(Slot, Type),
}

/// The names in reach.
#[derive(Debug)]
pub(crate) struct Scope<'c> {
    globals: &'c Globals,
    bound: Vec<Bound>,
    /// Keys of what is known not to be missing.
    present: Vec<String>,
}

impl<'c> Scope<'c> {
    pub(crate) fn new(globals: &'c Globals) -> Self {
        Self { globals, bound: Vec::new(), present: Vec::new() }
    }

    /// The value of a name.
    pub(crate) fn find(&self, name: &str, builder: &mut Builder) -> Option<Typed> {
        for bound in self.bound.iter().rev() {
            match bound {
                Bound::Name(other, slot, of) if other == name => {
                    let node = builder.node(Node::Local { slot: *slot });
                    return Some(self.narrowed(key_of_slot(*slot), node, of));
                }
                Bound::Element(slot, of) => {
                    let element = builder.node(Node::Local { slot: *slot });
                    if let Some(typed) = entry(of, element, name, builder) {
                        let key = format!("{}.{name}", key_of_slot(*slot));
                        return Some(self.narrowed(key, typed.node, &typed.of));
                    }
                    if name == "item" {
                        return Some(self.narrowed(key_of_slot(*slot), element, of));
                    }
                }
                Bound::Name(..) => {}
            }
        }
        let typed = self.globals.get(name)?;
        Some(self.narrowed(name.to_owned(), typed.node, &typed.of))
    }

    fn narrowed(&self, key: String, node: NodeId, of: &Type) -> Typed {
        let of = if self.present.contains(&key) { of.present().clone() } else { of.clone() };
        Typed { node, of }
    }

    /// All names in reach.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for bound in &self.bound {
            match bound {
                Bound::Name(name, ..) => names.push(name.clone()),
                Bound::Element(_, Type::Context(entries)) => {
                    names.extend(entries.iter().map(|(name, _)| name.clone()));
                }
                Bound::Element(_, Type::Row(table)) => {
                    names.extend(table.columns.iter().map(|column| column.name.clone()));
                }
                Bound::Element(..) => {}
            }
        }
        names.extend(self.globals.keys().cloned());
        names
    }

    pub(crate) fn bind(&mut self, name: &str, slot: Slot, of: Type) {
        self.bound.push(Bound::Name(name.to_owned(), slot, of));
    }

    pub(crate) fn bind_element(&mut self, slot: Slot, of: Type) {
        self.bound.push(Bound::Element(slot, of));
    }

    pub(crate) fn unbind(&mut self) {
        self.bound.pop();
    }

    /// What is known so far; to go back to.
    pub(crate) fn known(&self) -> usize {
        self.present.len()
    }

    /// Forgets what was learned since.
    pub(crate) fn forget(&mut self, known: usize) {
        self.present.truncate(known);
    }

    /// Learns from an expression that is true, or false.
    pub(crate) fn learn(&mut self, expression: &Expression, holds: bool) {
        match &expression.is {
            Syntax::Compare(comparison, a, b) => {
                let wanted = if holds { Comparison::Unequal } else { Comparison::Equal };
                if *comparison == wanted {
                    let of = match (&a.is, &b.is) {
                        (Syntax::Null, _) => Some(b),
                        (_, Syntax::Null) => Some(a),
                        _ => None,
                    };
                    self.present.extend(of.and_then(|of| self.key(of)));
                }
            }
            Syntax::All(logic, terms) if (*logic == Logic::And) == holds => {
                terms.iter().for_each(|term| self.learn(term, holds));
            }
            Syntax::Call(name, arguments) if name.text == "not" => {
                if let [argument] = arguments.as_slice() {
                    self.learn(&argument.value, !holds);
                }
            }
            _ => {}
        }
    }

    /// What tells the value of a name or a path from others.
    pub(crate) fn key(&self, expression: &Expression) -> Option<String> {
        match &expression.is {
            Syntax::Name(name) => {
                for bound in self.bound.iter().rev() {
                    match bound {
                        Bound::Name(other, slot, _) if other == name => {
                            return Some(key_of_slot(*slot));
                        }
                        Bound::Element(slot, of) if has_entry(of, name) => {
                            return Some(format!("{}.{name}", key_of_slot(*slot)));
                        }
                        Bound::Element(slot, _) if name == "item" => {
                            return Some(key_of_slot(*slot));
                        }
                        _ => {}
                    }
                }
                self.globals.contains_key(name).then(|| name.clone())
            }
            Syntax::Path(of, word) => Some(format!("{}.{}", self.key(of)?, word.text)),
            _ => None,
        }
    }

    /// Whether what the key tells is known not to be missing.
    pub(crate) fn is_present(&self, expression: &Expression) -> bool {
        self.key(expression).is_some_and(|key| self.present.contains(&key))
    }
}

/// No name of a document begins with a digit.
fn key_of_slot(slot: Slot) -> String {
    slot.0.to_string()
}

fn has_entry(of: &Type, name: &str) -> bool {
    match of.present() {
        Type::Context(entries) => entries.iter().any(|(other, _)| other == name),
        Type::Row(table) => table.columns.iter().any(|column| column.name == name),
        _ => false,
    }
}

/// The entry of a context or the cell of a row.
pub(crate) fn entry(of: &Type, value: NodeId, name: &str, builder: &mut Builder) -> Option<Typed> {
    match of {
        Type::Context(entries) => {
            let (_, entry) = entries.iter().find(|(other, _)| other == name)?;
            let name = builder.text_id(name);
            let node = builder.node(Node::Entry { context: value, name });
            Some(Typed { node, of: entry.clone() })
        }
        Type::Row(table) => {
            let column = table.columns.iter().position(|column| column.name == name)?;
            let of = table.columns.get(column)?.of.clone();
            let node = builder.node(Node::Cell { row: value, column: u32::try_from(column).ok()? });
            Some(Typed { node: named(&of, node, builder), of })
        }
        _ => None,
    }
}

/// A choice travels as a position: its text is looked up where it is read.
pub(crate) fn named(of: &Type, node: NodeId, builder: &mut Builder) -> NodeId {
    match of.present() {
        Type::Choice(choice) => {
            let names = names_of(choice, builder);
            builder.node(Node::Named { choice: node, names })
        }
        _ => node,
    }
}

/// The names of a choice as a constant.
pub(crate) fn names_of(
    choice: &crate::types::Choice,
    builder: &mut Builder,
) -> stele_formula_program::operand::ConstantId {
    use stele_formula_program::value::Value;
    let names = choice.names.iter().map(|name| Value::MadeText(name.as_str().into()));
    builder.constant_id(Value::List(names.collect()))
}
