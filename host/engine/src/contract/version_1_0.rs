//! Version 1.0 of the contract, as in `wit/version-1.0/rule.wit`: descriptions without figures, steps
//! that are sentences. Whatever is not here has the same shape in both versions. The types are
//! compared with those of the component when an instance is made.

use wasmtime::component::{ComponentType, Lift};

use super::{Field, Finding, FindingKind, Item, Line, Scalar, Source, Value};

#[derive(Debug, ComponentType, Lift)]
#[component(record)]
pub(crate) struct Description {
    name: String,
    meaning: String,
    facts: Vec<Field>,
    parameters: Vec<Field>,
    items: Vec<Item>,
    findings: Vec<FindingKind>,
    steps: Vec<StepKind>,
}

#[derive(Debug, ComponentType, Lift)]
#[component(record)]
pub(crate) struct StepKind {
    name: String,
    text: String,
    citation: Option<String>,
    arguments: Vec<Argument>,
    parameters: Vec<u32>,
}

#[derive(Debug, ComponentType, Lift)]
#[component(record)]
pub(crate) struct Argument {
    name: String,
    unit: Option<String>,
}

#[derive(Debug, ComponentType, Lift)]
#[component(record)]
pub(crate) struct Outcome {
    lines: Vec<Line>,
    findings: Vec<Finding>,
    steps: Vec<Step>,
}

#[derive(Debug, ComponentType, Lift)]
#[component(record)]
pub(crate) struct Step {
    kind: u32,
    line: Option<u32>,
    values: Vec<Scalar>,
}

impl From<Description> for super::Description {
    fn from(description: Description) -> Self {
        Self {
            name: description.name,
            meaning: description.meaning,
            facts: description.facts,
            parameters: description.parameters,
            items: description.items,
            figures: Vec::new(),
            findings: description.findings,
            steps: description.steps.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<StepKind> for super::StepKind {
    fn from(kind: StepKind) -> Self {
        Self {
            name: kind.name,
            text: Some(kind.text),
            formula: None,
            citation: kind.citation,
            arguments: kind.arguments.into_iter().map(Into::into).collect(),
            parameters: kind.parameters,
        }
    }
}

impl From<Argument> for super::Argument {
    fn from(argument: Argument) -> Self {
        Self { name: argument.name, unit: argument.unit, source: Source::Own }
    }
}

impl From<Outcome> for super::Outcome {
    fn from(outcome: Outcome) -> Self {
        Self {
            lines: outcome.lines,
            findings: outcome.findings,
            steps: outcome.steps.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Step> for super::Step {
    fn from(step: Step) -> Self {
        Self {
            kind: step.kind,
            line: step.line,
            values: step.values.into_iter().map(Value::Scalar).collect(),
            result: None,
        }
    }
}
