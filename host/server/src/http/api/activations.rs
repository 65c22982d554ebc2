//! Which version is in force in which slot from which date: made, and never changed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_fields::{FromField, FromFields};
use stele_ruleset::date_from_text;
use stele_runtime::{Activation, ActivationDraft, Slot, SlotInForce};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{ActivationsRead, ActivationsWrite, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, instant, refused, seal};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(activate, list_activations))
        .routes(routes!(read_in_force))
        .routes(routes!(list_slots))
}

/// What to put in force.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = ActivationRequest)]
pub(crate) struct ActivationBody {
    /// The slot that it fills.
    slot: Slot,
    /// The ruleset.
    #[schema(example = "cn/payroll")]
    ruleset: String,
    /// Its version.
    #[schema(example = "2026.1.0")]
    version: String,
    /// First date for which it holds.
    #[schema(example = "2026-01-01")]
    valid_from: Date,
}

/// A page of the history.
#[derive(Debug, Serialize, ToSchema)]
struct ActivationList {
    /// In the order in which they were made.
    activations: Vec<Activation>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Which activations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ActivationQuery {
    /// Most elements of the page; 100 where not given, at most 1000.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only those of this slot.
    slot: Option<String>,
}

/// Put a version in force.
///
/// Only in slots whose policy asks for nobody's approval; elsewhere, propose it. Every calculation
/// asked for after the answer uses it. Nothing is overwritten: to go back, roll back.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/activations", tag = "activations",
    operation_id = "activate",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ActivationBody,
    responses((status = 201, description = "It is in force.", body = Activation)))]
async fn activate(
    State(app): State<Application>,
    access: TenantAccess<ActivationsWrite>,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<ActivationBody>,
) -> Result<Response, Problem> {
    let tenant = access.tenant.clone();
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        let draft = ActivationDraft {
            slot: body.slot.to_string(),
            ruleset: body.ruleset,
            version: body.version,
            valid_from: body.valid_from,
        };
        let activated = runtime.activate(&actor, &tenant, draft).await;
        let activation = activated.map_err(refusal::of_activation)?;
        Answer::committed(StatusCode::CREATED, &activation)
    })
    .await
}

/// Which slot, for when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct InForceQuery {
    /// The slot.
    slot: String,
    /// The date whose law is asked for.
    #[param(value_type = String, format = Date)]
    date: String,
    /// As known at this time; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    known_at: Option<String>,
}

/// For when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SlotsQuery {
    /// The date whose law is asked for.
    #[param(value_type = String, format = Date)]
    date: String,
    /// As known at this time; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    known_at: Option<String>,
}

/// Every slot.
#[derive(Debug, Serialize, ToSchema)]
struct SlotList {
    /// In the order of their names.
    slots: Vec<SlotInForce>,
}

/// What decides for a date.
#[derive(Debug, Serialize, ToSchema)]
struct InForce {
    /// The activation; none: nothing is in force.
    activation: Option<Activation>,
}

/// Which version is in force in a slot on a date, as known at a time.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/in-force", tag = "activations",
    operation_id = "read_in_force",
    params(("tenant" = String, Path, description = "The tenant."), InForceQuery),
    responses((status = 200, description = "The activation that decides.", body = InForce)))]
async fn read_in_force(
    State(app): State<Application>,
    access: TenantAccess<ActivationsRead>,
    Parameters(query): Parameters<InForceQuery>,
) -> Result<Json<InForce>, Problem> {
    let slot =
        Slot::new(&query.slot).map_err(|error| refused("slot", error.expected, &error.found))?;
    let (date, known_at) = clocks(&query.date, query.known_at.as_deref())?;
    let activation = app.runtime().in_force(&access.tenant, &slot, date, known_at);
    Ok(Json(InForce { activation }))
}

/// Every slot, and which version is in force in it on a date, as known at a time.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/slots", tag = "activations",
    operation_id = "list_slots",
    params(("tenant" = String, Path, description = "The tenant."), SlotsQuery),
    responses((status = 200, description = "The slots in which something was ever activated.",
        body = SlotList)))]
async fn list_slots(
    State(app): State<Application>,
    access: TenantAccess<ActivationsRead>,
    Parameters(query): Parameters<SlotsQuery>,
) -> Result<Json<SlotList>, Problem> {
    let (date, known_at) = clocks(&query.date, query.known_at.as_deref())?;
    Ok(Json(SlotList { slots: app.runtime().slots(&access.tenant, date, known_at) }))
}

/// The two clocks of a query: the date whose law is asked for, and what was known when.
fn clocks(date: &str, known_at: Option<&str>) -> Result<(Date, Option<Timestamp>), Problem> {
    let day = date_from_text(date).ok_or_else(|| refused("date", &Date::expected(), date))?;
    Ok((day, known_at.map(|text| instant("known_at", text)).transpose()?))
}

/// The history of activations.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/activations", tag = "activations",
    operation_id = "list_activations",
    params(("tenant" = String, Path, description = "The tenant."), ActivationQuery),
    responses((status = 200, description = "A page of it, the oldest first.", body = ActivationList)))]
async fn list_activations(
    State(app): State<Application>,
    access: TenantAccess<ActivationsRead>,
    Parameters(query): Parameters<ActivationQuery>,
) -> Result<Json<ActivationList>, Problem> {
    let page = PageQuery { limit: query.limit, cursor: query.cursor }.page(&app)?;
    let after = page.after_number()?;
    let slot = match &query.slot {
        None => None,
        Some(slot) => {
            Some(Slot::new(slot).map_err(|error| refused("slot", error.expected, &error.found))?)
        }
    };
    let page = app
        .runtime()
        .activations(&access.tenant, after, page.limit, slot.as_ref())
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let next = page.next.map(|sequence| seal(&sequence.to_string()));
    Ok(Json(ActivationList { activations: page.activations, next }))
}
