//! The explanation of a result, as JSON for programs and as a page for the one whom it concerns.

mod page;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use stele_runtime::explanation::Explanation;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::results::recorded::result_id;
use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{ResultsRead, TenantAccess};
use crate::http::edge::language::{Languages, language_header};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The page loads nothing and runs nothing; its own style is all that it may use.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Room for an explanation, so that writing it out does not grow the buffer again and again.
const USUAL_BYTES: usize = 64 << 10;

/// The limit of its bytes, as the settings call it.
const LIMIT: &str = "explanation_bytes";

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(explain_result))
}

/// Explain a result.
///
/// How each line was computed, in sentences with the numbers in them; the values of the law that
/// were used with their dates and sources; the facts and where they came from; who put the version
/// in force; and how to have it checked. Good to be handed to the one whom it concerns (GDPR art.
/// 15(1)(h)). `Accept: text/html` gives a page that prints well and needs nothing from elsewhere.
/// A result that was recorded without steps is run again to have them; if that does not come out
/// the same, the answer is 409.
///
/// Labels and steps are in the language of `Accept-Language` that the ruleset speaks, else in its
/// first. Everything else, and numbers and dates in all, is in English, Chinese (simplified, `zh`, or
/// traditional, `zh-Hant`), German, French, Spanish, Portuguese, Italian, Dutch, Polish, Japanese or
/// Korean; `words` says in which. `amount`, `value`, `from` and `until` are alike in all.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/results/{id}/explanation", tag = "results",
    operation_id = "explain_result",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The result."),
        ("Accept" = Option<String>, Header, description = "`application/json`, or `text/html` for a page."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    responses(
        (status = 200, description = "The explanation.", body = Explanation,
            headers(("content-language" = String, description = "The language used."))),
        (status = 409, description = "It does not come out the same when it is run again; `replay` says where.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
        (status = 410, description = "It was erased.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn explain_result(
    State(app): State<Application>,
    access: TenantAccess<ResultsRead>,
    languages: Languages,
    headers: HeaderMap,
    IdSegment(id): IdSegment,
) -> Result<Response, Problem> {
    let id = result_id(&id)?;
    let explanation = app
        .runtime()
        .explanation(&access.actor, &access.tenant, id, &languages.wanted())
        .await
        .map_err(refusal::of_explanation)?;
    let common = [
        (header::CONTENT_LANGUAGE, language_header(&explanation.language)),
        (header::VARY, HeaderValue::from_static("accept, accept-language")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let most = app.limits().explanation_bytes;
    if !wants_page(&headers) {
        let json = answer::json(&explanation, USUAL_BYTES, LIMIT, most)?;
        let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        return Ok((common, media_type, json).into_response());
    }
    let page: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    match page::render(&explanation) {
        long if long.len() > most => Err(answer::too_large(LIMIT, most)),
        rendered => Ok((common, page, rendered).into_response()),
    }
}

/// Whether HTML is named before JSON, as browsers do. Who names neither is a program.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = accepted.flat_map(|value| value.split(','));
    let named = ranges.map(|range| range.split(';').next().unwrap_or_default().trim());
    let mut known = named.filter_map(|range| match range.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" | "text/*" => Some(true),
        "application/json" | "application/*" => Some(false),
        _ => None,
    });
    known.next().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_a_page_and_programs_json() {
        for (accept, page) in [
            (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), true),
            (Some("text/html"), true),
            (Some("application/json"), false),
            (Some("application/json, text/html;q=0.5"), false),
            (Some("*/*"), false),
            (None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            }
            assert_eq!(wants_page(&headers), page, "{accept:?}");
        }
    }
}
