//! Whether what an explanation says is what facts, parameters, lines and earlier steps say.

use stele_engine::contract::{Scalar, StepKind, Target};

use super::calculated::Calculated;
use super::disagreement::Disagreement;
use super::effort::Effort;
use super::evaluate::Values;
use super::expression::Expression;
use super::name::{source_name, target_name};
use super::render::Reader;
use super::sources::Sources;
use super::worked::Worked;
use crate::outcome::{Line, Step};

/// Compares every step of a calculation, in the order in which they were taken:
///
/// - a value whose source is a fact or a parameter is its value (zero where an amount may be missing
///   and is), a cell of it, or rows of it in their order;
/// - one whose source is an item is the amount of a line of it, or of all its lines together (zero
///   where there is no line of it);
/// - one whose source is a figure is the last earlier result of it (zero where no step gave it);
/// - the rows of a tax are those that hold the amount;
/// - a formula gives the step's result;
/// - where it gives an item, the step leads to a line of it with that amount.
pub(super) fn agree(calculated: &Calculated<'_>) -> Result<(), Disagreement> {
    let description = calculated.description;
    let effort = Effort::new();
    let mut sources = Sources::of(calculated, &effort);
    for step in &calculated.outcome.steps {
        // The engine has checked that there is one.
        let Some(kind) = description.steps.get(step.kind) else { continue };
        for (argument, value) in kind.arguments.iter().zip(&step.values) {
            if let Err(found) = sources.check(&argument.source, value) {
                let reader = Reader::english(*calculated, &effort);
                return Err(Disagreement::Value {
                    step: kind.name.clone(),
                    source_name: source_name(argument, description),
                    said: reader.value(value),
                    found: reader.found(found),
                });
            }
        }
        if let (Some(formula), Some(expression)) =
            (&kind.formula, calculated.formulas.at(step.kind))
        {
            let comparison = Comparison { calculated, effort: &effort, kind, step };
            let result = comparison.result(expression)?;
            match formula.gives {
                Target::Item(item) => comparison.line(item as usize, &result)?,
                Target::Figure(figure) => sources.give(figure, result.scalar()),
            }
        }
    }
    Ok(())
}

/// One step beside what its formula comes to.
struct Comparison<'a> {
    calculated: &'a Calculated<'a>,
    effort: &'a Effort,
    kind: &'a StepKind,
    step: &'a Step,
}

impl Comparison<'_> {
    /// The value of the step's formula, which is the step's result.
    fn result(&self, expression: &Expression) -> Result<Worked, Disagreement> {
        let values = Values {
            description: self.calculated.description,
            kind: self.kind,
            values: &self.step.values,
            in_force: self.calculated.in_force,
            effort: self.effort,
        };
        let step = self.kind.name.clone();
        let said = self.step.result.as_ref();
        let reader = || Reader::english(*self.calculated, self.effort);
        let worked = values.evaluate(expression).map_err(|reason| Disagreement::NotWorkable {
            step: step.clone(),
            formula: reader().quoted(self.step),
            reason,
        })?;
        if said.and_then(Worked::of).as_ref() == Some(&worked) {
            return Ok(worked);
        }
        let reader = reader();
        Err(Disagreement::Result {
            step,
            formula: reader.quoted(self.step),
            said: reader.result(self.step, said.unwrap_or(&Scalar::None)),
            worked: reader.result(self.step, &worked.scalar()),
        })
    }

    /// The step leads to a line of this item with this amount.
    fn line(&self, item: usize, result: &Worked) -> Result<(), Disagreement> {
        let line = self.step.line.and_then(|line| self.calculated.outcome.lines.get(line));
        let is_it = |line: &Line| line.item == item && *result == Worked::Number(line.amount);
        if line.is_some_and(is_it) {
            return Ok(());
        }
        let description = self.calculated.description;
        let name = |item: usize| target_name(&Target::Item(item as u32), description).to_owned();
        let reader = Reader::english(*self.calculated, self.effort);
        Err(Disagreement::Line {
            step: self.kind.name.clone(),
            formula: reader.quoted(self.step),
            item: name(item),
            said: reader.result(self.step, &result.scalar()),
            found: match line {
                None => "no line".to_owned(),
                Some(line) if line.item != item => format!("a line of {}", name(line.item)),
                Some(line) => {
                    let amount = Scalar::Decimal(line.amount.into());
                    format!("a line of {}", reader.result(self.step, &amount))
                }
            },
        })
    }
}
