//! An answer as JSON, no longer than it may be.
//!
//! What a rule yields is bounded by fuel, not by what it is worth to hold in memory until somebody
//! has read it; and an answer is written before it is sent, so that a too long one is refused as a
//! whole.

use std::io::{self, Write};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::application::Application;
use super::problem::{Kind, Problem};

/// Room for a document, so that writing it out does not grow the buffer again and again.
const USUAL_DOCUMENT: usize = 16 << 10;

/// The answer to whoever reads what is kept, of at most `document_bytes`.
///
/// # Errors
/// 422: it is longer.
pub(crate) fn document(app: &Application, document: &impl Serialize) -> Result<Response, Problem> {
    let most = app.limits().document_bytes;
    let bytes = json(document, USUAL_DOCUMENT, "document_bytes", most)?;
    let media_type = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

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
