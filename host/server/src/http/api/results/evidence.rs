//! The evidence of a result: one file that can be checked without this server.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::results::recorded::result_id;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{ResultsRead, TenantAccess};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The media type of a bundle.
const MEDIA_TYPE: &str = "application/vnd.stele.evidence";

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(read_evidence))
}

/// Take the evidence of a result.
///
/// A `.stele-evidence` file (tar, zstd) with the package that was run, everything that was kept of
/// the result, the audit entry that vouches for it, the activation and its proposal. `stele replay
/// FILE` checks it and runs it again with nothing but the file. Stands in the audit log: it holds
/// personal data and leaves the house.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/results/{id}/evidence", tag = "results",
    operation_id = "read_evidence",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The result."),
    ),
    responses(
        (status = 200, description = "The file, with the audit log's checkpoint of this moment.",
            body = Vec<u8>, content_type = "application/vnd.stele.evidence"),
        (status = 410, description = "It was erased.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn read_evidence(
    State(app): State<Application>,
    access: TenantAccess<ResultsRead>,
    IdSegment(id): IdSegment,
) -> Result<Response, Problem> {
    let id = result_id(&id)?;
    let proof = app.runtime().audit_proof_of(&access.tenant, id).await;
    let proof = proof.map_err(refusal::of_evidence)?;
    let bundle = app
        .runtime()
        .evidence(&access.actor, &access.tenant, id, Some(proof))
        .await
        .map_err(refusal::of_evidence)?;
    let name = format!("attachment; filename=\"{id}.stele-evidence\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bundle).into_response())
}
