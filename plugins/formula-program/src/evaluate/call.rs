//! Calls of built-in functions: which room answers them.

use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::operand::Operands;
use crate::value::Value;
use rust_decimal::Decimal;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// A call of a built-in function.
    pub(crate) fn call(&mut self, function: Function, arguments: Operands) -> Evaluated<Value<'v>> {
        let arguments = self.all_of(arguments)?;
        let arguments = arguments.as_slice();
        match function as u8 {
            0..=29 => self.on_numbers(function, arguments),
            30..=59 => self.on_lists(function, arguments),
            60..=79 => self.on_texts(function, arguments),
            80..=129 => self.on_dates(function, arguments),
            _ => self.on_contexts(function, arguments),
        }
    }

    /// An argument; a fault where there is none.
    pub(crate) fn argument<'t>(
        &self,
        arguments: &'t [Value<'v>],
        place: usize,
    ) -> Evaluated<&'t Value<'v>> {
        arguments.get(place).ok_or_else(|| self.fault("an argument is missing", &[]))
    }

    /// An argument that is a number.
    pub(crate) fn a_number(&self, arguments: &[Value<'v>], place: usize) -> Evaluated<Decimal> {
        match arguments.get(place) {
            Some(Value::Number(number)) => Ok(*number),
            Some(other) => Err(self.fault("a number is needed and there is none", &[other])),
            None => Err(self.fault("a number is needed and there is none", &[])),
        }
    }

    /// An argument that may be left out and is a number.
    pub(crate) fn maybe_number(
        &self,
        arguments: &[Value<'v>],
        place: usize,
    ) -> Evaluated<Option<Decimal>> {
        match arguments.get(place) {
            None | Some(Value::None) => Ok(None),
            Some(_) => self.a_number(arguments, place).map(Some),
        }
    }
}
