//! What a rule declares, as named properties that can be compared and read.

use stele_engine::contract::{
    Column, Description, Field, Figure, FindingKind, Item, Origin, ScalarKind, Severity, Shape,
};

use super::{Named, Properties, named};
use crate::formula::declared_formula;
use crate::scalar::expectation;

pub(super) fn fields(old: &[Field], new: &[Field]) -> Vec<Named> {
    compare(old, new, |field| (&field.name, field_properties(field)))
}

pub(super) fn items(old: &[Item], new: &[Item]) -> Vec<Named> {
    compare(old, new, |item| {
        let mut properties = List::default();
        properties.add("category", &item.category);
        properties.maybe("unit", item.unit.as_deref());
        properties.maybe("citation", item.citation.as_deref());
        properties.add("meaning", &item.meaning);
        (&item.name, properties)
    })
}

pub(super) fn findings(old: &[FindingKind], new: &[FindingKind]) -> Vec<Named> {
    compare(old, new, |finding| {
        let mut properties = List::default();
        properties.add("severity", severity(finding.severity));
        properties.maybe("unit", finding.unit.as_deref());
        properties.maybe("citation", finding.citation.as_deref());
        properties.add("meaning", &finding.meaning);
        (&finding.name, properties)
    })
}

pub(super) fn figures(old: &[Figure], new: &[Figure]) -> Vec<Named> {
    compare(old, new, |figure| {
        let mut properties = List::default();
        properties.maybe("unit", figure.unit.as_deref());
        properties.maybe("citation", figure.citation.as_deref());
        properties.add("meaning", &figure.meaning);
        (&figure.name, properties)
    })
}

pub(super) fn steps(old: &Description, new: &Description) -> Vec<Named> {
    let properties = |description: &Description| -> Properties {
        let steps = description.steps.iter().map(|step| {
            let mut properties = List::default();
            properties.maybe("text", step.text.as_deref());
            properties.maybe("formula", declared_formula(step, description).as_deref());
            properties.maybe("citation", step.citation.as_deref());
            (step.name.clone(), properties.0)
        });
        steps.collect()
    };
    named(&properties(old), &properties(new))
}

/// The word for how grave a finding is.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Breach => "breach",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[derive(Default)]
struct List(Vec<(String, String)>);

impl List {
    fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    fn maybe(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

fn compare<T>(old: &[T], new: &[T], read: impl Fn(&T) -> (&String, List)) -> Vec<Named> {
    let properties = |list: &[T]| -> Properties {
        list.iter().map(&read).map(|(name, List(list))| (name.clone(), list)).collect()
    };
    named(&properties(old), &properties(new))
}

fn field_properties(field: &Field) -> List {
    let mut properties = List::default();
    match &field.shape {
        Shape::Scalar(kind) => {
            properties.add("type", kind_text(kind));
            choices(&mut properties, "choice", kind);
        }
        Shape::Table(table) => {
            properties.add("type", format!("a table of at most {} rows", table.maximum_rows));
            for column in &table.columns {
                properties.add(format!("column {}", column.name), column_text(column));
                choices(&mut properties, &format!("choice of {}", column.name), &column.kind);
            }
        }
    }
    properties.maybe("unit", field.unit.as_deref());
    properties.add("required", if field.required { "yes" } else { "no" });
    if field.origin == Origin::CalculationDate {
        properties.add("provided by", "the date of the calculation");
    }
    properties.add("meaning", &field.meaning);
    properties
}

/// What a fact is, in words: two facts of one name that read alike take the same values.
pub fn fact_type(field: &Field) -> String {
    match &field.shape {
        Shape::Scalar(kind) => expectation(kind),
        Shape::Table(table) => {
            let columns = table.columns.iter().map(|column| {
                let optional = if column.required { "" } else { ", optional" };
                format!("{} ({}{optional})", column.name, expectation(&column.kind))
            });
            let columns = columns.collect::<Vec<_>>().join(", ");
            format!("a table of at most {} rows: {columns}", table.maximum_rows)
        }
    }
}

/// The choices are properties of their own: a list that is cut would hide one that went.
fn choices(properties: &mut List, what: &str, kind: &ScalarKind) {
    if let ScalarKind::Choice(choices) = kind {
        for choice in choices {
            properties.add(format!("{what} {}", choice.name), &choice.meaning);
        }
    }
}

fn kind_text(kind: &ScalarKind) -> String {
    match kind {
        ScalarKind::Choice(_) => "a choice".to_owned(),
        other => expectation(other),
    }
}

fn column_text(column: &Column) -> String {
    let unit = column.unit.as_ref().map(|unit| format!(", in {unit}")).unwrap_or_default();
    let required = if column.required { "" } else { ", optional" };
    let key = if column.key { ", part of the key" } else { "" };
    format!("{}{unit}{required}{key}: {}", kind_text(&column.kind), column.meaning)
}
