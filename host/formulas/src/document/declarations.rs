//! What a document declares, as it is written: facts, parameters, functions, figures, lines,
//! findings, refusals.

use crate::document::reading::Piece;
use crate::source::Span;
use rust_decimal::Decimal;

/// All of a document.
#[derive(Clone, Debug, Default)]
pub struct Declarations {
    /// The title of the ruleset, in English.
    pub title: Option<String>,
    /// What it computes.
    pub meaning: String,
    /// Facts, in the order in which the rule takes them.
    pub facts: Vec<Field>,
    /// Parameters, in the order in which the rule takes them.
    pub parameters: Vec<Field>,
    /// Functions of the rule's own.
    pub functions: Vec<Function>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Lines, in the order in which they are shown.
    pub lines: Vec<Line>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Refusals.
    pub refusals: Vec<Refusal>,
}

/// A fact, a parameter, a column or the parameter of a function.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Piece,
    /// Its type.
    pub kind: FieldKind,
    /// It may be missing.
    pub optional: bool,
    /// What it counts.
    pub unit: Option<String>,
    /// The smallest value.
    pub minimum: Option<Decimal>,
    /// The largest value.
    pub maximum: Option<Decimal>,
    /// Most digits after the point.
    pub decimals: Option<u32>,
    /// Most characters of a text.
    pub maximum_length: Option<u32>,
    /// Most rows of a table.
    pub maximum_rows: Option<u32>,
    /// Its English label.
    pub label: Option<String>,
    /// What it is.
    pub meaning: String,
    /// The names of a choice with their labels.
    pub choices: Vec<(Piece, String)>,
    /// The columns of a table.
    pub columns: Vec<Field>,
    /// The host fills it with the date of the calculation.
    pub calculation_date: bool,
    /// A column that is part of the key of its table.
    pub key: bool,
    /// The fact that selects rows by a column.
    pub selected_by: Option<Piece>,
}

/// The types of fields.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    Money,
    Rate,
    Number,
    Integer,
    Hours,
    Days,
    Date,
    Moment,
    Boolean,
    Text,
    Choice,
    Rows,
}

/// The types as a document writes them.
pub const FIELD_KINDS: [(&str, FieldKind); 12] = [
    ("money", FieldKind::Money),
    ("rate", FieldKind::Rate),
    ("number", FieldKind::Number),
    ("integer", FieldKind::Integer),
    ("hours", FieldKind::Hours),
    ("days", FieldKind::Days),
    ("date", FieldKind::Date),
    ("date and time", FieldKind::Moment),
    ("boolean", FieldKind::Boolean),
    ("text", FieldKind::Text),
    ("choice", FieldKind::Choice),
    ("rows", FieldKind::Rows),
];

/// A function of the rule's own.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Debug)]
pub struct Function {
    pub name: Piece,
    pub meaning: String,
    pub citation: Option<String>,
    pub parameters: Vec<Field>,
    pub formula: Piece,
}

/// A figure.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Debug)]
pub struct Figure {
    pub name: Piece,
    pub label: Option<String>,
    pub meaning: String,
    pub unit: Option<String>,
    pub citation: Option<String>,
    pub formula: Piece,
}

/// A line.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Debug)]
pub struct Line {
    pub item: Piece,
    pub label: Option<String>,
    pub meaning: String,
    pub category: String,
    pub unit: Option<String>,
    pub citation: Option<String>,
    /// `entry in entries`: a line for each.
    pub each: Option<Piece>,
    pub when: Option<Piece>,
    pub subject: Option<Piece>,
    pub formula: Piece,
}

/// A finding.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Debug)]
pub struct Finding {
    pub name: Piece,
    pub severity: Severity,
    pub label: Option<String>,
    pub meaning: String,
    pub unit: Option<String>,
    pub citation: Option<String>,
    pub each: Option<Piece>,
    pub when: Piece,
    pub subject: Option<Piece>,
    pub on: Option<Piece>,
    pub limit: Option<Piece>,
    pub actual: Option<Piece>,
}

/// How grave a finding is.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    Breach,
    Warning,
    Note,
}

/// What an outcome, or a set of parameters, is refused for.
#[allow(missing_docs, reason = "the names are those of the document")]
#[derive(Clone, Debug)]
pub struct Refusal {
    pub fact: Option<Piece>,
    pub parameter: Option<Piece>,
    pub when: Piece,
    pub message: String,
    pub citation: Option<String>,
    pub span: Span,
}

impl Refusal {
    /// The fact or parameter that it is about.
    pub(super) fn about(&self) -> Option<&Piece> {
        self.fact.as_ref().or(self.parameter.as_ref())
    }
}

impl Declarations {
    /// Facts, then parameters.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.facts.iter().chain(&self.parameters)
    }

    /// How many things with formulas there are.
    pub(super) fn formulas(&self) -> usize {
        self.figures.len()
            + self.lines.len()
            + self.functions.len()
            + self.findings.len()
            + self.refusals.len()
    }
}
