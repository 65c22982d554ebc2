//! The ways that an evaluation can take: which of them cases take is seen when they are run.

use crate::document::formulas::Checked;
use crate::document::reached::reached;
use std::collections::BTreeSet;
use stele_formula_program::operand::NodeId;

/// Something that an evaluation can come to in two ways.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fork {
    /// An `if`, by its node.
    If(NodeId),
    /// The condition of a line, a finding or a refusal, by its node.
    When(NodeId),
}

impl Fork {
    /// Its node.
    #[must_use]
    pub fn node(self) -> NodeId {
        let (Self::If(node) | Self::When(node)) = self;
        node
    }
}

/// Every fork, in the order of the program.
pub(super) fn forks(checked: &Checked<'_>) -> Vec<Fork> {
    let reached = reached(&checked.builder.program);
    let within = |node: &&NodeId| reached.get(node.index()).copied().unwrap_or(false);
    let branches = checked.sources.branches().iter().filter(within).copied().map(Fork::If);
    let conditions = checked.conditions.iter().filter(within).copied().map(Fork::When);
    let forks: BTreeSet<Fork> = branches.chain(conditions).collect();
    forks.into_iter().collect()
}
