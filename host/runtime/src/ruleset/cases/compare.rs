//! What came out against what was expected, as lines that a lawyer can read.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use stele_engine::contract::Description;

use super::{Expected, ExpectedFinding};
use crate::ruleset::calculation::{Calculation, CalculationError};
use crate::ruleset::number::normal_text;
use crate::ruleset::outcome::Finding;

pub(super) fn differences(
    expected: &Expected,
    description: &Description,
    answer: &Result<Calculation, CalculationError>,
) -> Vec<String> {
    match (expected, answer) {
        (Expected::Outcome { complete, lines, findings }, Ok(calculation)) => {
            let mut differences = compare_lines(*complete, lines, description, calculation);
            let found = &calculation.outcome.findings;
            differences.extend(compare_findings(findings, description, found));
            differences
        }
        (Expected::Outcome { .. }, Err(error)) => {
            vec![format!("expected an outcome, found a refusal: {}", refusal(error))]
        }
        (Expected::Fault { pointer, contains }, Ok(_)) => {
            vec![format!("expected a refusal{}, found an outcome", at(pointer, contains))]
        }
        (Expected::Fault { pointer, contains }, Err(error)) => {
            if refuses(error, pointer.as_deref(), contains.as_deref()) {
                Vec::new()
            } else {
                let expected = at(pointer, contains);
                vec![format!("expected a refusal{expected}, found: {}", refusal(error))]
            }
        }
    }
}

/// The error with every wrong fact, not only the first.
fn refusal(error: &CalculationError) -> String {
    match error {
        CalculationError::InvalidFacts(errors) => {
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

fn at(pointer: &Option<String>, contains: &Option<String>) -> String {
    let pointer = pointer.as_ref().map(|pointer| format!(" of {pointer}"));
    let contains = contains.as_ref().map(|text| format!(" with {text:?}"));
    [pointer, contains].into_iter().flatten().collect()
}

fn refuses(error: &CalculationError, pointer: Option<&str>, contains: Option<&str>) -> bool {
    let matches = |place: Option<&str>, message: &str| {
        pointer.is_none_or(|pointer| place == Some(pointer))
            && contains.is_none_or(|text| message.contains(text))
    };
    match error {
        CalculationError::InvalidFacts(errors) => {
            errors.iter().any(|error| matches(Some(&error.pointer), &error.message))
        }
        CalculationError::Fault(fault) => matches(fault.pointer.as_deref(), &fault.message),
        CalculationError::OutsideHorizon { .. } => matches(None, &error.to_string()),
        // A trap or exhausted fuel is no refusal, whatever its message says.
        CalculationError::Failure(_) => false,
    }
}

fn compare_lines(
    complete: bool,
    expected: &BTreeMap<(String, Option<String>), Decimal>,
    description: &Description,
    calculation: &Calculation,
) -> Vec<String> {
    let mut found: BTreeMap<(&str, Option<&str>), Decimal> = BTreeMap::new();
    for line in &calculation.outcome.lines {
        let item = description.items.get(line.item).map_or("", |item| &*item.name);
        found.insert((item, line.subject.as_deref()), line.amount);
    }
    let mut differences = Vec::new();
    for ((item, subject), amount) in expected {
        let name = line_name(item, subject.as_deref());
        match found.remove(&(item.as_str(), subject.as_deref())) {
            None => differences.push(format!("{name}: expected {amount}, found no such line")),
            Some(other) if other == *amount => {}
            Some(other) => differences.push(format!(
                "{name}: expected {amount}, found {other}{}",
                match other.checked_sub(*amount) {
                    Some(more) if more.is_sign_positive() => {
                        format!(" ({} more)", normal_text(more))
                    }
                    Some(less) => format!(" ({} less)", normal_text(-less)),
                    None => String::new(),
                }
            )),
        }
    }
    if complete {
        for ((item, subject), amount) in found {
            differences.push(format!("{}: not expected, found {amount}", line_name(item, subject)));
        }
    }
    differences
}

fn line_name(item: &str, subject: Option<&str>) -> String {
    match subject {
        Some(subject) => format!("{item}/{subject}"),
        None => item.to_owned(),
    }
}

fn compare_findings(
    expected: &[ExpectedFinding],
    description: &Description,
    found: &[Finding],
) -> Vec<String> {
    let fits = |expected: &ExpectedFinding, found: &Finding| {
        name(description, found) == expected.finding
            && (expected.subject.is_none() || expected.subject == found.subject)
            && (expected.on.is_none() || expected.on == found.on)
            && (expected.limit.is_none() || expected.limit == found.limit)
            && (expected.actual.is_none() || expected.actual == found.actual)
    };
    // For each finding the expectation that it meets. An expectation that leaves things open may
    // have to move on to another finding, so that a narrower one gets its own.
    let mut met_by: Vec<Option<usize>> = vec![None; found.len()];
    let mut differences = Vec::new();
    for index in 0..expected.len() {
        let mut tried = vec![false; found.len()];
        if !place(index, expected, found, &fits, &mut met_by, &mut tried) {
            let expected = &expected[index];
            differences.push(format!("finding {}: expected, not found", shown_expected(expected)));
        }
    }
    for (finding, met) in found.iter().zip(&met_by) {
        if met.is_none() {
            differences.push(format!(
                "finding {}: not expected, found",
                shown(name(description, finding), finding)
            ));
        }
    }
    differences
}

/// Finds a finding for the expectation, moving earlier expectations to other findings if needed.
fn place(
    index: usize,
    expected: &[ExpectedFinding],
    found: &[Finding],
    fits: &impl Fn(&ExpectedFinding, &Finding) -> bool,
    met_by: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for candidate in 0..found.len() {
        if tried[candidate] || !fits(&expected[index], &found[candidate]) {
            continue;
        }
        tried[candidate] = true;
        let free = match met_by[candidate] {
            None => true,
            Some(other) => place(other, expected, found, fits, met_by, tried),
        };
        if free {
            met_by[candidate] = Some(index);
            return true;
        }
    }
    false
}

fn name<'a>(description: &'a Description, finding: &Finding) -> &'a str {
    description.findings.get(finding.kind).map_or("", |kind| &*kind.name)
}

fn shown_expected(expected: &ExpectedFinding) -> String {
    let ExpectedFinding { finding, subject, on, limit, actual } = expected;
    let found =
        Finding { kind: 0, subject: subject.clone(), on: *on, limit: *limit, actual: *actual };
    shown(finding, &found)
}

fn shown(name: &str, finding: &Finding) -> String {
    let parts: Vec<String> = [
        finding.subject.as_ref().map(|subject| format!("subject {subject:?}")),
        finding.on.map(|on| format!("on {on}")),
        finding.limit.map(|limit| format!("limit {limit}")),
        finding.actual.map(|actual| format!("actual {actual}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { name.to_owned() } else { format!("{name} ({})", parts.join(", ")) }
}
