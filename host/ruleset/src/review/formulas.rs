//! What is computed, found and refused. Figures and lines of a text stand in its order, which is the
//! order of the law.

use stele_engine::contract::{Severity, StepKind, Target};
use stele_formulas::document::Piece;
use stele_formulas::document::declarations::{
    Declarations, Figure, Finding, Function, Line, Refusal,
};
use stele_formulas::labelled::Part;

use super::Reviewer;
use super::document::{ReviewedFinding, ReviewedFormula, ReviewedRefusal};
use crate::formula::labelled_formula;
use crate::render::SeverityView;

impl Reviewer<'_> {
    fn declarations(&self) -> Option<&Declarations> {
        self.package.formula_text()?.declarations()
    }

    /// Everything that is computed.
    pub(super) fn formulas(&self) -> Vec<ReviewedFormula> {
        let Some(declared) = self.declarations() else { return self.declared_steps() };
        let figures = declared.figures.iter().enumerate();
        let figures = figures.map(|(at, figure)| (figure.name.span.start, self.figure(at, figure)));
        let lines = declared.lines.iter().enumerate();
        let lines = lines.map(|(at, line)| (line.item.span.start, self.line(at, line)));
        let mut all: Vec<(u32, ReviewedFormula)> = figures.chain(lines).collect();
        all.sort_by_key(|(start, _)| *start);
        all.into_iter().map(|(_, formula)| formula).collect()
    }

    fn figure(&self, position: usize, figure: &Figure) -> ReviewedFormula {
        let target = Target::Figure(position as u32);
        let declared = self.ruleset.description().figures.get(position);
        ReviewedFormula {
            name: figure.name.text.clone(),
            label: self.wording.labels().figure(position).to_owned(),
            meaning: figure.meaning.clone(),
            category: None,
            unit: self.unit(declared.and_then(|figure| figure.unit.as_deref())),
            each: None,
            when: None,
            formula: self.in_words(&target, &figure.formula),
            text: Some(figure.formula.text.clone()),
            citation: self.citation(figure.citation.as_deref()),
        }
    }

    fn line(&self, position: usize, line: &Line) -> ReviewedFormula {
        let labels = self.wording.labels();
        ReviewedFormula {
            name: line.item.text.clone(),
            label: labels.item(position).to_owned(),
            meaning: line.meaning.clone(),
            category: Some(labels.category(&line.category).to_owned()),
            unit: self.unit(line.unit.as_deref()),
            each: line.each.as_ref().map(|each| self.labels.parts(&each.text)),
            when: line.when.as_ref().map(|when| self.labels.parts(&when.text)),
            formula: self.in_words(&Target::Item(position as u32), &line.formula),
            text: Some(line.formula.text.clone()),
            citation: self.citation(line.citation.as_deref()),
        }
    }

    /// A formula in the host's words where its step has it in tokens; else as it is written.
    fn in_words(&self, target: &Target, formula: &Piece) -> Vec<Part> {
        let kinds = self.ruleset.description().steps.iter();
        let step = kinds.filter_map(|kind| Some((kind, kind.formula.as_ref()?)));
        let step =
            step.filter(|(_, formula)| formula.gives == *target).map(|(kind, _)| kind).next();
        match step.and_then(|kind| self.of_step(kind)) {
            Some(words) => vec![Part::Text(words)],
            None => self.labels.parts(&formula.text),
        }
    }

    fn of_step(&self, kind: &StepKind) -> Option<String> {
        labelled_formula(kind, self.wording, &|text| self.labels.text(text))
    }

    /// What a rule that is not made of formulas declares of how it computes.
    fn declared_steps(&self) -> Vec<ReviewedFormula> {
        let (description, labels) = (self.ruleset.description(), self.wording.labels());
        let steps = description.steps.iter().enumerate().filter_map(|(position, kind)| {
            let written = self.of_step(kind);
            let sentence = || labels.step(position).map(ToString::to_string);
            let formula = written.or_else(sentence)?;
            let gives = kind.formula.as_ref().map(|formula| formula.gives);
            let (label, unit, category) = match gives {
                Some(Target::Item(at)) => {
                    let item = description.items.get(at as usize)?;
                    let category = labels.category(&item.category).to_owned();
                    (labels.item(at as usize), item.unit.as_deref(), Some(category))
                }
                Some(Target::Figure(at)) => {
                    let figure = description.figures.get(at as usize)?;
                    (labels.figure(at as usize), figure.unit.as_deref(), None)
                }
                None => (kind.name.as_str(), None, None),
            };
            let citation = crate::formula::citation(kind, description);
            Some(ReviewedFormula {
                name: kind.name.clone(),
                label: label.to_owned(),
                meaning: String::new(),
                category,
                unit: gives.and_then(|_| self.unit(unit)),
                each: None,
                when: None,
                formula: vec![Part::Text(formula)],
                text: None,
                citation: self.citation(citation),
            })
        });
        steps.collect()
    }

    /// Functions of the text's own.
    pub(super) fn functions(&self) -> Vec<ReviewedFormula> {
        let functions = self.declarations().map(|declared| declared.functions.as_slice());
        let function = |function: &Function| {
            let names = function.parameters.iter().map(|parameter| parameter.name.text.as_str());
            ReviewedFormula {
                name: function.name.text.clone(),
                label: format!("{}({})", function.name.text, names.collect::<Vec<_>>().join(", ")),
                meaning: function.meaning.clone(),
                category: None,
                unit: None,
                each: None,
                when: None,
                formula: self.labels.parts(&function.formula.text),
                text: Some(function.formula.text.clone()),
                citation: self.citation(function.citation.as_deref()),
            }
        };
        functions.unwrap_or_default().iter().map(function).collect()
    }

    /// What may be found.
    pub(super) fn findings(&self) -> Vec<ReviewedFinding> {
        let written = self.declarations().map(|declared| declared.findings.as_slice());
        let kinds = self.ruleset.description().findings.iter().enumerate();
        let finding = |(position, kind): (usize, &stele_engine::contract::FindingKind)| {
            let written = written.and_then(|findings| findings.get(position));
            let sentence = self.wording.labels().finding(position);
            ReviewedFinding {
                severity: match kind.severity {
                    Severity::Breach => SeverityView::Breach,
                    Severity::Warning => SeverityView::Warning,
                    Severity::Note => SeverityView::Note,
                },
                sentence: sentence.map_or_else(|| kind.meaning.clone(), ToString::to_string),
                when: written.map(|finding| self.labels.parts(&finding.when.text)),
                compared: written.map(|finding| self.compared(finding)).unwrap_or_default(),
                citation: self.citation(kind.citation.as_deref()),
            }
        };
        kinds.map(finding).collect()
    }

    /// The placeholders of a finding that are computed, by their names in its sentence.
    fn compared(&self, finding: &Finding) -> Vec<(String, Vec<Part>)> {
        let part = |(name, piece): (&str, &Option<Piece>)| {
            piece.as_ref().map(|piece| (name.to_owned(), self.labels.parts(&piece.text)))
        };
        let Finding { subject, on, limit, actual, .. } = finding;
        let parts = [("subject", subject), ("on", on), ("limit", limit), ("actual", actual)];
        parts.into_iter().filter_map(part).collect()
    }

    /// What is refused; nothing is known of it where the rule is not made of formulas.
    pub(super) fn refusals(&self) -> Vec<ReviewedRefusal> {
        let refusals = self.declarations().map(|declared| declared.refusals.as_slice());
        let refusal = |refusal: &Refusal| {
            let of = refusal.fact.as_ref().or(refusal.parameter.as_ref());
            ReviewedRefusal {
                of: of.map(|name| self.labels.text(&name.text)),
                when: self.labels.parts(&refusal.when.text),
                message: refusal.message.clone(),
                citation: self.citation(refusal.citation.as_deref()),
            }
        };
        refusals.unwrap_or_default().iter().map(refusal).collect()
    }

    fn citation(&self, citation: Option<&str>) -> Option<String> {
        citation.map(|citation| self.wording.labels().citation(citation).to_owned())
    }

    /// What is counted: the currency where nothing else is said.
    fn unit(&self, unit: Option<&str>) -> Option<String> {
        let unit = unit.or(self.ruleset.manifest().currency.as_deref())?;
        Some(self.wording.labels().unit(unit).to_owned())
    }
}
