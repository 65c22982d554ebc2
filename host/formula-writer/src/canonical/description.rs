//! The types of a description, part by part as `wit/rule.wit` declares them.

use super::{Lay, aligned, largest, record, variant};
use crate::contract::{
    Argument, Choice, Column, ColumnOf, Decimal, DecimalBounds, Description, Direction, Field,
    Figure, FindingKind, Formula, IntegerBounds, Item, Limits, Origin, Rounding, ScalarKind,
    Severity, Shape, Source, StepKind, TableShape, Target, TaxMethod, TaxTable, Token,
};
use crate::image::Image;

record!(Description {
    name: String,
    meaning: String,
    facts: Vec<Field>,
    parameters: Vec<Field>,
    items: Vec<Item>,
    figures: Vec<Figure>,
    findings: Vec<FindingKind>,
    steps: Vec<StepKind>,
});

record!(Field {
    name: String,
    meaning: String,
    unit: Option<String>,
    required: bool,
    origin: Origin,
    shape: Shape,
});

variant!(Origin { Caller, CalculationDate });

variant!(Shape { Scalar(ScalarKind), Table(TableShape) });

variant!(ScalarKind {
    Boolean,
    Integer(IntegerBounds),
    Decimal(DecimalBounds),
    Text(u32),
    Date,
    DateTime,
    Choice(Vec<Choice>),
});

record!(IntegerBounds { minimum: Option<i64>, maximum: Option<i64> });

record!(DecimalBounds {
    minimum: Option<Decimal>,
    maximum: Option<Decimal>,
    decimals: Option<u8>,
});

record!(Decimal { negative: bool, scale: u8, high: u32, low: u64 });

record!(Choice { name: String, meaning: String });

record!(TableShape { columns: Vec<Column>, maximum_rows: u32 });

record!(Column {
    name: String,
    meaning: String,
    unit: Option<String>,
    required: bool,
    kind: ScalarKind,
    key: bool,
    selected_by: Option<u32>,
});

record!(Item {
    name: String,
    meaning: String,
    category: String,
    unit: Option<String>,
    citation: Option<String>,
});

record!(Figure {
    name: String,
    meaning: String,
    unit: Option<String>,
    citation: Option<String>,
});

record!(FindingKind {
    name: String,
    meaning: String,
    severity: Severity,
    unit: Option<String>,
    citation: Option<String>,
});

variant!(Severity { Breach, Warning, Note });

record!(StepKind {
    name: String,
    text: Option<String>,
    formula: Option<Formula>,
    citation: Option<String>,
    arguments: Vec<Argument>,
    parameters: Vec<u32>,
});

record!(Argument { name: String, unit: Option<String>, source: Source });

variant!(Source {
    Own,
    Expression(String),
    Fact(u32),
    FactColumn(ColumnOf),
    Parameter(u32),
    ParameterColumn(ColumnOf),
    Item(u32),
    Figure(u32),
});

record!(ColumnOf { field: u32, column: u32 });

record!(Formula { gives: Target, tokens: Vec<Token> });

variant!(Target { Item(u32), Figure(u32) });

variant!(Token {
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
    Rounded(Rounding),
    RoundedTo(Direction),
    Tax(TaxTable),
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
});

record!(Rounding { direction: Direction, unit: Decimal });

variant!(Direction { HalfUp, HalfDown, HalfEven, Up, Down, Ceiling, Floor });

record!(TaxTable { rows: u32, limit: u32, limits: Limits, rate: u32, method: TaxMethod });

variant!(Limits { UpTo, Over, AtLeast });

variant!(TaxMethod { Marginal, QuickDeduction(u32), BaseTax(u32), Whole });
