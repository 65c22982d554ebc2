//! A program as it is made: nodes that are the same are one node.

use std::collections::HashMap;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{ConstantId, Entries, FigureId, NodeId, Operands, Slot};
use stele_formula_program::program::{Figure, Program};
use stele_formula_program::value::Value;

/// Makes a program.
#[derive(Default, Debug)]
pub(crate) struct Builder {
    /// What is made so far.
    pub(crate) program: Program<'static>,
    nodes: HashMap<Node, NodeId>,
    constants: HashMap<Vec<u8>, ConstantId>,
    operands: HashMap<Vec<u32>, u32>,
}

impl Builder {
    /// The node, there already or made.
    pub(crate) fn node(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.nodes.get(&node) {
            return *id;
        }
        let id = self.append(node);
        self.nodes.insert(node, id);
        id
    }

    fn append(&mut self, node: Node) -> NodeId {
        let id = NodeId(position(self.program.nodes.len()));
        self.program.nodes.push(node);
        id
    }

    /// The node of a constant.
    pub(crate) fn constant(&mut self, value: Value<'static>) -> NodeId {
        let constant = self.constant_id(value);
        self.node(Node::Constant { constant })
    }

    /// The node of a text.
    pub(crate) fn text(&mut self, text: &str) -> NodeId {
        self.constant(Value::MadeText(text.into()))
    }

    /// A text as a constant.
    pub(crate) fn text_id(&mut self, text: &str) -> ConstantId {
        self.constant_id(Value::MadeText(text.into()))
    }

    pub(crate) fn constant_id(&mut self, value: Value<'static>) -> ConstantId {
        let key = key_of(&value);
        if let Some(id) = self.constants.get(&key) {
            return *id;
        }
        let id = ConstantId(position(self.program.constants.len()));
        self.program.constants.push(value);
        self.constants.insert(key, id);
        id
    }

    /// These as operands of one node.
    pub(crate) fn operands(&mut self, nodes: &[NodeId]) -> Operands {
        self.numbers(nodes.iter().map(|node| node.0).collect())
    }

    /// The entries of a context: name, slot, value.
    pub(crate) fn entries(&mut self, entries: &[(ConstantId, Slot, NodeId)]) -> Entries {
        let numbers = entries.iter().flat_map(|(name, slot, node)| [name.0, slot.0, node.0]);
        Entries(self.numbers(numbers.collect()))
    }

    fn numbers(&mut self, numbers: Vec<u32>) -> Operands {
        let count = position(numbers.len());
        if let Some(first) = self.operands.get(&numbers) {
            return Operands { first: *first, count };
        }
        let first = position(self.program.operands.len());
        self.program.operands.extend_from_slice(&numbers);
        self.operands.insert(numbers, first);
        Operands { first, count }
    }

    /// A place for a value with a name.
    pub(crate) fn slot(&mut self) -> Slot {
        let slot = Slot(self.program.slots);
        self.program.slots += 1;
        slot
    }

    /// A figure of this name, computed by this node. Figures stand in the order of their nodes.
    pub(crate) fn figure(&mut self, name: &str, node: NodeId) -> FigureId {
        let name = self.text_id(name);
        let last = self.program.figures.last().map(|figure| figure.node);
        let node = match self.program.nodes.get(node.index()) {
            // A formula that is a part of an earlier one gets a node of its own.
            Some(same) if last.is_some_and(|last| last >= node) => self.append(*same),
            _ => node,
        };
        let id = FigureId(position(self.program.figures.len()));
        self.program.figures.push(Figure { name, node, step: None });
        id
    }
}

/// Programs are bounded far below 2^32 parts by the bounds of documents.
fn position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What tells constants apart: their kind and how they are written.
fn key_of(value: &Value<'_>) -> Vec<u8> {
    let mut text = match value {
        Value::Number(number) => number.to_string(),
        other => {
            let mut text = String::new();
            stele_formula_program::evaluate::write_value(other, &mut text);
            text
        }
    };
    text.push(match value {
        Value::None => 'n',
        Value::Boolean(_) => 'b',
        Value::Number(_) => 'd',
        Value::Text(_) | Value::MadeText(_) => 't',
        Value::Date(_) => 'D',
        Value::Time(_) => 'T',
        Value::Moment(_) => 'M',
        Value::Months(_) => 'm',
        Value::Duration(_) => 's',
        Value::List(_) => 'l',
        _ => 'x',
    });
    text.into_bytes()
}
