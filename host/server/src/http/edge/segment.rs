//! The last part of a path that names one thing of a tenant: an employee, a token.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::application::Application;
use super::problem::{Kind, Problem};

/// The last parameter of the path, decoded.
#[derive(Debug)]
pub(crate) struct LastSegment(pub String);

impl FromRequestParts<Application> for LastSegment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        let parameters = path_parameters(parts, app).await?;
        let last = parameters.iter().last().map(|(_, value)| value.to_owned());
        Ok(LastSegment(last.unwrap_or_default()))
    }
}

/// The parameter `report` of the path, decoded: the identifier of an impact report.
#[derive(Debug)]
pub(crate) struct ReportSegment(pub String);

impl FromRequestParts<Application> for ReportSegment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        named_parameter(parts, app, "report").await.map(ReportSegment)
    }
}

/// The parameter `id` of the path, decoded: of a path that goes on after it.
#[derive(Debug)]
pub(crate) struct IdSegment(pub String);

impl FromRequestParts<Application> for IdSegment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        named_parameter(parts, app, "id").await.map(IdSegment)
    }
}

async fn named_parameter(
    parts: &mut Parts,
    app: &Application,
    name: &str,
) -> Result<String, Problem> {
    let parameters = path_parameters(parts, app).await?;
    let named = parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    Ok(named.unwrap_or_default().to_owned())
}

/// The parameters of the path. Percent-encoding that makes no UTF-8 is refused.
pub(crate) async fn path_parameters(
    parts: &mut Parts,
    app: &Application,
) -> Result<RawPathParams, Problem> {
    RawPathParams::from_request_parts(parts, app).await.map_err(|error| {
        Problem::new(Kind::Malformed, format!("The path can not be read: {error}."))
    })
}
