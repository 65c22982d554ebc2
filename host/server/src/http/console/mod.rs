//! The console: a page for the people who decide what is in force. It shows what one person did
//! alone in an emergency until a second one has confirmed it, what waits for an approval, with
//! exactly what the approver must be shown, and what is in force.
//!
//! Files that are part of the binary and load nothing from elsewhere: the page, its words in each
//! language, what it says of an impact report, what it does. They use the public API with the token
//! that is typed in, which the page keeps in memory only; so no rule and no right is decided in here,
//! and what the page can do, `curl` can. Which buttons it offers follows from what the API says of the
//! token and the proposal; whoever presses one is asked again there.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use crate::http::edge::application::Application;

/// Scripts, styles and answers come from this server only, and nothing of the page may be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const PAGE: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const WORDS: &str = "application/json";

/// The routes of the console, and of the address alone, which leads to it.
pub(crate) fn routes() -> Router<Application> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/console") }))
        .route("/console", file(PAGE, include_str!("console.html")))
        .route("/console/console.css", file(STYLE, include_str!("console.css")))
        .route("/console/console.js", file(SCRIPT, include_str!("console.js")))
        .route("/console/elements.js", file(SCRIPT, include_str!("elements.js")))
        .route("/console/impact.js", file(SCRIPT, include_str!("impact.js")))
        .route("/console/words.js", file(SCRIPT, include_str!("words.js")))
        .route("/console/words/en.json", file(WORDS, include_str!("words/en.json")))
        .route("/console/words/zh.json", file(WORDS, include_str!("words/zh.json")))
}

fn file(media_type: &'static str, text: &'static str) -> MethodRouter<Application> {
    get(move || async move { answer(media_type, text) })
}

fn answer(media_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        // A new binary brings a new page.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, text).into_response()
}
