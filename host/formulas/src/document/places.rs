//! Where in the document the nodes of its program stand.

use crate::check::sources::{Source, Sources};
use crate::document::formulas;
use crate::document::reading::Piece;
use crate::source::Span;
use std::collections::HashMap;
use stele_formula_program::operand::NodeId;

/// Most characters of a formula that are shown.
const LONGEST_SHOWN: usize = 80;

/// Where nodes stand.
#[derive(Debug, Default)]
pub struct Places {
    formulas: Vec<Formula>,
    nodes: HashMap<NodeId, Source>,
}

#[derive(Debug)]
struct Formula {
    name: String,
    piece: Piece,
    offset: u32,
}

/// A piece of a formula.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Whose formula it is: `paye`, `below_minimum_wage, limit`.
    pub of: String,
    /// Where it stands in the document.
    pub span: Span,
    /// How it is written, shortened.
    pub text: String,
}

impl Places {
    /// The places of the nodes of a program: of the pieces of formulas that `nodes` names.
    pub(super) fn of(
        sources: &Sources,
        places: &[formulas::Place<'_>],
        nodes: impl Iterator<Item = NodeId>,
    ) -> Self {
        let formulas = sources.formulas().iter().zip(places).map(|(written, place)| Formula {
            name: written.name.clone(),
            piece: place.piece.clone(),
            offset: place.offset,
        });
        let nodes = nodes.filter_map(|node| Some((node, sources.of(node)?)));
        Self { formulas: formulas.collect(), nodes: nodes.collect() }
    }

    /// Where a node stands in the document of this text.
    #[must_use]
    pub fn place(&self, document: &str, node: NodeId) -> Option<Place> {
        let source = self.nodes.get(&node)?;
        let formula = self.formulas.get(source.formula as usize)?;
        let Span { start, end } = source.span;
        let within = Span { start: start + formula.offset, end: end + formula.offset };
        let written = within.of(&formula.piece.text);
        let mut text: String = written.chars().take(LONGEST_SHOWN).collect();
        if written.chars().nth(LONGEST_SHOWN).is_some() {
            text.push('…');
        }
        let span = formula.piece.place(document, within);
        Some(Place { of: formula.name.clone(), span, text })
    }
}
