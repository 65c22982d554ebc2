//! Recorded results in pages: what was paid to whom.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_fields::FromField;
use stele_ruleset::date_from_text;
use stele_runtime::{
    EmployeeId, EmploymentId, ResultFilter, ResultHeading, RulesetFilter, Slot, TenantId,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{ResultsRead, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, read, refused, seal};
use crate::http::edge::encoding::Encoding;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(list_results)).routes(routes!(list_results_of_employee))
}

/// Which results.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ResultQuery {
    /// In this slot.
    slot: Option<String>,
    /// Of this employee.
    employee: Option<String>,
    /// Of this employment of an employee.
    employment: Option<String>,
    /// Calculated for this date or a later one, such as 2026-01-01.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// Calculated for this date or an earlier one.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// Calculated with this ruleset, such as cn/payroll, or cn/payroll@2026.1.0 for one version.
    ruleset: Option<String>,
    /// Most elements of the page; 100 where not given, at most 1000.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A page of results.
#[derive(Debug, Serialize, ToSchema)]
struct ResultList {
    /// In the order in which they were recorded; erased ones are not among them. A page may have
    /// fewer than asked for and still a next one, where the filter lets few pass.
    results: Vec<ResultHeading>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Find recorded results.
///
/// By slot, employee, employment, dates and ruleset, the oldest first. What is not given lets every result
/// pass.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/results", tag = "results",
    operation_id = "list_results",
    params(("tenant" = String, Path, description = "The tenant."), ResultQuery),
    responses((status = 200, description = "A page of them, the oldest first.", body = ResultList)))]
async fn list_results(
    State(app): State<Application>,
    access: TenantAccess<ResultsRead>,
    encoding: Encoding,
    Parameters(query): Parameters<ResultQuery>,
) -> Result<Response, Problem> {
    let ResultQuery { slot, employee, employment, from, to, ruleset, limit, cursor } = query;
    let filter = ResultFilter {
        slot: read("slot", slot, "a slot", |text| Slot::new(text).ok())?,
        employee: read("employee", employee, "the identifier of an employee", |text| {
            EmployeeId::new(text).ok()
        })?,
        employment: read("employment", employment, "the name of an employment", |text| {
            EmploymentId::new(text).ok()
        })?,
        from: date("from", from)?,
        to: date("to", to)?,
        ruleset: ruleset.as_deref().map(RulesetFilter::of),
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && to < from
    {
        return Err(refused("to", &format!("a date from {from} on"), &to.to_string()));
    }
    let page = list(&app, &access.tenant, &filter, PageQuery { limit, cursor }).await?;
    Ok(encoding.encode(page.into_response()))
}

/// The results of an employee.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees/{id}/results", tag = "results",
    operation_id = "list_results_of_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of them, the oldest first.", body = ResultList)))]
async fn list_results_of_employee(
    State(app): State<Application>,
    access: TenantAccess<ResultsRead>,
    encoding: Encoding,
    IdSegment(id): IdSegment,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Response, Problem> {
    // Nobody has results under what is no identifier; that they were erased looks the same.
    let Ok(employee) = EmployeeId::new(&id) else {
        query.page(&app)?;
        return Ok(Json(ResultList { results: Vec::new(), next: None }).into_response());
    };
    let filter = ResultFilter { employee: Some(employee), ..ResultFilter::default() };
    let page = list(&app, &access.tenant, &filter, query).await?;
    Ok(encoding.encode(page.into_response()))
}

async fn list(
    app: &Application,
    tenant: &TenantId,
    filter: &ResultFilter,
    query: PageQuery,
) -> Result<Json<ResultList>, Problem> {
    let page = query.page(app)?;
    let place = |after: &String| {
        after.parse().map_err(|_| refused("cursor", "the `next` of a page", &seal(after)))
    };
    let after = page.after.as_ref().map(place).transpose()?;
    let found = app.runtime().result_list(tenant, filter, after, page.limit).await;
    let found = found.map_err(refusal::of_result)?;
    let next = found.next.map(|id| seal(&id.to_string()));
    Ok(Json(ResultList { results: found.results, next }))
}

fn date(name: &str, text: Option<String>) -> Result<Option<Date>, Problem> {
    read(name, text, &Date::expected(), date_from_text)
}
