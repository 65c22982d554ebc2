//! Problem details (RFC 9457): the one form in which the server says no.
//!
//! A handler returns a [`Problem`]; the edge (`layer`) adds what only it knows, the request id
//! and the path, and writes the document. A response with an error status that is not a problem
//! yet, such as one made by the router, is turned into one there as well.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub(crate) use super::problem_kind::Kind;

/// The media type of a problem document.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// JSON pointer (RFC 6901) into the body that was sent.
    #[schema(example = "/facts/gross")]
    pub pointer: String,
    /// What may stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "a decimal from 0 to 100000000 with at most 2 decimals")]
    pub expected: Option<String>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "\"many\"")]
    pub found: Option<String>,
    /// What a number there counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "CNY/month")]
    pub unit: Option<String>,
    /// The line of a file or stream, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What the rule says that the fact is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Salary of the month before any deduction.")]
    pub meaning: Option<String>,
    /// What was expected and found in a sentence.
    pub message: String,
}

impl FieldError {
    /// A wrong field with what was expected and found.
    pub(crate) fn new(pointer: impl Into<String>, expected: &str, found: &str) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            expected: Some(expected.to_owned()),
            found: Some(found.to_owned()),
            unit: None,
            line: None,
            meaning: None,
            message: format!("expected {expected}, found {found}"),
        }
    }

    /// A wrong field described by a sentence only.
    pub(crate) fn saying(pointer: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            expected: None,
            found: None,
            unit: None,
            line: None,
            meaning: None,
            message: message.into(),
        }
    }
}

/// The document as it is sent. `instance` and `request_id` are those of this request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Document<'a> {
    /// The kind of problem, stable for programs.
    #[serde(rename = "type")]
    #[schema(example = "urn:stele:problem:invalid-facts")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// What happened this time and what to do.
    pub detail: &'a str,
    /// The path that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<&'a str>,
    /// The same as in the header `x-request-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<&'a str>,
    /// In a stream: the line of the input, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Every wrong field, all at once.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    pub errors: &'a [FieldError],
    /// Further members of some kinds, such as `report`.
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Cow<'a, Map<String, Value>>,
}

/// A refusal or a failure on its way to the caller.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    inner: Box<Inner>,
}

#[derive(Debug, Clone)]
struct Inner {
    kind: Kind,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    more: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem of this kind; `detail` says what happened and what to do.
    pub(crate) fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Problem {
        Problem {
            inner: Box::new(Inner {
                kind,
                detail: detail.into(),
                errors: Vec::new(),
                more: Map::new(),
                headers: Vec::new(),
            }),
        }
    }

    /// A body with these wrong fields.
    pub(crate) fn invalid_body(errors: Vec<FieldError>) -> Problem {
        Problem::new(Kind::InvalidBody, count_of_fields(&errors)).with_errors(errors)
    }

    /// The server's own fault. What is known goes to the log, not to the caller.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%cause, "internal error");
        Problem::new(
            Kind::Internal,
            "The server could not do this. It is not your request's fault; the operator finds the \
             cause in the log under the request id.",
        )
    }

    /// The same request may be repeated after so many seconds.
    pub(crate) fn saturated(seconds: u64, detail: impl Into<Cow<'static, str>>) -> Problem {
        Problem::new(Kind::Saturated, detail)
            .with_header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
    }

    /// With these wrong fields.
    pub(crate) fn with_errors(mut self, errors: Vec<FieldError>) -> Problem {
        self.inner.errors = errors;
        self
    }

    /// With a further member of the document.
    pub(crate) fn with_member(mut self, name: &str, value: Value) -> Problem {
        self.inner.more.insert(name.to_owned(), value);
        self
    }

    /// With the provision that demands it, where one is known.
    pub(crate) fn citing(self, citation: Option<String>) -> Problem {
        match citation {
            Some(citation) => self.with_member("citation", citation.into()),
            None => self,
        }
    }

    /// With a further header of the response.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Problem {
        self.inner.headers.push((name, value));
        self
    }

    /// What went wrong.
    pub(crate) fn kind(&self) -> Kind {
        self.inner.kind
    }

    /// The document for one line of a stream or, with neither, for a whole response.
    pub(crate) fn document<'a>(
        &'a self,
        instance: Option<&'a str>,
        request_id: Option<&'a str>,
        line: Option<u64>,
    ) -> Document<'a> {
        let (kind, status, title) = self.inner.kind.parts();
        let mut more = Cow::Borrowed(&self.inner.more);
        if line.is_some() && more.contains_key("line") {
            // A position within the line would hide which line of the stream it is.
            more.to_mut().remove("line");
        }
        Document {
            kind,
            title,
            status: status.as_u16(),
            detail: &self.inner.detail,
            instance,
            request_id,
            line,
            errors: &self.inner.errors,
            more,
        }
    }

    /// The response with the document written out, for the edge.
    pub(crate) fn finish(&self, instance: &str, request_id: &str) -> Response {
        let (_, status, _) = self.inner.kind.parts();
        let body = serde_json::to_vec(&self.document(Some(instance), Some(request_id), None))
            .unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        for (name, value) in &self.inner.headers {
            headers.append(name, value.clone());
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.inner.kind.parts().1;
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

fn count_of_fields(errors: &[FieldError]) -> String {
    match errors {
        [one] => format!("{}: {}.", one.pointer, one.message),
        many => format!("{} fields are wrong; `errors` names each.", many.len()),
    }
}
