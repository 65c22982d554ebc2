//! Request bodies: read within a size and a time, then as strict JSON.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use stele_ruleset::DistinctObject;

use super::application::Application;
use super::fields::{Fields, FromFields};
use super::problem::{Kind, Problem};

/// A JSON object as body.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub T);

/// The bytes that the JSON body was read from, for the fingerprint of idempotent requests.
#[derive(Debug)]
pub(crate) struct JsonBodyWithBytes<T>(pub T, pub Bytes);

impl<T: FromFields> FromRequest<Application> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Application) -> Result<Self, Problem> {
        let JsonBodyWithBytes(body, _) = JsonBodyWithBytes::from_request(request, app).await?;
        Ok(JsonBody(body))
    }
}

impl<T: FromFields> FromRequest<Application> for JsonBodyWithBytes<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Application) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        expect_media_type(&parts.headers, &["application/json"])?;
        let limits = app.limits();
        let bytes = collect(body, limits.json_body_bytes, limits.body_timeout).await?;
        Ok(JsonBodyWithBytes(Fields::read(parse(&bytes)?)?, bytes))
    }
}

/// Reads a body whole.
pub(crate) async fn collect(body: Body, limit: usize, timeout: Duration) -> Result<Bytes, Problem> {
    match tokio::time::timeout(timeout, Limited::new(body, limit).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limit)),
        Ok(Err(_)) => Err(Problem::new(Kind::Malformed, "The body ended before it was complete.")),
        Err(_) => Err(late(timeout)),
    }
}

/// A body that is longer than allowed.
pub(crate) fn too_large(limit: usize) -> Problem {
    Problem::new(Kind::TooLarge, format!("The body is longer than the {limit} bytes allowed here."))
}

/// A body that did not arrive in time.
pub(crate) fn late(timeout: Duration) -> Problem {
    Problem::new(
        Kind::RequestTimeout,
        format!("The body did not arrive within {} seconds.", timeout.as_secs()),
    )
}

/// A JSON object in which no name occurs twice. The error carries the position.
pub(crate) fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_slice::<DistinctObject>(bytes) {
        Ok(DistinctObject(members)) => Ok(members),
        Err(error) if bytes.iter().all(u8::is_ascii_whitespace) => {
            Err(malformed("The body is empty; JSON is expected.", &error))
        }
        Err(error) => Err(malformed("The body is no JSON object", &error)),
    }
}

fn malformed(what: &str, error: &serde_json::Error) -> Problem {
    let detail = match what.ends_with('.') {
        true => what.to_owned(),
        false => format!("{what}: {error}."),
    };
    Problem::new(Kind::Malformed, detail)
        // What is wrong as a whole has no position of its own: it begins at the beginning.
        .with_member("line", error.line().max(1).into())
        .with_member("column", error.column().into())
}

/// Which of the accepted media types the body has; 415 for any other.
pub(crate) fn expect_media_type<'a>(
    headers: &HeaderMap,
    accepted: &[&'a str],
) -> Result<&'a str, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.map(|given| given.split(';').next().unwrap_or_default().trim());
    let found = essence
        .and_then(|essence| accepted.iter().find(|media| essence.eq_ignore_ascii_case(media)));
    found.copied().ok_or_else(|| {
        let accepted = accepted.join(" or ");
        let found = essence.unwrap_or("no content-type");
        Problem::new(
            Kind::UnsupportedMediaType,
            format!("The body must be {accepted}; found {found}."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_json_is_refused_with_its_position() {
        let problem = parse(b"{\n  \"slot\": nope\n}").unwrap_err();
        let document = problem.document(None, None, None);
        assert_eq!((document.status, &document.more["line"]), (400, &Value::from(2)));
    }

    #[test]
    fn invalid_utf8_is_refused_as_bad_json() {
        let problem = parse(b"{\"slot\": \"\xff\"}").unwrap_err();
        assert_eq!(problem.kind(), Kind::Malformed);
    }

    #[test]
    fn a_content_type_may_carry_a_charset() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "Application/JSON; charset=utf-8".parse().unwrap());
        assert_eq!(expect_media_type(&headers, &["application/json"]).unwrap(), "application/json");
    }
}
