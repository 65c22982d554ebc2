//! An expression written between its operands, as people write it, with the least parentheses.

use rust_decimal::Decimal;
use stele_engine::contract::{Direction, TaxTable, Token};
use stele_words::{Message, Words};

use super::expression::Expression;
use crate::number::{contract_text, normal_text};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    /// It is a fraction, and is shown in percent.
    Fraction,
    /// It is in percent.
    Percent,
}

/// What stands at the ends of an expression.
pub(super) trait Operands {
    /// An argument by its position.
    fn argument(&self, position: usize, manner: Manner) -> String;

    /// What the table of a tax is called.
    fn table(&self, table: &TaxTable) -> String;

    /// What a tax on this operand is the sum of; nothing where there are no values.
    fn bands(&self, table: &TaxTable, operand: &Expression) -> Option<String>;

    /// Whether it is a value that is not given.
    fn is_missing(&self, operand: &Expression) -> bool;

    /// Whether it is a value of zero, which changes no sum.
    fn is_zero(&self, operand: &Expression) -> bool;

    /// What a number with so many decimals is a multiple of; nothing where there are no values.
    fn unit(&self, decimals: &Expression) -> Option<Decimal>;

    fn words(&self) -> &Words;
}

/// How closely the parts of a text belong together, the loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    /// `the larger of a and b`: what follows would belong to b.
    Phrase,
    /// `a, but at least b`: what follows belongs to all of it.
    Chain,
    Either,
    Both,
    Comparison,
    Sum,
    Product,
    Sign,
    Word,
    /// One value alone.
    Value,
}

/// A text and how closely it holds together.
pub(super) struct Piece {
    text: String,
    binding: Binding,
}

impl Piece {
    /// Whether it is a comparison, or several.
    pub(super) fn is_condition(&self) -> bool {
        matches!(self.binding, Binding::Either | Binding::Both | Binding::Comparison)
    }

    /// Whether it is one value alone.
    pub(super) fn is_value(&self) -> bool {
        self.binding == Binding::Value
    }

    /// The text, in parentheses where it is bound less closely.
    pub(super) fn bound(self, at_least: Binding) -> String {
        if self.binding >= at_least { self.text } else { format!("({})", self.text) }
    }
}

/// An expression as people write it.
pub(super) fn write(expression: &Expression, operands: &impl Operands) -> Piece {
    Writer { operands }.piece(expression, Manner::Plain)
}

/// A fraction in percent, from the digits of the percentage.
pub(super) fn percent(words: &Words, digits: &str) -> String {
    words.say(Message::Percentage { number: &words.number(digits) })
}

/// A number of a formula by the customs of the language.
pub(super) fn number(words: &Words, value: Decimal, manner: Manner) -> String {
    match manner {
        Manner::Plain => words.number(&normal_text(value)),
        Manner::Percent => percent(words, &normal_text(value)),
        // A fraction that can not be made a percentage within 96 bits stays one.
        Manner::Fraction => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(hundredfold) => percent(words, &normal_text(hundredfold)),
            None => words.number(&normal_text(value)),
        },
    }
}

/// Signs that all languages share.
pub(super) const PLUS: &str = " + ";
pub(super) const MINUS: &str = " − ";
pub(super) const TIMES: &str = " × ";

struct Writer<'a, O> {
    operands: &'a O,
}

