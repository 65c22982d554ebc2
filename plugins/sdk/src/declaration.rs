//! What a rule declares, as constants.
//!
//! The derive macros turn structs and enums into these constants, so that the compiler can check
//! them while it compiles the rule (see [`crate::names`]), and [`crate::describe`] only has to copy
//! them into the contract's types.

use rust_decimal::Decimal;

pub use crate::contract::{Direction, Limits, Severity, TaxMethod};
use crate::rounding::Unit;

/// The type of a scalar, without the bounds that an attribute adds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A whole number with the bounds of its Rust type, where they are narrower than `i64`.
    Integer {
        /// Smallest value of the Rust type.
        minimum: Option<i64>,
        /// Greatest value of the Rust type.
        maximum: Option<i64>,
    },
    /// An exact decimal.
    Decimal,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A moment with its offset from UTC.
    DateTime,
    /// One of these.
    Choice(&'static [ChoiceDeclaration]),
}

impl Kind {
    /// The kind as a word in a sentence: "must be *a decimal*".
    pub const fn phrase(&self) -> &'static str {
        match self {
            Kind::Boolean => "true or false",
            Kind::Integer { .. } => "an integer",
            Kind::Decimal => "a decimal",
            Kind::Text => "a text",
            Kind::Date => "a date",
            Kind::DateTime => "a date-time",
            Kind::Choice(_) => "one of the declared choices",
        }
    }
}

/// One choice of a [`Kind::Choice`].
#[derive(Clone, Copy, Debug)]
pub struct ChoiceDeclaration {
    /// Name in facts, parameters and texts.
    pub name: &'static str,
    /// What choosing it means.
    pub meaning: &'static str,
}

/// The type of a fact, a parameter or a column.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One value.
    Scalar {
        /// Its type.
        kind: Kind,
        /// False for an `Option`.
        required: bool,
    },
    /// Any number of rows.
    Table(&'static [ColumnDeclaration]),
}

/// What the attribute of a field says beyond its type.
#[derive(Clone, Copy, Debug)]
pub struct Attributes {
    /// What a number counts.
    pub unit: Option<&'static str>,
    /// Smallest number allowed, as exact text.
    pub minimum: Option<&'static str>,
    /// Greatest number allowed, as exact text.
    pub maximum: Option<&'static str>,
    /// Most digits after the point.
    pub decimals: Option<u8>,
    /// Most characters of a text.
    pub maximum_length: Option<u32>,
    /// Most rows of a table.
    pub maximum_rows: Option<u32>,
    /// The caller may leave the table out.
    pub optional: bool,
    /// The host fills it in with the date of the calculation.
    pub calculation_date: bool,
    /// Part of a parameter table's key.
    pub key: bool,
    /// The fact that selects rows by this column.
    pub selected_by: Option<&'static str>,
}

impl Attributes {
    /// No attribute at all.
    pub const NONE: Attributes = Attributes {
        unit: None,
        minimum: None,
        maximum: None,
        decimals: None,
        maximum_length: None,
        maximum_rows: None,
        optional: false,
        calculation_date: false,
        key: false,
        selected_by: None,
    };

    /// Characters of a text that says nothing else: enough for a name or a remark, small enough
    /// that a thousand of them do no harm.
    pub const DEFAULT_MAXIMUM_LENGTH: u32 = 256;

    /// Rows of a table that says nothing else: more than the entries of a busy month.
    pub const DEFAULT_MAXIMUM_ROWS: u32 = 1_000;
}

