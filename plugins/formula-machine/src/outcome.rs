//! An outcome, written once, where the host reads it.

use jiff::civil;
use rust_decimal::Decimal;
use stele_formula_program::inputs::{self, Outcome};
use stele_formula_program::value::{Row, Rows, Value};

use crate::inputs::Given;
use crate::layout::{self, Answer, Finding, Line, List, Step};

/// What was written so far. Everything lies in the call's working space.
pub(crate) struct Written<'a> {
    facts: Given<'a>,
    parameters: Given<'a>,
    lines: Vec<Line<'a>>,
    findings: Vec<Finding<'a>>,
    steps: Vec<Step<'a>>,
}

impl<'a> Written<'a> {
    /// Nothing, with room for so many lines.
    pub(crate) fn new(facts: Given<'a>, parameters: Given<'a>, lines: usize) -> Self {
        let lines = Vec::with_capacity(lines);
        Self { facts, parameters, lines, findings: Vec::new(), steps: Vec::new() }
    }

    /// As an answer, until the working space is taken back.
    pub(crate) fn into_answer(self) -> Answer<'a> {
        Answer::Outcome {
            lines: List::of(self.lines.leak()),
            findings: List::of(self.findings.leak()),
            steps: List::of(self.steps.leak()),
        }
    }

    /// The rows of a step's value; none where it is no table.
    fn rows(&self, value: &Value<'_>) -> Option<Vec<layout::Row<'a>>> {
        let of = |rows: Rows| match rows {
            Rows::Fact(position) => self.facts.table(position),
            Rows::Parameter(position) => self.parameters.table(position),
        };
        let one = |row: &Row| of(row.rows).get(row.row as usize).copied();
        match value {
            Value::Rows(rows) => Some(of(*rows).to_vec()),
            Value::Row(row) => Some(one(row).into_iter().collect()),
            Value::List(elements) => Some(
                elements
                    .iter()
                    .filter_map(|element| match element {
                        Value::Row(row) => one(row),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => None,
        }
    }

    fn value(&self, value: &Value<'_>) -> layout::Value<'a> {
        match self.rows(value) {
            Some(rows) => layout::Value::Table(List::of(rows.leak())),
            None => layout::Value::Scalar(scalar(value)),
        }
    }
}

impl Outcome for Written<'_> {
    #[inline]
    fn line(&mut self, item: u32, amount: Decimal, subject: Option<&str>) {
        let subject = subject.map(text).into();
        self.lines.push(Line { item, amount: decimal(amount), subject });
    }

    fn finding(&mut self, finding: inputs::Finding<'_>) {
        self.findings.push(Finding {
            kind: finding.kind,
            subject: finding.subject.map(text).into(),
            on: finding.on.map(date).into(),
            limit: finding.limit.map(decimal).into(),
            actual: finding.actual.map(decimal).into(),
        });
    }

    fn step(&mut self, kind: u32, line: Option<u32>, values: &[Value<'_>], result: &Value<'_>) {
        let values: Vec<_> = values.iter().map(|value| self.value(value)).collect();
        self.steps.push(Step {
            kind,
            line: line.into(),
            values: List::of(values.leak()),
            result: Some(scalar(result)).into(),
        });
    }
}

/// A copy in the call's working space.
pub(crate) fn text<'a>(text: &str) -> layout::Text<'a> {
    let kept: &'a str = Box::leak(Box::from(text));
    kept.into()
}

fn scalar<'a>(value: &Value<'_>) -> layout::Scalar<'a> {
    match value {
        Value::Boolean(flag) => layout::Scalar::Boolean(*flag),
        Value::Number(number) => layout::Scalar::Decimal(decimal(*number)),
        Value::Choice(position) => layout::Scalar::Choice(*position),
        Value::Date(day) => layout::Scalar::Date(date(*day)),
        value => match value.as_text() {
            Some(words) => layout::Scalar::Text(text(words)),
            None => layout::Scalar::None,
        },
    }
}

#[inline]
fn decimal(number: Decimal) -> layout::Decimal {
    let parts = number.unpack();
    layout::Decimal {
        // The contract has no negative zero.
        negative: parts.negative && !number.is_zero(),
        scale: parts.scale as u8,
        high: parts.hi,
        low: u64::from(parts.mid) << 32 | u64::from(parts.lo),
    }
}

fn date(day: civil::Date) -> layout::Date {
    layout::Date {
        year: day.year().cast_unsigned(),
        month: day.month().cast_unsigned(),
        day: day.day().cast_unsigned(),
    }
}
