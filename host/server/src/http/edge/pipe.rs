//! A response that is written by a thread that may block, while it is sent.

use std::future::Future;
use std::io::{self, Write};

use axum::body::{Body, Bytes};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Pieces that are written ahead of the network, so that a slow reader slows the writing down
/// instead of filling the memory.
const PIECES: usize = 8;

/// Bytes of a piece.
const PIECE: usize = 256 << 10;

/// The body that `write` writes and flushes, on a thread that may block. An error ends the response
/// as broken off, so that the reader does not take it for complete; `what` names it in the log.
pub(crate) fn body<F>(
    what: &'static str,
    write: impl FnOnce(Box<dyn Write + Send>) -> F + Send + 'static,
) -> Body
where
    F: Future<Output = Result<(), String>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::spawn(async move {
        let writer = io::BufWriter::with_capacity(PIECE, Pipe(sender.clone()));
        if let Err(error) = write(Box::new(writer)).await {
            match sender.is_closed() {
                // The reader hung up: nothing is wrong here.
                true => tracing::debug!(error, "{what} was not read to its end"),
                false => tracing::error!(error, "{what} broke off"),
            }
            let _ = sender.send(Err(io::Error::other(error))).await;
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
