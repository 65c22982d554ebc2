//! Counts and latencies of requests by route template, method and status.
//!
//! The handles of a series are looked up once and kept: building its labels for every request
//! would cost more than the counting.

use std::collections::HashMap;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics::{Counter, Histogram, counter, histogram};
use parking_lot::RwLock;

/// The series of requests. Their number is bounded: templates, standard methods, statuses.
#[derive(Default)]
pub(crate) struct RequestMetrics {
    series: RwLock<HashMap<(String, &'static str, u16), Series>>,
}

#[derive(Clone)]
struct Series {
    requests: Counter,
    seconds: Histogram,
}

impl RequestMetrics {
    /// Counts one answered request.
    pub(crate) fn record(
        &self,
        route: &str,
        method: &Method,
        status: StatusCode,
        elapsed: Duration,
    ) {
        let method = standard(method);
        let status = status.as_u16();
        let series = self.series(route, method, status);
        series.requests.increment(1);
        series.seconds.record(elapsed);
    }

    fn series(&self, route: &str, method: &'static str, status: u16) -> Series {
        let key = (route.to_owned(), method, status);
        if let Some(series) = self.series.read().get(&key) {
            return series.clone();
        }
        let labels = [
            ("route", route.to_owned()),
            ("method", method.to_owned()),
            ("status", status.to_string()),
        ];
        let series = Series {
            requests: counter!("stele_http_requests_total", &labels),
            seconds: histogram!("stele_http_request_seconds", &labels),
        };
        self.series.write().entry(key).or_insert(series).clone()
    }
}

/// Methods that a client makes up share one series.
fn standard(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
