//! Where a component that claims to be made of a description and a program first differs from what
//! they give.

use std::fmt;
use std::ops::Range;

use wasmparser::{Parser, Payload};

use crate::contract::Description;
use crate::image::{Image, Laid};
use crate::machine::Machine;
use crate::patch::Parts;
use crate::write::{WriteError, write};

/// Most characters of a text that is quoted.
const QUOTED: usize = 60;

/// The first difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Byte of the component, counted from 0.
    pub at: usize,
    /// What stands there in what was made.
    pub part: Part,
    /// The byte that was made there; none: the component should end before it.
    pub expected: Option<u8>,
    /// The byte that was found there; none: the component ends before it.
    pub found: Option<u8>,
}

/// A part of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The machine itself: its code, its own data.
    Machine,
    /// The description, in or before the text that is quoted.
    Description(String),
    /// The program.
    Program,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Machine => write!(formatter, "byte {}, in the machine's own code", self.at),
            Part::Description(text) if text.is_empty() => {
                write!(formatter, "byte {}, in the description", self.at)
            }
            Part::Description(text) => {
                write!(formatter, "byte {}, in the description near {text:?}", self.at)
            }
            Part::Program => write!(formatter, "byte {}, in the program", self.at),
        }?;
        let byte = |byte: Option<u8>| match byte {
            Some(byte) => format!("{byte:#04x}"),
            None => "the end".to_owned(),
        };
        write!(formatter, ": expected {}, found {}", byte(self.expected), byte(self.found))
    }
}

/// Compares a component with what a machine, a description and a program give; none where not a
/// byte differs. What was written into the machine is compared before the machine: its length stands
/// in front of everything, and says nothing.
pub fn difference(
    machine: Machine,
    description: &Description,
    program: &[u8],
    found: &[u8],
) -> Result<Option<Difference>, WriteError> {
    let made = write(machine, description, program)?;
    if made == found {
        return Ok(None);
    }
    let broken = |reason| WriteError::Machine { version: machine.version(), reason };
    let base = Image::base_from(Parts::of(machine.component()).map_err(broken)?.free);
    let laid = Image::of(description, program, base);
    let start = last_data(&made).map_or(0, |data| data.start);
    let written = last_data(found).and_then(|data| found.get(data));
    if let Some((within, expected, found)) =
        written.and_then(|written| first_of(&laid.bytes, written))
    {
        let part = part(&laid, within, base);
        return Ok(Some(Difference { at: start + within, part, expected, found }));
    }
    Ok(first_of(&made, found).map(|(at, expected, found)| Difference {
        at,
        part: Part::Machine,
        expected,
        found,
    }))
}

/// Where two first differ, and what stands there.
fn first_of(made: &[u8], found: &[u8]) -> Option<(usize, Option<u8>, Option<u8>)> {
    let at = made.iter().zip(found).position(|(made, found)| made != found);
    let at = at.or_else(|| (made.len() != found.len()).then(|| made.len().min(found.len())))?;
    Some((at, made.get(at).copied(), found.get(at).copied()))
}

/// What a byte of what was written belongs to.
fn part(laid: &Laid, at: usize, base: usize) -> Part {
    if at >= laid.places.program - base {
        return Part::Program;
    }
    // What is no text stands before the texts of what it belongs to.
    let text = laid.texts.iter().find(|text| at < text.end).cloned();
    let text = text.and_then(|text| laid.bytes.get(text)).unwrap_or_default();
    Part::Description(String::from_utf8_lossy(text).chars().take(QUOTED).collect())
}

/// Where the last data of a component lies: what was written.
fn last_data(component: &[u8]) -> Option<Range<usize>> {
    let mut last = None;
    for payload in Parser::new(0).parse_all(component) {
        if let Payload::DataSection(section) = payload.ok()? {
            for data in section {
                let data = data.ok()?;
                last = Some(data.range.end - data.data.len()..data.range.end);
            }
        }
    }
    last
}
