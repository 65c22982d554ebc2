//! `formulas.toml`: the text of which a rule's component is made.
//!
//! A package holds the text, the component, and which version of the formula machine it is made by.
//! Whoever reviews the text has seen what runs, because the component is made again when the version
//! is published, and not a byte may differ.

use std::fmt;

use serde::Serialize;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::Program;
use stele_formula_writer::{Difference, Machine, WriteError, difference, write};
use stele_formulas::document::declarations::Declarations;
use stele_formulas::document::reach::Fork;
use stele_formulas::document::tables::Lookup;
use stele_formulas::document::{Compiled, compile};
use stele_formulas::error::{Error, Kind, Report};
use stele_formulas::source::Lines;

use super::defect::Defect;
use super::package::{COMPONENT_FILE, FORMULAS_FILE};

/// The formulas of a version, read once.
#[derive(Debug)]
pub struct FormulaText {
    machine: u32,
    text: String,
    compiled: Result<Compiled, Vec<WrongFormula>>,
    /// What is declared and used by nothing.
    unused: Vec<WrongFormula>,
}

/// Something that is wrong in `formulas.toml`. It shows as lines for people, with the piece
/// underlined; as a document it is for editors.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct WrongFormula {
    report: Report,
    #[serde(skip)]
    rendered: String,
}

/// A piece of a formula.
pub(crate) struct FormulaPlace<'t> {
    /// Whose formula it is: `paye`, `below_minimum_wage, limit`.
    pub(crate) of: String,
    /// How it is written, shortened.
    pub(crate) text: String,
    /// All of the document that stands before it.
    before: &'t str,
}

impl FormulaPlace<'_> {
    /// What is wrong there.
    pub(crate) fn defect(&self, expected: impl Into<String>, found: impl Into<String>) -> Defect {
        let line = self.before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let of_line = self.before.rsplit('\n').next().unwrap_or_default();
        let key = key_of(line, of_line.chars().count() + 1);
        Defect::new(FORMULAS_FILE, key, expected, found)
    }
}

/// A place as the key of a defect.
fn key_of(line: impl fmt::Display, column: impl fmt::Display) -> String {
    format!("line {line}, column {column}")
}

/// Why there is no component of the formulas, or another one.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NotMade {
    /// The text is wrong; everything that is.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<WrongFormula>),
    /// The manifest names a machine that this host does not have.
    #[error(
        "ruleset.toml: machine: expected a version of the formula machine that this host has, 1 to \
         {}, found {found}",
        FormulaText::newest_machine()
    )]
    UnknownMachine {
        /// Version that the manifest names.
        found: u32,
    },
    /// Too much for a rule.
    #[error("{FORMULAS_FILE}: {0}")]
    NotWritten(#[from] WriteError),
    /// The component of the package is not what its formulas give.
    #[error(
        "{COMPONENT_FILE} is not what {FORMULAS_FILE} gives, first at {0}; make the package \
         anew with `stele ruleset package`"
    )]
    Differs(Difference),
}

impl FormulaText {
    /// Reads a text, for the rule of a name and the machine of a version. What is wrong with it is
    /// said where something is made of it.
    pub fn read(name: &str, machine: u32, text: &str) -> Self {
        let lines = Lines::of(text);
        let said = |errors: &[Error]| -> Vec<WrongFormula> {
            errors.iter().map(|error| WrongFormula::of(error, &lines)).collect()
        };
        let compiled = compile(name, text).map_err(|errors| said(&errors));
        let unused = compiled.as_ref().map_or_else(|_| Vec::new(), |made| said(&made.warnings));
        Self { machine, text: text.to_owned(), compiled, unused }
    }

    /// Version of the machine of which new rules are made.
    pub fn newest_machine() -> u32 {
        Machine::newest().version()
    }

    /// Version of the machine that runs them.
    pub fn machine(&self) -> u32 {
        self.machine
    }

    /// The component: the same bytes wherever it is made.
    pub fn component(&self) -> Result<Vec<u8>, NotMade> {
        let (machine, compiled) = self.parts()?;
        Ok(write(machine, &compiled.description, &compiled.program)?)
    }

    /// Whether this is the component.
    pub fn gives(&self, component: &[u8]) -> Result<(), NotMade> {
        let (machine, compiled) = self.parts()?;
        match difference(machine, &compiled.description, &compiled.program, component)? {
            None => Ok(()),
            Some(difference) => Err(NotMade::Differs(difference)),
        }
    }

    /// What the text declares; none where it can't be read.
    pub(crate) fn declarations(&self) -> Option<&Declarations> {
        self.compiled.as_ref().ok().map(|compiled| &compiled.declarations)
    }

    /// What the text declares and uses for nothing.
    pub(crate) fn unused(&self) -> &[WrongFormula] {
        &self.unused
    }

    /// The program that they give; none where they can not be read.
    pub(crate) fn program(&self) -> Option<Program<'_>> {
        Program::decode(&self.compiled.as_ref().ok()?.program).ok()
    }

    /// What the text declares; none where it can not be read.
    pub(crate) fn declarations(&self) -> Option<&Declarations> {
        self.compiled.as_ref().ok().map(|compiled| &compiled.declarations)
    }

    /// The ways that an evaluation can take.
    pub(crate) fn forks(&self) -> &[Fork] {
        self.compiled.as_ref().map_or(&[], |compiled| &compiled.forks)
    }

    /// The tables of the law in which the formulas look rows up.
    pub(crate) fn lookups(&self) -> &[Lookup] {
        self.compiled.as_ref().map_or(&[], |compiled| &compiled.lookups)
    }

    /// Where a node of the program stands in the text.
    pub(crate) fn place(&self, node: NodeId) -> Option<FormulaPlace<'_>> {
        let place = self.compiled.as_ref().ok()?.places.place(&self.text, node)?;
        let before = self.text.get(..place.span.start as usize).unwrap_or_default();
        Some(FormulaPlace { of: place.of, text: place.text, before })
    }

    /// The labels that the text itself has, as the file of a language; none where it can't be read.
    pub(crate) fn english(&self) -> Option<&str> {
        self.compiled.as_ref().ok().map(|compiled| &*compiled.english)
    }

    fn parts(&self) -> Result<(Machine, &Compiled), NotMade> {
        let machine = Machine::of_version(self.machine)
            .ok_or(NotMade::UnknownMachine { found: self.machine })?;
        let compiled = self.compiled.as_ref().map_err(|wrong| NotMade::Wrong(wrong.clone()))?;
        Ok((machine, compiled))
    }
}

impl WrongFormula {
    fn of(error: &Error, lines: &Lines<'_>) -> Self {
        Self {
            report: error.report(FORMULAS_FILE, lines),
            rendered: error.render(FORMULAS_FILE, lines),
        }
    }

    /// As what is wrong in any other file.
    pub(crate) fn defect(&self) -> Defect {
        let Report { kind, start, expected, found, near, message, .. } = &self.report;
        let key = key_of(start.line, start.column);
        let expected = match (expected, near) {
            (Some(expected), Some(near)) => format!("{expected}, perhaps `{near}`"),
            (Some(expected), None) => expected.clone(),
            (None, Some(near)) => format!("a name that exists, perhaps `{near}`"),
            (None, None) if *kind == Kind::Unused => "a formula that uses it".to_owned(),
            (None, None) => "something else".to_owned(),
        };
        let found = found.as_ref().unwrap_or(message);
        Defect::new(FORMULAS_FILE, key, expected, found.clone())
    }
}

impl fmt::Display for WrongFormula {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rendered)
    }
}
