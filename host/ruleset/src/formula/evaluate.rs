//! The value of a formula over the values that a step shows: the arithmetic of the contract, checked,
//! in the order of the tokens. Of a choice only the branch that is taken is worked out.

use jiff::Unit;
use jiff::civil::Date;
use rust_decimal::Decimal;
use stele_engine::contract::{
    Description, Scalar, Shape, Source, StepKind, TaxTable, Token, Value,
};

use super::disagreement::NotWorkable;
use super::effort::Effort;
use super::expression::Expression;
use super::round::round;
use super::tax::{Bands, hold, wrong_rows};
use super::worked::Worked;
use crate::parameters::InForce;

/// What formulas of a step are worked out over.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) description: &'a Description,
    pub(super) kind: &'a StepKind,
    pub(super) values: &'a [Value],
    pub(super) in_force: &'a InForce,
    pub(super) effort: &'a Effort,
}

impl Values<'_> {
    /// The value of an expression.
    pub(super) fn evaluate(&self, expression: &Expression) -> Result<Worked, NotWorkable> {
        let Expression { token, operands } = expression;
        let number = |at: usize| match operands.get(at) {
            Some(operand) => self.number(operand),
            None => Err(missing()),
        };
        let boolean = |at: usize| match operands.get(at).map(|operand| self.evaluate(operand)) {
            Some(Ok(Worked::Boolean(value))) => Ok(value),
            Some(Ok(other)) => Err(wrong_type("a boolean", &other)),
            Some(Err(error)) => Err(error),
            None => Err(missing()),
        };
        let of_two = |compute: fn(Decimal, Decimal) -> Option<Decimal>| {
            compute(number(0)?, number(1)?).map(Worked::Number).ok_or(NotWorkable::TooLarge)
        };
        let of_all = |join: fn(Decimal, Decimal) -> Option<Decimal>| {
            let mut all = operands.iter().map(|operand| self.number(operand));
            let first = all.next().ok_or_else(missing)??;
            let joined = all
                .try_fold(first, |so_far, next| join(so_far, next?).ok_or(NotWorkable::TooLarge));
            joined.map(Worked::Number)
        };
        match token {
            Token::Argument(position) => self.argument(*position as usize),
            Token::Number(number) => {
                let number = Decimal::try_from(*number).map_err(|_| NotWorkable::TooLarge)?;
                Ok(Worked::Number(number))
            }
            Token::Add => of_two(Decimal::checked_add),
            Token::Subtract => of_two(Decimal::checked_sub),
            Token::Multiply | Token::Share => of_two(Decimal::checked_mul),
            Token::Percent => of_two(|a, b| a.checked_mul(b)?.checked_div(Decimal::ONE_HUNDRED)),
            Token::Divide if number(1)?.is_zero() => Err(NotWorkable::DividedByZero),
            Token::Divide => of_two(Decimal::checked_div),
            Token::Negate => Ok(Worked::Number(-number(0)?)),
            Token::Smallest(_) | Token::AtMost => of_all(|a, b| Some(a.min(b))),
            Token::Largest(_) | Token::AtLeast => of_all(|a, b| Some(a.max(b))),
            Token::Sum(_) => of_all(Decimal::checked_add),
            Token::Rounded(rounding) => {
                let unit = Decimal::try_from(rounding.unit).map_err(|_| NotWorkable::TooLarge)?;
                let rounded = round(number(0)?, rounding.direction, unit);
                rounded.map(Worked::Number).ok_or(NotWorkable::TooLarge)
            }
            Token::Tax(table) => {
                let bands = self.bands(table, number(0)?)?;
                bands.tax().map(Worked::Number).ok_or(NotWorkable::TooLarge)
            }
            Token::Equal => self.compared(operands, |order| order.is_eq()),
            Token::Unequal => self.compared(operands, |order| order.is_ne()),
            Token::Less => self.compared(operands, |order| order.is_lt()),
            Token::LessOrEqual => self.compared(operands, |order| order.is_le()),
            Token::More => self.compared(operands, |order| order.is_gt()),
            Token::MoreOrEqual => self.compared(operands, |order| order.is_ge()),
            Token::Both => Ok(Worked::Boolean(boolean(0)? && boolean(1)?)),
            Token::Either => Ok(Worked::Boolean(boolean(0)? || boolean(1)?)),
            Token::Not => Ok(Worked::Boolean(!boolean(0)?)),
            Token::Choose => match operands.get(if boolean(0)? { 1 } else { 2 }) {
                Some(branch) => self.evaluate(branch),
                None => Err(missing()),
            },
            Token::DaysBetween => self.between(operands, Unit::Day),
            Token::MonthsBetween => self.between(operands, Unit::Month),
            Token::YearsBetween => self.between(operands, Unit::Year),
        }
    }

    /// What a tax on the amount is the sum of. Its rows are those of the table in force.
    pub(super) fn bands(&self, table: &TaxTable, amount: Decimal) -> Result<Bands, NotWorkable> {
        let rows = table.rows as usize;
        let source = self.kind.arguments.get(rows).map(|argument| &argument.source);
        let (Some(Source::Parameter(parameter)), Some(Value::Table(used))) =
            (source, self.values.get(rows))
        else {
            return Err(wrong_rows(amount));
        };
        let declared = self.description.parameters.get(*parameter as usize);
        let in_force = self.in_force.values().get(*parameter as usize);
        let (Some(Shape::Table(shape)), Some(Value::Table(in_force))) =
            (declared.map(|field| &field.shape), in_force)
        else {
            return Err(wrong_rows(amount));
        };
        if !hold(table, shape, amount, used, in_force, self.effort)? {
            return Err(wrong_rows(amount));
        }
        Bands::of(table, amount, used)
    }

    /// The number that an expression gives.
    pub(super) fn number(&self, expression: &Expression) -> Result<Decimal, NotWorkable> {
        match self.evaluate(expression)? {
            Worked::Number(number) => Ok(number),
            other => Err(wrong_type("a number", &other)),
        }
    }

    fn argument(&self, position: usize) -> Result<Worked, NotWorkable> {
        let named = |position: usize| {
            let argument = self.kind.arguments.get(position);
            NotWorkable::NotGiven(argument.map_or("", |of| &*of.name).to_owned())
        };
        match self.values.get(position) {
            Some(Value::Scalar(scalar)) => Worked::of(scalar).ok_or_else(|| named(position)),
            Some(Value::Table(_)) | None => Err(named(position)),
        }
    }

    fn compared(
        &self,
        operands: &[Expression],
        holds: fn(std::cmp::Ordering) -> bool,
    ) -> Result<Worked, NotWorkable> {
        let [a, b] = operands else { return Err(missing()) };
        let order = match (self.evaluate(a)?, self.evaluate(b)?) {
            (Worked::Number(a), Worked::Number(b)) => a.cmp(&b),
            (Worked::Day(a), Worked::Day(b)) => a.cmp(&b),
            (Worked::Boolean(a), Worked::Boolean(b)) => a.cmp(&b),
            // Only whether they are equal is asked of these.
            (Worked::Other(a), Worked::Other(b)) if same_kind(&a, &b) => match a == b {
                true => std::cmp::Ordering::Equal,
                false => std::cmp::Ordering::Less,
            },
            (a, b) => return Err(wrong_type(a.name(), &b)),
        };
        Ok(Worked::Boolean(holds(order)))
    }

    fn between(&self, operands: &[Expression], unit: Unit) -> Result<Worked, NotWorkable> {
        let [from, to] = operands else { return Err(missing()) };
        let day = |expression| match self.evaluate(expression)? {
            Worked::Day(day) => Ok(day),
            other => Err(wrong_type("a day", &other)),
        };
        whole(day(from)?, day(to)?, unit)
            .map(|count| Worked::Number(count.into()))
            .ok_or(NotWorkable::TooLarge)
    }
}

