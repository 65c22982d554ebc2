//! The door to an activation: proposals, what others decide about them, and rollbacks.

mod bodies;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stele_runtime::{
    Actor, ProposalError, ProposalFilter, ProposalStateView, ProposalView, Runtime, Slot, TenantId,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::api::proposals::bodies::{
    ApprovalBody, ProposalBody, RejectionBody, RollbackBody,
};
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{
    ActivationsApprove, ActivationsRead, ActivationsWrite, TenantAccess, demand_also,
};
use crate::http::edge::cursor::{PageQuery, Parameters, refused, seal};
use crate::http::edge::etag;
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::LastSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(propose, list_proposals))
        .routes(routes!(read_proposal, amend_proposal))
        .routes(routes!(approve))
        .routes(routes!(put_in_force))
        .routes(routes!(reject))
        .routes(routes!(withdraw))
        .routes(routes!(confirm))
        .routes(routes!(roll_back))
}

/// A page of proposals.
#[derive(Debug, Serialize, ToSchema)]
struct ProposalList {
    /// The newest first.
    proposals: Vec<ProposalView>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Which proposals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ProposalQuery {
    /// Most elements of the page; 100 where not given, at most 1000.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only those of this slot.
    slot: Option<String>,
    /// Only those in this state: `proposed`, `approved`, `in_force`, `superseded`, `rejected`,
    /// `withdrawn`.
    state: Option<String>,
    /// Only those that were put in force in an emergency and wait for a second person.
    unconfirmed: Option<bool>,
}

/// Propose to put a version in force.
///
/// It is in force once as many others have approved it as the tenant's policy asks for.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals", tag = "activations",
    operation_id = "propose",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ProposalBody,
    responses((status = 201, description = "It is proposed.", body = ProposalView)))]
async fn propose(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<ProposalBody>,
) -> Result<Response, Problem> {
    let make = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.propose(&actor, &tenant, body.into()).await
    };
    once_with_its_view(&app, &access, &head, &bytes, StatusCode::CREATED, make).await
}

/// List proposals.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/proposals", tag = "activations",
    operation_id = "list_proposals",
    params(("tenant" = String, Path, description = "The tenant."), ProposalQuery),
    responses((status = 200, description = "A page of them, the newest first.", body = ProposalList)))]
async fn list_proposals(
    State(app): State<Application>,
    access: TenantAccess<ActivationsRead>,
    Parameters(query): Parameters<ProposalQuery>,
) -> Result<Json<ProposalList>, Problem> {
    let page = PageQuery { limit: query.limit, cursor: query.cursor }.page(&app)?;
    let before = match &page.after {
        None => None,
        Some(after) => Some(
            Uuid::try_parse(after).map_err(|_| refused("cursor", "the `next` of a page", after))?,
        ),
    };
    let slot = query
        .slot
        .as_deref()
        .map(|slot| Slot::new(slot).map_err(|error| refused("slot", error.expected, &error.found)));
    let state = query.state.as_deref().map(|state| {
        ProposalStateView::ALL.into_iter().find(|known| known.name() == state).ok_or_else(|| {
            let names: Vec<_> = ProposalStateView::ALL.iter().map(|known| known.name()).collect();
            refused("state", &format!("one of {}", names.join(", ")), state)
        })
    });
    let wanted = ProposalFilter {
        slot: slot.transpose()?,
        state: state.transpose()?,
        unconfirmed: query.unconfirmed.unwrap_or(false),
    };
    let page = app
        .runtime()
        .proposals(&access.tenant, before, page.limit, &wanted)
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let next = page.next.map(|id| seal(&id.to_string()));
    Ok(Json(ProposalList { proposals: page.proposals, next }))
}

/// Read a proposal with everything that was said about it.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/proposals/{id}", tag = "activations",
    operation_id = "read_proposal",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
    ),
    responses((status = 200, description = "As it stands today.", body = ProposalView,
        headers(("etag" = String, description = "The revision.")))))]
async fn read_proposal(
    State(app): State<Application>,
    access: TenantAccess<ActivationsRead>,
    LastSegment(id): LastSegment,
) -> Result<Response, Problem> {
    let view = app
        .runtime()
        .proposal(&access.tenant, identifier(&id)?)
        .await
        .map_err(refusal::of_proposal)?;
    Ok(([(header::ETAG, etag::tag(view.revision))], Json(view)).into_response())
}

/// Change what is proposed; every approval so far is void.
#[utoipa::path(put, path = "/v1/tenants/{tenant}/proposals/{id}", tag = "activations",
    operation_id = "amend_proposal",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("If-Match" = Option<String>, Header, description = "Change only if this is the latest revision."),
    ),
    request_body = ProposalBody,
    responses((status = 200, description = "It is proposed anew.", body = ProposalView,
        headers(("etag" = String, description = "The revision.")))))]
async fn amend_proposal(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    LastSegment(id): LastSegment,
    headers: HeaderMap,
    JsonBodyWithBytes(body, _): JsonBodyWithBytes<ProposalBody>,
) -> Result<Response, Problem> {
    let precondition = etag::precondition(&headers)?;
    let (id, tenant) = (identifier(&id)?, &access.tenant);
    let view = app
        .runtime()
        .amend_proposal(&access.actor, tenant, id, precondition, body.into())
        .await
        .map_err(refusal::of_proposal)?;
    Ok(([(header::ETAG, etag::tag(view.revision))], Json(view)).into_response())
}

