//! Bodies of requests, through the router as they come from the net: whatever they hold, the answer
//! is a success or a problem document of the caller's making, and never larger than some times the
//! body.
//!
//! The first byte chooses the request, the rest is its body.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use libfuzzer_sys::fuzz_target;
use stele_runtime::{
    Actor, Policy, Precondition, Runtime, Settings, TenantId, TokenDraft, TokenScope,
};
use stele_server::http::edge::application::Application;
use stele_server::http::router::router;
use stele_server::limits::Limits;
use tempfile::TempDir;
use tower::ServiceExt;

/// Method, path below the tenant, media type.
const REQUESTS: [(&str, &str, &str); 8] = [
    ("POST", "calculations", "application/json"),
    ("POST", "calculations/batch", "application/x-ndjson"),
    ("POST", "proposals", "application/json"),
    ("POST", "impact-reports", "application/json"),
    ("PUT", "policy", "application/json"),
    ("POST", "tokens", "application/json"),
    ("POST", "employees/import", "application/x-ndjson"),
    ("POST", "employees/import", "text/csv"),
];

/// Bytes of an answer beyond those that the body itself caused.
const ANSWER: usize = 64 << 10;

/// A server in this process, with one tenant and a token that may do everything in it.
struct Served {
    tokio: tokio::runtime::Runtime,
    router: Router,
    token: String,
    _data: TempDir,
}

impl Served {
    fn start() -> Option<Self> {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let data = tempfile::tempdir().ok()?;
        let (router, token) = tokio.block_on(async {
            let runtime = Runtime::open(data.path(), Settings::default()).await.ok()?;
            let (actor, tenant) = (Actor::console(), TenantId::new("acme").ok()?);
            runtime.create_tenant(&actor, tenant.clone(), "Acme").await.ok()?;
            let policy = serde_json::to_value(Policy::without_approvals()).ok()?;
            runtime.put_policy(&actor, Some(&tenant), Precondition::None, policy).await.ok()?;
            let scopes: Vec<_> = TokenScope::ALL
                .iter()
                .copied()
                .filter(|scope| *scope != TokenScope::Operator)
                .collect();
            let name = "fuzz".to_owned();
            let draft = TokenDraft { tenant: Some(tenant), name, scopes, subject: None };
            let (_, secret) = runtime.create_token(&actor, draft).await.ok()?;
            let router = router(Application::new(runtime, Limits::default())).ok()?;
            Some((router, secret.reveal().to_owned()))
        })?;
        Some(Self { tokio, router, token, _data: data })
    }

    fn send(&self, request: (&str, &str, &str), body: &[u8]) -> Option<(StatusCode, Bytes)> {
        let (method, path, media_type) = request;
        let request = Request::builder()
            .method(method)
            .uri(format!("/v1/tenants/acme/{path}"))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", media_type)
            .body(Body::from(body.to_vec()))
            .ok()?;
        self.tokio.block_on(async {
            let answer = self.router.clone().oneshot(request).await.ok()?;
            let status = answer.status();
            Some((status, answer.into_body().collect().await.ok()?.to_bytes()))
        })
    }
}

fn served() -> Option<&'static Served> {
    static SERVED: OnceLock<Option<Served>> = OnceLock::new();
    SERVED.get_or_init(Served::start).as_ref()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, body)) = bytes.split_first() else { return };
    let Some(served) = served() else { panic!("the server does not start") };
    let request = REQUESTS[usize::from(*choice) % REQUESTS.len()];
    let Some((status, answer)) = served.send(request, body) else { panic!("no answer") };
    assert!(!status.is_server_error(), "{status}: {}", String::from_utf8_lossy(&answer));
    assert!(answer.len() <= ANSWER + 32 * body.len(), "{} bytes", answer.len());
});
