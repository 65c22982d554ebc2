//! What the host's writer put into the machine's memory: a rule's description, ready to be read by
//! the host, and its program.
//!
//! The writer appends both to the machine's data at the end of its memory, raises the memory's size,
//! and writes where they are to [`STELE_FORMULAS`], which it finds because it is exported. A machine
//! without a rule traps.

use std::ptr;

/// Where a rule's parts lie. The writer knows this shape: four numbers of 32 bits.
#[repr(C)]
struct Image {
    /// A `description` of the contract, laid out by the canonical ABI.
    description: usize,
    program: usize,
    program_length: usize,
    /// First byte behind all that was written.
    end: usize,
}

/// Not zeros: what starts as zeros has no place in the data that the writer changes.
const NOT_WRITTEN: usize = 0xFFFF_FFFF;

#[unsafe(no_mangle)]
static mut STELE_FORMULAS: Image = Image {
    description: NOT_WRITTEN,
    program: NOT_WRITTEN,
    program_length: NOT_WRITTEN,
    end: NOT_WRITTEN,
};

/// Volatile, because the compiler takes what nothing changes for a constant.
fn image() -> Image {
    // SAFETY: nothing writes to it once the machine runs.
    let image = unsafe { ptr::read_volatile(&raw const STELE_FORMULAS) };
    if image.end == NOT_WRITTEN {
        std::arch::wasm32::unreachable();
    }
    image
}

/// Where the description lies.
pub(crate) fn description() -> *const u8 {
    ptr::with_exposed_provenance(image().description)
}

/// The rule's program.
pub(crate) fn program() -> &'static [u8] {
    let Image { program, program_length, .. } = image();
    // SAFETY: the writer put so many bytes there, and nothing writes to them.
    unsafe { std::slice::from_raw_parts(ptr::with_exposed_provenance(program), program_length) }
}

/// Where working space may begin.
pub(crate) fn end() -> usize {
    image().end
}