/// Whole units of the calendar from one day to another; backwards as many as the other way round. A
/// month is whole when its day of the month is reached.
fn whole(from: Date, to: Date, unit: Unit) -> Option<i64> {
    if to < from {
        return whole(to, from, unit).map(|count| -count);
    }
    let span = from.until((unit, to)).ok()?;
    Some(match unit {
        Unit::Year => span.get_years().into(),
        Unit::Month => span.get_months().into(),
        _ => span.get_days().into(),
    })
}

fn same_kind(a: &Scalar, b: &Scalar) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn wrong_type(expected: &'static str, found: &Worked) -> NotWorkable {
    NotWorkable::WrongType { expected, found: found.name() }
}

/// The engine has checked that every operator has its operands.
fn missing() -> NotWorkable {
    NotWorkable::NotGiven("an operand".to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whole_units_between_days_are_those_of_the_calendar() {
        let (from, to) = (date(2024, 1, 31), date(2025, 2, 28));
        assert_eq!(whole(from, to, Unit::Day), Some(394));
        assert_eq!(whole(from, to, Unit::Month), Some(12));
        assert_eq!(whole(from, to, Unit::Year), Some(1));
        assert_eq!(whole(to, from, Unit::Year), Some(-1));
        assert_eq!(whole(date(2025, 4, 30), date(2025, 3, 31), Unit::Month), Some(0));
        assert_eq!(whole(date(2024, 2, 29), date(2025, 2, 28), Unit::Year), Some(0));
        assert_eq!(whole(date(2025, 3, 31), date(2025, 4, 30), Unit::Month), Some(0));
        assert_eq!(whole(from, from, Unit::Month), Some(0));
    }
}
