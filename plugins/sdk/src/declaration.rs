//! What a rule declares, as constants.
//!
//! The derive macros turn structs and enums into these constants, so that the compiler can check
//! them while it compiles the rule (see [`crate::names`]), and [`crate::describe`] only has to copy
//! them into the contract's types.

pub use crate::contract::Severity;

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

/// One kind of step.
#[derive(Clone, Copy, Debug)]
pub struct StepDeclaration {
    /// Code of the step.
    pub name: &'static str,
    /// Sentence with the arguments' names in braces.
    pub text: &'static str,
    /// The provision that it rests on.
    pub citation: Option<&'static str>,
    /// Its arguments, in order.
    pub arguments: &'static [ArgumentDeclaration],
    /// Names of the parameters that it uses.
    pub parameters: &'static [&'static str],
}

/// One argument of a step.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentDeclaration {
    /// Name in the step's sentence.
    pub name: &'static str,
    /// What a number counts.
    pub unit: Option<&'static str>,
}
