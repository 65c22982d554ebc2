//! Impact reports: what a candidate would change for whom. Asked for, made in the background, read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use stele_fields::FromFields;
use stele_runtime::{
    EmployeeId, ImpactContent, ImpactPopulation, ImpactReport, ImpactRequest, ImpactStage,
    PaidFilter, PaidResults, Slot, TokenScope,
};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{ImpactRead, ImpactWrite, TenantAccess, demand_also};
use crate::http::edge::cursor::{PageQuery, Parameters, refused, seal};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::language::Languages;
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::ReportSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(request_impact_report, list_impact_reports))
        .routes(routes!(read_impact_report))
}

/// What to compare, for whom and when.
#[derive(FromFields, ToSchema)]
#[schema(as = ImpactRequest)]
#[fields(refuse(
    runs = "there are no pay runs to compare; name the dates of their periods in /dates"
))]
struct ImpactBody {
    /// The slot whose versions in force are compared with the candidate.
    slot: Slot,
    /// The version that may be put in force.
    candidate: Candidate,
    /// For whom.
    population: Population,
    /// The dates for which law and facts hold: at most 60, all known to the candidate. None for
    /// recorded results, which have their own.
    #[fields(default)]
    #[schema(value_type = Option<Vec<Date>>, example = json!(["2026-01-31", "2026-02-28"]))]
    dates: Vec<Date>,
    /// Facts that are the same for everyone; they go before attributes. None for recorded results.
    #[fields(default)]
    #[schema(value_type = Option<Object>, example = json!({ "months_employed": 12 }))]
    facts: Map<String, Value>,
}

/// A version of a ruleset by its name.
#[derive(FromFields, ToSchema)]
#[schema(as = ImpactCandidate)]
struct Candidate {
    /// The ruleset.
    #[schema(example = "cn/payroll")]
    ruleset: String,
    /// Its version.
    #[schema(example = "2026.2.0")]
    version: String,
}

/// For whom: exactly one of its members.
#[derive(FromFields, ToSchema)]
#[schema(as = ImpactPopulation)]
#[fields(check = Population::one)]
struct Population {
    /// True: every employee.
    all: Option<bool>,
    /// These employees: at most 10,000.
    employees: Option<Vec<EmployeeId>>,
    /// Facts that need no employee: at most 10,000.
    facts: Option<Vec<Sample>>,
    /// Recorded results: the candidate runs over the facts of each and is compared with what was
    /// recorded. Of an employee and a date the result that was recorded last counts. At most 250,000
    /// results of 60 dates.
    results: Option<Results>,
}

/// Which recorded results.
#[derive(FromFields, ToSchema)]
#[schema(as = ImpactResultsRequest)]
struct Results {
    /// Recorded in this slot; the report's where not given.
    slot: Option<Slot>,
    /// Calculated for this date or a later one.
    from: Date,
    /// Calculated for this date or an earlier one.
    to: Date,
}

impl Population {
    /// Whether exactly one is given.
    fn one(&self) -> Result<(), stele_fields::FieldError> {
        let given = [
            self.all.is_some().then_some("all"),
            self.employees.is_some().then_some("employees"),
            self.facts.is_some().then_some("facts"),
            self.results.is_some().then_some("results"),
        ];
        let given: Vec<&str> = given.into_iter().flatten().collect();
        let expected = "exactly one of all, employees, facts and results";
        match given.as_slice() {
            [_] if self.all == Some(false) => {
                Err(stele_fields::FieldError::new("/all", "true", "false"))
            }
            [_] => Ok(()),
            [] => Err(stele_fields::FieldError::new("", expected, "none of them")),
            given => Err(stele_fields::FieldError::new("", expected, &given.join(" and "))),
        }
    }
}

impl ImpactBody {
    /// What is asked of the runtime. `paid` gives the recorded results of the tenant.
    fn request(self, paid: impl FnOnce() -> Arc<dyn PaidResults>) -> ImpactRequest {
        let ImpactBody { slot, candidate, population, dates, facts } = self;
        let Candidate { ruleset, version } = candidate;
        let Population { employees, facts: samples, results, .. } = population;
        let population = match (employees, samples, results) {
            (Some(employees), ..) => ImpactPopulation::Employees(employees),
            (None, Some(samples), _) => {
                let samples = samples.into_iter().map(|sample| (sample.id, sample.facts));
                ImpactPopulation::Facts(samples.collect())
            }
            (None, None, Some(Results { slot: of_results, from, to })) => {
                let slot = of_results.unwrap_or_else(|| slot.clone());
                ImpactPopulation::Results(PaidFilter { slot, from, to }, paid())
            }
            (None, None, None) => ImpactPopulation::All,
        };
        ImpactRequest { slot, ruleset, version, population, dates, facts }
    }
}

