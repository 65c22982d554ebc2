//! Whoever holds all that it may leaves room for all others.

use std::time::Duration;

use axum::body::{Body, Bytes};
use serde_json::json;
use stele_runtime::TokenScope;
use stele_server::limits::{Limits, Share};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::support::{PACKAGE, Server, request};

const SHARE: Share = Share { total: 7, tenant: 4, token: 2 };

/// A request whose body never comes, on its way until it is dropped.
fn hanging(server: &Server, token: &str, path: &str, media_type: &str) -> JoinHandle<()> {
    let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
    let request = request("POST", path, token)
        .header("content-type", media_type)
        .body(Body::from_stream(never))
        .unwrap();
    let router = server.router.clone();
    tokio::spawn(async move {
        let answer = router.oneshot(request).await;
        // A batch is answered at once, and streams for as long as its answer is held.
        let _held = answer.unwrap();
        futures::future::pending().await
    })
}

async fn settle() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn a_token_or_a_tenant_that_holds_its_share_leaves_room_for_all_others() {
    let limits = || Limits { body_timeout: Duration::from_secs(60), ..Limits::default() };
    for (limit, path, media_type, limits) in [
        (
            "concurrent_requests",
            "calculations",
            "application/json",
            Limits { concurrent_requests: SHARE, ..limits() },
        ),
        (
            "concurrent_batches",
            "calculations/batch",
            "application/x-ndjson",
            Limits { concurrent_batches: SHARE, ..limits() },
        ),
        (
            "concurrent_packages",
            "rulesets",
            PACKAGE,
            Limits { concurrent_packages: SHARE, ..limits() },
        ),
        (
            "concurrent_imports",
            "employees/import",
            "text/csv",
            Limits { concurrent_imports: SHARE, ..limits() },
        ),
    ] {
        let server = Server::with_limits(limits).await;
        let scopes =
            [TokenScope::Calculate, TokenScope::EmployeesWrite, TokenScope::RulesetsPublish];
        let second = server.token("acme", &scopes).await;
        let third = server.token("acme", &scopes).await;
        let acme = format!("/v1/tenants/acme/{path}");
        let other = format!("/v1/tenants/other/{path}");
        let empty = |token: String, path: String| {
            let server = &server;
            async move { server.post_as(&token, &path, media_type, "").await }
        };

        let mut held = vec![];
        held.extend((0..2).map(|_| hanging(&server, &server.acme, &acme, media_type)));
        settle().await;
        let refused = empty(server.acme.clone(), acme.clone()).await;
        let problem = refused.problem(429, "share-used");
        assert_eq!(
            (&problem["limit"], &problem["share"], &problem["most"]),
            (&json!(limit), &json!("token"), &json!(2)),
        );
        assert!(!refused.header("retry-after").is_empty(), "{limit}");
        let by_the_second = empty(second.clone(), acme.clone()).await;
        assert_ne!(by_the_second.status, 429, "{limit}: another token of the tenant has room");

        held.extend((0..2).map(|_| hanging(&server, &second, &acme, media_type)));
        settle().await;
        let problem = empty(third.clone(), acme.clone()).await.problem(429, "share-used");
        assert_eq!((&problem["limit"], &problem["share"]), (&json!(limit), &json!("tenant")));
        let by_another = empty(server.other.clone(), other.clone()).await;
        assert!(![429, 503].contains(&by_another.status.as_u16()), "{limit}: another tenant");
        let unknown = empty("stele_unknown".to_owned(), acme.clone()).await;
        unknown.problem(401, "unauthorized");

        // What is given back can be taken again.
        for held in held {
            held.abort();
        }
        settle().await;
        let again = empty(server.acme.clone(), acme.clone()).await;
        assert!(![429, 503].contains(&again.status.as_u16()), "{limit} is not given back");
    }
}

#[tokio::test]
async fn when_the_house_is_full_the_operator_is_answered() {
    let share = Share { total: 2, tenant: 1, token: 1 };
    let server =
        Server::with_limits(Limits { concurrent_requests: share, ..Limits::default() }).await;
    let path = |tenant: &str| format!("/v1/tenants/{tenant}/calculations");
    let _held = [
        hanging(&server, &server.acme, &path("acme"), "application/json"),
        hanging(&server, &server.other, &path("other"), "application/json"),
    ];
    settle().await;
    let refused = server.get_as(&server.operator, "/v1/tenants").await;
    let problem = refused.problem(503, "saturated");
    assert_eq!(
        (&problem["limit"], &problem["share"]),
        (&json!("concurrent_requests"), &json!("all"))
    );
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    let metrics = server.get("/metrics").await;
    let metrics = String::from_utf8(metrics.bytes.to_vec()).unwrap();
    assert!(metrics.contains("stele_http_room_held{limit=\"concurrent_requests\"}"), "{metrics}");
}
