//! Facts and parameters for tests, and what an outcome came to, without a component.

use rust_decimal::Decimal;
use stele_formula_program::evaluate::{Prepared, write_value};
use stele_formula_program::fault::Fault;
use stele_formula_program::inputs::{Finding, Inputs, NoFacts, Outcome};
use stele_formula_program::program::Program;
use stele_formula_program::value::Value;
use stele_formulas::document::{Compiled, compile};
use stele_formulas::source::Lines;

/// A fact or a parameter.
#[derive(Clone)]
pub(crate) enum Given {
    One(Value<'static>),
    Rows(Vec<Vec<Value<'static>>>),
}

pub(crate) struct All(pub(crate) Vec<Given>);

impl<'v> Inputs<'v> for All {
    fn scalar(&self, position: u32) -> Value<'v> {
        match self.0.get(position as usize) {
            Some(Given::One(value)) => value.clone(),
            _ => Value::None,
        }
    }

    fn rows(&self, position: u32) -> u32 {
        match self.0.get(position as usize) {
            Some(Given::Rows(rows)) => rows.len() as u32,
            _ => 0,
        }
    }

    fn cell(&self, position: u32, row: u32, column: u32) -> Value<'v> {
        match self.0.get(position as usize) {
            Some(Given::Rows(rows)) => rows[row as usize][column as usize].clone(),
            _ => Value::None,
        }
    }

    fn columns(&self, position: u32) -> u32 {
        match self.0.get(position as usize) {
            Some(Given::Rows(rows)) => rows.first().map_or(0, Vec::len) as u32,
            _ => 0,
        }
    }
}

pub(crate) fn number(text: &str) -> Value<'static> {
    Value::Number(text.parse().unwrap())
}

pub(crate) fn one(text: &str) -> Given {
    Given::One(number(text))
}

/// Rows of numbers; `-` is none.
pub(crate) fn rows(rows: &[&[&str]]) -> Given {
    let cell = |text: &&str| if *text == "-" { Value::None } else { number(text) };
    Given::Rows(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

/// What an outcome came to, as texts.
#[derive(Default, Debug)]
pub(crate) struct Came {
    pub(crate) lines: Vec<(u32, String, Option<String>)>,
    pub(crate) findings: Vec<(u32, Option<String>, Option<String>)>,
    pub(crate) steps: Vec<(u32, Option<u32>, Vec<String>, String)>,
}

impl Outcome for Came {
    fn line(&mut self, item: u32, amount: Decimal, subject: Option<&str>) {
        self.lines.push((item, amount.normalize().to_string(), subject.map(str::to_owned)));
    }

    fn finding(&mut self, finding: Finding<'_>) {
        let text = |number: Option<Decimal>| number.map(|number| number.normalize().to_string());
        self.findings.push((finding.kind, text(finding.limit), text(finding.actual)));
    }

    fn step(&mut self, kind: u32, line: Option<u32>, values: &[Value<'_>], result: &Value<'_>) {
        let text = |value: &Value<'_>| {
            let mut text = String::new();
            write_value(value, &mut text);
            text
        };
        self.steps.push((kind, line, values.iter().map(text).collect(), text(result)));
    }
}

pub(crate) fn compiled(text: &str) -> Compiled {
    compile("test", text).unwrap_or_else(|errors| {
        let lines = Lines::of(text);
        let shown: Vec<_> =
            errors.iter().map(|error| error.render("formulas.toml", &lines)).collect();
        panic!("{}", shown.join("\n"))
    })
}

pub(crate) fn evaluate(
    text: &str,
    parameters: Vec<Given>,
    facts: Vec<Given>,
) -> Result<Came, Box<Fault>> {
    let compiled = compiled(text);
    let program = Program::decode(&compiled.program).unwrap();
    let prepared = Prepared::new(program, All(parameters), &NoFacts)?;
    let mut came = Came::default();
    prepared.evaluate(&All(facts), true, &mut came)?;
    Ok(came)
}
