//! Whether the rule accepts its parameters on every day of the horizon: the evaluator is created
//! once for every different set, so that a contradiction (weights that do not add up) is found
//! now and not when somebody is paid. And whether all of them are written.

use std::collections::HashSet;

use stele_compute::Turn;
use stele_engine::contract::{Description, Scalar};
use stele_engine::{Engine, Failure, Rule};

use super::{Failed, fresh};
use crate::calculation::FaultReport;
use crate::defect::Defect;
use crate::package::PARAMETERS_FILE;
use crate::parameters::{Content, Parameters};
use crate::texts::UNWRITTEN;

/// Days that are reported where the rule refuses its parameters; one cause usually spoils many.
const MOST_DAYS: usize = 20;

/// The texts among the values, and the notes, that are still to be written. Values of any other kind
/// that are not written are none, and sources are looked at with the citations.
pub(super) fn unwritten(description: &Description, parameters: &Parameters) -> Vec<Defect> {
    let is_open = |text: &str| text.contains(UNWRITTEN);
    let is_open_cell = |cell: &Scalar| matches!(cell, Scalar::Text(text) if is_open(text));
    let mut defects = Vec::new();
    for (position, field) in description.parameters.iter().enumerate() {
        for (place, entry) in parameters.series(position).into_iter().flat_map(|s| s.written()) {
            let value_is_open = match &entry.content {
                Content::Scalar(value) => is_open_cell(value),
                Content::Rows(rows) => rows.iter().flatten().any(is_open_cell),
            };
            if value_is_open || entry.note.as_deref().is_some_and(is_open) {
                let found = format!("one that is still {UNWRITTEN}");
                let key = format!("{}[{place}]", field.name);
                defects.push(Defect::new(PARAMETERS_FILE, key, "a text", found));
            }
        }
    }
    defects
}

/// How many different sets there are, all accepted.
pub(super) async fn accepted(
    engine: &Engine,
    rule: &Rule,
    parameters: &Parameters,
    turn: Turn,
) -> Result<usize, Failed> {
    let description = rule.description();
    let mut accepted = HashSet::new();
    let mut defects = Vec::new();
    for day in parameters.changes() {
        let in_force = parameters.pick(description, *day);
        if !accepted.insert(in_force.digest()) {
            continue;
        }
        turn.pass().await;
        match fresh(engine, rule, in_force.values()).await {
            Ok(lease) => drop(lease),
            Err(Failure::Fault(fault)) => {
                let report = FaultReport::of(fault, description, parameters, &in_force);
                let place = report.parameter.or(report.pointer).unwrap_or_default();
                defects.push(Defect::new(
                    PARAMETERS_FILE,
                    place,
                    "parameters that the rule accepts",
                    format!("on {day}: {}", report.message),
                ));
            }
            Err(failure) => return Err(Failed::because(format!("on {day}: {failure}"))),
        }
        if defects.len() == MOST_DAYS {
            break;
        }
    }
    if defects.is_empty() {
        Ok(accepted.len())
    } else {
        Err(Failed::defects("the rule refuses its parameters", defects))
    }
}
