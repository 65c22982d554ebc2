//! One ruleset and its versions, below `…/rulesets/`.
//!
//! A ruleset's name has several segments (`cn/payroll`), so that what follows `rulesets/` is one
//! rest of the path to the router, and is taken apart here.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use utoipa::OpenApi;

use crate::http::api::rulesets::publication::RulesetVersions;
use crate::http::api::rulesets::view::DetailView;
use crate::http::api::schemas::DifferenceSchema;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{RulesetsRead, TenantAccess};
use crate::http::edge::cursor::Parameters;
use crate::http::edge::language::{Languages, spoken};
use crate::http::edge::media_type::PACKAGE;
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::LastSegment;

/// The descriptions of the paths that [`dispatch`] serves; `{name}` may contain slashes.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(read_ruleset, read_version, read_package, read_difference),
    components(schemas(RulesetVersions, DetailView<'_>, DifferenceSchema))
)]
pub(crate) struct Description;

/// The routes of this file.
pub(crate) fn routes() -> Router<Application> {
    Router::new().route("/v1/tenants/{tenant}/rulesets/{*rest}", get(dispatch))
}

/// What a path below `rulesets/` names.
#[derive(Debug, PartialEq, Eq)]
enum Target<'a> {
    Ruleset(&'a str),
    Version(&'a str, &'a str),
    Package(&'a str, &'a str),
    Difference(&'a str, &'a str),
}

impl<'a> Target<'a> {
    /// The last `versions` decides: a version has no slash, a name may have a segment `versions`.
    fn of(rest: &'a str) -> Target<'a> {
        let rest = rest.trim_end_matches('/');
        if let Some(name) = rest.strip_suffix("/versions") {
            return Target::Ruleset(name);
        }
        match rest.rsplit_once("/versions/") {
            None => Target::Ruleset(rest),
            Some((name, rest)) => match rest.split_once('/') {
                Some((version, "package")) => Target::Package(name, version),
                Some((version, "difference")) => Target::Difference(name, version),
                _ => Target::Version(name, rest),
            },
        }
    }
}

/// What a version is compared with; of the paths below `rulesets/` only one takes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DifferenceQuery {
    from: Option<String>,
}

async fn dispatch(
    state: State<Application>,
    access: TenantAccess<RulesetsRead>,
    languages: Languages,
    LastSegment(rest): LastSegment,
    uri: Uri,
) -> Result<Response, Problem> {
    match Target::of(&rest) {
        Target::Difference(name, version) => {
            read_difference(state, access, Parameters::of(&uri)?, name, version).await
        }
        Target::Ruleset(name) => read_ruleset(state, access, name),
        Target::Version(name, version) => {
            read_version(state, access, languages, name, version).await
        }
        Target::Package(name, version) => read_package(state, access, name, version).await,
    }
}

/// List the versions of a ruleset.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/rulesets/{name}", tag = "rulesets",
    operation_id = "read_ruleset",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("name" = String, Path, description = "The ruleset, with its slashes.", example = "cn/payroll"),
    ),
    responses((status = 200, description = "The newest first.", body = RulesetVersions)))]
fn read_ruleset(
    State(app): State<Application>,
    access: TenantAccess<RulesetsRead>,
    name: &str,
) -> Result<Response, Problem> {
    let versions = app.runtime().versions(&access.tenant, name).ok_or_else(|| {
        Problem::new(Kind::NotFound, "There is no such ruleset that this tenant sees.")
    })?;
    Ok(Json(RulesetVersions { name: name.to_owned(), versions }).into_response())
}

/// Read a version: manifest, description, parameters, JSON Schema of its facts, report.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/rulesets/{name}/versions/{version}", tag = "rulesets",
    operation_id = "read_version",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("name" = String, Path, description = "The ruleset, with its slashes.", example = "cn/payroll"),
        ("version" = String, Path, description = "The version.", example = "2026.1.0"),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    responses((status = 200, description = "Everything that is known of it.", body = DetailView<'_>)))]
async fn read_version(
    State(app): State<Application>,
    access: TenantAccess<RulesetsRead>,
    languages: Languages,
    name: &str,
    version: &str,
) -> Result<Response, Problem> {
    let detail = app
        .runtime()
        .version(&access.tenant, name, version)
        .await
        .map_err(|error| refusal::of_load(&error))?
        .ok_or_else(no_version)?;
    let view = DetailView::new(&detail, &languages.wanted());
    Ok((spoken(view.language()), Json(view)).into_response())
}

/// Read the package of a version, as it was published.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/rulesets/{name}/versions/{version}/package", tag = "rulesets",
    operation_id = "read_package",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("name" = String, Path, description = "The ruleset, with its slashes.", example = "cn/payroll"),
        ("version" = String, Path, description = "The version.", example = "2026.1.0"),
    ),
    responses((status = 200, description = "The bytes of a .stele file.", body = Vec<u8>, content_type = "application/vnd.stele.package")))]
async fn read_package(
    State(app): State<Application>,
    access: TenantAccess<RulesetsRead>,
    name: &str,
    version: &str,
) -> Result<Response, Problem> {
    let package = app
        .runtime()
        .package(&access.tenant, name, version)
        .await
        .map_err(|error| refusal::of_load(&error))?
        .ok_or_else(no_version)?;
    let bytes = package.write().map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, PACKAGE)], bytes).into_response())
}

/// Read what changed in a version since another one of the same ruleset: declarations, values of
/// parameters with their dates and sources, cases, texts, and what callers lose.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/rulesets/{name}/versions/{version}/difference", tag = "rulesets",
    operation_id = "read_difference",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("name" = String, Path, description = "The ruleset, with its slashes.", example = "cn/payroll"),
        ("version" = String, Path, description = "The new version.", example = "2026.1.0"),
        ("from" = String, Query, description = "The old version.", example = "2025.1.0"),
    ),
    responses((status = 200, description = "Everything that differs.", body = DifferenceSchema)))]
async fn read_difference(
    State(app): State<Application>,
    access: TenantAccess<RulesetsRead>,
    Parameters(query): Parameters<DifferenceQuery>,
    name: &str,
    version: &str,
) -> Result<Response, Problem> {
    let from = query.from.ok_or_else(|| {
        let detail = "The query parameter from: expected the old version, found nothing.";
        Problem::new(Kind::Malformed, detail)
    })?;
    let difference = app
        .runtime()
        .difference(&access.tenant, name, &from, version)
        .await
        .map_err(|error| refusal::of_load(&error))?
        .ok_or_else(|| {
            let both = format!("{name} {from} or {name} {version}");
            Problem::new(Kind::NotFound, format!("There is no {both} that this tenant sees."))
        })?;
    Ok(Json(difference).into_response())
}

fn no_version() -> Problem {
    Problem::new(Kind::NotFound, "There is no such version of a ruleset that this tenant sees.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_below_rulesets_is_taken_apart_from_its_end() {
        assert_eq!(Target::of("cn/payroll"), Target::Ruleset("cn/payroll"));
        assert_eq!(Target::of("cn/payroll/versions"), Target::Ruleset("cn/payroll"));
        assert_eq!(Target::of("cn/payroll/versions/1.0.0"), Target::Version("cn/payroll", "1.0.0"));
        assert_eq!(Target::of("a/b/versions/1.0.0/package"), Target::Package("a/b", "1.0.0"));
        let difference = Target::of("a/b/versions/1.0.0/difference");
        assert_eq!(difference, Target::Difference("a/b", "1.0.0"));
        assert_eq!(
            Target::of("a/versions/b/versions/1.0.0"),
            Target::Version("a/versions/b", "1.0.0")
        );
    }
}
