//! The cases of a version, calculated: what goes in and what comes out.

use std::sync::Arc;

use stele_engine::Engine;

use super::document::ReviewedCase;
use super::{ReviewError, Reviewer};
use crate::calculation::CalculationError;
use crate::cases::Case;
use crate::render::{Shown, View};

/// Most cases that are calculated and shown: ten times those of the largest shipped ruleset.
const MOST_CASES: usize = 1_000;

/// For whom the cases are calculated.
const HOLDER: &str = "review";

impl Reviewer<'_> {
    /// The cases, and how many more there are.
    pub(super) async fn cases(
        &self,
        engine: &Engine,
    ) -> Result<(Vec<ReviewedCase>, usize), ReviewError> {
        let holder = Arc::from(HOLDER);
        let description = self.ruleset.description();
        let (mut shown, mut more) = (Vec::new(), 0);
        for (file, text) in self.package.cases() {
            if shown.len() == MOST_CASES {
                more += 1;
                continue;
            }
            let case = Case::parse(file, text, description).map_err(ReviewError::Case)?;
            let (date, facts) = (case.date, &case.facts);
            let answer = self.ruleset.calculate(engine, &holder, date, facts, false).await;
            let outcome = answer.as_ref().map(|calculation| &calculation.outcome);
            let holds = case.differences(description, outcome).is_empty();
            let mut reviewed = ReviewedCase {
                title: case.title.clone(),
                source: case.source.clone(),
                date: self.wording.words().day(date),
                facts: self.given(&case),
                lines: Vec::new(),
                findings: Vec::new(),
                refused: None,
                holds,
            };
            match &answer {
                Ok(calculation) => match calculation.render(self.ruleset, self.wording) {
                    Ok(view) => self.came_out(&view, &mut reviewed),
                    Err(too_long) => reviewed.refused = Some(too_long.to_string()),
                },
                Err(error) => reviewed.refused = Some(refusal(error)),
            }
            shown.push(reviewed);
        }
        Ok((shown, more))
    }

    /// The facts of a case in the order in which they are declared; whatever has no name at the end.
    fn given(&self, case: &Case) -> Vec<(String, Shown)> {
        let language = self.wording.labels();
        let fields = &self.ruleset.description().facts;
        let declared = fields.iter().enumerate().filter_map(|(position, field)| {
            let value = case.facts.get(&field.name)?;
            let labels = language.fact(position);
            let label = labels.map_or(&*field.name, |labels| &*labels.label).to_owned();
            let shown = match (self.written().shown(field, labels, value), &field.unit) {
                (Shown::Text(text), Some(unit)) => {
                    Shown::Text(format!("{text} {}", language.unit(unit)))
                }
                (shown, _) => shown,
            };
            Some((label, shown))
        });
        let unknown =
            case.facts.iter().filter(|(name, _)| fields.iter().all(|of| of.name != **name));
        let unknown = unknown.map(|(name, value)| (name.clone(), Shown::plain(value)));
        declared.chain(unknown).collect()
    }

    fn came_out(&self, view: &View<'_>, case: &mut ReviewedCase) {
        let words = self.wording.words();
        for line in &view.lines {
            let label = match line.subject_label.or(line.subject) {
                Some(subject) => format!("{}: {subject}", line.label),
                None => line.label.to_owned(),
            };
            let amount = words.number(&line.amount);
            let amount = match line.unit_label.or(line.unit) {
                Some(unit) => format!("{amount} {unit}"),
                None => amount,
            };
            case.lines.push((label, amount));
        }
        let findings = view.findings.iter();
        case.findings.extend(findings.map(|found| (found.severity, found.message.clone())));
    }
}

/// Why there is no outcome, with every wrong fact.
fn refusal(error: &CalculationError) -> String {
    match error {
        CalculationError::InvalidFacts(errors) => {
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
