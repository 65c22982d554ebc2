//! A single expression without facts: checked and computed. For tests of the language, examples and
//! whoever tries it out.

use crate::builder::Builder;
use crate::check::scope::{Globals, Scope};
use crate::check::sources::Sources;
use crate::check::{Checker, OwnFunctions};
use crate::error::Error;
use crate::parser::parse;
use stele_formula_program::encoding::Malformed;
use stele_formula_program::evaluate::Prepared;
use stele_formula_program::fault::Fault;
use stele_formula_program::inputs::NoFacts;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::Program;
use stele_formula_program::value::Value;
use thiserror::Error as ThisError;

/// An expression that was checked, as a program.
#[derive(Debug)]
pub struct Checked {
    /// The bytes of its program.
    pub program: Vec<u8>,
    /// The node of its value.
    pub node: NodeId,
    /// Its type, in words.
    pub of: String,
}

/// Why an expression has no value.
#[derive(Debug, ThisError)]
pub enum NoValue {
    /// It is wrong.
    #[error("{}", .0.first().map(Error::message).unwrap_or_default())]
    Wrong(Vec<Error>),
    /// Its program can not be made.
    #[error("its program is wrong: {0}")]
    Program(#[from] Malformed),
    /// It faults.
    #[error("{0}")]
    Fault(Box<Fault>),
}

/// Checks an expression that uses no facts.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(text: &str) -> Result<Checked, NoValue> {
    let expression = parse(text).map_err(|error| NoValue::Wrong(vec![error]))?;
    let (mut builder, mut errors) = (Builder::default(), Vec::new());
    let (globals, own_functions) = (Globals::new(), OwnFunctions::new());
    let typed = Checker {
        text,
        builder: &mut builder,
        scope: Scope::new(&globals),
        own_functions: &own_functions,
        errors: &mut errors,
        sources: &mut Sources::default(),
    }
    .check(&expression);
    match typed {
        Some(typed) if errors.is_empty() => Ok(Checked {
            program: builder.program.encode(),
            node: typed.node,
            of: typed.of.to_string(),
        }),
        _ => Err(NoValue::Wrong(errors)),
    }
}

impl Checked {
    /// Computes the value and shows it to somebody.
    ///
    /// # Errors
    /// Where there is none.
    pub fn value<T>(&self, show: impl FnOnce(&Value<'_>) -> T) -> Result<T, NoValue> {
        let program = Program::decode(&self.program)?;
        let prepared = Prepared::new(program, NoFacts, &NoFacts).map_err(NoValue::Fault)?;
        let value = prepared.value(&NoFacts, self.node).map_err(NoValue::Fault)?;
        Ok(show(&value))
    }
}
