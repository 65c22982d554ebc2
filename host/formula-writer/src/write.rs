//! From a description and a program to a component.

use crate::contract::{Description, Field, Shape};
use crate::image::Image;
use crate::machine::Machine;
use crate::patch::{NoMachine, Parts};

/// Most bytes of a description and a program together. The largest law that we know has a tenth of
/// a megabyte; a rule's memory may not be larger than the host's limit in any case.
pub const LARGEST_IMAGE: usize = 4 << 20;

/// Memory for what a call needs beside its facts: the lines, findings and steps of the outcome.
const FOR_AN_OUTCOME: usize = 64 << 10;

/// Most memory that is kept ready for facts. A rule that is given more asks for more, and costs a
/// new instance a call: few have tables of thousands of rows, and all would have a larger memory.
const FOR_FACTS: usize = 128 << 10;

/// Why no component was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// More than a rule's memory should hold.
    #[error("description and program take {found} bytes; at most {LARGEST_IMAGE} are written")]
    TooLarge {
        /// Bytes that they take.
        found: usize,
    },
    /// The machine is broken.
    #[error("the formula machine {version} can not be written to: {reason}")]
    Machine {
        /// Its version.
        version: u32,
        /// What is wrong with it.
        reason: NoMachine,
    },
}

/// The component of a rule: a copy of the machine that describes itself as told and runs the program.
/// The same arguments give the same bytes.
pub fn write(
    machine: Machine,
    description: &Description,
    program: &[u8],
) -> Result<Vec<u8>, WriteError> {
    let broken = |reason| WriteError::Machine { version: machine.version(), reason };
    let parts = Parts::of(machine.component()).map_err(broken)?;
    let base = Image::base_from(parts.free);
    let laid = Image::of(description, program, base);
    if laid.bytes.len() > LARGEST_IMAGE {
        return Err(WriteError::TooLarge { found: laid.bytes.len() });
    }
    let working_space = FOR_AN_OUTCOME + largest_facts(&description.facts).min(FOR_FACTS);
    parts.with(&laid.places, (base, &laid.bytes), working_space).map_err(broken)
}

/// Bytes of the most that a caller may give, but for texts.
fn largest_facts(facts: &[Field]) -> usize {
    /// As the canonical ABI lays them out.
    const VALUE: usize = 32;
    const ROW: usize = 8;
    const CELL: usize = 24;
    let size = |fact: &Field| match &fact.shape {
        Shape::Scalar(_) => 0,
        Shape::Table(table) => {
            (table.maximum_rows as usize).saturating_mul(ROW + table.columns.len() * CELL)
        }
    };
    facts.iter().map(|fact| VALUE + size(fact)).fold(0, usize::saturating_add)
}
