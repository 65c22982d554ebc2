//! Formulas, rulesets of formulas and programs: whatever they hold, they are refused or made, and what
//! was made is read again and computed within bounds.
//!
//! The first byte chooses what the rest is.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use libfuzzer_sys::fuzz_target;
use stele_formula_program::evaluate::{Prepared, write_value};
use stele_formula_program::inputs::NoFacts;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::Program;
use stele_formulas::document::compile;
use stele_formulas::expression::check;
use stele_formulas::source::Lines;

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    match kind % 3 {
        0 => formula(&String::from_utf8_lossy(rest)),
        1 => document(&String::from_utf8_lossy(rest)),
        _ => program(rest),
    }
});

fn formula(text: &str) {
    if let Ok(checked) = check(text) {
        let _ = checked.value(|value| write_value(value, &mut String::new()));
    }
}

fn document(text: &str) {
    match compile("fuzzed", text) {
        Ok(compiled) => {
            assert!(Program::decode(&compiled.program).is_ok(), "what is made can be read");
        }
        Err(errors) => {
            let lines = Lines::of(text);
            for error in &errors {
                error.render("formulas.toml", &lines);
            }
        }
    }
}

fn program(bytes: &[u8]) {
    let Ok(program) = Program::decode(bytes) else { return };
    let last = program.nodes.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
    let (Some(last), Ok(prepared)) = (last, Prepared::new(program, NoFacts, &NoFacts)) else {
        return;
    };
    if let Ok(value) = prepared.value(&NoFacts, NodeId(last)) {
        write_value(&value, &mut String::new());
    }
}
