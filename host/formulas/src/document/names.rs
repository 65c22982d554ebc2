//! Which names a formula uses that it does not bind itself.

use crate::syntax::{Expression, Iterator, Syntax, Test};
use std::collections::{BTreeSet, HashMap};

/// The columns of tables by the tables' names.
pub(super) type Columns = HashMap<String, Vec<String>>;

/// The free names of an expression, and the functions that it calls.
pub(super) fn used(
    expression: &Expression,
    bound: &[String],
    columns: &Columns,
) -> BTreeSet<String> {
    let mut walk = Walk { columns, bound: bound.to_vec(), used: BTreeSet::new() };
    walk.expression(expression);
    walk.used
}

struct Walk<'c> {
    columns: &'c Columns,
    bound: Vec<String>,
    used: BTreeSet<String>,
}

impl Walk<'_> {
    fn expression(&mut self, expression: &Expression) {
        match &expression.is {
            Syntax::Number
            | Syntax::Text(_)
            | Syntax::Boolean(_)
            | Syntax::Null
            | Syntax::At(_) => {}
            Syntax::Name(name) => {
                if !self.bound.contains(name) {
                    self.used.insert(name.clone());
                }
            }
            Syntax::Negate(a) | Syntax::InstanceOf(a, _) | Syntax::Path(a, _) => self.expression(a),
            Syntax::Chain(first, rest) => {
                self.expression(first);
                rest.iter().for_each(|(_, operand)| self.expression(operand));
            }
            Syntax::All(_, terms) | Syntax::List(terms) => {
                terms.iter().for_each(|term| self.expression(term));
            }
            Syntax::Compare(_, a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Syntax::Between(a, b, c) | Syntax::If(a, b, c) => {
                [a, b, c].into_iter().for_each(|part| self.expression(part));
            }
            Syntax::In(a, tests) => {
                self.expression(a);
                for test in tests {
                    match test {
                        Test::Compare(_, operand) | Test::Value(operand) => {
                            self.expression(operand)
                        }
                    }
                }
            }
            Syntax::Context(entries) => {
                let outer = self.bound.len();
                for (name, value) in entries {
                    self.expression(value);
                    self.bound.push(name.text.clone());
                }
                self.bound.truncate(outer);
            }
            Syntax::Range(low, high, _) => {
                low.iter().chain(high).for_each(|end| self.expression(end));
            }
            Syntax::Filter(of, condition) => {
                self.expression(of);
                let outer = self.bound.len();
                self.bound.push("item".to_owned());
                let columns = self.columns_of(of).cloned();
                self.bound.extend(columns.into_iter().flatten());
                self.expression(condition);
                self.bound.truncate(outer);
            }
            Syntax::Call(name, arguments) => {
                self.used.insert(name.text.clone());
                arguments.iter().for_each(|argument| self.expression(&argument.value));
            }
            Syntax::For(iterators, body) | Syntax::Quantified(_, iterators, body) => {
                self.iterators(iterators, body);
            }
            Syntax::Function(parameters, body) => {
                let outer = self.bound.len();
                self.bound.extend(parameters.iter().map(|parameter| parameter.text.clone()));
                self.expression(body);
                self.bound.truncate(outer);
            }
        }
    }

    fn iterators(&mut self, iterators: &[Iterator], body: &Expression) {
        let outer = self.bound.len();
        for iterator in iterators {
            self.expression(&iterator.from);
            iterator.to.iter().for_each(|to| self.expression(to));
            self.bound.push(iterator.name.text.clone());
        }
        self.expression(body);
        self.bound.truncate(outer);
    }

    /// The columns of what is filtered, where it is a table of the document.
    fn columns_of(&self, of: &Expression) -> Option<&Vec<String>> {
        match &of.is {
            Syntax::Name(name) => self.columns.get(name),
            Syntax::Filter(of, _) => self.columns_of(of),
            _ => None,
        }
    }
}
