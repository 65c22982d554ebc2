//! Steps as sentences and formulas, with the dated values of the law that they used.

use std::collections::HashSet;

use stele_engine::contract::{Description, Scalar, Shape, Source, StepKind, Target, Value};

use super::parameter::{parameter, parameter_bytes};
use super::view::{ArgumentView, ParameterView, StepView};
use crate::calculation::Calculation;
use crate::formula::{self, Effort, Reader, shown_value};
use crate::length::{AnswerTooLong, Room};
use crate::manifest::Manifest;
use crate::moment::{date_text, date_time_text};
use crate::number::exact;
use crate::outcome::Step;
use crate::parameters::Entry;
use crate::scalar::choice_name;
use crate::version::Ruleset;
use crate::wording::{NO_VALUE, Wording, number_text};

pub(super) fn steps<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
    room: &mut Room,
) -> Result<Vec<StepView<'a>>, AnswerTooLong> {
    let language = wording.labels();
    let description = ruleset.description();
    let currency = ruleset.manifest().currency.as_deref();
    let effort = Effort::new();
    let calculated = ruleset.calculated(calculation);
    let reader = Reader { calculated, effort: &effort, wording };
    let leads_to = lines(&calculation.outcome.steps, description);
    let steps = calculation.outcome.steps.iter().zip(leads_to).filter_map(|(step, line)| {
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
            line,
            citation: citation.map(|citation| language.citation(citation)),
            arguments,
            parameters: parameters(kind, &step.values, calculation, ruleset, wording),
        };
        Some(take(room, &view).map(|()| view))
    });
    steps.collect()
}

/// The line that each step leads to: its own or, where it gives a figure and names none, that of the
/// next step that names the figure.
fn lines(steps: &[Step], description: &Description) -> Vec<Option<usize>> {
    let kind = |step: &Step| description.steps.get(step.kind);
    let mut lines: Vec<Option<usize>> = steps.iter().map(|step| step.line).collect();
    // The line of the next step that names the figure, as far as one does.
    let mut next: Vec<Option<usize>> = vec![None; description.figures.len()];
    for (step, line) in steps.iter().zip(&mut lines).rev() {
        let Some(kind) = kind(step) else { continue };
        if let Some(Target::Figure(given)) = kind.formula.as_ref().map(|formula| &formula.gives)
            && let Some(place) = next.get_mut(*given as usize)
        {
            let leads_to = place.take();
            *line = line.or(leads_to);
        }
        for argument in &kind.arguments {
            if let Source::Figure(named) = argument.source
                && let Some(place) = next.get_mut(named as usize)
                && line.is_some()
            {
                *place = *line;
            }
        }
    }
    lines
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

#[cfg(test)]
mod tests {
    use stele_engine::contract::{Argument, Figure, Formula};

    use super::*;

    /// A kind of step that gives one figure and names others.
    fn kind(gives: u32, names: &[u32]) -> StepKind {
        let argument = |figure: &u32| Argument {
            name: format!("figure_{figure}"),
            unit: None,
            source: Source::Figure(*figure),
        };
        StepKind {
            name: format!("gives_{gives}"),
            text: None,
            formula: Some(Formula { gives: Target::Figure(gives), tokens: Vec::new() }),
            citation: None,
            arguments: names.iter().map(argument).collect(),
            parameters: Vec::new(),
        }
    }

    #[test]
    fn a_step_that_gives_a_figure_leads_to_the_line_of_the_next_step_that_names_it() {
        let figure = |at: u32| Figure {
            name: format!("figure_{at}"),
            meaning: "A figure.".to_owned(),
            unit: None,
            citation: None,
        };
        let description = Description {
            name: "rule".to_owned(),
            meaning: "A rule.".to_owned(),
            facts: Vec::new(),
            parameters: Vec::new(),
            items: Vec::new(),
            figures: (0..4).map(figure).collect(),
            findings: Vec::new(),
            steps: vec![kind(0, &[]), kind(1, &[0]), kind(2, &[1]), kind(3, &[])],
        };
        let step = |kind: usize, line| Step { kind, line, values: Vec::new(), result: None };
        let steps = [
            step(0, None),
            step(1, None),
            step(2, Some(7)),
            // The same once more, for another line.
            step(0, None),
            step(1, None),
            step(2, Some(8)),
            // What nothing uses leads nowhere, and so does what only that uses.
            step(3, None),
            step(0, None),
        ];
        let (seven, eight) = (Some(7), Some(8));
        let expected = [seven, seven, seven, eight, eight, eight, None, None];
        assert_eq!(lines(&steps, &description), expected);
    }
}
