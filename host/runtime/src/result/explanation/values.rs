//! Facts and values of the law with their labels, as people read them.

use stele_engine::contract::Field;
use stele_ruleset::{FieldLabel, ParameterView, Ruleset, Shown, Values, Wording, date_from_text};
use stele_words::{Message, Phrase, Words};

use super::document::{ExplainedFact, ExplainedParameter};
use crate::result::{FactOrigin, ResultContent};

/// What a value is shown with: its version, and the languages of the reader.
pub(super) struct Reader<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) wording: Wording<'a>,
}

impl Reader<'_> {
    fn values(&self) -> Values<'_> {
        Values { wording: self.wording, manifest: self.ruleset.manifest() }
    }

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
                shown: self.values().shown(field, labels, value),
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
            Some(field) => self.values().shown(field, labels, &view.value),
            None => Shown::plain(&view.value),
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
