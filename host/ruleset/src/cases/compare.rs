//! What came out against what was expected, line by line, so that a lawyer can read it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use stele_engine::contract::Description;

use super::{Expected, ExpectedFinding, Mismatch};
use crate::calculation::CalculationError;
use crate::number::normal_text;
use crate::outcome::{Finding, Outcome};

pub(super) fn differences(
    expected: &Expected,
    description: &Description,
    answer: Result<&Outcome, &CalculationError>,
) -> Vec<Mismatch> {
    match (expected, answer) {
        (Expected::Outcome { complete, lines, findings }, Ok(outcome)) => {
            let mut differences = compare_lines(*complete, lines, description, outcome);
            differences.extend(compare_findings(findings, description, &outcome.findings));
            differences
        }
        (Expected::Outcome { .. }, Err(error)) => {
            vec![Mismatch::of("answer", "an outcome", format!("a refusal: {}", refusal(error)))]
        }
        (Expected::Fault { pointer, contains }, Ok(_)) => {
            let expected = format!("a refusal{}", at(pointer, contains));
            vec![Mismatch::of("answer", expected, "an outcome")]
        }
        (Expected::Fault { pointer, contains }, Err(error)) => {
            if refuses(error, pointer.as_deref(), contains.as_deref()) {
                Vec::new()
            } else {
                let expected = format!("a refusal{}", at(pointer, contains));
                vec![Mismatch::of("answer", expected, format!("a refusal: {}", refusal(error)))]
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
        // A trap, exhausted fuel or a wrong explanation is no refusal, whatever its message says.
        CalculationError::Failure(_) | CalculationError::Disagreement(_) => false,
    }
}

fn compare_lines(
    complete: bool,
    expected: &BTreeMap<(String, Option<String>), Decimal>,
    description: &Description,
    outcome: &Outcome,
) -> Vec<Mismatch> {
    let mut found = found_lines(description, outcome);
    let mut differences = Vec::new();
    for ((item, subject), amount) in expected {
        let about = line_name(item, subject.as_deref());
        let other = found.remove(&(item.as_str(), subject.as_deref()));
        if other == Some(*amount) {
            continue;
        }
        let note = other.and_then(|other| other.checked_sub(*amount)).map(|more| {
            if more.is_sign_positive() {
                format!("{} more", normal_text(more))
            } else {
                format!("{} less", normal_text(-more))
            }
        });
        differences.push(Mismatch {
            about,
            expected: Some(amount.to_string()),
            found: other.map(|other| other.to_string()),
            note,
        });
    }
    if complete {
        for ((item, subject), amount) in found {
            differences.push(Mismatch {
                about: line_name(item, subject),
                expected: None,
                found: Some(amount.to_string()),
                note: None,
            });
        }
    }
    differences
}

/// The amounts that came out, by item and subject.
pub(super) fn found_lines<'a>(
    description: &'a Description,
    outcome: &'a Outcome,
) -> BTreeMap<(&'a str, Option<&'a str>), Decimal> {
    let mut found = BTreeMap::new();
    for line in &outcome.lines {
        let item = description.items.get(line.item).map_or("", |item| &*item.name);
        found.insert((item, line.subject.as_deref()), line.amount);
    }
    found
}

/// The key of a line in a case.
pub(super) fn line_name(item: &str, subject: Option<&str>) -> String {
    match subject {
        Some(subject) => format!("{item}/{subject}"),
        None => item.to_owned(),
    }
}

fn compare_findings(
    expected: &[ExpectedFinding],
    description: &Description,
    found: &[Finding],
) -> Vec<Mismatch> {
    let Matched { unmet, unexpected } = match_findings(expected, description, found);
    let missing = unmet.iter().filter_map(|index| expected.get(*index)).map(|expected| Mismatch {
        about: "finding".to_owned(),
        expected: Some(shown_expected(expected)),
        found: None,
        note: None,
    });
    let more = unexpected.iter().filter_map(|index| found.get(*index)).map(|finding| Mismatch {
        about: "finding".to_owned(),
        expected: None,
        found: Some(shown(name(description, finding), finding)),
        note: None,
    });
    missing.chain(more).collect()
}

/// What is left when every expectation has the finding that meets it.
pub(super) struct Matched {
    /// Positions of expectations that no finding meets.
    pub(super) unmet: Vec<usize>,
    /// Positions of findings that nobody expects.
    pub(super) unexpected: Vec<usize>,
}

pub(super) fn match_findings(
    expected: &[ExpectedFinding],
    description: &Description,
    found: &[Finding],
) -> Matched {
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
    let unmet = (0..expected.len())
        .filter(|index| {
            let mut tried = vec![false; found.len()];
            !place(*index, expected, found, &fits, &mut met_by, &mut tried)
        })
        .collect();
    let unexpected = (0..found.len()).filter(|index| met_by[*index].is_none()).collect();
    Matched { unmet, unexpected }
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

/// The declared name of a finding.
pub(super) fn name<'a>(description: &'a Description, finding: &Finding) -> &'a str {
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
