//! Problem details (RFC 9457): the one form in which the server says no.
//!
//! A handler returns a [`Problem`]; the edge (`layer`) adds what only it knows, the request id
//! and the path, and writes the document. A response with an error status that is not a problem
//! yet, such as one made by the router, is turned into one there as well. A document is never longer
//! than [`LONGEST`].

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use stele_fields::WrongFields;
use utoipa::ToSchema;

use super::field_errors::cut;
pub(crate) use super::field_errors::{FieldError, FieldErrors};
pub(crate) use super::problem_kind::Kind;

/// Bytes of a problem document: none is longer, whatever was wrong and however much it quotes.
const LONGEST: usize = 64 << 10;

/// Characters of the detail and of the path.
const LONGEST_TEXT: usize = 1000;

/// The media type of a problem document.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

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
    /// The wrong fields, all at once, but never more than help: the first 50.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    pub errors: &'a [FieldError],
    /// How many fields are wrong at least, besides those that `errors` names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 150)]
    pub further_errors: Option<usize>,
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
    errors: FieldErrors,
    more: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem of this kind; `detail` says what happened and what to do.
    pub(crate) fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Problem {
        let mut detail = detail.into();
        if let Cow::Owned(detail) = &mut detail {
            cut(detail, LONGEST_TEXT);
        }
        Problem {
            inner: Box::new(Inner {
                kind,
                detail,
                errors: FieldErrors::default(),
                more: Map::new(),
                headers: Vec::new(),
            }),
        }
    }

    /// A body with these wrong fields.
    pub(crate) fn invalid_body(errors: impl Into<FieldErrors>) -> Problem {
        let errors = errors.into();
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

    /// Everybody together uses what there is of `limit`: the same succeeds after so many seconds.
    pub(crate) fn full(
        seconds: u64,
        limit: &str,
        most: usize,
        detail: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem::saturated(seconds, detail).naming(limit, most)
    }

    /// The caller uses its share of `limit`: the same succeeds once some of it has ended, which so
    /// many seconds may do.
    pub(crate) fn share_used(
        seconds: u64,
        limit: &str,
        most: usize,
        detail: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem::new(Kind::ShareUsed, detail)
            .with_header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
            .naming(limit, most)
    }

    /// With the name of the limit that was reached, as the settings call it, and its number.
    pub(crate) fn naming(self, limit: &str, most: usize) -> Problem {
        self.with_member("limit", limit.into()).with_member("most", most.into())
    }

    /// With these wrong fields.
    pub(crate) fn with_errors(mut self, errors: impl Into<FieldErrors>) -> Problem {
        self.inner.errors = errors.into();
        self
    }

    /// With all wrong fields inside `place` of the body.
    pub(crate) fn within(mut self, place: &str) -> Problem {
        self.inner.errors.move_into(place);
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
            instance: instance.map(|path| path.get(..LONGEST_TEXT).unwrap_or(path)),
            request_id,
            line,
            errors: self.inner.errors.named(),
            further_errors: match self.inner.errors.others() {
                0 => None,
                others => Some(others),
            },
            more,
        }
    }

    /// The document written out: for one line of a stream or, without a line, a whole response.
    pub(crate) fn written(
        &self,
        instance: Option<&str>,
        request_id: Option<&str>,
        line: Option<u64>,
    ) -> Vec<u8> {
        // Writing to memory does not fail.
        let write = |problem: &Problem| {
            serde_json::to_vec(&problem.document(instance, request_id, line)).unwrap_or_default()
        };
        let mut written = write(self);
        let mut shorter = None;
        while written.len() > LONGEST {
            let shorter = shorter.get_or_insert_with(|| self.clone());
            if !shorter.inner.shorten() {
                break;
            }
            written = write(shorter);
        }
        written
    }

    /// The response with the document written out, for the edge.
    pub(crate) fn finish(&self, instance: &str, request_id: &str) -> Response {
        let (_, status, _) = self.inner.kind.parts();
        let body = self.written(Some(instance), Some(request_id), None);
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

impl Inner {
    /// Leaves out what makes the document longest: a further member that alone is half of it, else
    /// half of the wrong fields. False where there is nothing to leave out.
    fn shorten(&mut self) -> bool {
        let long = |value: &Value| value.to_string().len() > LONGEST / 2;
        let longest = self.more.iter().find(|(_, value)| long(value)).map(|(name, _)| name.clone());
        match longest {
            Some(name) => self.more.remove(&name).is_some(),
            None if self.errors.is_empty() => false,
            None => {
                self.errors.halve();
                true
            }
        }
    }
}

/// A body with these wrong fields.
impl From<WrongFields> for Problem {
    fn from(wrong: WrongFields) -> Problem {
        Problem::invalid_body(FieldErrors::of_request(&wrong))
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

fn count_of_fields(errors: &FieldErrors) -> String {
    match (errors.named(), errors.others()) {
        ([one], 0) => format!("{}: {}.", one.pointer, one.message),
        (named, 0) => format!("{} fields are wrong; `errors` names each.", named.len()),
        (named, others) => {
            let (count, shown) = (named.len() + others, named.len());
            format!("{count} fields are wrong; `errors` names the first {shown}.")
        }
    }
}
