//! Nodes, one by one.

use crate::evaluate::run::{Evaluated, Run};
use crate::evaluate::{MAXIMUM_ELEMENTS, compare};
use crate::inputs::Inputs;
use crate::node::Node;
use crate::number;
use crate::operand::{Entries, NodeId, Operands, Slot};
use crate::value::{Name, Range, Row, Rows, Value};
use core::cmp::Ordering;
use rust_decimal::Decimal;
use std::rc::Rc;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    #[inline]
    fn node(&self, node: NodeId) -> Evaluated<Node> {
        match self.program.nodes.get(node.index()) {
            Some(node) => Ok(*node),
            None => Err(self.fault("no such node", &[])),
        }
    }

    /// The value of a node that is a number.
    pub(crate) fn number(&mut self, id: NodeId) -> Evaluated<Decimal> {
        Ok(match self.node(id)? {
            Node::Add { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::add(a, b).map_err(|why| self.no_number(why, "+", a, b))?
            }
            Node::Subtract { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::subtract(a, b).map_err(|why| self.no_number(why, "-", a, b))?
            }
            Node::Multiply { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::multiply(a, b).map_err(|why| self.no_number(why, "*", a, b))?
            }
            Node::Divide { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::divide(a, b).map_err(|why| self.no_number(why, "/", a, b))?
            }
            Node::Power { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::power(a, b).map_err(|why| self.no_number(why, "**", a, b))?
            }
            Node::Negate { a } => {
                let a = self.number(a)?;
                if a.is_zero() { a } else { -a }
            }
            Node::Sum { terms } => {
                let mut sum = Decimal::ZERO;
                for term in terms.of(&self.program.operands) {
                    let term = self.number(NodeId(*term))?;
                    sum = number::add(sum, term)
                        .map_err(|why| self.no_number(why, "+", sum, term))?;
                }
                sum
            }
            Node::RoundedProduct { direction, decimals, a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                let product =
                    number::multiply(a, b).map_err(|why| self.no_number(why, "*", a, b))?;
                number::round_to_decimals(product, decimals, direction)
            }
            Node::Rounded { direction, decimals, a } => {
                let a = self.number(a)?;
                number::round_to_decimals(a, decimals, direction)
            }
            Node::Choose { a, b, c } => {
                let taken = if self.boolean(a)? { b } else { c };
                self.number(taken)?
            }
            Node::Tax { amount, rows, limits, limit, rate, method, other } => {
                self.tax(amount, rows, limits, limit, rate, method, other)?
            }
            _ => match self.value(id)? {
                Value::Number(number) => number,
                other => return Err(self.fault("a number is needed and there is none", &[&other])),
            },
        })
    }

    /// The value of a node that is true or false.
    pub(crate) fn boolean(&mut self, id: NodeId) -> Evaluated<bool> {
        Ok(match self.node(id)? {
            Node::Equal { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.equal(&a, &b)?
            }
            Node::Unequal { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                !self.equal(&a, &b)?
            }
            Node::Less { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.order(&a, &b)? == Ordering::Less
            }
            Node::LessOrEqual { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.order(&a, &b)? != Ordering::Greater
            }
            Node::And { terms } => {
                for term in terms.of(&self.program.operands) {
                    if !self.boolean(NodeId(*term))? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Or { terms } => {
                for term in terms.of(&self.program.operands) {
                    if self.boolean(NodeId(*term))? {
                        return Ok(true);
                    }
                }
                false
            }
            Node::Not { a } => !self.boolean(a)?,
            Node::IsNone { a } => self.value(a)?.is_none(),
            Node::In { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.is_in(&a, &b)?
            }
            Node::Some { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        return Ok(true);
                    }
                }
                false
            }
            Node::Every { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    if !self.holds(&list, place, slot, condition)? {
                        return Ok(false);
                    }
                }
                true
            }
            _ => match self.value(id)? {
                Value::Boolean(value) => value,
                other => {
                    return Err(self.fault("true or false is needed and there is none", &[&other]));
                }
            },
        })
    }

    /// The value of a node.
    pub(crate) fn value(&mut self, id: NodeId) -> Evaluated<Value<'v>> {
        Ok(match self.node(id)? {
            Node::Constant { constant } => self.constant(constant),
            Node::Fact { fact } => self.facts.scalar(fact.0),
            Node::FactRows { fact } => Value::Rows(Rows::Fact(fact.0)),
            Node::Parameter { parameter } => self.parameters.scalar(parameter.0),
            Node::ParameterRows { parameter } => Value::Rows(Rows::Parameter(parameter.0)),
            Node::Figure { figure } => self.figure(figure)?,
            Node::Local { slot } => self.slot(slot),
            Node::Named { choice, names } => {
                let choice = self.value(choice)?;
                self.named(choice, names)?
            }
            Node::Join { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.join(&a, &b)?
            }
            Node::Difference { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.difference(&a, &b)?
            }
            Node::Scale { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.scale(&a, &b)?
            }
            Node::Ratio { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.ratio(&a, &b)?
            }
            Node::Opposite { a } => {
                let a = self.value(a)?;
                self.opposite(&a)?
            }
            Node::Choose { a, b, c } => {
                let taken = if self.boolean(a)? { b } else { c };
                self.value(taken)?
            }
            Node::Default { a, b } => match self.value(a)? {
                Value::None => self.value(b)?,
                value => value,
            },
            Node::Required { a } => match self.value(a)? {
                Value::None => return Err(self.fault("a value is needed and there is none", &[])),
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
                    return Err(self.fault("a range begins after its end", &[&low, &high]));
                }
                Value::Range(Rc::new(Range { low, high, with_low, with_high }))
            }
            Node::Element { list, place } => {
                let (list, place) = (self.value(list)?, self.number(place)?);
                match self.place(place, self.length(&list)) {
                    Some(place) => self.element(&list, place)?,
                    None => Value::None,
                }
            }
            Node::Filter { list, slot, condition } => {
                let list = self.value(list)?;
                let mut kept = Vec::new();
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        let element = self.element(&list, place)?;
                        self.add(&mut kept, element)?;
                    }
                }
                Value::List(kept.into())
            }
            Node::FirstWhere { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        return self.element(&list, place);
                    }
                }
                Value::None
            }
            Node::Cell { row, column } => match self.value(row)? {
                Value::Row(row) => self.cell(row, column),
                Value::None => {
                    return Err(self.fault("a row is needed and there is none", &[]));
                }
                other => return Err(self.fault("a row is needed", &[&other])),
            },
            Node::Entry { context, name } => {
                let context = self.value(context)?;
                let name = self.constant(name);
                self.entry(&context, &name)?
            }
            Node::Each { list, slot, body } => {
                let list = self.value(list)?;
                let mut made = Vec::new();
                for place in 0..self.length(&list) {
                    self.visit()?;
                    let element = self.element(&list, place)?;
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
                self.sequence(&from, &to)?
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
            Node::Call { function, arguments } => self.call(function, arguments)?,
            Node::RowHolding { value, rows, limits, limit } => {
                let (value, rows) = (self.number(value)?, self.value(rows)?);
                self.row_holding(value, &rows, limits, limit)?
            }
            Node::RowWith { value, rows, column, names } => {
                let (value, rows) = (self.value(value)?, self.value(rows)?);
                self.row_with(&value, &rows, column, names)?
            }
            Node::TaxRows { amount, rows, limits, limit, method } => {
                let (amount, rows) = (self.number(amount)?, self.value(rows)?);
                self.tax_rows(amount, &rows, limits, limit, method)?
            }
            Node::Add { .. }
            | Node::Subtract { .. }
            | Node::Multiply { .. }
            | Node::Divide { .. }
            | Node::Power { .. }
            | Node::Negate { .. }
            | Node::Sum { .. }
            | Node::RoundedProduct { .. }
            | Node::Rounded { .. }
            | Node::Tax { .. } => Value::Number(self.number(id)?),
            Node::Equal { .. }
            | Node::Unequal { .. }
            | Node::Less { .. }
            | Node::LessOrEqual { .. }
            | Node::And { .. }
            | Node::Or { .. }
            | Node::Not { .. }
            | Node::In { .. }
            | Node::IsNone { .. }
            | Node::Some { .. }
            | Node::Every { .. } => Value::Boolean(self.boolean(id)?),
        })
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
    fn holds(
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

    /// How many elements a list has; a value that is no list is a list of one.
    pub(crate) fn length(&self, list: &Value<'v>) -> usize {
        match list {
            Value::List(elements) => elements.len(),
            Value::Rows(rows) => self.count(*rows) as usize,
            _ => 1,
        }
    }

    /// The element at this place, counted from 0.
    pub(crate) fn element(&self, list: &Value<'v>, place: usize) -> Evaluated<Value<'v>> {
        Ok(match list {
            Value::List(elements) => match elements.get(place) {
                Some(element) => element.clone(),
                None => return Err(self.fault("no such element", &[])),
            },
            Value::Rows(rows) => {
                Value::Row(Row { rows: *rows, row: u32::try_from(place).unwrap_or(u32::MAX) })
            }
            other => other.clone(),
        })
    }

    /// A place counted from 1, or from the end with -1, as one counted from 0.
    #[allow(clippy::unused_self, reason = "read beside `element`")]
    pub(crate) fn place(&self, place: Decimal, length: usize) -> Option<usize> {
        let place = number::truncated(place)?;
        let counted = if place > 0 {
            usize::try_from(place).ok()?.checked_sub(1)?
        } else if place < 0 {
            length.checked_sub(usize::try_from(place.unsigned_abs()).ok()?)?
        } else {
            return None;
        };
        (counted < length).then_some(counted)
    }

    /// Adds to a list that is made.
    pub(crate) fn add(&self, list: &mut Vec<Value<'v>>, value: Value<'v>) -> Evaluated<()> {
        if list.len() >= MAXIMUM_ELEMENTS {
            return Err(self.fault("a list has too many elements", &[]));
        }
        list.push(value);
        Ok(())
    }

    /// Whether two values are equal.
    pub(crate) fn equal(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<bool> {
        compare::equal(a, b).ok_or_else(|| self.fault("these can not be compared", &[a, b]))
    }

    /// Which of two values comes first.
    pub(crate) fn order(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Ordering> {
        compare::order(a, b).ok_or_else(|| self.fault("these have no order", &[a, b]))
    }

    fn is_in(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<bool> {
        match b {
            Value::Range(range) if !matches!(a, Value::Range(_)) => self.within(a, range),
            Value::List(elements) => {
                for element in elements.iter() {
                    let found = match (a, element) {
                        (Value::List(_), Value::List(_)) => self.equal(a, element)?,
                        _ => self.is_in(a, element)?,
                    };
                    if found {
                        return Ok(true);
                    }
                }
                if matches!(a, Value::List(_)) { self.equal(a, b) } else { Ok(false) }
            }
            _ => self.equal(a, b),
        }
    }

    /// Whether a value lies within a range.
    pub(crate) fn within(&self, a: &Value<'v>, range: &Range<'v>) -> Evaluated<bool> {
        let above = match &range.low {
            Value::None => true,
            low => match self.order(a, low)? {
                Ordering::Greater => true,
                Ordering::Equal => range.with_low,
                Ordering::Less => false,
            },
        };
        if !above {
            return Ok(false);
        }
        Ok(match &range.high {
            Value::None => true,
            high => match self.order(a, high)? {
                Ordering::Less => true,
                Ordering::Equal => range.with_high,
                Ordering::Greater => false,
            },
        })
    }
}
