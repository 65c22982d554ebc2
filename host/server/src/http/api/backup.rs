//! A backup of a running server, for the operator: streamed while it is written.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::OperatorAccess;
use crate::http::edge::pipe;
use crate::http::edge::problem::Problem;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(backup))
}

/// Everything that is stored, as of one moment, for `stele restore`. The server goes on working.
#[utoipa::path(get, path = "/v1/backup", tag = "operation", operation_id = "backup",
    responses((status = 200, description = "The bytes of a backup file. A backup that breaks off is refused by `stele restore`.", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn backup(
    State(app): State<Application>,
    access: OperatorAccess,
) -> Result<Response, Problem> {
    let place = app.rooms().backups.enter(access.holder())?;
    let runtime = app.runtime().clone();
    let body = pipe::body("a backup", async move |writer| {
        let _held_until_the_end = place;
        runtime.backup(writer).await.map(|_| ()).map_err(|error| error.to_string())
    });
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"stele.backup\""),
    ];
    Ok((headers, body).into_response())
}
