//! Whether an answer keeps the contract: positions in range, sizes bounded, decimals and dates
//! valid, steps with the values that their kind declares. Runs after every evaluation, so it neither
//! allocates nor formats unless something is wrong.

mod step;

use crate::contract::{Cell, Description, Fault, Field, Finding, Line, Outcome, Place, Shape};
use crate::description::DECLARED;
use crate::settings::Settings;
use step::StepBounds;

/// What an outcome is checked against, taken from the description once.
#[derive(Debug)]
pub(crate) struct Bounds {
    items: usize,
    findings: usize,
    steps: Vec<StepBounds>,
    /// How many columns each fact has; none where it is not a table.
    facts: Vec<Option<usize>>,
    parameters: Vec<Option<usize>>,
    text_bytes: usize,
    most_lines: usize,
    most_findings: usize,
    most_steps: usize,
}

/// What is wrong with an answer, in one sentence.
type Wrong = String;

impl Bounds {
    pub(crate) fn new(description: &Description, settings: &Settings) -> Self {
        let columns = |field: &Field| match &field.shape {
            Shape::Scalar(_) => None,
            Shape::Table(table) => Some(table.columns.len()),
        };
        Self {
            items: description.items.len(),
            findings: description.findings.len(),
            steps: description.steps.iter().map(|kind| StepBounds::of(kind, description)).collect(),
            facts: description.facts.iter().map(columns).collect(),
            parameters: description.parameters.iter().map(columns).collect(),
            text_bytes: settings.text_bytes,
            most_lines: settings.lines,
            most_findings: settings.findings,
            most_steps: settings.steps,
        }
    }

    /// How many facts `evaluate` takes.
    pub(crate) fn facts(&self) -> usize {
        self.facts.len()
    }

    /// How many parameters `create` takes.
    pub(crate) fn parameters(&self) -> usize {
        self.parameters.len()
    }

    /// Checks an outcome. `explain` is what was asked for.
    pub(crate) fn check_outcome(&self, outcome: &Outcome, explain: bool) -> Result<(), Wrong> {
        at_most(self.most_lines, outcome.lines.len(), "lines")?;
        at_most(self.most_findings, outcome.findings.len(), "findings")?;
        at_most(self.most_steps, outcome.steps.len(), "steps")?;
        if !explain && !outcome.steps.is_empty() {
            return Err("it gave steps without being asked for them".to_owned());
        }
        for (at, line) in outcome.lines.iter().enumerate() {
            self.line(line).map_err(|wrong| format!("line {at}: {wrong}"))?;
        }
        self.lines_are_told_apart(&outcome.lines)?;
        for (at, finding) in outcome.findings.iter().enumerate() {
            self.finding(finding).map_err(|wrong| format!("finding {at}: {wrong}"))?;
        }
        for (at, step) in outcome.steps.iter().enumerate() {
            self.step(step, outcome.lines.len()).map_err(|wrong| format!("step {at}: {wrong}"))?;
        }
        Ok(())
    }

    /// Checks a fault.
    pub(crate) fn check_fault(&self, fault: &Fault) -> Result<(), Wrong> {
        self.text(&fault.message).map_err(|wrong| format!("message of the fault: {wrong}"))?;
        self.optional_text(fault.citation.as_ref())
            .map_err(|wrong| format!("citation of the fault: {wrong}"))?;
        match &fault.place {
            Place::Whole => Ok(()),
            Place::Fact(cell) => place(cell, &self.facts, "facts"),
            Place::Parameter(cell) => place(cell, &self.parameters, "parameters"),
        }
    }

    fn line(&self, line: &Line) -> Result<(), Wrong> {
        position(line.item, self.items, "items")?;
        if !line.amount.is_valid() {
            return Err(NOT_A_DECIMAL.to_owned());
        }
        self.optional_text(line.subject.as_ref())
    }

    /// An item may occur on several lines only if the subject tells them apart. The bits see in one
    /// pass that nothing is repeated, which is how it nearly always is.
    fn lines_are_told_apart(&self, lines: &[Line]) -> Result<(), Wrong> {
        // One bit for each item that a description may declare.
        let mut seen = [0_u64; DECLARED / 64];
        let mut repeated = false;
        for line in lines {
            let bit = 1_u64 << (line.item % 64);
            match seen.get_mut((line.item / 64) as usize) {
                Some(word) if *word & bit == 0 => *word |= bit,
                _ => repeated = true,
            }
        }
        if !repeated {
            return Ok(());
        }
        let mut keys: Vec<_> =
            lines.iter().map(|line| (line.item, line.subject.as_ref())).collect();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(()),
            Some(pair) => Err(format!("two lines name item {} with the same subject", pair[0].0)),
        }
    }

    fn finding(&self, finding: &Finding) -> Result<(), Wrong> {
        position(finding.kind, self.findings, "findings")?;
        if finding.on.is_some_and(|on| !on.is_valid()) {
            return Err(NOT_A_DATE.to_owned());
        }
        if [finding.limit, finding.actual].into_iter().flatten().any(|number| !number.is_valid()) {
            return Err(NOT_A_DECIMAL.to_owned());
        }
        self.optional_text(finding.subject.as_ref())
    }

    fn optional_text(&self, text: Option<&String>) -> Result<(), Wrong> {
        text.map_or(Ok(()), |text| self.text(text))
    }

    fn text(&self, text: &str) -> Result<(), Wrong> {
        if text.len() > self.text_bytes {
            return Err(format!("a text of {} bytes, at most {}", text.len(), self.text_bytes));
        }
        Ok(())
    }
}

const NOT_A_DECIMAL: &str = "not a decimal of the contract";
const NOT_A_DATE: &str = "not a date";

fn at_most(limit: usize, found: usize, what: &str) -> Result<(), Wrong> {
    if found > limit { Err(format!("{found} {what}, at most {limit}")) } else { Ok(()) }
}

fn position(position: u32, declared: usize, what: &str) -> Result<(), Wrong> {
    if (position as usize) < declared {
        Ok(())
    } else {
        Err(format!("it names position {position} of {declared} {what}"))
    }
}

/// A place inside a table names row and column or neither or the row alone; elsewhere neither.
fn place(cell: &Cell, declared: &[Option<usize>], what: &str) -> Result<(), Wrong> {
    position(cell.field, declared.len(), what)?;
    let columns = declared.get(cell.field as usize).copied().flatten();
    match (columns, cell.row, cell.column) {
        (_, None, None) | (Some(_), Some(_), None) => Ok(()),
        (Some(columns), _, Some(column)) => position(column, columns, "columns"),
        (None, ..) => Err("it names a cell of something that is not a table".to_owned()),
    }
}
