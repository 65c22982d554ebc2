//! Where the nodes of formulas were written: for explanations, faults and what is said of a formula
//! that was made.

use crate::source::Span;
use std::collections::HashMap;
use stele_formula_program::operand::NodeId;

/// Longer pieces label nothing.
const LONGEST_LABEL: usize = 200;

/// The formulas of a text, and where in them nodes stand.
#[derive(Default, Debug)]
pub(crate) struct Sources {
    formulas: Vec<Written>,
    nodes: HashMap<NodeId, Source>,
    branches: Vec<NodeId>,
}

/// A formula as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Whose it is: `paye`, `below_minimum_wage, limit`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
    /// The provision that it follows.
    pub(crate) citation: Option<String>,
}

/// Where a node stands: first, where the same piece stands in several places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Source {
    /// Position among the formulas.
    pub(crate) formula: u32,
    /// Place in the formula's text.
    pub(crate) span: Span,
}

impl Sources {
    /// What is recorded next belongs to this formula.
    pub(crate) fn begin(&mut self, written: Written) {
        self.formulas.push(written);
    }

    /// A node stands here.
    pub(crate) fn record(&mut self, node: NodeId, span: Span) {
        let Some(formula) = self.formulas.len().checked_sub(1) else { return };
        // Formulas are bounded far below 2^32 by the bounds of documents.
        let source = Source { formula: formula as u32, span };
        self.nodes.entry(node).or_insert(source);
    }

    /// An `if` stands here.
    pub(crate) fn branch(&mut self, node: NodeId) {
        self.branches.push(node);
    }

    /// Every `if` so far, one perhaps several times.
    pub(crate) fn branches(&self) -> &[NodeId] {
        &self.branches
    }

    /// Forgets the branches of what no evaluation comes through, back to so many.
    pub(crate) fn forget_branches(&mut self, known: usize) {
        self.branches.truncate(known);
    }

    /// Where a node stands.
    pub(crate) fn of(&self, node: NodeId) -> Option<Source> {
        self.nodes.get(&node).copied()
    }

    /// The formulas, in the order in which they were checked.
    pub(crate) fn formulas(&self) -> &[Written] {
        &self.formulas
    }

    /// How a node is written, where that is short enough to label it.
    pub(crate) fn label(&self, node: NodeId) -> Option<&str> {
        self.text(node).filter(|text| text.len() <= LONGEST_LABEL)
    }

    /// How a node is written.
    pub(crate) fn text(&self, node: NodeId) -> Option<&str> {
        let source = self.of(node)?;
        let written = self.formulas.get(source.formula as usize)?;
        Some(source.span.of(&written.text))
    }
}
