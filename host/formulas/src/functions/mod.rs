//! Every function of the language, in one table: its name, parameters and types, what it means, an
//! example, and what runs it. The check, the parser, the reference and the tests read this table.

mod dates;
mod lists;
mod numbers;
mod payroll;
pub mod reference;
mod texts;

use crate::types::Type;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use stele_formula_program::function::Function as Code;

/// Words of the longest built-in name: `round half even to multiple`, `years and months duration`.
pub(crate) const LONGEST_NAME: usize = 5;

/// Properties with more than one word.
pub(crate) const PROPERTIES: [&str; 3] = ["time offset", "start included", "end included"];

/// A function. One with several ways to call it is several entries of one name.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in order.
    pub parameters: &'static [Parameter],
    /// The type of its result.
    pub result: Shape,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// A call and its result, as FEEL writes both.
    pub example: (&'static str, &'static str),
    /// What runs it.
    pub runs: Runs,
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Shape,
    /// How often it may be given.
    pub given: Given,
}

/// How often a parameter may be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// Always.
    Once,
    /// It may be left out.
    Optionally,
    /// Always, perhaps as `null`.
    PerhapsNull,
    /// It may be left out, or `null`.
    OptionallyNull,
    /// Any number of times, or once as a list: the last parameter only.
    Repeatedly,
}

impl Given {
    /// Whether a call may have nothing for it.
    pub(crate) fn may_be_left_out(self) -> bool {
        matches!(self, Self::Optionally | Self::OptionallyNull)
    }
}

/// What a parameter takes or a function gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A number of what the other numbers of the call count, too.
    Same,
    /// Any number.
    Number,
    /// A plain number: a scale, a count, a place.
    Plain,
    /// True or false.
    Boolean,
    /// A text.
    Text,
    /// A day.
    Date,
    /// A day, or a moment for its day.
    Day,
    /// A time of day.
    Time,
    /// A moment.
    Moment,
    /// A duration of months.
    Months,
    /// A duration of days and time.
    Duration,
    /// A number or a duration of either sort.
    Size,
    /// A value with an order; all of one type.
    InOrder,
    /// Any value; the same type wherever it stands.
    Value,
    /// A list of those.
    Values,
    /// A list of lists of those.
    Lists,
    /// A list of numbers.
    Numbers,
    /// A list of numbers or durations.
    Sizes,
    /// A list of what has an order.
    Ordered,
    /// A list of true and false.
    Booleans,
    /// A list of texts.
    Texts,
    /// A list of whatever.
    AnyList,
    /// Whatever.
    Anything,
    /// A list of plain numbers.
    Places,
}

/// What runs a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Runs {
    /// The program's own function.
    Code(Code),
    /// The same, with all arguments given repeatedly as one list.
    Listed(Code),
    /// A node of its own, made by the check.
    Special(Special),
}

/// Functions that the check knows by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Special {
    /// `not(a)`
    Not,
    /// `get or else(a, b)`: b where a is missing.
    GetOrElse,
    /// `sort(list, function)`
    Sort,
    /// `list replace(list, function, value)`
    ReplaceWhere,
    /// `get value(context, key)`
    GetValue,
    /// `get entries(context)`
    GetEntries,
    /// `context(entries)`
    Context,
    /// `context put(context, key, value)`
    ContextPut,
    /// `context merge(contexts)`
    ContextMerge,
    /// `duration(text)`
    Duration,
    /// `range(text)`
    Range,
    /// Tax by rows of a table.
    Tax,
    /// The row of a table that holds a number.
    RowHolding,
    /// The row of a table with a key.
    RowOf,
}

/// Shorthand for the tables.
const fn required(name: &'static str, takes: Shape) -> Parameter {
    Parameter { name, takes, given: Given::Once }
}

const fn optional(name: &'static str, takes: Shape) -> Parameter {
    Parameter { name, takes, given: Given::Optionally }
}

const fn perhaps_null(name: &'static str, takes: Shape) -> Parameter {
    Parameter { name, takes, given: Given::PerhapsNull }
}

const fn optionally_null(name: &'static str, takes: Shape) -> Parameter {
    Parameter { name, takes, given: Given::OptionallyNull }
}

const fn repeated(name: &'static str, takes: Shape) -> Parameter {
    Parameter { name, takes, given: Given::Repeatedly }
}

/// All functions, by groups.
pub fn all() -> impl Iterator<Item = &'static Function> {
    groups().into_iter().flat_map(|(_, functions)| functions)
}

/// The groups of functions with their headings.
#[must_use]
pub fn groups() -> [(&'static str, &'static [Function]); 5] {
    [
        ("What a payroll needs", payroll::FUNCTIONS),
        ("Numbers", numbers::FUNCTIONS),
        ("Lists", lists::FUNCTIONS),
        ("Texts and contexts", texts::FUNCTIONS),
        ("Dates, times and durations", dates::FUNCTIONS),
    ]
}

/// The ways to call a function of this name.
#[must_use]
pub fn named(name: &str) -> &'static [&'static Function] {
    static BY_NAME: OnceLock<BTreeMap<&'static str, Vec<&'static Function>>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        all().for_each(|function| by_name.entry(function.name).or_default().push(function));
        by_name
    });
    by_name.get(name).map_or(&[], Vec::as_slice)
}

/// Whether there is a function of this name.
pub(crate) fn is_name(name: &str) -> bool {
    !named(name).is_empty()
}

impl std::fmt::Display for Shape {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(fixed) = self.fixed() {
            return fixed.fmt(formatter);
        }
        formatter.write_str(match self {
            Self::Same | Self::Number => "a number",
            Self::Day => "a date or a date and time",
            Self::Size => "a number or a duration",
            Self::Values | Self::AnyList | Self::Lists => "a list",
            Self::InOrder => "numbers, texts, dates, times or durations, all of one type",
            Self::Numbers => "a list of numbers",
            Self::Sizes => "a list of numbers or durations",
            Self::Ordered => "a list of numbers, texts, dates, times or durations",
            _ => "a value",
        })
    }
}

impl Shape {
    /// The type that it is whatever the call, where there is one.
    pub(crate) fn fixed(self) -> Option<Type> {
        Some(match self {
            Self::Plain => Type::PLAIN,
            Self::Boolean => Type::Boolean,
            Self::Text => Type::Text,
            Self::Date => Type::Date,
            Self::Time => Type::Time,
            Self::Moment => Type::Moment,
            Self::Months => Type::Months,
            Self::Duration => Type::Duration,
            Self::Booleans => Type::Boolean.list(),
            Self::Texts => Type::Text.list(),
            Self::Places => Type::PLAIN.list(),
            _ => return None,
        })
    }
}
