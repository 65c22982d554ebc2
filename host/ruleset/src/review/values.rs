//! What must be known, what is not covered, and the values of the law in force on a day.

use serde_json::Value as Json;
use stele_engine::contract::{Field, Origin, ScalarKind, Shape};
use stele_words::{Message, Words};

use super::Reviewer;
use super::document::{ReviewedFact, ReviewedGap, ReviewedSource, ReviewedValue};
use crate::parameters::{Entry, InForce};
use crate::render::{Shown, Values, entry_json};
use crate::texts::FieldLabel;

/// Most rows of a table that are shown: more are read in the file, and would make a page that no
/// printer takes.
const MOST_ROWS: usize = 1_000;

impl Reviewer<'_> {
    /// How values are written.
    pub(super) fn written(&self) -> Values<'_> {
        Values { wording: self.wording, manifest: self.ruleset.manifest() }
    }

    /// What is not covered.
    pub(super) fn gaps(&self) -> Vec<ReviewedGap> {
        let labels = self.wording.labels();
        let left_out = self.ruleset.manifest().leaves_out.iter().enumerate();
        let gap = left_out.map(|(position, left_out)| {
            let when = left_out.when.iter().map(|condition| {
                let fact = condition.fact.split('.').map(|name| self.labels.text(name));
                let choices =
                    condition.choices.iter().map(|choice| labels.choice(&condition.fact, choice));
                let (fact, choices): (Vec<_>, Vec<_>) = (fact.collect(), choices.collect());
                match choices.as_slice() {
                    [] => fact.join(": "),
                    choices => format!("{}: {}", fact.join(": "), choices.join(", ")),
                }
            });
            let what = labels.left_out(position).unwrap_or(&left_out.what);
            ReviewedGap { what: what.to_owned(), when: when.collect() }
        });
        gap.collect()
    }

    /// What a caller must know or may say.
    pub(super) fn facts(&self) -> Vec<ReviewedFact> {
        let language = self.wording.labels();
        let facts = self.ruleset.description().facts.iter().enumerate();
        let asked = facts.filter(|(_, field)| field.origin == Origin::Caller);
        let fact = asked.map(|(position, field)| {
            let labels = language.fact(position);
            ReviewedFact {
                label: label(field, labels),
                meaning: field.meaning.clone(),
                required: field.required,
                unit: field.unit.as_deref().map(|unit| language.unit(unit).to_owned()),
                parts: self.parts(field, labels),
            }
        });
        fact.collect()
    }

    /// The choices of a field, or the columns of a table.
    fn parts(&self, field: &Field, labels: Option<&FieldLabel>) -> Vec<String> {
        let language = self.wording.labels();
        match &field.shape {
            Shape::Scalar(ScalarKind::Choice(choices)) => choices
                .iter()
                .map(|choice| language.choice(&field.name, &choice.name).to_owned())
                .collect(),
            Shape::Scalar(_) => Vec::new(),
            Shape::Table(table) => {
                let label = |(position, name): (usize, &String)| {
                    let label = labels.and_then(|labels| labels.columns.get(position));
                    label.unwrap_or(name).clone()
                };
                table.columns.iter().map(|column| &column.name).enumerate().map(label).collect()
            }
        }
    }

    /// The values of the law that are in force.
    pub(super) fn values(&self, in_force: &InForce) -> Vec<ReviewedValue> {
        let (description, language) = (self.ruleset.description(), self.wording.labels());
        let parameters = description.parameters.iter().enumerate();
        let value = parameters.map(|(position, field)| {
            let labels = language.parameter(position);
            let series = self.ruleset.parameters().series(position);
            let keyed = series.is_some_and(|series| series.is_keyed());
            let entries = series.map(|series| series.entries()).unwrap_or_default();
            let held: Vec<&Entry> =
                in_force.entries(position).iter().filter_map(|at| entries.get(*at)).collect();
            let mut sources: Vec<ReviewedSource> = Vec::new();
            let mut row_sources: Vec<usize> = Vec::new();
            for entry in &held {
                let source = source(entry, self.wording.words());
                let known = sources.iter().position(|known| *known == source);
                row_sources.push(known.unwrap_or(sources.len()));
                if known.is_none() {
                    sources.push(source);
                }
            }
            let mut shown = match held.as_slice() {
                [entry] if !keyed => self.written().shown(field, labels, &entry_json(field, entry)),
                entries => {
                    let rows: Vec<Json> =
                        entries.iter().map(|entry| entry_json(field, entry)).collect();
                    self.written().keyed(field, labels, &rows)
                }
            };
            let mut more_rows = 0;
            if let Shown::Table { rows, .. } = &mut shown {
                more_rows = rows.len().saturating_sub(MOST_ROWS);
                rows.truncate(MOST_ROWS);
                row_sources.truncate(MOST_ROWS);
            }
            if sources.len() < 2 || !keyed {
                row_sources.clear();
            }
            ReviewedValue {
                label: label(field, labels),
                meaning: field.meaning.clone(),
                unit: field.unit.as_deref().map(|unit| language.unit(unit).to_owned()),
                shown,
                row_sources,
                more_rows,
                sources,
            }
        });
        value.collect()
    }
}

/// Where an entry stands, and since when it holds.
fn source(entry: &Entry, words: &Words) -> ReviewedSource {
    let from = entry.from;
    ReviewedSource {
        in_force: match entry.until {
            Some(until) => words.say(Message::InForceFromUntil { from, until }),
            None => words.say(Message::InForceSince { from }),
        },
        source: entry.source.clone(),
        unconfirmed: entry.unconfirmed,
        note: entry.note.clone(),
    }
}

fn label(field: &Field, labels: Option<&FieldLabel>) -> String {
    labels.map_or_else(|| field.name.clone(), |labels| labels.label.clone())
}
