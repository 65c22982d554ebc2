//! `Accept-Language` (RFC 9110): which languages a caller reads. Which of them a ruleset speaks is
//! for the ruleset to say.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};

/// Most language ranges that are looked at; the rest of a longer header is ignored.
const MOST_RANGES: usize = 16;

/// The caller's languages, most wanted first. Empty: no preference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Languages(Vec<String>);

impl Languages {
    /// Reads the header's value.
    pub(crate) fn parse(header: &str) -> Languages {
        let mut ranges: Vec<(u16, String)> = header
            .split(',')
            .take(MOST_RANGES)
            .filter_map(|part| {
                let mut pieces = part.split(';').map(str::trim);
                let range = pieces.next().filter(|range| is_range(range))?;
                let weight = pieces
                    .find_map(|piece| piece.strip_prefix("q=").or(piece.strip_prefix("Q=")))
                    .map_or(1000, thousandths);
                (weight > 0).then(|| (weight, range.to_ascii_lowercase()))
            })
            .collect();
        ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        Languages(ranges.into_iter().map(|(_, range)| range).collect())
    }

    /// The ranges, most wanted first.
    pub(crate) fn wanted(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }
}

/// `*`, or subtags of letters and digits joined by hyphens (RFC 4647).
fn is_range(text: &str) -> bool {
    let subtag = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    text == "*" || text.split('-').all(subtag)
}

/// A quality value in thousandths; one that can not be read counts as not wanted.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    match (whole, fraction) {
        ("1", _) => 1000,
        ("0", fraction) if fraction.len() <= 3 => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Languages {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Languages, Infallible> {
        let header =
            parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(header.map(Languages::parse).unwrap_or_default())
    }
}

/// The headers of a document whose texts depend on the language.
pub(crate) fn spoken(language: &str) -> [(header::HeaderName, String); 2] {
    [(header::CONTENT_LANGUAGE, language.to_owned()), (header::VARY, "accept-language".to_owned())]
}

/// A language as a header.
pub(crate) fn language_header(language: &str) -> HeaderValue {
    HeaderValue::from_str(language).unwrap_or(HeaderValue::from_static("en"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_language_comes_first() {
        assert_eq!(Languages::parse("fr, en;q=0.5, zh;q=0.8").wanted(), ["fr", "zh", "en"]);
        assert_eq!(Languages::parse("zh-Hans-CN").wanted(), ["zh-hans-cn"]);
    }

    #[test]
    fn what_is_not_wanted_or_can_not_be_read_is_left_out() {
        for header in ["", "zh;q=0", ";;,q=,", "zh;q=nonsense", "zh;q=0.1234"] {
            assert!(Languages::parse(header).wanted().is_empty(), "{header}");
        }
    }
}
