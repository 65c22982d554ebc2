//! A calculation as its formulas see it, whoever ran the rule.

use stele_engine::contract::{Description, Value};

use super::agree::agree;
use super::disagreement::Disagreement;
use super::effort::Effort;
use super::expression::Expression;
use super::render::Reader;
use crate::manifest::Manifest;
use crate::outcome::{Outcome, Step};
use crate::parameters::InForce;
use crate::texts::Texts;
use crate::wording::Wording;

/// The formulas of a rule's steps, by their positions. Made once for a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formulas(Vec<Option<Expression>>);

impl Formulas {
    /// Those of every kind of step.
    pub fn of(description: &Description) -> Self {
        Self(description.steps.iter().map(Expression::of).collect())
    }

    /// None: the step is a sentence alone.
    pub(super) fn at(&self, step: usize) -> Option<&Expression> {
        self.0.get(step)?.as_ref()
    }
}

/// An outcome with what it was made of, and what it is shown with.
#[derive(Debug, Clone, Copy)]
pub struct Calculated<'a> {
    /// What the rule declares.
    pub description: &'a Description,
    /// Its formulas.
    pub formulas: &'a Formulas,
    /// What the version says of itself.
    pub manifest: &'a Manifest,
    /// Its labels.
    pub texts: &'a Texts,
    /// The parameters that the rule had.
    pub in_force: &'a InForce,
    /// The facts that the rule had.
    pub facts: &'a [Value],
    /// What it answered.
    pub outcome: &'a Outcome,
}

impl<'a> Calculated<'a> {
    /// Whether every step says what facts, parameters, lines, earlier steps and its own formula say.
    pub fn adds_up(&self) -> Result<(), Disagreement> {
        agree(self)
    }

    /// The formula of a step with labels, values and result; none where it is a sentence alone.
    pub fn formula(&self, step: &Step, wording: Wording<'a>) -> Option<String> {
        Reader { calculated: *self, effort: &Effort::new(), wording }.formula(step)
    }
}