impl<O: Operands> Writer<'_, O> {
    fn piece(&self, expression: &Expression, manner: Manner) -> Piece {
        let words = self.operands.words();
        let operand = |at: usize, manner: Manner, least: Binding| {
            let operand = expression.operands.get(at);
            operand.map_or(String::new(), |operand| self.piece(operand, manner).bound(least))
        };
        let between = |sign: &str, own: Binding, right: Binding, of_right: Manner| Piece {
            text: format!("{}{sign}{}", operand(0, manner, own), operand(1, of_right, right)),
            binding: own,
        };
        let compared = |sign: &str| Piece {
            text: format!(
                "{} {sign} {}",
                operand(0, Manner::Plain, Binding::Sum),
                operand(1, Manner::Plain, Binding::Sum)
            ),
            binding: Binding::Comparison,
        };
        let phrase = |text: String| Piece { text, binding: Binding::Phrase };
        let chain = |text: String| Piece { text, binding: Binding::Chain };
        let of_all = |say: fn(&str) -> Message<'_>| {
            let all: Vec<String> = (0..expression.operands.len())
                .map(|at| operand(at, manner, Binding::Product))
                .collect();
            phrase(words.say(say(&words.all_of(&all))))
        };
        let first = || operand(0, manner, Binding::Chain);
        let is = |at: usize, such: &dyn Fn(&Expression) -> bool| {
            expression.operands.get(at).is_some_and(such)
        };
        let is_missing = |at| is(at, &|operand| self.operands.is_missing(operand));
        let is_zero = |at| is(at, &|operand| self.operands.is_zero(operand));
        let alone = |at: usize| match expression.operands.get(at) {
            Some(operand) => self.piece(operand, manner),
            None => phrase(String::new()),
        };
        let rounded = |direction: Direction, unit: &str| {
            let value = first();
            let value = value.as_str();
            chain(words.say(match direction {
                Direction::HalfUp => Message::RoundedHalfUp { value, unit },
                Direction::HalfDown => Message::RoundedHalfDown { value, unit },
                Direction::HalfEven => Message::RoundedHalfEven { value, unit },
                Direction::Up => Message::RoundedUp { value, unit },
                Direction::Down => Message::RoundedDown { value, unit },
                Direction::Ceiling => Message::RoundedToGreater { value, unit },
                Direction::Floor => Message::RoundedToSmaller { value, unit },
            }))
        };
        match &expression.token {
            Token::Argument(position) => Piece {
                text: self.operands.argument(*position as usize, manner),
                binding: Binding::Value,
            },
            Token::Number(value) => Piece {
                text: match Decimal::try_from(*value) {
                    Ok(value) => number(words, value, manner),
                    Err(_) => contract_text(*value),
                },
                binding: Binding::Value,
            },
            // What is nothing is left out where something is left.
            Token::Add | Token::Subtract if is_zero(1) => alone(0),
            Token::Add if is_zero(0) => alone(1),
            Token::Add => between(PLUS, Binding::Sum, Binding::Sum, manner),
            Token::Subtract => between(MINUS, Binding::Sum, Binding::Product, manner),
            Token::Multiply => between(TIMES, Binding::Product, Binding::Product, Manner::Plain),
            Token::Share => between(TIMES, Binding::Product, Binding::Product, Manner::Fraction),
            Token::Percent => between(TIMES, Binding::Product, Binding::Product, Manner::Percent),
            Token::Divide => between(" ÷ ", Binding::Product, Binding::Sign, Manner::Plain),
            Token::Negate => Piece {
                text: format!("−{}", operand(0, manner, Binding::Sign)),
                binding: Binding::Sign,
            },
            Token::Smallest(_) => of_all(|list| Message::SmallerOf { list }),
            Token::Largest(_) => of_all(|list| Message::LargerOf { list }),
            Token::Sum(_) => of_all(|list| Message::SumOf { list }),
            Token::AtLeast | Token::AtMost if is_missing(1) => alone(0),
            Token::AtLeast => {
                let least = operand(1, manner, Binding::Product);
                chain(words.say(Message::AtLeast { value: &first(), least: &least }))
            }
            Token::AtMost => {
                let most = operand(1, manner, Binding::Product);
                chain(words.say(Message::AtMost { value: &first(), most: &most }))
            }
            Token::Rounded(rounding) => {
                rounded(rounding.direction, &words.number(&contract_text(rounding.unit)))
            }
            Token::RoundedTo(direction) => {
                let unit = expression.operands.get(1).and_then(|of| self.operands.unit(of));
                let unit = match unit {
                    Some(unit) => words.number(&normal_text(unit)),
                    None => format!("10^−{}", operand(1, Manner::Plain, Binding::Word)),
                };
                rounded(*direction, &unit)
            }
            Token::Tax(table) => {
                let amount = operand(0, Manner::Plain, Binding::Product);
                let name = self.operands.table(table);
                let tax = words.say(Message::TaxBy { amount: &amount, table: &name });
                let taxed = expression.operands.first();
                match taxed.and_then(|taxed| self.operands.bands(table, taxed)) {
                    Some(bands) => {
                        phrase(words.say(Message::InBrackets { name: &tax, more: &bands }))
                    }
                    None => phrase(tax),
                }
            }
            Token::Equal => compared("="),
            Token::Unequal => compared("≠"),
            Token::Less => compared("<"),
            Token::LessOrEqual => compared("≤"),
            Token::More => compared(">"),
            Token::MoreOrEqual => compared("≥"),
            Token::Both => Piece {
                text: words.say(Message::Both {
                    one: &operand(0, Manner::Plain, Binding::Both),
                    other: &operand(1, Manner::Plain, Binding::Both),
                }),
                binding: Binding::Both,
            },
            Token::Either => Piece {
                text: words.say(Message::Either {
                    one: &operand(0, Manner::Plain, Binding::Either),
                    other: &operand(1, Manner::Plain, Binding::Either),
                }),
                binding: Binding::Either,
            },
            Token::Not => Piece {
                text: words.say(Message::Not { value: &operand(0, Manner::Plain, Binding::Word) }),
                binding: Binding::Comparison,
            },
            Token::Choose => phrase(words.say(Message::Choose {
                condition: &operand(0, Manner::Plain, Binding::Either),
                then: &operand(1, manner, Binding::Sum),
                otherwise: &operand(2, manner, Binding::Sum),
            })),
            Token::DaysBetween | Token::MonthsBetween | Token::YearsBetween => {
                let [from, to] = [0, 1].map(|at| operand(at, Manner::Plain, Binding::Word));
                let (from, to) = (from.as_str(), to.as_str());
                phrase(words.say(match &expression.token {
                    Token::DaysBetween => Message::DaysBetween { from, to },
                    Token::MonthsBetween => Message::MonthsBetween { from, to },
                    _ => Message::YearsBetween { from, to },
                }))
            }
        }
    }
}
