//! What rules are made of, formula by formula: what was written before and what is written now.

use std::collections::HashMap;

use serde::Serialize;
use stele_formulas::document::declarations::Declarations;

use super::Change;
use crate::formula_text::FormulaText;
use crate::package::Package;

/// A formula that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ChangedFormula)]
pub struct FormulaDifference {
    /// What it belongs to.
    pub of: FormulaOwner,
    /// The name of that: an item, a figure, a function, a finding, or the fact or parameter that a
    /// refusal is about.
    pub name: String,
    /// Which of its formulas: `formula`, `when`, `each`, `subject`, `on`, `limit`, `actual`; of a
    /// refusal `message`, too.
    pub part: &'static str,
    /// The provision that it follows: the new version's, or the old one's where it is gone.
    pub citation: Option<String>,
    /// What happened to it.
    pub change: Change,
    /// The text in the old version.
    pub old: Option<String>,
    /// The text in the new version.
    pub new: Option<String>,
}

/// What a formula belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormulaOwner {
    /// A function of the rule's own.
    Function,
    /// A figure.
    Figure,
    /// A line.
    Line,
    /// A finding.
    Finding,
    /// A refusal.
    Refusal,
}

/// What tells formulas of one version apart: whose it is, its name, which of several of the name
/// (refusals about one fact), and which formula of that.
type Key = (FormulaOwner, String, usize, &'static str);

/// A formula of one version.
struct Written {
    citation: Option<String>,
    text: String,
}

/// The formulas that differ, in the order of the old version, then what is new.
pub(super) fn formulas(old: &Package, new: &Package) -> Vec<FormulaDifference> {
    let (old, mut new) = (of(old), of(new));
    let after: HashMap<Key, usize> =
        new.iter().enumerate().map(|(place, (key, _))| (key.clone(), place)).collect();
    let mut kept = vec![false; new.len()];
    let mut differences = Vec::new();
    for (key, before) in old {
        let place = after.get(&key).copied();
        if let Some(kept) = place.and_then(|place| kept.get_mut(place)) {
            *kept = true;
        }
        let now = place.and_then(|place| new.get(place)).map(|(_, written)| written);
        if now.is_none_or(|now| now.text != before.text) {
            differences.push(difference(key, Some(&before), now));
        }
    }
    for ((key, after), kept) in new.drain(..).zip(kept) {
        if !kept {
            differences.push(difference(key, None, Some(&after)));
        }
    }
    differences
}

fn difference(
    (of, name, _, part): Key,
    old: Option<&Written>,
    new: Option<&Written>,
) -> FormulaDifference {
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    let citation = new.or(old).and_then(|written| written.citation.clone());
    let (old, new) = (old.map(|old| old.text.clone()), new.map(|new| new.text.clone()));
    FormulaDifference { of, name, part, citation, change, old, new }
}

/// The formulas of a version; none where its rule was written as a component.
fn of(package: &Package) -> Vec<(Key, Written)> {
    let Some(declared) = package.formula_text().and_then(FormulaText::declarations) else {
        return Vec::new();
    };
    let mut all = All::default();
    all.add(declared);
    all.written
}

#[derive(Default)]
struct All {
    written: Vec<(Key, Written)>,
    /// How many refusals each name has so far.
    refusals: HashMap<String, usize>,
}

impl All {
    fn add(&mut self, declared: &Declarations) {
        for function in &declared.functions {
            let key = (FormulaOwner::Function, &*function.name.text, 0);
            self.parts(key, &function.citation, [("formula", Some(&function.formula.text))]);
        }
        for figure in &declared.figures {
            let key = (FormulaOwner::Figure, &*figure.name.text, 0);
            self.parts(key, &figure.citation, [("formula", Some(&figure.formula.text))]);
        }
        for line in &declared.lines {
            let key = (FormulaOwner::Line, &*line.item.text, 0);
            let parts = [
                ("each", line.each.as_ref().map(|piece| &piece.text)),
                ("when", line.when.as_ref().map(|piece| &piece.text)),
                ("subject", line.subject.as_ref().map(|piece| &piece.text)),
                ("formula", Some(&line.formula.text)),
            ];
            self.parts(key, &line.citation, parts);
        }
        for finding in &declared.findings {
            let key = (FormulaOwner::Finding, &*finding.name.text, 0);
            let parts = [
                ("each", finding.each.as_ref().map(|piece| &piece.text)),
                ("when", Some(&finding.when.text)),
                ("subject", finding.subject.as_ref().map(|piece| &piece.text)),
                ("on", finding.on.as_ref().map(|piece| &piece.text)),
                ("limit", finding.limit.as_ref().map(|piece| &piece.text)),
                ("actual", finding.actual.as_ref().map(|piece| &piece.text)),
            ];
            self.parts(key, &finding.citation, parts);
        }
        for refusal in &declared.refusals {
            let about = refusal.fact.as_ref().or(refusal.parameter.as_ref());
            let name = about.map_or("the whole", |about| &about.text);
            let counted = self.refusals.entry(name.to_owned()).or_default();
            let number = *counted;
            *counted += 1;
            let key = (FormulaOwner::Refusal, name, number);
            let parts = [("when", Some(&refusal.when.text)), ("message", Some(&refusal.message))];
            self.parts(key, &refusal.citation, parts);
        }
    }

    fn parts<'t>(
        &mut self,
        (of, name, number): (FormulaOwner, &str, usize),
        citation: &Option<String>,
        parts: impl IntoIterator<Item = (&'static str, Option<&'t String>)>,
    ) {
        for (part, text) in parts {
            let Some(text) = text else { continue };
            let key = (of, name.to_owned(), number, part);
            let written = Written { citation: citation.clone(), text: text.trim().to_owned() };
            self.written.push((key, written));
        }
    }
}
