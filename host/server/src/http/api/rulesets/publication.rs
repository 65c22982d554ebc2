//! Rulesets: published as packages, for everyone or for a tenant; listed and read.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use stele_runtime::{Actor, PublicationView, RulesetView, Scope, TenantId, VersionView};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::{collect, expect_media_type};
use crate::http::edge::credential::{OperatorAccess, RulesetsPublish, RulesetsRead, TenantAccess};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::media_type::PACKAGE;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::room::Place;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(publish_for_everyone, list_for_everyone))
        .routes(routes!(publish, list))
}

/// A ruleset as it is listed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ruleset)]
struct RulesetSummary {
    /// Its name.
    #[schema(example = "cn/payroll")]
    name: String,
    /// `payroll`, `labor-law`, `performance`, `points` …
    kind: String,
    /// ISO 3166 code or `EU`.
    jurisdiction: Option<String>,
    /// The newest version by number.
    #[schema(example = "2026.1.0")]
    latest: String,
    /// Published for this tenant alone.
    own: bool,
    /// The numbers of all versions, the newest first.
    versions: Vec<String>,
}

impl From<RulesetView> for RulesetSummary {
    fn from(ruleset: RulesetView) -> RulesetSummary {
        let VersionView { name, version, kind, jurisdiction, own, .. } = ruleset.latest;
        let versions = ruleset.versions;
        RulesetSummary { name, kind, jurisdiction, latest: version, own, versions }
    }
}

/// Rulesets.
#[derive(Debug, Serialize, ToSchema)]
struct RulesetList {
    /// By name.
    rulesets: Vec<RulesetSummary>,
}

/// A ruleset with its versions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulesetVersions {
    /// Its name.
    pub name: String,
    /// The newest first.
    pub versions: Vec<VersionView>,
}

/// Publish a package for everyone.
///
/// It is checked, compiled and its cases are run; it is stored only if all of that holds.
/// Publishing puts nothing in force.
#[utoipa::path(post, path = "/v1/rulesets", tag = "rulesets", operation_id = "publish_for_everyone",
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request.")),
    request_body(content = Vec<u8>, content_type = "application/vnd.stele.package", description = "The bytes of a .stele file."),
    responses(
        (status = 201, description = "It was published.", body = PublicationView),
        (status = 200, description = "The same content was published before.", body = PublicationView),
        (status = 409, description = "The version exists with other content.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
        (status = 422, description = "A check failed; `report` says which.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn publish_for_everyone(
    State(app): State<Application>,
    access: OperatorAccess,
    request: Request,
) -> Result<Response, Problem> {
    let place = app.rooms().packages.enter(access.holder())?;
    publish_package(&app, access.actor, None, request, place).await
}

/// Publish a package for a tenant.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/rulesets", tag = "rulesets", operation_id = "publish",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body(content = Vec<u8>, content_type = "application/vnd.stele.package", description = "The bytes of a .stele file."),
    responses(
        (status = 201, description = "It was published.", body = PublicationView),
        (status = 200, description = "The same content was published before.", body = PublicationView),
        (status = 409, description = "The version exists with other content, or the name is everyone's.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
        (status = 422, description = "A check failed; `report` says which.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn publish(
    State(app): State<Application>,
    access: TenantAccess<RulesetsPublish>,
    request: Request,
) -> Result<Response, Problem> {
    let place = app.rooms().packages.enter(access.holder())?;
    publish_package(&app, access.actor, Some(&access.tenant), request, place).await
}

async fn publish_package(
    app: &Application,
    actor: Actor,
    tenant: Option<&TenantId>,
    request: Request,
    _held_until_the_end: Place,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    expect_media_type(&parts.headers, &[PACKAGE, "application/octet-stream"])?;
    let limits = app.limits();
    let package =
        collect(Arriving::new(body, limits.body_rate), limits.package_bytes, limits.upload_timeout)
            .await?;
    let head = Head::from(&parts);
    let attempt = head.attempt(tenant, &package);
    let (runtime, package, tenant) = (app.runtime().clone(), package.to_vec(), tenant.cloned());
    once(app, attempt, actor, async move |actor| {
        let scope = tenant.clone().map_or(Scope::Everyone, Scope::Tenant);
        let published = runtime.publish(&actor, scope, package).await;
        let publication = published.map_err(refusal::of_publication)?;
        if publication.already {
            return Answer::uncommitted(StatusCode::OK, &publication);
        }
        let answer = Answer::committed(StatusCode::CREATED, &publication)?;
        Ok(match tenant {
            None => answer,
            Some(tenant) => answer.at(&format!(
                "/v1/tenants/{tenant}/rulesets/{}/versions/{}",
                publication.name, publication.version
            )),
        })
    })
    .await
}

/// List the rulesets for everyone.
#[utoipa::path(get, path = "/v1/rulesets", tag = "rulesets", operation_id = "list_for_everyone",
    responses((status = 200, description = "By name.", body = RulesetList)))]
async fn list_for_everyone(State(app): State<Application>, _: OperatorAccess) -> Json<RulesetList> {
    summaries(app.runtime().rulesets_for_everyone())
}

/// List the rulesets that a tenant sees: everyone's and its own.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/rulesets", tag = "rulesets", operation_id = "list_rulesets",
    params(("tenant" = String, Path, description = "The tenant.")),
    responses((status = 200, description = "By name.", body = RulesetList)))]
async fn list(
    State(app): State<Application>,
    access: TenantAccess<RulesetsRead>,
) -> Json<RulesetList> {
    summaries(app.runtime().rulesets(&access.tenant))
}

fn summaries(rulesets: Vec<RulesetView>) -> Json<RulesetList> {
    Json(RulesetList { rulesets: rulesets.into_iter().map(RulesetSummary::from).collect() })
}
