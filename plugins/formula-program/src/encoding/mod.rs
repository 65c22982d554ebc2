//! The form of a program in bytes: read with every position checked, written the same way each time.
//!
//! Integers are LEB128 of at most 32 bits. Texts are their length and UTF-8; a program that is read
//! borrows them where they lie.

mod constants;
mod form;

use crate::operand::NodeId;
use crate::program::MAXIMUM_COUNT;
use core::fmt;

/// Why bytes are no program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Malformed {
    /// It does not begin with the magic word of this version.
    NotAProgram,
    /// It ends within something.
    Truncated,
    /// Bytes follow its end.
    TrailingBytes,
    /// A position lies outside of what it points to, or an operand behind what uses it.
    OutOfRange,
    /// No node, function, constant or direction has this code.
    UnknownCode(u8),
    /// A text is not UTF-8, a number or a date does not exist.
    InvalidConstant,
    /// Nodes nest more deeply than [`crate::program::MAXIMUM_DEPTH`], this one first.
    TooDeep(NodeId),
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAProgram => "it is no formula program of this version",
            Self::Truncated => "it ends too early",
            Self::TrailingBytes => "bytes follow its end",
            Self::OutOfRange => "a position lies outside of the program",
            Self::UnknownCode(_) => "it has a code that this machine does not know",
            Self::InvalidConstant => "a constant is no value",
            Self::TooDeep(_) => "its formulas are nested too deeply",
        })
    }
}

impl core::error::Error for Malformed {}

/// How many there are of what operands point to.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Bounds {
    pub(crate) constants: u32,
    pub(crate) facts: u32,
    pub(crate) parameters: u32,
    pub(crate) figures: u32,
    pub(crate) functions: u32,
    pub(crate) formulas: u32,
    pub(crate) slots: u32,
    pub(crate) operands: u32,
    /// Nodes that have been read: only they may be operands.
    pub(crate) nodes: u32,
}

/// Reads a program from the front.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    pub(crate) bounds: Bounds,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, bounds: Bounds::default() }
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        let (first, rest) = self.rest.split_first().ok_or(Malformed::Truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Malformed::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn number(&mut self) -> Result<u32, Malformed> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            if shift == 28 && byte > 0x0f {
                return Err(Malformed::OutOfRange);
            }
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Malformed::OutOfRange)
    }

    pub(crate) fn number_below(&mut self, bound: u32) -> Result<u32, Malformed> {
        let number = self.number()?;
        if number < bound { Ok(number) } else { Err(Malformed::OutOfRange) }
    }

    /// How many of something follow; each takes at least a byte, so no more than bytes are left.
    pub(crate) fn count(&mut self) -> Result<u32, Malformed> {
        let count = self.number()?;
        if count > MAXIMUM_COUNT || count as usize > self.rest.len() {
            return Err(Malformed::OutOfRange);
        }
        Ok(count)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        let length = self.number()?;
        let bytes = self.bytes(length as usize)?;
        core::str::from_utf8(bytes).map_err(|_| Malformed::InvalidConstant)
    }

    pub(crate) fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed::TrailingBytes) }
    }
}

/// Writes a program from the front.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push((number as u8 & 0x7f) | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A length or count; none is larger than [`MAXIMUM_COUNT`] in a program that can be made.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}
