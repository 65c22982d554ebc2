//! Which figures every evaluation needs: computed first, each after those that it needs, so that a
//! long chain of figures does not nest.

use std::collections::BTreeSet;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FigureId, NodeId};
use stele_formula_program::program::Program;

/// Puts the figures that are needed whatever the facts into the program's schedule.
pub(super) fn schedule(program: &mut Program<'static>) {
    let mut needed = BTreeSet::new();
    let mut seen = vec![false; program.nodes.len()];
    let always = program.lines.iter().filter(|line| line.when.is_none() && line.each.is_none());
    let mut open: Vec<NodeId> = always.map(|line| line.amount).collect();
    while let Some(id) = open.pop() {
        let Some(first_time) = seen.get_mut(id.index()).map(|seen| !std::mem::replace(seen, true))
        else {
            continue;
        };
        let Some(node) = program.nodes.get(id.index()).filter(|_| first_time) else { continue };
        if let Node::Figure { figure } = node {
            needed.insert(*figure);
            open.extend(program.figures.get(figure.index()).map(|figure| figure.node));
        }
        open.extend(always_evaluated(*node, &program.operands));
    }
    program.schedule = needed.into_iter().collect::<Vec<FigureId>>();
}

/// The operands that a node needs whatever their values.
fn always_evaluated(node: Node, operands: &[u32]) -> Vec<NodeId> {
    let first = |of: &[u32]| of.first().map(|operand| NodeId(*operand)).into_iter().collect();
    match node {
        Node::Choose { a, .. } | Node::Default { a, .. } => vec![a],
        Node::And { terms } | Node::Or { terms } => first(terms.of(operands)),
        Node::Filter { list, .. }
        | Node::FirstWhere { list, .. }
        | Node::Each { list, .. }
        | Node::EachFlat { list, .. }
        | Node::Some { list, .. }
        | Node::Every { list, .. }
        | Node::Sort { list, .. }
        | Node::ReplaceWhere { list, .. } => vec![list],
        node => {
            let mut all = Vec::new();
            // Every operand is visited: nothing here refuses one.
            let _ = node.operands(operands, &mut |operand| {
                all.push(operand);
                Ok(())
            });
            all
        }
    }
}