/// Facts under a name for the report.
#[derive(FromFields, ToSchema)]
#[schema(as = ImpactFacts)]
struct Sample {
    /// The name, formed like an employee's.
    id: EmployeeId,
    /// Facts by name.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
}

/// A page of reports.
#[derive(Debug, Serialize, ToSchema)]
struct ImpactReportList {
    /// The newest first.
    reports: Vec<ImpactReport>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// A report with its content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactReportWithContent)]
struct ReportView {
    /// The report.
    #[serde(flatten)]
    report: ImpactReport,
    /// What it says, once it is finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ImpactContent>)]
    content: Option<Value>,
}

/// Ask what a version would change.
///
/// The version in force on each date and the candidate are run over the same facts, as known now;
/// over recorded results the candidate alone, beside what was recorded, for which the token needs the
/// scope `results:read`, too.
/// The answer comes at once; the report is made in the background and is read, or followed, under
/// `Location`. Where nothing is in force on a date, everything that the candidate yields is new.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/impact-reports", tag = "impact",
    operation_id = "request_impact_report",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ImpactBody,
    responses((status = 202, description = "It is being made.", body = ImpactReport,
        headers(("location" = String, description = "Where it is read.")))))]
async fn request_impact_report(
    State(app): State<Application>,
    access: TenantAccess<ImpactWrite>,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<ImpactBody>,
) -> Result<Response, Problem> {
    if body.population.results.is_some() {
        // The report shows what was recorded.
        demand_also(&access, TokenScope::ResultsRead)?;
    }
    let tenant = access.tenant.clone();
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        let request = body.request(|| runtime.paid_results(&tenant));
        let asking = runtime.request_impact(&actor, &tenant, request);
        let report = asking.await.map_err(refusal::of_impact)?;
        let location = format!("/v1/tenants/{tenant}/impact-reports/{}", report.id);
        Ok(Answer::committed(StatusCode::ACCEPTED, &report)?.at(&location))
    })
    .await
}

/// List impact reports.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/impact-reports", tag = "impact",
    operation_id = "list_impact_reports",
    params(("tenant" = String, Path, description = "The tenant."), PageQuery),
    responses((status = 200, description = "A page, the newest first, without their content.",
        body = ImpactReportList)))]
async fn list_impact_reports(
    State(app): State<Application>,
    access: TenantAccess<ImpactRead>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<ImpactReportList>, Problem> {
    let page = query.page(&app)?;
    let before = match &page.after {
        None => None,
        Some(place) => Some(
            place
                .parse::<Uuid>()
                .map_err(|_| refused("cursor", "the `next` of a page", &seal(place)))?,
        ),
    };
    let page = app
        .runtime()
        .impact_reports(&access.tenant, before, page.limit)
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let next = page.next.map(|id| seal(&id.to_string()));
    Ok(Json(ImpactReportList { reports: page.reports, next }))
}

/// Read an impact report: how far it is, and what it says once it is finished.
///
/// Labels and explanations are in the language of `Accept-Language` that the versions speak.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/impact-reports/{report}", tag = "impact",
    operation_id = "read_impact_report",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("report" = String, Path, description = "The report's identifier."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    responses((status = 200, description = "The report.", body = ReportView,
        headers(("content-language" = String, description = "The language used.")))))]
async fn read_impact_report(
    State(app): State<Application>,
    access: TenantAccess<ImpactRead>,
    languages: Languages,
    ReportSegment(id): ReportSegment,
) -> Result<Response, Problem> {
    let report = find(&app, &access, &id).await?;
    let content = match report.state {
        ImpactStage::Finished => app
            .runtime()
            .impact_content(&access.tenant, report.id)
            .await
            .map_err(|error| refusal::of_store(&error))?,
        ImpactStage::Running | ImpactStage::Failed => None,
    };
    let vary = (header::VARY, HeaderValue::from_static("accept-language"));
    let Some(content) = content else {
        let view = ReportView { report, content: None };
        return Ok(([vary], answer::document(&app, &view)?).into_response());
    };
    let (language, content) =
        content.in_language(&languages.wanted()).map_err(|error| Problem::internal(&error))?;
    let language = HeaderValue::from_str(&language).unwrap_or(HeaderValue::from_static("en"));
    let spoken = (header::CONTENT_LANGUAGE, language);
    let view = ReportView { report, content: Some(content) };
    Ok(([vary, spoken], answer::document(&app, &view)?).into_response())
}

/// A report of the tenant by the text of its identifier.
pub(crate) async fn find<D>(
    app: &Application,
    access: &TenantAccess<D>,
    id: &str,
) -> Result<ImpactReport, Problem> {
    let absent = || Problem::new(Kind::NotFound, "There is no such impact report.");
    let id: Uuid = id.parse().map_err(|_| absent())?;
    let found = app.runtime().impact_report(&access.tenant, id).await;
    found.map_err(|error| refusal::of_store(&error))?.ok_or_else(absent)
}
