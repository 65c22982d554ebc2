//! Facts and values of the law with their labels, as people read them.

use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, ScalarKind, Shape};
use stele_ruleset::{
    FieldLabel, ParameterView, Ruleset, Wording, date_from_text, date_time_from_text,
    decimal_from_text,
};
use stele_words::{Message, Phrase, Words};

use super::document::{ExplainedFact, ExplainedParameter, Shown};
use crate::result::{FactOrigin, ResultContent};

/// What a value is shown with: its version, and the languages of the reader.
pub(super) struct Reader<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) wording: Wording<'a>,
}

impl Reader<'_> {
    /// The facts that were used, in the order in which the rule declares them.
    pub(super) fn facts(&self, content: &ResultContent) -> Vec<ExplainedFact> {
        let language = self.wording.labels();
        let fields = self.ruleset.description().facts.iter().enumerate();
        let facts = fields.filter_map(|(position, field)| {
            let value = content.facts.get(&field.name)?;
            let labels = language.fact(position);
            let origin = content.origins.get(&field.name).cloned();
            let origin = origin.unwrap_or(FactOrigin::Given);
            Some(ExplainedFact {
                name: field.name.clone(),
                label: label(field, labels),
                shown: self.shown(field, labels, value),
                value: value.clone(),
                unit: field.unit.as_deref().map(|unit| language.unit(unit).to_owned()),
                origin_text: in_words(&origin, self.wording.words()),
                origin,
            })
        });
        // An empty table says nothing to anybody.
        facts.filter(|fact| fact.value.as_array().is_none_or(|rows| !rows.is_empty())).collect()
    }

    /// A value of the law.
    pub(super) fn parameter(&self, view: &ParameterView<'_>) -> ExplainedParameter {
        let fields = &self.ruleset.description().parameters;
        let position = fields.iter().position(|field| field.name == view.name);
        let field = position.and_then(|position| fields.get(position));
        let labels = position.and_then(|position| self.wording.labels().parameter(position));
        let shown = match field {
            Some(field) => self.shown(field, labels, &view.value),
            None => Shown::Text(plain(&view.value)),
        };
        ExplainedParameter {
            name: view.name.to_owned(),
            label: view.label_with_key(self.wording.words()),
            from: view.from.clone(),
            until: view.until.clone(),
            in_force: in_force(view, self.wording.words()),
            value: view.value.clone(),
            shown,
            unit: view.unit_label.or(view.unit).map(str::to_owned),
            source: view.source.to_owned(),
            unconfirmed: view.unconfirmed,
        }
    }

    fn shown(&self, field: &Field, labels: Option<&FieldLabel>, value: &Json) -> Shown {
        match (&field.shape, value) {
            (Shape::Scalar(kind), value) => {
                Shown::Text(self.scalar(kind, &field.name, field.unit.as_deref(), value))
            }
            (Shape::Table(table), Json::Array(rows)) => {
                let rows = rows.iter().filter_map(Json::as_object);
                self.table(field, labels, &table.columns, rows.collect())
            }
            (Shape::Table(table), Json::Object(row)) => {
                self.table(field, labels, &table.columns, vec![row])
            }
            (Shape::Table(_), other) => Shown::Text(plain(other)),
        }
    }

    /// Only the columns in which something stands, without the key, which is in the label.
    fn table(
        &self,
        field: &Field,
        labels: Option<&FieldLabel>,
        columns: &[Column],
        rows: Vec<&Map<String, Json>>,
    ) -> Shown {
        let used: Vec<(usize, &Column)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.key)
            .filter(|(_, column)| rows.iter().any(|row| row.contains_key(&column.name)))
            .collect();
        let heading = |(position, column): &(usize, &Column)| {
            let label = labels.and_then(|labels| labels.columns.get(*position));
            let label = label.map_or(&*column.name, String::as_str);
            match &column.unit {
                Some(unit) => self.wording.words().say(Message::InBrackets {
                    name: label,
                    more: self.wording.labels().unit(unit),
                }),
                None => label.to_owned(),
            }
        };
        let cell = |row: &Map<String, Json>, column: &Column| {
            let path = format!("{}.{}", field.name, column.name);
            let value = row.get(&column.name);
            value.map_or_else(String::new, |value| {
                self.scalar(&column.kind, &path, column.unit.as_deref(), value)
            })
        };
        Shown::Table {
            columns: used.iter().map(heading).collect(),
            rows: rows
                .into_iter()
                .map(|row| used.iter().map(|(_, column)| cell(row, column)).collect())
                .collect(),
        }
    }

    fn scalar(&self, kind: &ScalarKind, path: &str, unit: Option<&str>, value: &Json) -> String {
        let (labels, words) = (self.wording.labels(), self.wording.words());
        let shown = match (kind, value) {
            (_, Json::Bool(value)) => Some(words.boolean(*value).into_owned()),
            (ScalarKind::Choice(_), Json::String(choice)) => {
                Some(labels.choice(path, choice).to_owned())
            }
            (ScalarKind::Decimal(_), Json::String(text)) => decimal_from_text(text)
                .ok()
                .map(|value| self.wording.number(value, unit, self.ruleset.manifest())),
            (ScalarKind::Integer(_), Json::String(text)) => {
                text.parse().ok().map(|value| self.wording.integer(value, unit))
            }
            (ScalarKind::Date, Json::String(text)) => date_from_text(text).map(|on| words.day(on)),
            (ScalarKind::DateTime, Json::String(text)) => {
                date_time_from_text(text).and_then(|moment| self.wording.moment(&moment))
            }
            _ => None,
        };
        shown.unwrap_or_else(|| plain(value))
    }
}

/// Where a fact came from.
fn in_words(origin: &FactOrigin, words: &Words) -> String {
    match origin {
        FactOrigin::Given => words.phrase(Phrase::Given).into(),
        FactOrigin::CalculationDate => words.phrase(Phrase::CalculationDate).into(),
        FactOrigin::Employee { since, revision } => {
            words.say(Message::FromEmployee { since: *since, revision: *revision })
        }
    }
}

/// Since when, and until when, a value of the law holds.
fn in_force(view: &ParameterView<'_>, words: &Words) -> String {
    let until = view.until.as_deref().and_then(date_from_text);
    match (date_from_text(&view.from), until) {
        (Some(from), Some(until)) => words.say(Message::InForceFromUntil { from, until }),
        (Some(from), None) => words.say(Message::InForceSince { from }),
        (None, _) => view.from.clone(),
    }
}

fn label(field: &Field, labels: Option<&FieldLabel>) -> String {
    labels.map_or_else(|| field.name.clone(), |labels| labels.label.clone())
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
