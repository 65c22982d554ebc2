//! Lists in pages: `?limit=&cursor=` in the query, `next` in the body.
//!
//! A cursor is opaque to callers: the place after which the next page begins, as base64url.

use axum::extract::FromRequestParts;
use axum::extract::Query;
use axum::http::Uri;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use stele_fields::FromField;
use stele_ruleset::instant_from_text;
use utoipa::IntoParams;

use super::application::Application;
use super::problem::{FieldError, Kind, Problem};

/// Query parameters, read strictly: an unknown or wrong one is a problem.
#[derive(Debug)]
pub(crate) struct Parameters<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Application> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Application) -> Result<Self, Problem> {
        Self::of(&parts.uri)
    }
}

impl<T: DeserializeOwned> Parameters<T> {
    /// Those of an address.
    pub(crate) fn of(uri: &Uri) -> Result<Self, Problem> {
        match Query::<T>::try_from_uri(uri) {
            Ok(Query(parameters)) => Ok(Parameters(parameters)),
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                let cause = cause.unwrap_or_else(|| error.to_string());
                Err(Problem::new(Kind::Malformed, format!("The query can not be read: {cause}.")))
            }
        }
    }
}

/// The part of a query that every list takes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    /// Most elements of the page; 100 where not given, at most 1000.
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Which page of a list is asked for.
#[derive(Debug)]
pub(crate) struct Page {
    /// Most elements.
    pub limit: usize,
    /// The place after which it begins; none at the beginning.
    pub after: Option<String>,
}

impl PageQuery {
    /// Checks the bounds and opens the cursor.
    pub(crate) fn page(&self, app: &Application) -> Result<Page, Problem> {
        let limits = app.limits();
        let limit = self.limit.unwrap_or(limits.page);
        if !(1..=limits.longest_page).contains(&limit) {
            return Err(refused(
                "limit",
                &format!("1 to {}", limits.longest_page),
                &limit.to_string(),
            ));
        }
        let after = match &self.cursor {
            None => None,
            Some(cursor) => Some(
                open(cursor).ok_or_else(|| refused("cursor", "the `next` of a page", cursor))?,
            ),
        };
        Ok(Page { limit, after })
    }
}

impl Page {
    /// The place as a number, where the list is counted.
    pub(crate) fn after_number(&self) -> Result<Option<u64>, Problem> {
        let parse = |after: &String| {
            after.parse().map_err(|_| refused("cursor", "the `next` of a page", &seal(after)))
        };
        self.after.as_ref().map(parse).transpose()
    }
}

/// A refused query parameter.
pub(crate) fn refused(name: &str, expected: &str, found: &str) -> Problem {
    let mut error = FieldError::new(name, expected, found);
    error.pointer = format!("?{name}");
    Problem::new(Kind::Malformed, format!("The query parameter {name}: {}.", error.message))
        .with_errors(vec![error])
}

/// A parameter of some kind, if it is given.
pub(crate) fn read<T>(
    name: &str,
    text: Option<String>,
    expected: &str,
    of: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let read =
        |text: String| of(&text).ok_or_else(|| refused(name, expected, &format!("{text:?}")));
    text.map(read).transpose()
}

/// A time in a query.
pub(crate) fn instant(name: &str, text: &str) -> Result<Timestamp, Problem> {
    instant_from_text(text)
        .ok_or_else(|| refused(name, &Timestamp::expected(), &format!("{text:?}")))
}

/// Makes the cursor of a place.
pub(crate) fn seal(place: &str) -> String {
    URL_SAFE_NO_PAD.encode(place)
}

fn open(cursor: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}
