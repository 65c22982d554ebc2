//! A program is the same after it was written and read, and no bytes are read that are none.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stele_formula_program::encoding::Malformed;
use stele_formula_program::evaluate::Prepared;
use stele_formula_program::inputs::NoFacts;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{ConstantId, FactId, FigureId, NodeId, Operands};
use stele_formula_program::program::{Figure, Line, MAXIMUM_DEPTH, Program};
use stele_formula_program::value::Value;

fn constant(number: u32) -> Node {
    Node::Constant { constant: ConstantId(number) }
}

fn small() -> Program<'static> {
    Program {
        facts: 1,
        constants: vec![Value::Number(2.into()), Value::Text("tax")],
        operands: vec![0, 1],
        nodes: vec![
            constant(0),
            Node::Fact { fact: FactId(0) },
            Node::Sum { terms: Operands { first: 0, count: 2 } },
            Node::Negate { a: NodeId(2) },
            Node::Figure { figure: FigureId(0) },
        ],
        figures: vec![Figure { name: ConstantId(1), node: NodeId(3), step: None }],
        schedule: vec![FigureId(0)],
        lines: vec![Line {
            item: 0,
            each: None,
            when: None,
            amount: NodeId(4),
            subject: None,
            step: None,
        }],
        ..Program::default()
    }
}

#[test]
fn a_program_that_is_read_is_written_as_the_same_bytes() {
    let bytes = small().encode();
    assert_eq!(Program::decode(&bytes).unwrap().encode(), bytes);
}

#[test]
fn every_byte_that_is_cut_off_or_added_is_noticed() {
    let bytes = small().encode();
    for end in 0..bytes.len() {
        assert!(Program::decode(&bytes[..end]).is_err(), "{end} bytes");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(Program::decode(&longer).unwrap_err(), Malformed::TrailingBytes);
}

#[test]
fn a_node_can_not_need_itself() {
    let mut program = small();
    program.nodes[2] = Node::Negate { a: NodeId(2) };
    assert_eq!(Program::decode(&program.encode()).unwrap_err(), Malformed::OutOfRange);
    let mut program = small();
    program.figures[0].node = NodeId(4);
    assert_eq!(Program::decode(&program.encode()).unwrap_err(), Malformed::OutOfRange);
}

#[test]
fn nodes_nest_no_more_deeply_than_they_may() {
    let deep = |depth: u32| {
        let mut nodes = vec![constant(0)];
        nodes.extend((0..depth).map(|below| Node::Negate { a: NodeId(below) }));
        Program { constants: vec![Value::Number(1.into())], nodes, ..Program::default() }.encode()
    };
    let last = u32::from(MAXIMUM_DEPTH) - 1;
    let bytes = deep(last);
    let program = Program::decode(&bytes).unwrap();
    let prepared = Prepared::new(program, NoFacts, &NoFacts).unwrap();
    assert!(prepared.value(&NoFacts, NodeId(last)).is_ok());
    let too_deep = Malformed::TooDeep(NodeId(last + 1));
    assert_eq!(Program::decode(&deep(last + 1)).unwrap_err(), too_deep);
}

proptest! {
    #[test]
    fn a_changed_byte_is_refused_or_another_program(place in 4_usize..60, byte in any::<u8>()) {
        let mut bytes = small().encode();
        prop_assume!(place < bytes.len());
        bytes[place] = byte;
        if let Ok(program) = Program::decode(&bytes) {
            let nodes = program.nodes.len() as u32;
            if let Ok(prepared) = Prepared::new(program, NoFacts, &NoFacts) {
                for node in 0..nodes {
                    let _ = prepared.value(&NoFacts, NodeId(node));
                }
            }
        }
    }
}
