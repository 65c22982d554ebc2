//! Steps as sentences, with the dated values of the law that they used.

use stele_engine::contract::{Scalar, Shape, StepKind};

use super::parameter::{parameter, parameter_bytes};
use super::view::{ArgumentView, ParameterView, StepView};
use super::wording::Wording;
use super::{NO_VALUE, number_text};
use crate::calculation::Calculation;
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
    let steps = calculation.outcome.steps.iter().filter_map(|step| {
        let kind = description.steps.get(step.kind)?;
        let arguments: Vec<ArgumentView<'a>> = kind
            .arguments
            .iter()
            .zip(&step.values)
            .map(|(argument, value)| {
                let unit = argument.unit.as_deref();
                let value = argument_text(value, unit, ruleset.manifest(), wording);
                ArgumentView { name: &argument.name, value, unit }
            })
            .collect();
        let text = language.step(step.kind).map(|sentence| {
            sentence.fill(|name| {
                let named = kind.arguments.iter().zip(&step.values);
                let mut named = named.filter(|(argument, _)| argument.name == name);
                let shown = named.next().and_then(|(argument, value)| {
                    shown(value, argument.unit.as_deref(), ruleset.manifest(), wording)
                });
                shown.unwrap_or_else(|| NO_VALUE.to_owned())
            })
        });
        let parameters: Vec<ParameterView<'a>> = kind
            .parameters
            .iter()
            .flat_map(|position| {
                let position = *position as usize;
                let rows = rows_of_step(kind, &step.values, position, calculation, ruleset);
                let view = move |entry| parameter(ruleset, wording, position, entry);
                rows.into_iter().filter_map(view)
            })
            .collect();
        let view = StepView {
            code: &kind.name,
            text: text.unwrap_or_default(),
            line: step.line,
            citation: kind.citation.as_deref().map(|citation| language.citation(citation)),
            arguments,
            parameters,
        };
        Some(take(room, &view).map(|()| view))
    });
    steps.collect()
}

fn take(room: &mut Room, view: &StepView<'_>) -> Result<(), AnswerTooLong> {
    room.take([view.text.as_str()].into_iter().chain(view.citation))?;
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

/// The same value in a sentence for people.
fn shown(
    value: &Scalar,
    unit: Option<&str>,
    manifest: &Manifest,
    wording: Wording<'_>,
) -> Option<String> {
    match value {
        Scalar::Integer(value) => Some(wording.integer(*value, unit)),
        Scalar::Decimal(value) => exact(*value).map(|value| wording.number(value, unit, manifest)),
        Scalar::Date(day) => wording.day(*day),
        Scalar::DateTime(moment) => wording.moment(moment),
        other => argument_text(other, unit, manifest, wording),
    }
}

/// The values of a parameter that a step has used: those that the calculation rests on. Of a table
/// with a key that no fact selects, the calculation rests on the rows of every key; the step has used
/// those that it names itself, by an argument with the name of the key column or by its own name: a
/// step `pension` has used the row of the branch `pension`. One that names none may have used any.
fn rows_of_step<'a>(
    kind: &StepKind,
    values: &[Scalar],
    position: usize,
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
) -> Vec<&'a Entry> {
    let mut rows = ruleset.parameters().used(&calculation.in_force, position, &calculation.facts);
    let field = ruleset.description().parameters.get(position);
    let Some(Shape::Table(table)) = field.map(|field| &field.shape) else { return rows };
    let keys = table.columns.iter().enumerate();
    for (place, column) in keys.filter(|(_, column)| column.key && column.selected_by.is_none()) {
        let argument = kind.arguments.iter().position(|argument| argument.name == column.name);
        let named = argument.and_then(|argument| values.get(argument));
        let is_named = |entry: &Entry| match (entry.row().and_then(|row| row.get(place)), named) {
            (Some(Scalar::Choice(choice)), Some(Scalar::Text(name))) => {
                choice_name(&column.kind, *choice) == name
            }
            (Some(Scalar::Choice(choice)), None) => choice_name(&column.kind, *choice) == kind.name,
            (Some(cell), Some(named)) => cell == named,
            _ => false,
        };
        if rows.iter().any(|entry| is_named(entry)) {
            rows.retain(|entry| is_named(entry));
        }
    }
    rows
}