/// One declared fact or parameter.
#[derive(Clone, Copy, Debug)]
pub struct FieldDeclaration {
    /// Name in facts and parameters.
    pub name: &'static str,
    /// What it means, in English.
    pub meaning: &'static str,
    /// Unit of the type, for a newtype that carries one.
    pub unit_of_type: Option<&'static str>,
    /// Its type.
    pub shape: Shape,
    /// How its rows make a tax, where they do.
    pub tax: Option<TaxDeclaration>,
    /// What its attribute says.
    pub attributes: Attributes,
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnDeclaration {
    /// Name in the rows.
    pub name: &'static str,
    /// What it means, in English.
    pub meaning: &'static str,
    /// Unit of the type, for a newtype that carries one.
    pub unit_of_type: Option<&'static str>,
    /// Its type.
    pub kind: Kind,
    /// False for an `Option`.
    pub required: bool,
    /// What its attribute says.
    pub attributes: Attributes,
}

/// One kind of line.
#[derive(Clone, Copy, Debug)]
pub struct ItemDeclaration {
    /// Code of the line.
    pub name: &'static str,
    /// What it means, in English.
    pub meaning: &'static str,
    /// Grouping: `earning`, `tax`, `net` …
    pub category: &'static str,
    /// What the amount counts; none for the ruleset's currency.
    pub unit: Option<&'static str>,
    /// The provision that it rests on.
    pub citation: Option<&'static str>,
}

/// One kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct FindingDeclaration {
    /// Code of the finding.
    pub name: &'static str,
    /// Sentence with `{subject}`, `{on}`, `{limit}` and `{actual}`.
    pub meaning: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What limit and actual value count.
    pub unit: Option<&'static str>,
    /// The provision that it rests on.
    pub citation: Option<&'static str>,
}

/// One named intermediate value.
#[derive(Clone, Copy, Debug)]
pub struct FigureDeclaration {
    /// Name in formulas and texts.
    pub name: &'static str,
    /// What it means, in English.
    pub meaning: &'static str,
    /// What it counts; none for an amount in the ruleset's currency.
    pub unit: Option<&'static str>,
    /// The provision that it rests on.
    pub citation: Option<&'static str>,
}

/// One kind of step: a sentence, a formula, or both.
#[derive(Clone, Copy, Debug)]
pub struct StepDeclaration {
    /// Code of the step.
    pub name: &'static str,
    /// Sentence with the arguments' names in braces.
    pub text: Option<&'static str>,
    /// How a value was worked out.
    pub formula: Option<FormulaDeclaration>,
    /// The provision that it rests on.
    pub citation: Option<&'static str>,
    /// Its arguments, in order.
    pub arguments: &'static [ArgumentDeclaration],
    /// Names of the parameters that it uses beside those that its arguments are.
    pub parameters: &'static [&'static str],
}

/// One argument of a step.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentDeclaration {
    /// Name in the step's sentence.
    pub name: &'static str,
    /// What a number counts, where its source does not say it.
    pub unit: Option<&'static str>,
    /// What the value is.
    pub source: Source,
}

/// What a value of a step is.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A value of the step alone.
    Own,
    /// The value of a sub-expression, in these words.
    Expression(&'static str),
    /// The value of a fact, by its position.
    Fact(u32),
    /// A cell of a table of facts, by the table's position and the column's name.
    FactCell(u32, &'static str),
    /// The value of a parameter, by its position.
    Parameter(u32),
    /// A cell of a table of parameters.
    ParameterCell(u32, &'static str),
    /// A cell of the only table that has these columns, by the column's position.
    Cell(&'static [ColumnDeclaration], u32),
    /// A line or a figure.
    Given(Gives),
}

/// What a formula works out, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// The amount of a line.
    Item(u32),
    /// A figure.
    Figure(u32),
}

/// A formula: operands before their operator.
#[derive(Clone, Copy, Debug)]
pub struct FormulaDeclaration {
    /// What it works out.
    pub gives: Gives,
    /// Its tokens.
    pub tokens: &'static [Token],
}

/// One token of a formula; `wit/rule.wit` says what each does.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "as in the contract")]
pub enum Token {
    Argument(u32),
    Number(Decimal),
    Add,
    Subtract,
    Multiply,
    Share,
    Percent,
    Divide,
    Negate,
    Smallest(u32),
    Largest(u32),
    AtLeast,
    AtMost,
    Sum(u32),
    Rounded(Direction, Unit),
    RoundedTo(Direction),
    /// By the rows of the argument at this position, which is a table of brackets.
    Tax(u32),
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Both,
    Either,
    Not,
    Choose,
    DaysBetween,
    MonthsBetween,
    YearsBetween,
}

/// How the rows of a table make a tax.
#[derive(Clone, Copy, Debug)]
pub struct TaxDeclaration {
    /// Position of the column with the limits.
    pub limit: u32,
    /// What a limit says.
    pub limits: Limits,
    /// Position of the column with the rates.
    pub rate: u32,
    /// How rates make a tax.
    pub method: TaxMethod,
}
