//! Nodes of any kind, one by one.

use crate::evaluate::run::{Evaluated, Run};
use crate::inputs::Inputs;
use crate::node::Node;
use crate::operand::{Entries, NodeId, Operands, Slot};
use crate::prepare::operation::Operation;
use crate::value::{Name, Range, Rows, Value};
use core::cmp::Ordering;
use std::rc::Rc;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The value of a node.
    pub(crate) fn value(&mut self, id: NodeId) -> Evaluated<Value<'v>> {
        let Some(operation) = self.plan.operation(id) else {
            return Err(self.fault("no such node", &[]));
        };
        match operation {
            Operation::AsWritten => self.value_as_written(id),
            Operation::Value(place) => Ok(self.plan.value(place)),
            Operation::Fact(fact) => Ok(self.facts.scalar(fact.0)),
            Operation::Figure(figure) => self.figure(figure),
            Operation::Local(slot) => Ok(self.slot(slot)),
            Operation::Cell { row, column } => self.cell_of(id, row, column),
            Operation::And { .. }
            | Operation::Or { .. }
            | Operation::Not { .. }
            | Operation::IsNone { .. }
            | Operation::SameNumber { .. }
            | Operation::OtherNumber { .. }
            | Operation::LessNumber { .. }
            | Operation::LessOrEqualNumber { .. }
            | Operation::SameChoice { .. }
            | Operation::IsChoice { .. }
            | Operation::IsOtherChoice { .. } => Ok(Value::Boolean(self.boolean(id)?)),
            _ => Ok(Value::Number(self.number(id)?)),
        }
    }

    /// The value of a node, as it says itself.
    pub(crate) fn value_as_written(&mut self, id: NodeId) -> Evaluated<Value<'v>> {
        Ok(match self.node(id)? {
            Node::FactRows { fact } => Value::Rows(Rows::Fact(fact.0)),
            Node::ParameterRows { parameter } => Value::Rows(Rows::Parameter(parameter.0)),
            Node::Named { choice, names } => {
                let choice = self.value(choice)?;
                self.named(choice, names).map_err(|fault| self.at(id, fault))?
            }
            Node::Join { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.join(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Difference { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.difference(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Scale { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.scale(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Ratio { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.ratio(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Opposite { a } => {
                let a = self.value(a)?;
                self.opposite(&a).map_err(|fault| self.at(id, fault))?
            }
            Node::Choose { a, b, c } => {
                let first = self.boolean(a)?;
                self.facts.chose(id, first);
                self.value(if first { b } else { c })?
            }
            Node::Default { a, b } => match self.value(a)? {
                Value::None => self.value(b)?,
                value => value,
            },
            Node::Required { a } => match self.value(a)? {
                Value::None => {
                    let fault = self.not_found(a);
                    return Err(self.at(id, fault));
                }
                value => value,
            },
            Node::List { elements } => Value::List(self.all_of(elements)?.into()),
            Node::Context { entries } => self.context(entries)?,
            Node::Range { low, high, bounds } => {
                let (low, high) = (self.value(low)?, self.value(high)?);
                let (with_low, with_high) = (bounds & 1 != 0, bounds & 2 != 0);
                if !low.is_none()
                    && !high.is_none()
                    && self.order(&low, &high)? == Ordering::Greater
                {
                    let fault = self.fault("a range begins after its end", &[&low, &high]);
                    return Err(self.at(id, fault));
                }
                Value::Range(Rc::new(Range { low, high, with_low, with_high }))
            }
            Node::Element { list, place } => {
                let (list, place) = (self.value(list)?, self.number(place)?);
                match self.place(place, self.length(&list)) {
                    Some(place) => {
                        let element = self.element(&list, place)?;
                        self.took(&element);
                        element
                    }
                    None => Value::None,
                }
            }
            Node::Filter { list, slot, condition } => {
                let list = self.value(list)?;
                let mut kept = Vec::new();
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        let element = self.element(&list, place)?;
                        self.took(&element);
                        self.add(&mut kept, element)?;
                    }
                }
                Value::List(kept.into())
            }
            Node::FirstWhere { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        let element = self.element(&list, place)?;
                        self.took(&element);
                        return Ok(element);
                    }
                }
                Value::None
            }
            Node::Entry { context, name } => {
                let context = self.value(context)?;
                let name = self.constant(name);
                self.entry(&context, &name).map_err(|fault| self.at(id, fault))?
            }
            Node::Each { list, slot, body } => {
                let list = self.value(list)?;
                let mut made = Vec::new();
                for place in 0..self.length(&list) {
                    self.visit()?;
                    let element = self.element(&list, place)?;
                    self.took(&element);
                    self.set(slot, element);
                    let value = self.value(body)?;
                    self.add(&mut made, value)?;
                }
                Value::List(made.into())
            }
            Node::EachFlat { list, slot, body } => {
                let list = self.value(list)?;
                let mut made = Vec::new();
                for place in 0..self.length(&list) {
                    self.visit()?;
                    let element = self.element(&list, place)?;
                    self.took(&element);
                    self.set(slot, element);
                    let inner = self.value(body)?;
                    for place in 0..self.length(&inner) {
                        let element = self.element(&inner, place)?;
                        self.add(&mut made, element)?;
                    }
                }
                Value::List(made.into())
            }
            Node::Sequence { from, to } => {
                let (from, to) = (self.value(from)?, self.value(to)?);
                self.sequence(&from, &to).map_err(|fault| self.at(id, fault))?
            }
            Node::Bind { slot, value, body } => {
                let value = self.value(value)?;
                self.set(slot, value);
                self.value(body)?
            }
            Node::Invoke { function, arguments } => {
                let values = self.all_of(arguments)?;
                let Some(function) = self.program.functions.get(function.index()) else {
                    return Err(self.fault("no such function", &[]));
                };
                for (slot, value) in function.parameters.iter().zip(values) {
                    self.set(*slot, value);
                }
                self.value(function.body)?
            }
            Node::Sort { list, first, second, condition } => {
                let list = self.value(list)?;
                self.sorted(&list, first, second, condition)?
            }
            Node::ReplaceWhere { list, element, new, value, condition } => {
                let (list, value) = (self.value(list)?, self.value(value)?);
                self.set(new, value.clone());
                let mut made = Vec::new();
                for place in 0..self.length(&list) {
                    let kept = if self.holds(&list, place, element, condition)? {
                        value.clone()
                    } else {
                        self.element(&list, place)?
                    };
                    self.add(&mut made, kept)?;
                }
                Value::List(made.into())
            }
            Node::Call { function, arguments } => {
                self.call(function, arguments).map_err(|fault| self.at(id, fault))?
            }
            Node::RowHolding { value, rows, limits, limit } => {
                let (value, rows) = (self.number(value)?, self.value(rows)?);
                let row = self.row_holding(value, &rows, limits, limit);
                let row = row.map_err(|fault| self.at(id, fault))?;
                self.took(&row);
                row
            }
            Node::RowWith { value, rows, column, names } => {
                let (value, rows) = (self.value(value)?, self.value(rows)?);
                let row = self.row_with(&value, &rows, column, names);
                let row = row.map_err(|fault| self.at(id, fault))?;
                self.took(&row);
                row
            }
            Node::TaxRows { amount, rows, limits, limit, method } => {
                let (amount, rows) = (self.number(amount)?, self.value(rows)?);
                self.tax_rows(amount, &rows, limits, limit, method)
                    .map_err(|fault| self.at(id, fault))?
            }
            Node::Power { .. } | Node::Tax { .. } => Value::Number(self.number_as_written(id)?),
            Node::Equal { .. }
            | Node::Unequal { .. }
            | Node::Less { .. }
            | Node::LessOrEqual { .. }
            | Node::In { .. }
            | Node::Some { .. }
            | Node::Every { .. } => Value::Boolean(self.boolean_as_written(id)?),
            // These have an operation of their own, whatever the parameters.
            Node::Constant { .. }
            | Node::Fact { .. }
            | Node::Parameter { .. }
            | Node::Figure { .. }
            | Node::Local { .. }
            | Node::Cell { .. }
            | Node::And { .. }
            | Node::Or { .. }
            | Node::Not { .. }
            | Node::IsNone { .. }
            | Node::Add { .. }
            | Node::Subtract { .. }
            | Node::Multiply { .. }
            | Node::Divide { .. }
            | Node::Negate { .. }
            | Node::Sum { .. } => return Err(self.fault("no such node", &[])),
        })
    }

    /// The cell of a row.
    fn cell_of(&mut self, id: NodeId, row: NodeId, column: u32) -> Evaluated<Value<'v>> {
        let fault = match self.value(row)? {
            Value::Row(row) => return Ok(self.cell(row, column)),
            Value::None => self.not_found(row),
            other => self.fault("a row is needed", &[&other]),
        };
        Err(self.at(id, fault))
    }

    /// All operands in turn.
    pub(crate) fn all_of(&mut self, operands: Operands) -> Evaluated<Vec<Value<'v>>> {
        let operands = operands.of(&self.program.operands);
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.value(NodeId(*operand))?);
        }
        Ok(values)
    }

    fn context(&mut self, entries: Entries) -> Evaluated<Value<'v>> {
        let entries = entries.0.of(&self.program.operands);
        let mut made = Vec::with_capacity(entries.len() / 3);
        for entry in entries.chunks(3) {
            let [name, slot, node] = *entry else { continue };
            let value = self.value(NodeId(node))?;
            self.set(Slot(slot), value.clone());
            if let Some(Value::Text(name)) = self.program.constants.get(name as usize) {
                made.push((Name::Written(name), value));
            }
        }
        Ok(Value::Context(made.into()))
    }

    /// Whether the condition is true for the element at this place.
    pub(crate) fn holds(
        &mut self,
        list: &Value<'v>,
        place: usize,
        slot: Slot,
        condition: NodeId,
    ) -> Evaluated<bool> {
        self.visit()?;
        let element = self.element(list, place)?;
        self.set(slot, element);
        self.boolean(condition)
    }
}
