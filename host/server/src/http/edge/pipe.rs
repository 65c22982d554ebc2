//! A response that is written by a thread that may block, while it is sent.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Pieces that are written ahead of the network, so that a slow reader slows the writing down
/// instead of filling the memory.
const PIECES: usize = 8;

/// Bytes of a piece.
const PIECE: usize = 256 << 10;

/// The body that `write` writes. An error ends the response as broken off, so that the reader does
/// not take it for complete; `what` names it in the log.
pub(crate) fn body(
    what: &'static str,
    write: impl FnOnce(&mut dyn Write) -> Result<(), String> + Send + 'static,
) -> Body {
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut writer = io::BufWriter::with_capacity(PIECE, Pipe(sender.clone()));
        let written = write(&mut writer);
        let flushed = writer.flush().map_err(|error| error.to_string());
        if let Err(error) = written.and(flushed) {
            tracing::error!(error, "{what} broke off");
            let _ = sender.blocking_send(Err(io::Error::other(error)));
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

/// A writer into the response.
struct Pipe(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .blocking_send(Ok(Bytes::copy_from_slice(bytes)))
            .map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
