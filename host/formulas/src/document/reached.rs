//! Which nodes of a program an evaluation may come to: a formula that was checked in several ways has
//! left others behind.

use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::Program;

/// For each node whether an evaluation may come to it, checks of parameters aside.
pub(super) fn reached(program: &Program<'_>) -> Vec<bool> {
    let mut reached = vec![false; program.nodes.len()];
    let mut open: Vec<NodeId> = program.figures.iter().map(|figure| figure.node).collect();
    for line in &program.lines {
        open.extend(line.each.map(|(list, _)| list));
        open.extend([Some(line.amount), line.when, line.subject].into_iter().flatten());
    }
    for finding in &program.findings {
        open.extend(finding.each.map(|(list, _)| list));
        let parts = [finding.subject, finding.on, finding.limit, finding.actual];
        open.extend(parts.into_iter().flatten().chain([finding.when]));
    }
    open.extend(program.refusals.iter().map(|refusal| refusal.when));
    while let Some(id) = open.pop() {
        match reached.get_mut(id.index()) {
            Some(reached) if !*reached => *reached = true,
            _ => continue,
        }
        let Some(node) = program.nodes.get(id.index()) else { continue };
        if let Node::Invoke { function, .. } = node {
            open.extend(program.functions.get(function.index()).map(|function| function.body));
        }
        open.extend(operands(program, *node));
    }
    reached
}

/// The nodes that a node points to.
pub(super) fn operands(program: &Program<'_>, node: Node) -> Vec<NodeId> {
    let mut all = Vec::new();
    // Every operand is visited: nothing here refuses one.
    let _ = node.operands(&program.operands, &mut |operand| {
        all.push(operand);
        Ok(())
    });
    all
}
