//! Steps as sentences and formulas, with the dated values of the law that they used.

use std::collections::HashSet;

use stele_engine::contract::{Scalar, Shape, Source, StepKind, Value};

use super::parameter::{parameter, parameter_bytes};
use super::view::{ArgumentView, ParameterView, StepView};
use super::wording::Wording;
use super::{NO_VALUE, number_text};
use crate::calculation::Calculation;
use crate::formula::{self, Reader, shown_value};
use crate::length::{AnswerTooLong, Room};
use crate::manifest::Manifest;
use crate::moment::{date_text, date_time_text};
use crate::number::exact;
use crate::parameters::Entry;
use crate::scalar::choice_name;
use crate::version::Ruleset;

pub(super) fn steps<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
    room: &mut Room,
) -> Result<Vec<StepView<'a>>, AnswerTooLong> {
    let language = wording.labels();
    let description = ruleset.description();
    let currency = ruleset.manifest().currency.as_deref();
    let reader = Reader { calculated: ruleset.calculated(calculation), wording };
    let steps = calculation.outcome.steps.iter().filter_map(|step| {
        let kind = description.steps.get(step.kind)?;
        let values = || {
            kind.arguments.iter().zip(&step.values).map(|(argument, value)| {
                let unit = formula::unit(argument, description, currency);
                (argument, unit, value)
            })
        };
        let arguments: Vec<ArgumentView<'a>> = values()
            .map(|(argument, unit, value)| {
                let value = match value {
                    Value::Scalar(Scalar::Choice(choice)) => {
                        reader.choice(argument, *choice).map(str::to_owned)
                    }
                    Value::Scalar(value) => argument_text(value, unit, ruleset.manifest(), wording),
                    Value::Table(_) => None,
                };
                ArgumentView { name: &argument.name, value, unit }
            })
            .collect();
        let sentence = language.step(step.kind).map(|sentence| {
            sentence.fill(|name| {
                let mut named = values().filter(|(argument, ..)| argument.name == name);
                let shown = named.next().and_then(|(argument, unit, value)| match value {
                    Value::Scalar(Scalar::Choice(choice)) => {
                        reader.choice(argument, *choice).map(str::to_owned)
                    }
                    Value::Scalar(value) => shown_value(value, unit, ruleset.manifest(), wording),
                    Value::Table(_) => None,
                });
                shown.unwrap_or_else(|| NO_VALUE.to_owned())
            })
        });
        let formula = reader.formula(step);
        let result =
            step.result.as_ref().zip(kind.formula.as_ref()).and_then(|(result, formula)| {
                let unit = formula::unit_of_target(&formula.gives, description, currency);
                argument_text(result, unit, ruleset.manifest(), wording)
            });
        let citation = formula::citation(kind, description);
        let view = StepView {
            code: &kind.name,
            text: sentence.or_else(|| formula.clone()).unwrap_or_default(),
            formula,
            result,
            line: step.line,
            citation: citation.map(|citation| language.citation(citation)),
            arguments,
            parameters: parameters(kind, &step.values, calculation, ruleset, wording),
        };
        Some(take(room, &view).map(|()| view))
    });
    steps.collect()
}

/// The values of the law that a step has used, each once.
fn parameters<'a>(
    kind: &StepKind,
    values: &[Value],
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
) -> Vec<ParameterView<'a>> {
    let named = kind.arguments.iter().filter_map(|argument| match &argument.source {
        Source::Parameter(position) => Some(*position),
        Source::ParameterColumn(cell) => Some(cell.field),
        _ => None,
    });
    let mut positions: Vec<u32> = named.chain(kind.parameters.iter().copied()).collect();
    let mut seen = HashSet::new();
    positions.retain(|position| seen.insert(*position));
    let entries = positions.into_iter().flat_map(|position| {
        let position = position as usize;
        let rows = rows_of_step(kind, values, position, calculation, ruleset);
        let view = move |entry| parameter(ruleset, wording, position, entry);
        rows.into_iter().filter_map(view)
    });
    entries.collect()
}

