//! The console: a page for the people who decide what is in force. It shows what one person did
//! alone in an emergency until a second one has confirmed it, what waits for an approval, with
//! exactly what the approver must be shown, and what is in force.
//!
//! Three files that are part of the binary and load nothing from elsewhere. They use the public API
//! with the token that is typed in, which the page keeps in memory only; so no rule and no right is
//! decided in here, and what the page can do, `curl` can.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::http::edge::application::Application;

/// Scripts, styles and answers come from this server only, and nothing of the page may be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The routes of the console.
pub(crate) fn routes() -> Router<Application> {
    Router::new()
        .route("/console", get(page))
        .route("/console/console.js", get(script))
        .route("/console/console.css", get(style))
}

async fn page() -> Response {
    file("text/html; charset=utf-8", include_str!("console.html"))
}

async fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("console.js"))
}

async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("console.css"))
}

fn file(media_type: &'static str, text: &'static str) -> Response {
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
