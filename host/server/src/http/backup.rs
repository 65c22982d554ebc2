//! A backup of a running server, for the operator: streamed while it is written.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::application::Application;
use super::credential::OperatorAccess;

/// Pieces that are written ahead of the network, so that a slow reader slows the writing down
/// instead of filling the memory.
const PIECES: usize = 8;

/// Bytes of a piece.
const PIECE: usize = 256 << 10;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(backup))
}

/// Everything that is stored, as of one moment, for `stele restore`. The server goes on working.
#[utoipa::path(get, path = "/v1/backup", tag = "operation", operation_id = "backup",
    responses((status = 200, description = "The bytes of a backup file. A backup that breaks off is refused by `stele restore`.", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn backup(State(app): State<Application>, _: OperatorAccess) -> Response {
    let (sender, receiver) = mpsc::channel(PIECES);
    let runtime = app.runtime().clone();
    tokio::task::spawn_blocking(move || {
        let mut writer = io::BufWriter::with_capacity(PIECE, Pipe(sender.clone()));
        let written = runtime.backup(&mut writer).map_err(|error| error.to_string());
        let flushed = writer.flush().map_err(|error| error.to_string());
        if let Err(error) = written.and(flushed) {
            tracing::error!(error, "a backup broke off");
            // Ends the response with an error, so that the reader does not take it for complete.
            let _ = sender.blocking_send(Err(io::Error::other(error)));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"stele.backup\""),
    ];
    (headers, Body::from_stream(ReceiverStream::new(receiver))).into_response()
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
