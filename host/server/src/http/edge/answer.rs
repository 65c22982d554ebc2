//! An answer as JSON, no longer than it may be.
//!
//! What a rule yields is bounded by fuel, not by what it is worth to hold in memory until somebody
//! has read it; and an answer is written before it is sent, so that a too long one is refused as a
//! whole.

use std::io::{self, Write};

use serde::Serialize;

use super::problem::{Kind, Problem};

/// Writes an answer of at most so many bytes, into room for as many as are usual.
///
/// # Errors
/// 422: it is longer than `limit`, as the settings call it, allows.
pub(crate) fn json(
    document: &impl Serialize,
    usual: usize,
    limit: &str,
    most: usize,
) -> Result<Vec<u8>, Problem> {
    let mut written = Bounded { bytes: Vec::with_capacity(usual.min(most)), most, is_full: false };
    match serde_json::to_writer(&mut written, document) {
        Ok(()) => Ok(written.bytes),
        Err(_) if written.is_full => Err(too_large(limit, most)),
        Err(error) => Err(Problem::internal(&error)),
    }
}

/// An answer that is longer than it may be.
pub(crate) fn too_large(limit: &str, most: usize) -> Problem {
    let detail = format!(
        "The answer is longer than the {most} bytes allowed here; nothing was changed. Ask for \
         less, such as a shorter period or no explanation."
    );
    Problem::new(Kind::AnswerTooLarge, detail).naming(limit, most)
}

struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    is_full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.most - self.bytes.len() {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
