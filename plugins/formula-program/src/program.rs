//! A program: constants, nodes, and what of them are figures, lines, findings and refusals.
//!
//! Nodes stand in an order in which operands come before what uses them, figures and functions
//! included: a node that asks for a figure stands behind the figure's own node.

use crate::encoding::Malformed;
use crate::node::Node;
use crate::operand::{ConstantId, FigureId, FormulaId, NodeId, Slot};
use crate::value::Value;

/// The first bytes of a program, with the version of its form.
pub const MAGIC: [u8; 4] = *b"SFP\x01";

/// How deeply nodes may nest, figures and functions followed. Each level takes a few hundred bytes of
/// a rule's stack of 128 KiB.
pub const MAXIMUM_DEPTH: u16 = 256;

/// Most constants, nodes or operands of one program: what 10,000 long formulas need.
pub const MAXIMUM_COUNT: u32 = 4_000_000;

/// A program.
#[derive(Clone, Default, Debug)]
pub struct Program<'a> {
    /// How many facts the description declares.
    pub facts: u32,
    /// How many parameters it declares.
    pub parameters: u32,
    /// How many places for values with a name within formulas are needed.
    pub slots: u32,
    /// Values of the text itself.
    pub constants: Vec<Value<'a>>,
    /// Operands of nodes that have many: positions of nodes.
    pub operands: Vec<u32>,
    /// What is evaluated.
    pub nodes: Vec<Node>,
    /// Functions of the rule's own.
    pub functions: Vec<OwnFunction>,
    /// Values with a name that are computed at most once, lines' amounts among them.
    pub figures: Vec<Figure>,
    /// Figures that every evaluation needs, in an order in which they need only earlier ones: computing
    /// them first keeps the stack flat.
    pub schedule: Vec<FigureId>,
    /// What refuses a set of parameters; asks for no fact.
    pub checks: Vec<Refusal>,
    /// What refuses an evaluation, before anything is computed that no refusal asks for.
    pub refusals: Vec<Refusal>,
    /// Lines, in the order in which they are shown.
    pub lines: Vec<Line>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// The texts of formulas, for faults.
    pub formulas: Vec<Formula>,
    /// Where nodes stand in them, in the order of the nodes.
    pub pieces: Vec<Piece>,
}

/// A formula as it was written.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Whose it is, a text: `paye`.
    pub name: ConstantId,
    /// The formula, a text.
    pub text: ConstantId,
    /// The provision that it follows, a text.
    pub citation: Option<ConstantId>,
}

/// A node that may fault, or that is an operand of one, in the text of its formula.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The node.
    pub node: NodeId,
    /// The formula.
    pub formula: FormulaId,
    /// The byte of the text at which it begins.
    pub start: u32,
    /// The byte at which it ends, exclusive.
    pub end: u32,
}

/// A function of the rule's own. Its arguments are in slots of their own.
#[derive(Clone, Debug)]
pub struct OwnFunction {
    /// Its name, a text.
    pub name: ConstantId,
    /// Where its arguments are.
    pub parameters: Vec<Slot>,
    /// What it yields.
    pub body: NodeId,
}

/// A value with a name.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name, a text, for faults.
    pub name: ConstantId,
    /// How it is computed.
    pub node: NodeId,
    /// How it is explained.
    pub step: Option<Step>,
}

/// How a value is explained.
#[derive(Clone, Debug)]
pub struct Step {
    /// Position among the description's kinds of steps.
    pub kind: u32,
    /// The values that it shows.
    pub arguments: Vec<NodeId>,
}

/// What an outcome is refused for.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The condition.
    pub when: NodeId,
    /// What it is about.
    pub place: crate::fault::Place,
    /// What is said, a text.
    pub message: NodeId,
    /// The provision that demands it, a text.
    pub citation: Option<ConstantId>,
}

/// A line, or one for each element of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Position among the description's items.
    pub item: u32,
    /// The list, and the slot in which its elements are.
    pub each: Option<(NodeId, Slot)>,
    /// Where it is given at all; always without one.
    pub when: Option<NodeId>,
    /// Its amount, a number.
    pub amount: NodeId,
    /// What it is about, a text.
    pub subject: Option<NodeId>,
    /// How it is explained.
    pub step: Option<Step>,
}

/// A finding, or one for each element of a list.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Position among the description's kinds of findings.
    pub kind: u32,
    /// The list, and the slot in which its elements are.
    pub each: Option<(NodeId, Slot)>,
    /// The condition.
    pub when: NodeId,
    /// What it is about, a text.
    pub subject: Option<NodeId>,
    /// The day that it concerns.
    pub on: Option<NodeId>,
    /// What is allowed, a number.
    pub limit: Option<NodeId>,
    /// What was found, a number.
    pub actual: Option<NodeId>,
}

impl Program<'_> {
    /// Operands stand before what uses them, and nodes nest no more deeply than they may.
    pub(crate) fn check_depth(&self) -> Result<(), Malformed> {
        let mut scheduled = vec![false; self.figures.len()];
        for figure in &self.schedule {
            if let Some(place) = scheduled.get_mut(figure.index()) {
                *place = true;
            }
        }
        let mut depths: Vec<u16> = Vec::with_capacity(self.nodes.len());
        for (node, id) in self.nodes.iter().zip(0..) {
            let mut deepest = 0;
            let mut operand = |operand: NodeId| {
                let depth = depths.get(operand.index()).ok_or(Malformed::OutOfRange)?;
                deepest = deepest.max(*depth);
                Ok(())
            };
            node.operands(&self.operands, &mut operand)?;
            match node {
                Node::Figure { figure } => {
                    let (figure, scheduled) = self
                        .figures
                        .get(figure.index())
                        .zip(scheduled.get(figure.index()))
                        .ok_or(Malformed::OutOfRange)?;
                    let depth = depths.get(figure.node.index()).ok_or(Malformed::OutOfRange)?;
                    if !scheduled {
                        deepest = deepest.max(*depth);
                    }
                }
                Node::Invoke { function, .. } => {
                    let function =
                        self.functions.get(function.index()).ok_or(Malformed::OutOfRange)?;
                    let depth = depths.get(function.body.index()).ok_or(Malformed::OutOfRange)?;
                    deepest = deepest.max(*depth);
                }
                _ => {}
            }
            if deepest >= MAXIMUM_DEPTH {
                return Err(Malformed::TooDeep(NodeId(id)));
            }
            depths.push(deepest + 1);
        }
        self.check_schedule()
    }

    /// A scheduled figure asks, however deep, only for figures before it in the schedule: what is
    /// not deeper than it may be when counted so would else be on the stack all at once.
    fn check_schedule(&self) -> Result<(), Malformed> {
        if self.schedule.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Malformed::OutOfRange);
        }
        let ascending =
            self.figures.windows(2).all(|pair| pair[0].node.index() < pair[1].node.index());
        if ascending { Ok(()) } else { Err(Malformed::OutOfRange) }
    }
}