fn take(room: &mut Room, view: &StepView<'_>) -> Result<(), AnswerTooLong> {
    let formula = [&view.formula, &view.result].into_iter().flatten().map(String::as_str);
    room.take([view.text.as_str()].into_iter().chain(formula).chain(view.citation))?;
    for argument in &view.arguments {
        room.take([argument.name].into_iter().chain(argument.value.as_deref()))?;
    }
    for parameter in &view.parameters {
        room.take_bytes(parameter_bytes(parameter))?;
    }
    Ok(())
}

/// A value for programs.
fn argument_text(
    value: &Scalar,
    unit: Option<&str>,
    manifest: &Manifest,
    wording: Wording<'_>,
) -> Option<String> {
    match value {
        // The engine refuses a choice in a step, which has no declared list of choices.
        Scalar::None | Scalar::Choice(_) => None,
        Scalar::Boolean(value) => Some(wording.words().boolean(*value).into_owned()),
        Scalar::Integer(value) => Some(value.to_string()),
        Scalar::Decimal(value) => exact(*value).map(|value| number_text(value, unit, manifest)),
        Scalar::Text(text) => Some(wording.labels().subject(text).to_owned()),
        Scalar::Date(date) => Some(date_text(*date)),
        Scalar::DateTime(moment) => Some(date_time_text(moment)),
    }
}

/// The entries of a parameter that a step has used: those that the calculation rests on. The step has
/// used the rows that it shows, or those with the cell that it shows. Of a table with a key that no
/// fact selects, the calculation rests on the rows of every key; the step has used those that it names
/// itself, by an argument with the name of the key column or by its own name: a step `pension` has
/// used the row of the branch `pension`. One that names none may have used any.
fn rows_of_step<'a>(
    kind: &StepKind,
    values: &[Value],
    position: usize,
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
) -> Vec<&'a Entry> {
    let mut entries =
        ruleset.parameters().used(&calculation.in_force, position, &calculation.facts);
    let field = ruleset.description().parameters.get(position);
    let Some(Shape::Table(table)) = field.map(|field| &field.shape) else { return entries };
    let mut keep = |is_used: &dyn Fn(&Entry) -> bool| {
        if entries.iter().any(|entry| is_used(entry)) {
            entries.retain(|entry| is_used(entry));
        }
    };
    for (argument, value) in kind.arguments.iter().zip(values) {
        match (&argument.source, value) {
            (Source::Parameter(shown), Value::Table(rows)) if *shown as usize == position => {
                let is_shown = |row: &Vec<Scalar>| rows.contains(row);
                keep(&|entry| entry.rows().iter().any(is_shown));
            }
            (Source::ParameterColumn(cell), Value::Scalar(value))
                if cell.field as usize == position =>
            {
                let has = |row: &Vec<Scalar>| {
                    row.get(cell.column as usize).is_some_and(|cell| formula::is_same(value, cell))
                };
                keep(&|entry| entry.rows().iter().any(has));
            }
            _ => {}
        }
    }
    let keys = table.columns.iter().enumerate();
    for (place, column) in keys.filter(|(_, column)| column.key && column.selected_by.is_none()) {
        let argument = kind.arguments.iter().position(|argument| argument.name == column.name);
        let named = argument.and_then(|argument| values.get(argument));
        keep(&|entry| match (entry.row().and_then(|row| row.get(place)), named) {
            (Some(Scalar::Choice(choice)), Some(Value::Scalar(Scalar::Text(name)))) => {
                choice_name(&column.kind, *choice) == name
            }
            (Some(Scalar::Choice(choice)), None) => choice_name(&column.kind, *choice) == kind.name,
            (Some(cell), Some(Value::Scalar(named))) => cell == named,
            _ => false,
        });
    }
    entries
}
