//! Whether a formula can be worked out: its tokens are a whole expression, and as far as the
//! description says of what types its operands are, they are those that its operators take.

use crate::contract::{
    Description, Formula, Limits, ScalarKind, Source, StepKind, Target, TaxMethod, TaxTable, Token,
};

use super::Wrong;
use super::step::column;

/// Most tokens of a formula: more than a reader follows, and ten times the longest that we know.
const TOKENS: usize = 256;

/// What an operand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Number,
    Boolean,
    Day,
    /// A text, a moment or a choice, which can only be compared.
    Other,
    /// A table, which a tax is worked out by.
    Rows,
    /// Only the value will say it.
    Unknown,
}

impl Type {
    pub(super) fn of(kind: &ScalarKind) -> Self {
        match kind {
            ScalarKind::Integer(_) | ScalarKind::Decimal(_) => Self::Number,
            ScalarKind::Boolean => Self::Boolean,
            ScalarKind::Date => Self::Day,
            ScalarKind::Text(_) | ScalarKind::DateTime | ScalarKind::Choice(_) => Self::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Day => "a day",
            Self::Other => "a text, a moment or a choice",
            Self::Rows => "a table",
            Self::Unknown => "a value",
        }
    }

    /// Whether a value of this type may stand where that one is expected.
    fn fits(self, expected: Self) -> bool {
        self == expected || self == Self::Unknown && expected != Self::Rows
    }
}

/// Checks a formula. `types` are those of the arguments of its step.
pub(super) fn check(
    formula: &Formula,
    kind: &StepKind,
    types: &[Type],
    description: &Description,
) -> Result<(), Wrong> {
    let (gives_number, declared, position, what) = match formula.gives {
        Target::Item(position) => (true, description.items.len(), position, "item"),
        Target::Figure(position) => (false, description.figures.len(), position, "figure"),
    };
    if position as usize >= declared {
        return Err(format!("it gives {what} {position} of {declared}"));
    }
    if formula.tokens.is_empty() || formula.tokens.len() > TOKENS {
        return Err(format!("expected 1 to {TOKENS} tokens, found {}", formula.tokens.len()));
    }
    let mut operands = Vec::new();
    for (at, token) in formula.tokens.iter().enumerate() {
        let taken = operands.len().checked_sub(token.operands());
        let applied = match taken {
            Some(first) => {
                let taken = operands.split_off(first);
                apply(token, &taken, kind, types, description)
            }
            None => Err(format!("it takes {} operands of {}", token.operands(), operands.len())),
        };
        operands.push(applied.map_err(|wrong| format!("token {at}: {wrong}"))?);
    }
    match operands.as_slice() {
        [Type::Rows] => Err("it gives a table".to_owned()),
        [found] if gives_number && !found.fits(Type::Number) => Err(format!(
            "it gives the amount of an item, expected a number, found {}",
            found.name()
        )),
        [_] => Ok(()),
        left => Err(format!("expected that its tokens leave one value, found {}", left.len())),
    }
}

/// The type of what an operator makes of these operands, as many as it takes.
fn apply(
    token: &Token,
    operands: &[Type],
    kind: &StepKind,
    types: &[Type],
    description: &Description,
) -> Result<Type, Wrong> {
    let all = |expected: Type| {
        let wrong = operands.iter().find(|found| !found.fits(expected));
        wrong.map_or(Ok(()), |found| {
            Err(format!("expected {}, found {}", expected.name(), found.name()))
        })
    };
    match token {
        Token::Argument(position) => types
            .get(*position as usize)
            .copied()
            .ok_or_else(|| format!("it is argument {position} of {}", types.len())),
        Token::Number(number) if number.is_valid() => Ok(Type::Number),
        Token::Number(_) => Err("not a decimal of the contract".to_owned()),
        Token::Smallest(count) | Token::Largest(count) | Token::Sum(count) if *count < 2 => {
            Err(format!("expected at least 2 operands, found {count}"))
        }
        Token::Rounded(rounding) => {
            let unit = rounding.unit;
            if !unit.is_valid() || unit.negative || (unit.high == 0 && unit.low == 0) {
                return Err("expected to round to a unit of more than zero".to_owned());
            }
            all(Type::Number).map(|()| Type::Number)
        }
        Token::Tax(table) => {
            tax(table, kind, description)?;
            all(Type::Number).map(|()| Type::Number)
        }
        Token::Add
        | Token::Subtract
        | Token::Multiply
        | Token::Share
        | Token::Percent
        | Token::Divide
        | Token::Negate
        | Token::Smallest(_)
        | Token::Largest(_)
        | Token::AtLeast
        | Token::AtMost
        | Token::Sum(_) => all(Type::Number).map(|()| Type::Number),
        Token::Equal | Token::Unequal => {
            alike(operands)?;
            Ok(Type::Boolean)
        }
        Token::Less | Token::LessOrEqual | Token::More | Token::MoreOrEqual => {
            if all(Type::Number).is_err() && all(Type::Day).is_err() {
                let [a, b] = [0, 1].map(|at| operands.get(at).map_or("nothing", |of| of.name()));
                return Err(format!("expected two numbers or two days, found {a} and {b}"));
            }
            Ok(Type::Boolean)
        }
        Token::Both | Token::Either | Token::Not => all(Type::Boolean).map(|()| Type::Boolean),
        Token::Choose => {
            let (condition, branches) = operands.split_at(operands.len().min(1));
            match condition {
                [found] if !found.fits(Type::Boolean) => {
                    Err(format!("expected a boolean, found {}", found.name()))
                }
                _ => alike(branches),
            }
        }
        Token::DaysBetween | Token::MonthsBetween | Token::YearsBetween => {
            all(Type::Day).map(|()| Type::Number)
        }
    }
}

/// The type that all of them have, as far as it is known.
fn alike(operands: &[Type]) -> Result<Type, Wrong> {
    let known = operands.iter().find(|found| **found != Type::Unknown);
    let expected = known.copied().unwrap_or(Type::Unknown);
    if expected == Type::Rows {
        return Err("expected values, found a table".to_owned());
    }
    match operands.iter().find(|found| !found.fits(expected)) {
        Some(found) => Err(format!(
            "expected operands of one type, found {} and {}",
            expected.name(),
            found.name()
        )),
        None => Ok(expected),
    }
}

/// A tax is by a table of parameters, with numbers in the columns that it names.
fn tax(table: &TaxTable, kind: &StepKind, description: &Description) -> Result<(), Wrong> {
    let rows = kind.arguments.get(table.rows as usize);
    let Some(Source::Parameter(parameter)) = rows.map(|argument| &argument.source) else {
        return Err("expected that a tax is by the rows of a table of parameters".to_owned());
    };
    let numbers = |position: u32| {
        let found = column(&description.parameters, *parameter, position, "parameters")?;
        match Type::of(&found.kind) {
            Type::Number => Ok(()),
            other => {
                Err(format!("column `{}`: expected a number, found {}", found.name, other.name()))
            }
        }
    };
    numbers(table.limit)?;
    numbers(table.rate)?;
    match table.method {
        TaxMethod::Marginal | TaxMethod::Whole => Ok(()),
        TaxMethod::QuickDeduction(deduction) => numbers(deduction),
        TaxMethod::BaseTax(base) if table.limits != Limits::UpTo => numbers(base),
        TaxMethod::BaseTax(_) => Err("a base tax is that of the limit where its row begins, but \
                                      the limits are those where rows end"
            .to_owned()),
    }
}