/// Approve a proposal.
///
/// Another person than the proposer must. The approval holds for exactly what `binding` stands
/// for: digest, slot, date, reason and impact report. The last one that is needed puts it in force.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals/{id}/approval", tag = "activations",
    operation_id = "approve",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ApprovalBody,
    responses((status = 200, description = "It counts.", body = ProposalView)))]
async fn approve(
    State(app): State<Application>,
    access: TenantAccess<ActivationsApprove>,
    LastSegment(id): LastSegment,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<ApprovalBody>,
) -> Result<Response, Problem> {
    let id = identifier(&id)?;
    let step = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.approve(&actor, &tenant, id, &body.binding).await
    };
    once_with_its_view(&app, &access, &head, &bytes, StatusCode::OK, step).await
}

/// Put a proposal in force that has enough approvals.
///
/// For proposals that were approved by fewer than the policy asked for then, and by enough since it
/// asks for fewer. A change of the policy alone puts nothing in force.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals/{id}/activation", tag = "activations",
    operation_id = "put_in_force",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ApprovalBody,
    responses((status = 200, description = "It is activated.", body = ProposalView)))]
async fn put_in_force(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    LastSegment(id): LastSegment,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<ApprovalBody>,
) -> Result<Response, Problem> {
    let id = identifier(&id)?;
    let step = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.put_in_force(&actor, &tenant, id, &body.binding).await
    };
    once_with_its_view(&app, &access, &head, &bytes, StatusCode::OK, step).await
}

/// Reject a proposal.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals/{id}/rejection", tag = "activations",
    operation_id = "reject",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = RejectionBody,
    responses((status = 200, description = "It is rejected.", body = ProposalView)))]
async fn reject(
    State(app): State<Application>,
    access: TenantAccess<ActivationsApprove>,
    LastSegment(id): LastSegment,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<RejectionBody>,
) -> Result<Response, Problem> {
    let id = identifier(&id)?;
    let step = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.reject(&actor, &tenant, id, &body.reason).await
    };
    once_with_its_view(&app, &access, &head, &bytes, StatusCode::OK, step).await
}

/// Take back what one has proposed. The body is not read.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals/{id}/withdrawal", tag = "activations",
    operation_id = "withdraw",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    responses((status = 200, description = "It is withdrawn.", body = ProposalView)))]
async fn withdraw(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    LastSegment(id): LastSegment,
    head: Head,
) -> Result<Response, Problem> {
    let id = identifier(&id)?;
    let step = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.withdraw(&actor, &tenant, id).await
    };
    once_with_its_view(&app, &access, &head, &[], StatusCode::OK, step).await
}

/// Confirm what another person put in force in an emergency. The body is not read.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/proposals/{id}/confirmation", tag = "activations",
    operation_id = "confirm",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The proposal."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    responses((status = 200, description = "It is confirmed.", body = ProposalView)))]
async fn confirm(
    State(app): State<Application>,
    access: TenantAccess<ActivationsApprove>,
    LastSegment(id): LastSegment,
    head: Head,
) -> Result<Response, Problem> {
    let id = identifier(&id)?;
    let step = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.confirm(&actor, &tenant, id).await
    };
    once_with_its_view(&app, &access, &head, &[], StatusCode::OK, step).await
}

/// Go back to what was in force before.
///
/// It is a proposal of the former version, through the same door. With `emergency` it is in force
/// at once and is marked as unconfirmed until a second person has confirmed it; until then the same
/// person can not do it again.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/rollbacks", tag = "activations",
    operation_id = "roll_back",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = RollbackBody,
    responses((status = 201, description = "It is proposed, or in force.", body = ProposalView)))]
async fn roll_back(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<RollbackBody>,
) -> Result<Response, Problem> {
    if body.emergency {
        demand_also(&access, stele_runtime::TokenScope::ActivationsEmergency)?;
    }
    let make = async move |runtime: Arc<Runtime>, actor, tenant| {
        runtime.roll_back(&actor, &tenant, body.into()).await
    };
    once_with_its_view(&app, &access, &head, &bytes, StatusCode::CREATED, make).await
}

/// Makes a proposal or takes a step of one, once, and answers with it as it stands then; one that is
/// made also with where it is read.
async fn once_with_its_view<D, F>(
    app: &Application,
    access: &TenantAccess<D>,
    head: &Head,
    bytes: &[u8],
    status: StatusCode,
    step: impl FnOnce(Arc<Runtime>, Actor, TenantId) -> F + Send + 'static,
) -> Result<Response, Problem>
where
    F: Future<Output = Result<ProposalView, ProposalError>> + Send + 'static,
{
    let (runtime, tenant) = (app.runtime().clone(), access.tenant.clone());
    let attempt = head.attempt(Some(&access.tenant), bytes);
    once(app, attempt, access.actor.clone(), async move |actor| {
        let view = step(runtime, actor, tenant.clone()).await.map_err(refusal::of_proposal)?;
        let answer = Answer::committed(status, &view)?;
        Ok(match status {
            StatusCode::CREATED => {
                answer.at(&format!("/v1/tenants/{tenant}/proposals/{}", view.id))
            }
            _ => answer,
        })
    })
    .await
}

fn identifier(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| {
        let text: String = text.chars().take(80).collect();
        Problem::new(Kind::NotFound, format!("There is no proposal {text}."))
    })
}
