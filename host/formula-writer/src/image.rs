//! What is put into the machine's memory: a rule's description, its program, and where both are.

use std::ops::Range;

use crate::canonical::{Lay, aligned};
use crate::contract::Description;

/// Alignment of the whole, and of the working space behind it: that of the largest number.
const ALIGN: usize = 8;

/// Bytes that will lie in a memory from some address on.
pub(crate) struct Image {
    base: usize,
    bytes: Vec<u8>,
    /// Where the texts are, in their order.
    texts: Vec<Range<usize>>,
}

/// An image that is complete.
pub(crate) struct Laid {
    pub(crate) places: Places,
    pub(crate) bytes: Vec<u8>,
    /// Where the description's texts are, in their order.
    pub(crate) texts: Vec<Range<usize>>,
}

/// Where a rule's parts lie, as the machine reads it (`plugins/formula-machine/src/image.rs`).
pub(crate) struct Places {
    pub(crate) description: usize,
    pub(crate) program: usize,
    pub(crate) program_length: usize,
    pub(crate) end: usize,
}

impl Places {
    /// Bytes of the four numbers.
    pub(crate) const SIZE: usize = 16;

    /// As they stand in the machine's memory. Addresses are those of a 32-bit memory.
    pub(crate) fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let numbers = [self.description, self.program, self.program_length, self.end];
        for (place, number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
            *place = word(number);
        }
        bytes
    }
}

impl Image {
    /// A description and a program from this address on.
    pub(crate) fn of(description: &Description, program: &[u8], base: usize) -> Laid {
        let mut image = Self { base, bytes: Vec::new(), texts: Vec::new() };
        let described = image.room(Description::SIZE, Description::ALIGN);
        description.lay(&mut image, described);
        let programmed = image.room(program.len(), ALIGN);
        image.write(programmed, program);
        let end = image.room(0, ALIGN);
        let places = Places {
            description: image.address(described),
            program: image.address(programmed),
            program_length: program.len(),
            end: image.address(end),
        };
        Laid { places, bytes: image.bytes, texts: image.texts }
    }

    /// Room for so many bytes, all zero, behind everything so far; its offset.
    pub(crate) fn room(&mut self, size: usize, align: usize) -> usize {
        let start = aligned(self.bytes.len(), align);
        self.bytes.resize(start + size, 0);
        start
    }

    /// Writes a text behind everything so far; its offset.
    pub(crate) fn text(&mut self, text: &str) -> usize {
        let start = self.room(text.len(), 1);
        self.write(start, text.as_bytes());
        self.texts.push(start..start + text.len());
        start
    }

    /// The address that an offset will have. The base is aligned to [`ALIGN`], so offsets are as
    /// aligned as addresses.
    pub(crate) fn address(&self, offset: usize) -> usize {
        self.base + offset
    }

    /// Writes bytes at an offset, where there is room for them.
    pub(crate) fn write(&mut self, at: usize, bytes: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..).and_then(|rest| rest.get_mut(..bytes.len())) {
            place.copy_from_slice(bytes);
        }
    }

    /// Writes an address or a length.
    pub(crate) fn write_number(&mut self, at: usize, number: usize) {
        self.write(at, &word(number));
    }

    /// Where an image may begin at or after an address.
    pub(crate) fn base_from(address: usize) -> usize {
        aligned(address, ALIGN)
    }
}

/// A number of a 32-bit memory. What is larger was refused before: see `write`.
fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
