//! The functions on numbers.

use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::node::Rounding;
use crate::number;
use crate::value::{Duration, Value};
use rust_decimal::Decimal;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The functions on numbers.
    pub(crate) fn on_numbers(
        &self,
        function: Function,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        if function == Function::Abs {
            return self.absolute(self.argument(arguments, 0)?);
        }
        let a = self.a_number(arguments, 0)?;
        let result = match function {
            Function::Decimal => self.rounded(a, arguments, Rounding::HalfEven)?,
            Function::Floor => self.rounded(a, arguments, Rounding::Floor)?,
            Function::Ceiling => self.rounded(a, arguments, Rounding::Ceiling)?,
            Function::RoundUp => self.rounded(a, arguments, Rounding::Up)?,
            Function::RoundDown => self.rounded(a, arguments, Rounding::Down)?,
            Function::RoundHalfUp => self.rounded(a, arguments, Rounding::HalfUp)?,
            Function::RoundHalfDown => self.rounded(a, arguments, Rounding::HalfDown)?,
            Function::RoundUpToMultiple => self.to_multiple(a, arguments, Rounding::Up)?,
            Function::RoundDownToMultiple => self.to_multiple(a, arguments, Rounding::Down)?,
            Function::RoundHalfUpToMultiple => self.to_multiple(a, arguments, Rounding::HalfUp)?,
            Function::RoundHalfDownToMultiple => {
                self.to_multiple(a, arguments, Rounding::HalfDown)?
            }
            Function::RoundHalfEvenToMultiple => {
                self.to_multiple(a, arguments, Rounding::HalfEven)?
            }
            Function::Modulo => {
                let b = self.a_number(arguments, 1)?;
                number::modulo(a, b).map_err(|why| self.no_number(why, "modulo", a, b))?
            }
            Function::Sqrt => number::square_root(a).map_err(|why| self.unary(why, a))?,
            Function::Even => {
                return Ok(Value::Boolean(number::is_even(a)));
            }
            Function::Odd => {
                return Ok(Value::Boolean(a.fract().is_zero() && !number::is_even(a)));
            }
            _ => {
                let (low, high) = (self.a_number(arguments, 1)?, self.a_number(arguments, 2)?);
                self.clamped(a, low, high)?
            }
        };
        Ok(Value::Number(result))
    }

    /// A number within bounds.
    pub(crate) fn clamped(
        &self,
        a: Decimal,
        lowest: Decimal,
        highest: Decimal,
    ) -> Evaluated<Decimal> {
        if lowest > highest {
            return Err(self.fault(
                "clamp: the lowest lies above the highest",
                &[&Value::Number(lowest), &Value::Number(highest)],
            ));
        }
        Ok(a.max(lowest).min(highest))
    }

    fn rounded(
        &self,
        a: Decimal,
        arguments: &[Value<'v>],
        direction: Rounding,
    ) -> Evaluated<Decimal> {
        let scale = self.maybe_number(arguments, 1)?.unwrap_or(Decimal::ZERO);
        // A scale is a whole number: what follows its point is cut off, as FEEL does.
        let whole = number::truncated(scale).unwrap_or(i64::MAX);
        number::round(a, whole, direction).map_err(|why| self.unary(why, a))
    }

    fn to_multiple(
        &self,
        a: Decimal,
        arguments: &[Value<'v>],
        direction: Rounding,
    ) -> Evaluated<Decimal> {
        let multiple = self.a_number(arguments, 1)?;
        number::round_to_multiple(a, multiple, direction)
            .map_err(|why| self.no_number(why, "rounded to a multiple of", a, multiple))
    }

    fn absolute(&self, a: &Value<'v>) -> Evaluated<Value<'v>> {
        let absolute = match a {
            Value::Number(a) => Some(Value::Number(a.abs())),
            Value::Months(a) => a.checked_abs().map(Value::Months),
            Value::Duration(a) => Duration::of_nanoseconds(a.total().abs()).map(Value::Duration),
            _ => None,
        };
        absolute.ok_or_else(|| self.fault("a number or a duration is needed", &[a]))
    }
}
