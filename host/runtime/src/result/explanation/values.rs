//! Facts and values of the law with their labels, as people read them.

use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, ScalarKind, Shape};
use stele_ruleset::{
    FieldLabel, Language, ParameterView, Ruleset, decimal_from_text, in_brackets, number_text,
};

use super::{
    document::{ExplainedFact, ExplainedParameter, Shown},
    words::Words,
};
use crate::result::{FactOrigin, ResultContent};

/// What a value is shown with: its version, its language, and the words for yes and no.
pub(super) struct Reader<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) language: &'a Language,
    pub(super) words: &'static Words,
}

impl Reader<'_> {
    /// The facts that were used, in the order in which the rule declares them.
    pub(super) fn facts(&self, content: &ResultContent) -> Vec<ExplainedFact> {
        let fields = self.ruleset.description().facts.iter().enumerate();
        let facts = fields.filter_map(|(position, field)| {
            let value = content.facts.get(&field.name)?;
            let labels = self.language.fact(position);
            let origin = content.origins.get(&field.name).cloned();
            let origin = origin.unwrap_or(FactOrigin::Given);
            Some(ExplainedFact {
                name: field.name.clone(),
                label: label(field, labels),
                shown: self.shown(field, labels, value),
                value: value.clone(),
                unit: field.unit.as_deref().map(|unit| self.language.unit(unit).to_owned()),
                origin_text: self.words.origin(&origin),
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
        let labels = position.and_then(|position| self.language.parameter(position));
        let shown = match field {
            Some(field) => self.shown(field, labels, &view.value),
            None => Shown::Text(plain(&view.value)),
        };
        ExplainedParameter {
            name: view.name.to_owned(),
            label: view.label_with_key(self.language.tag()),
            from: view.from.clone(),
            until: view.until.clone(),
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
                Some(unit) => in_brackets(self.language.tag(), label, self.language.unit(unit)),
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
        match (kind, value) {
            (_, Json::Bool(value)) => self.words.boolean(*value).to_owned(),
            (ScalarKind::Choice(_), Json::String(choice)) => {
                self.language.choice(path, choice).to_owned()
            }
            (ScalarKind::Decimal(_), Json::String(text)) => decimal_from_text(text).map_or_else(
                |_| text.clone(),
                |value| number_text(value, unit, self.ruleset.manifest()),
            ),
            (_, other) => plain(other),
        }
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
