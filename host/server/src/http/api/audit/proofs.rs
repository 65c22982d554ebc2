//! Signed checkpoints, the key that signs them, and proofs.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use stele_runtime::{ConsistencyProof, InclusionProof, SignedCheckpoint, StoreError, TenantId};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{AuditRead, Known, OperatorAccess, TenantAccess};
use crate::http::edge::cursor::{Parameters, refused};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(audit_key))
        .routes(routes!(checkpoint_of_tenant))
        .routes(routes!(checkpoint_of_operator))
        .routes(routes!(proof_of_tenant))
        .routes(routes!(proof_of_operator))
        .routes(routes!(consistency_of_tenant))
        .routes(routes!(consistency_of_operator))
}

/// The state that a checkpoint is of.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CheckpointQuery {
    /// Number of entries; all where not given.
    size: Option<u64>,
}

/// What is to be proven.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ProofQuery {
    /// The entry's sequence.
    entry: u64,
    /// Number of entries of the tree that it is proven in; all where not given.
    size: Option<u64>,
}

/// Which two states are compared.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ConsistencyQuery {
    /// Number of entries of the older state.
    from: u64,
    /// Number of entries of the newer state; all where not given.
    to: Option<u64>,
}

/// The public key of this server's checkpoints, as PEM. Keep it apart from the server.
#[utoipa::path(get, path = "/v1/audit/key", tag = "audit", operation_id = "audit_key",
    responses((status = 200, description = "The key.", body = String, content_type = "application/x-pem-file")))]
async fn audit_key(State(app): State<Application>, _: Known) -> Result<impl IntoResponse, Problem> {
    let pem = app.runtime().audit_verifier().to_pem().map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/x-pem-file")], pem))
}

/// A signed checkpoint of a tenant's log. Keep it elsewhere: it shows later whether the log is
/// still the one that it was made of.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit/checkpoint", tag = "audit", operation_id = "checkpoint_of_tenant",
    params(("tenant" = String, Path, description = "The tenant."), CheckpointQuery),
    responses((status = 200, description = "The checkpoint.", body = SignedCheckpoint)))]
async fn checkpoint_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    Parameters(query): Parameters<CheckpointQuery>,
) -> Result<Json<SignedCheckpoint>, Problem> {
    checkpoint(app, Some(access.tenant), query).await
}

/// A signed checkpoint of the operator's log.
#[utoipa::path(get, path = "/v1/audit/checkpoint", tag = "audit", operation_id = "checkpoint_of_operator",
    params(CheckpointQuery),
    responses((status = 200, description = "The checkpoint.", body = SignedCheckpoint)))]
async fn checkpoint_of_operator(
    State(app): State<Application>,
    _: OperatorAccess,
    Parameters(query): Parameters<CheckpointQuery>,
) -> Result<Json<SignedCheckpoint>, Problem> {
    checkpoint(app, None, query).await
}

/// Proof that an entry is in a tenant's log.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit/proof", tag = "audit", operation_id = "audit_proof_of_tenant",
    params(("tenant" = String, Path, description = "The tenant."), ProofQuery),
    responses((status = 200, description = "The proof.", body = InclusionProof)))]
async fn proof_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    Parameters(query): Parameters<ProofQuery>,
) -> Result<Json<InclusionProof>, Problem> {
    proof(app, Some(access.tenant), query).await
}

/// Proof that an entry is in the operator's log.
#[utoipa::path(get, path = "/v1/audit/proof", tag = "audit", operation_id = "audit_proof_of_operator",
    params(ProofQuery),
    responses((status = 200, description = "The proof.", body = InclusionProof)))]
async fn proof_of_operator(
    State(app): State<Application>,
    _: OperatorAccess,
    Parameters(query): Parameters<ProofQuery>,
) -> Result<Json<InclusionProof>, Problem> {
    proof(app, None, query).await
}

/// Proof that a tenant's log only grew from one state to another.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit/consistency", tag = "audit", operation_id = "audit_consistency_of_tenant",
    params(("tenant" = String, Path, description = "The tenant."), ConsistencyQuery),
    responses((status = 200, description = "The proof.", body = ConsistencyProof)))]
async fn consistency_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    Parameters(query): Parameters<ConsistencyQuery>,
) -> Result<Json<ConsistencyProof>, Problem> {
    consistency(app, Some(access.tenant), query).await
}

/// Proof that the operator's log only grew from one state to another.
#[utoipa::path(get, path = "/v1/audit/consistency", tag = "audit", operation_id = "audit_consistency_of_operator",
    params(ConsistencyQuery),
    responses((status = 200, description = "The proof.", body = ConsistencyProof)))]
async fn consistency_of_operator(
    State(app): State<Application>,
    _: OperatorAccess,
    Parameters(query): Parameters<ConsistencyQuery>,
) -> Result<Json<ConsistencyProof>, Problem> {
    consistency(app, None, query).await
}

async fn checkpoint(
    app: Application,
    tenant: Option<TenantId>,
    query: CheckpointQuery,
) -> Result<Json<SignedCheckpoint>, Problem> {
    let made = app.runtime().audit_checkpoint(tenant.as_ref(), query.size).await;
    made.map(Json).map_err(|error| beyond("size", error))
}

async fn proof(
    app: Application,
    tenant: Option<TenantId>,
    query: ProofQuery,
) -> Result<Json<InclusionProof>, Problem> {
    let ProofQuery { entry, size } = query;
    let made = app.runtime().audit_inclusion(tenant.as_ref(), entry, size).await;
    // Asked for more entries than there are, or for an entry that is not among them.
    made.map(Json).map_err(|error| match &error {
        StoreError::BeyondLog { asked, .. } if Some(*asked) == size => beyond("size", error),
        StoreError::BeyondLog { size, .. } => {
            refused("entry", &format!("an entry before {size}"), &entry.to_string())
        }
        _ => refusal::of_store(&error),
    })
}

async fn consistency(
    app: Application,
    tenant: Option<TenantId>,
    query: ConsistencyQuery,
) -> Result<Json<ConsistencyProof>, Problem> {
    let ConsistencyQuery { from, to } = query;
    let made = app.runtime().audit_consistency(tenant.as_ref(), from, to).await;
    made.map(Json).map_err(|error| match &error {
        StoreError::BeyondLog { asked, .. } if Some(*asked) == to && from <= *asked => {
            beyond("to", error)
        }
        _ => beyond("from", error),
    })
}

/// More entries were asked for than there are.
fn beyond(parameter: &str, error: StoreError) -> Problem {
    match error {
        StoreError::BeyondLog { asked, size, .. } => {
            refused(parameter, &format!("at most {size}"), &asked.to_string())
        }
        other => refusal::of_store(&other),
    }
}
