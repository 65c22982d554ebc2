//! The functions on lists.

use crate::evaluate::compare;
use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::number;
use crate::operand::{NodeId, Slot};
use crate::value::{Range, Value};
use core::cmp::Ordering;
use rust_decimal::Decimal;
use std::collections::BinaryHeap;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The functions on lists.
    pub(crate) fn on_lists(
        &mut self,
        function: Function,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        let list = self.elements(self.argument(arguments, 0)?)?;
        for _ in &list {
            self.visit()?;
        }
        Ok(match function {
            Function::Count => Value::Number(Decimal::from(list.len())),
            Function::Min => self.extreme(&list, Ordering::Less)?,
            Function::Max => self.extreme(&list, Ordering::Greater)?,
            Function::SumOf => self.sum(&list)?,
            Function::Mean => {
                self.some_elements(&list)?;
                self.over(&self.sum(&list)?, list.len())?
            }
            Function::Product => {
                self.some_elements(&list)?;
                let mut product = Decimal::ONE;
                for element in self.numbers(&list)? {
                    product = number::multiply(product, element)
                        .map_err(|why| self.no_number(why, "*", product, element))?;
                }
                Value::Number(product)
            }
            Function::Median => self.median(&list)?,
            Function::Mode => self.mode(&list)?,
            Function::Stddev => self.standard_deviation(&list)?,
            Function::All | Function::Any => {
                let wanted = function == Function::Any;
                let mut found = !wanted;
                for element in &list {
                    match element {
                        Value::Boolean(value) if *value == wanted => found = wanted,
                        Value::Boolean(_) => {}
                        other => return Err(self.fault("true or false is needed", &[other])),
                    }
                }
                Value::Boolean(found)
            }
            Function::ListContains => {
                let element = self.argument(arguments, 1)?;
                Value::Boolean(
                    list.iter().any(|other| compare::equal(other, element) == Some(true)),
                )
            }
            Function::IndexOf => {
                let element = self.argument(arguments, 1)?;
                let equal = |other: &Value<'v>| compare::equal(other, element) == Some(true);
                let places = list.iter().enumerate().filter(|(_, other)| equal(other));
                Value::List(
                    places.map(|(place, _)| Value::Number(Decimal::from(place + 1))).collect(),
                )
            }
            Function::Sublist => self.sublist(&list, arguments)?,
            Function::Append => {
                let added = self.elements(self.argument(arguments, 1)?)?;
                self.list([list, added].concat())?
            }
            Function::Concatenate | Function::Union => {
                let mut all = Vec::new();
                for part in &list {
                    all.extend(self.elements(part)?);
                }
                if function == Function::Union {
                    all = self.distinct(all)?;
                }
                self.list(all)?
            }
            Function::DistinctValues => {
                let distinct = self.distinct(list)?;
                self.list(distinct)?
            }
            Function::Flatten => {
                let mut flat = Vec::new();
                self.flatten(&list, &mut flat)?;
                self.list(flat)?
            }
            Function::InsertBefore | Function::Remove | Function::ListReplace => {
                self.changed(function, list, arguments)?
            }
            _ => Value::List(list.into_iter().rev().collect()),
        })
    }

    fn changed(
        &self,
        function: Function,
        mut list: Vec<Value<'v>>,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        let place = self.a_number(arguments, 1)?;
        let Some(place) = self.place(place, list.len()) else {
            return Err(self.fault("the list has no such place", &[&arguments[1]]));
        };
        match function {
            Function::InsertBefore => list.insert(place, self.argument(arguments, 2)?.clone()),
            Function::Remove => {
                list.remove(place);
            }
            _ => list[place] = self.argument(arguments, 2)?.clone(),
        }
        self.list(list)
    }

    /// The elements of a list; a value that is no list is a list of one.
    fn elements(&self, list: &Value<'v>) -> Evaluated<Vec<Value<'v>>> {
        (0..self.length(list)).map(|place| self.element(list, place)).collect()
    }

    /// A list that is not too long.
    fn list(&self, elements: Vec<Value<'v>>) -> Evaluated<Value<'v>> {
        if elements.len() > crate::evaluate::MAXIMUM_ELEMENTS {
            return Err(self.fault("a list has too many elements", &[]));
        }
        Ok(Value::List(elements.into()))
    }

    fn some_elements(&self, list: &[Value<'v>]) -> Evaluated<()> {
        if list.is_empty() {
            return Err(self.fault("the list is empty", &[]));
        }
        Ok(())
    }

    fn numbers(&self, list: &[Value<'v>]) -> Evaluated<Vec<Decimal>> {
        let number = |value: &Value<'v>| match value {
            Value::Number(number) => Ok(*number),
            other => Err(self.fault("a number is needed and there is none", &[other])),
        };
        list.iter().map(number).collect()
    }

    /// Numbers in ascending order, by a heap: the other sorts of the library are a tenth of a machine.
    fn ascending(&self, list: &[Value<'v>]) -> Evaluated<Vec<Decimal>> {
        Ok(BinaryHeap::from(self.numbers(list)?).into_sorted_vec())
    }

    fn extreme(&self, list: &[Value<'v>], wanted: Ordering) -> Evaluated<Value<'v>> {
        self.some_elements(list)?;
        let mut best = &list[0];
        for element in &list[1..] {
            if self.order(element, best)? == wanted {
                best = element;
            }
        }
        match best {
            Value::None => Err(self.fault("a value is needed and there is none", &[])),
            best => Ok(best.clone()),
        }
    }

    /// The sum of numbers or durations; that of nothing is zero.
    fn sum(&self, list: &[Value<'v>]) -> Evaluated<Value<'v>> {
        match list.first() {
            Some(first @ (Value::Months(_) | Value::Duration(_))) => {
                let mut sum = first.clone();
                for element in &list[1..] {
                    sum = self.join(&sum, element)?;
                }
                Ok(sum)
            }
            _ => {
                let mut sum = Decimal::ZERO;
                for element in self.numbers(list)? {
                    sum = number::add(sum, element)
                        .map_err(|why| self.no_number(why, "+", sum, element))?;
                }
                Ok(Value::Number(sum))
            }
        }
    }

    fn over(&self, sum: &Value<'v>, count: usize) -> Evaluated<Value<'v>> {
        let count = Decimal::from(count);
        match sum {
            Value::Number(sum) => number::divide(*sum, count)
                .map(Value::Number)
                .map_err(|why| self.no_number(why, "/", *sum, count)),
            sum => self.ratio(sum, &Value::Number(count)),
        }
    }

    fn median(&self, list: &[Value<'v>]) -> Evaluated<Value<'v>> {
        self.some_elements(list)?;
        let numbers = self.ascending(list)?;
        let middle = numbers.len() / 2;
        if numbers.len() % 2 == 1 {
            return Ok(Value::Number(numbers[middle]));
        }
        let (a, b) = (numbers[middle - 1], numbers[middle]);
        let sum = number::add(a, b).map_err(|why| self.no_number(why, "+", a, b))?;
        self.over(&Value::Number(sum), 2)
    }

    /// The numbers that occur most often, in ascending order.
    fn mode(&self, list: &[Value<'v>]) -> Evaluated<Value<'v>> {
        let numbers = self.ascending(list)?;
        let mut runs: Vec<(Decimal, usize)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((last, count)) if *last == number => *count += 1,
                _ => runs.push((number, 1)),
            }
        }
        let most = runs.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let often = runs.into_iter().filter(|(_, count)| *count == most);
        Ok(Value::List(often.map(|(number, _)| Value::Number(number)).collect()))
    }

    /// Of a sample: divided by one less than there are.
    fn standard_deviation(&self, list: &[Value<'v>]) -> Evaluated<Value<'v>> {
        if list.len() < 2 {
            return Err(self.fault("a standard deviation needs at least two numbers", &[]));
        }
        let numbers = self.numbers(list)?;
        let count = Decimal::from(numbers.len());
        let deviation = || {
            let mut sum = Decimal::ZERO;
            for number in &numbers {
                sum = number::add(sum, *number)?;
            }
            let mean = number::divide(sum, count)?;
            let mut squares = Decimal::ZERO;
            for number in &numbers {
                let distance = number::subtract(*number, mean)?;
                squares = number::add(squares, number::multiply(distance, distance)?)?;
            }
            number::square_root(number::divide(squares, number::subtract(count, Decimal::ONE)?)?)
        };
        deviation().map(Value::Number).map_err(|why| self.fault(why.words(), &[]))
    }

    fn sublist(&self, list: &[Value<'v>], arguments: &[Value<'v>]) -> Evaluated<Value<'v>> {
        let start = self.a_number(arguments, 1)?;
        let Some(start) = self.place(start, list.len()) else {
            return Err(self.fault("the list has no such place", &[&arguments[1]]));
        };
        let length = match self.maybe_number(arguments, 2)? {
            None => list.len() - start,
            Some(length) => {
                let whole = number::truncated(length).and_then(|whole| usize::try_from(whole).ok());
                match whole.filter(|length| *length <= list.len() - start) {
                    Some(length) => length,
                    None => {
                        return Err(
                            self.fault("the list has no so many elements", &[&arguments[2]])
                        );
                    }
                }
            }
        };
        self.list(list[start..start + length].to_vec())
    }

    fn distinct(&mut self, list: Vec<Value<'v>>) -> Evaluated<Vec<Value<'v>>> {
        let mut kept: Vec<Value<'v>> = Vec::new();
        for element in list {
            let mut seen = false;
            for other in &kept {
                self.visit()?;
                seen = seen || compare::equal(other, &element) == Some(true);
            }
            if !seen {
                kept.push(element);
            }
        }
        Ok(kept)
    }

    /// Lists nest no more deeply than formulas do, because no list holds itself.
    fn flatten(&self, list: &[Value<'v>], flat: &mut Vec<Value<'v>>) -> Evaluated<()> {
        for element in list {
            match element {
                Value::List(inner) => self.flatten(inner, flat)?,
                other => self.add(flat, other.clone())?,
            }
        }
        Ok(())
    }

    /// Whole numbers, or days, from one to another.
    pub(crate) fn sequence(&mut self, from: &Value<'v>, to: &Value<'v>) -> Evaluated<Value<'v>> {
        let ends = match (from, to) {
            (Value::Number(from), Value::Number(to)) => {
                number::whole(*from).zip(number::whole(*to))
            }
            (Value::Date(from), Value::Date(to)) => {
                Some((0, crate::calendar::days_between(*from, *to)))
            }
            _ => None,
        };
        let Some((first, last)) = ends else {
            return Err(self.fault("from and to must be whole numbers or days", &[from, to]));
        };
        if first.abs_diff(last) >= crate::evaluate::MAXIMUM_ELEMENTS as u64 {
            return Err(self.fault("a list has too many elements", &[from, to]));
        }
        let element = |step: i64| match from {
            Value::Date(date) => {
                crate::calendar::plus_days(*date, step).map_or(Value::None, Value::Date)
            }
            _ => Value::Number(Decimal::from(step)),
        };
        Ok(Value::List(if first <= last {
            (first..=last).map(element).collect()
        } else {
            (last..=first).rev().map(element).collect()
        }))
    }

    /// A list in the order that the condition says of two elements: merged, so that equal ones stay
    /// as they were and a condition that contradicts itself does no harm.
    pub(crate) fn sorted(
        &mut self,
        list: &Value<'v>,
        first: Slot,
        second: Slot,
        condition: NodeId,
    ) -> Evaluated<Value<'v>> {
        let mut sorted = self.elements(list)?;
        let mut width = 1;
        while width < sorted.len() {
            let mut merged = Vec::with_capacity(sorted.len());
            for pair in sorted.chunks(2 * width) {
                let (left, right) = pair.split_at(width.min(pair.len()));
                let (mut i, mut j) = (0, 0);
                while i < left.len() && j < right.len() {
                    self.visit()?;
                    self.set(first, right[j].clone());
                    self.set(second, left[i].clone());
                    if self.boolean(condition)? {
                        merged.push(right[j].clone());
                        j += 1;
                    } else {
                        merged.push(left[i].clone());
                        i += 1;
                    }
                }
                merged.extend_from_slice(&left[i..]);
                merged.extend_from_slice(&right[j..]);
            }
            sorted = merged;
            width *= 2;
        }
        Ok(Value::List(sorted.into()))
    }
}

impl<'v> Range<'v> {
    /// An end of it, or none.
    pub(crate) fn end(&self, low: bool) -> Value<'v> {
        if low { self.low.clone() } else { self.high.clone() }
    }
}
