//! Impact reports: what a candidate would change for whom. Asked for, made in the background, read.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use stele_runtime::{EmployeeId, ImpactPopulation, ImpactReport, ImpactRequest, ImpactStage};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::api::impact::schemas::{
    ImpactContentSchema, ImpactReportSchema, ImpactRequestSchema,
};
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{ImpactRead, ImpactWrite, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, refused, seal};
use crate::http::edge::fields::{Fields, FromFields};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::language::Languages;
use crate::http::edge::problem::{FieldError, Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::ReportSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(request_impact_report, list_impact_reports))
        .routes(routes!(read_impact_report))
}

/// A version of a ruleset by its name.
struct Candidate {
    ruleset: String,
    version: String,
}

/// One set of facts under a name for the report.
struct Sample {
    id: EmployeeId,
    facts: Map<String, Value>,
}

impl FromFields for Candidate {
    fn from_fields(fields: &mut Fields) -> Option<Candidate> {
        let ruleset = fields.required("ruleset");
        let version = fields.required("version");
        Some(Candidate { ruleset: ruleset?, version: version? })
    }
}

impl FromFields for Sample {
    fn from_fields(fields: &mut Fields) -> Option<Sample> {
        let id = fields.required("id");
        let facts = fields.required("facts");
        Some(Sample { id: id?, facts: facts? })
    }
}

/// The population as it is understood.
struct Population(ImpactPopulation);

impl FromFields for Population {
    fn from_fields(fields: &mut Fields) -> Option<Population> {
        const NAMES: [&str; 3] = ["all", "employees", "facts"];
        let given: Vec<&str> = NAMES.into_iter().filter(|name| fields.has(name)).collect();
        let population = match given.as_slice() {
            ["employees"] => fields.elements("employees").map(ImpactPopulation::Employees),
            ["facts"] => {
                let samples: Option<Vec<Sample>> = fields.objects("facts");
                let samples = samples?.into_iter().map(|sample| (sample.id, sample.facts));
                Some(ImpactPopulation::Facts(samples.collect()))
            }
            ["all"] => match fields.required::<bool>("all")? {
                true => Some(ImpactPopulation::All),
                false => {
                    fields.refuse_all([FieldError::new("/all", "true", "false")]);
                    None
                }
            },
            given => {
                let expected = "exactly one of all, employees and facts";
                let found =
                    if given.is_empty() { "none of them".to_owned() } else { given.join(" and ") };
                fields.refuse_all([FieldError::new("", expected, &found)]);
                None
            }
        };
        NAMES.into_iter().for_each(|name| fields.leave(name));
        population.map(Population)
    }
}

/// What is asked for, with the population as it is understood.
struct Asked(ImpactRequest);

impl FromFields for Asked {
    fn from_fields(fields: &mut Fields) -> Option<Asked> {
        let slot = fields.required("slot");
        let candidate: Option<Candidate> = fields.object("candidate");
        let population: Option<Population> = fields.object("population");
        if fields.has("runs") {
            let error =
                "there are no pay runs to compare; name the dates of their periods in /dates";
            fields.refuse_all([FieldError::saying("/runs", error)]);
        }
        fields.leave("runs");
        let dates = fields.elements("dates");
        let facts: Option<Option<Map<String, Value>>> = fields.optional("facts");
        let Candidate { ruleset, version } = candidate?;
        Some(Asked(ImpactRequest {
            slot: slot?,
            ruleset,
            version,
            population: population?.0,
            dates: dates?,
            facts: facts?.unwrap_or_default(),
        }))
    }
}

/// A page of reports.
#[derive(Debug, Serialize, ToSchema)]
struct ImpactReportList {
    /// The newest first.
    #[schema(value_type = Vec<ImpactReportSchema>)]
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
    #[schema(value_type = ImpactReportSchema)]
    report: ImpactReport,
    /// What it says, once it is finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ImpactContentSchema>)]
    content: Option<Value>,
}

/// Ask what a version would change.
///
/// The version in force on each date and the candidate are run over the same facts, as known now.
/// The answer comes at once; the report is made in the background and is read, or followed, under
/// `Location`. Where nothing is in force on a date, everything that the candidate yields is new.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/impact-reports", tag = "impact",
    operation_id = "request_impact_report",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = ImpactRequestSchema,
    responses((status = 202, description = "It is being made.", body = ImpactReportSchema,
        headers(("location" = String, description = "Where it is read.")))))]
async fn request_impact_report(
    State(app): State<Application>,
    access: TenantAccess<ImpactWrite>,
    head: Head,
    JsonBodyWithBytes(Asked(request), bytes): JsonBodyWithBytes<Asked>,
) -> Result<Response, Problem> {
    let tenant = access.tenant.clone();
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
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
    let report = find(&app, &access, &id)?;
    let content = match report.state {
        ImpactStage::Finished => app
            .runtime()
            .impact_content(&access.tenant, report.id)
            .map_err(|error| refusal::of_store(&error))?,
        ImpactStage::Running | ImpactStage::Failed => None,
    };
    let vary = (header::VARY, HeaderValue::from_static("accept-language"));
    let Some(content) = content else {
        return Ok(([vary], Json(ReportView { report, content: None })).into_response());
    };
    let (language, content) =
        content.in_language(&languages.wanted()).map_err(|error| Problem::internal(&error))?;
    let language = HeaderValue::from_str(&language).unwrap_or(HeaderValue::from_static("en"));
    let spoken = (header::CONTENT_LANGUAGE, language);
    Ok(([vary, spoken], Json(ReportView { report, content: Some(content) })).into_response())
}

/// A report of the tenant by the text of its identifier.
pub(crate) fn find<D>(
    app: &Application,
    access: &TenantAccess<D>,
    id: &str,
) -> Result<ImpactReport, Problem> {
    let absent = || Problem::new(Kind::NotFound, "There is no such impact report.");
    let id: Uuid = id.parse().map_err(|_| absent())?;
    let found = app.runtime().impact_report(&access.tenant, id);
    found.map_err(|error| refusal::of_store(&error))?.ok_or_else(absent)
}
