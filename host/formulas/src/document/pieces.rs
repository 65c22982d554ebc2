//! What a program says in its faults: the formulas, and where in them the nodes stand that may fault.

use crate::builder::Builder;
use crate::check::sources::Sources;
use crate::document::reached::{operands, reached};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FormulaId, NodeId};
use stele_formula_program::program::{Formula, Piece};

/// Puts the texts of formulas into a program.
pub(super) fn pieces(builder: &mut Builder, sources: &Sources) {
    let reached = reached(&builder.program);
    let mut shown = BTreeSet::new();
    for (index, node) in builder.program.nodes.iter().enumerate() {
        if !reached.get(index).copied().unwrap_or(false) {
            continue;
        }
        if may_fault(*node) {
            shown.insert(NodeId(index as u32));
        }
        // Where no row is found, the values are shown for which none was.
        if let Node::FirstWhere { condition, .. } = node {
            let mut open = vec![*condition];
            let mut seen = BTreeSet::new();
            while let Some(id) = open.pop().filter(|id| seen.insert(*id)) {
                let Some(node) = builder.program.nodes.get(id.index()) else { continue };
                match node {
                    Node::Fact { .. }
                    | Node::Parameter { .. }
                    | Node::Figure { .. }
                    | Node::Named { .. } => _ = shown.insert(id),
                    _ => {}
                }
                open.extend(operands(&builder.program, *node));
            }
        }
    }
    let mut used: BTreeMap<u32, Vec<(NodeId, u32, u32)>> = BTreeMap::new();
    for node in shown {
        if let Some(source) = sources.of(node) {
            let (start, end) = (source.span.start, source.span.end);
            used.entry(source.formula).or_default().push((node, start, end));
        }
    }
    let mut texts: HashMap<u32, FormulaId> = HashMap::new();
    for position in used.keys() {
        let Some(written) = sources.formulas().get(*position as usize) else { continue };
        let name = builder.text_id(&written.name);
        let text = builder.text_id(&written.text);
        let citation = written.citation.as_ref().map(|citation| builder.text_id(citation));
        texts.insert(*position, FormulaId(texts.len() as u32));
        builder.program.formulas.push(Formula { name, text, citation });
    }
    for (position, nodes) in used {
        let Some(formula) = texts.get(&position).copied() else { continue };
        let pieces = nodes.into_iter();
        let pieces = pieces.map(|(node, start, end)| Piece { node, formula, start, end });
        builder.program.pieces.extend(pieces);
    }
    builder.program.pieces.sort_unstable_by_key(|piece| piece.node);
}

/// Whether an operation has no value for some operands of its types.
fn may_fault(node: Node) -> bool {
    matches!(
        node,
        Node::Add { .. }
            | Node::Subtract { .. }
            | Node::Multiply { .. }
            | Node::Divide { .. }
            | Node::Power { .. }
            | Node::Sum { .. }
            | Node::Join { .. }
            | Node::Difference { .. }
            | Node::Scale { .. }
            | Node::Ratio { .. }
            | Node::Opposite { .. }
            | Node::Required { .. }
            | Node::Range { .. }
            | Node::Cell { .. }
            | Node::Entry { .. }
            | Node::Sequence { .. }
            | Node::Call { .. }
            | Node::Tax { .. }
            | Node::RowHolding { .. }
            | Node::RowWith { .. }
    )
}
