//! Entity tags (RFC 9110, section 13): so that nobody overwrites what somebody else has changed.
//!
//! The tag of an employee is its revision: `"7"`.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use stele_runtime::Precondition;

use super::problem::{Kind, Problem};

/// What the caller demands of the stored revision before it is changed.
///
/// # Errors
/// A header that can not be read, or both at once.
pub(crate) fn precondition(headers: &HeaderMap) -> Result<Precondition, Problem> {
    match (text(headers, header::IF_MATCH)?, text(headers, header::IF_NONE_MATCH)?) {
        (None, None) => Ok(Precondition::None),
        (Some("*"), None) => Ok(Precondition::Present),
        (Some(tag), None) => revision(tag).map(Precondition::Revision).ok_or_else(|| {
            malformed("If-Match must be one entity tag as it was sent in ETag, or *")
        }),
        (None, Some("*")) => Ok(Precondition::Absent),
        (None, Some(_)) => Err(malformed("If-None-Match must be * here")),
        (Some(_), Some(_)) => Err(malformed("If-Match and If-None-Match can not be used together")),
    }
}

/// Whether the caller has this revision already (`If-None-Match` of a GET).
pub(crate) fn is_unchanged(headers: &HeaderMap, revision_now: u64) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| {
        given.split(',').map(str::trim).any(|tag| {
            tag == "*" || revision(tag.strip_prefix("W/").unwrap_or(tag)) == Some(revision_now)
        })
    })
}

/// The tag of a revision.
pub(crate) fn tag(revision: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{revision}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

fn revision(tag: &str) -> Option<u64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Problem> {
    match headers.get(&name).map(HeaderValue::to_str) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text.trim())),
        Some(Err(_)) => Err(malformed("A precondition can not be read")),
    }
}

fn malformed(detail: &str) -> Problem {
    Problem::new(Kind::Malformed, format!("{detail}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: HeaderName, value: &'static str) -> Result<Precondition, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        precondition(&headers)
    }

    #[test]
    fn preconditions_are_read_or_refused_but_never_ignored() {
        assert_eq!(read(header::IF_MATCH, "\"7\"").unwrap(), Precondition::Revision(7));
        assert_eq!(read(header::IF_MATCH, "*").unwrap(), Precondition::Present);
        assert_eq!(read(header::IF_NONE_MATCH, "*").unwrap(), Precondition::Absent);
        assert!(read(header::IF_MATCH, "7").is_err());
        assert!(read(header::IF_MATCH, "\"7\", \"8\"").is_err());
        assert!(read(header::IF_NONE_MATCH, "\"7\"").is_err());
    }
}
