//! What follows from the parameters alone, computed once.

use crate::evaluate::run::Run;
use crate::function::Function;
use crate::inputs::Inputs;
use crate::node::Node;
use crate::operand::NodeId;
use crate::prepare::Plan;
use crate::prepare::operation::Operation;
use crate::program::Program;
use crate::value::Value;

/// Most operands of a node that is computed before it is needed.
const FEW: usize = 64;

impl<'a> Plan<'a> {
    /// The value of the node that was planned last, where all its operands are known and it is cheap
    /// to compute; none where it has none, so that whoever asks for it hears why.
    pub(super) fn known<P: Inputs<'a>, F: Inputs<'a>>(
        &self,
        node: Node,
        program: &Program<'a>,
        parameters: &P,
        no_facts: &F,
    ) -> Option<Value<'a>> {
        if !is_cheap(node) {
            return None;
        }
        let mut operands = 0;
        // What is refused is no malformed program but an operand that is not known.
        let all_known = node.operands(&program.operands, &mut |operand| {
            operands += 1;
            match self.operation(operand) {
                Some(Operation::Number(_) | Operation::Value(_)) if operands <= FEW => Ok(()),
                _ => Err(crate::encoding::Malformed::OutOfRange),
            }
        });
        let last = NodeId(u32::try_from(self.operations.len()).ok()?.checked_sub(1)?);
        all_known.ok()?;
        Run::of_known(program, self, parameters, no_facts).value(last).ok()
    }
}

/// An `if` is none of them: which branch cases take is counted.
fn is_cheap(node: Node) -> bool {
    match node {
        Node::Named { .. }
        | Node::Add { .. }
        | Node::Subtract { .. }
        | Node::Multiply { .. }
        | Node::Divide { .. }
        | Node::Negate { .. }
        | Node::Sum { .. }
        | Node::Equal { .. }
        | Node::Unequal { .. }
        | Node::Less { .. }
        | Node::LessOrEqual { .. }
        | Node::And { .. }
        | Node::Or { .. }
        | Node::Not { .. }
        | Node::IsNone { .. }
        | Node::Default { .. }
        | Node::Required { .. }
        | Node::List { .. }
        | Node::Range { .. } => true,
        Node::Call { function, .. } => {
            (function as u8) <= Function::Clamp as u8
                || matches!(function, Function::Min | Function::Max | Function::SumOf)
        }
        _ => false,
    }
}
