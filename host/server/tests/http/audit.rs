//! The audit log over HTTP.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stele_runtime::{
    Actor, Checkpoint, Runtime, Settings, TenantId, TokenDraft, TokenScope, VerifierKey, merkle,
    verify_export,
};
use stele_server::http::edge::application::Application;
use stele_server::http::router::router;
use stele_server::limits::Limits;
use stele_store::{Backend, Door, Memory, MemoryStore, SystemClock, Tree, Write};
use tower::ServiceExt;

use crate::support::{Answer, Server, pointers, request};

const AUDIT: &str = "/v1/tenants/acme/audit";

async fn employees(server: &Server, from: u64, to: u64) {
    for number in from..to {
        let attributes = json!({ "number": [{ "from": "2020-01-01", "value": number }] });
        let path = format!("/v1/tenants/acme/employees/e{number}");
        let put = server.json_with("PUT", &path, &[], &json!({ "attributes": attributes })).await;
        assert!(put.status.is_success(), "{}", put.json());
    }
}

fn digests(value: &Value) -> Vec<stele_store::Digest> {
    let texts = value.as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap().parse().unwrap()).collect()
}

fn digest(value: &Value) -> stele_store::Digest {
    value.as_str().unwrap().parse().unwrap()
}

async fn key(server: &Server) -> VerifierKey {
    let answer = server.get("/v1/audit/key").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/x-pem-file");
    VerifierKey::from_pem(std::str::from_utf8(&answer.bytes).unwrap()).unwrap()
}

#[tokio::test]
async fn checkpoints_and_proofs_hold_for_whoever_has_the_key() {
    let server = Server::start().await;
    employees(&server, 0, 5).await;
    let key = key(&server).await;
    let older = server.get(&format!("{AUDIT}/checkpoint")).await.json();
    employees(&server, 5, 9).await;
    let newest = server.get(&format!("{AUDIT}/checkpoint")).await.json();
    assert_eq!(newest["log"], "tenants/acme");
    let opened = Checkpoint::open(newest["note"].as_str().unwrap(), &key).unwrap();
    assert_eq!(opened.size, newest["size"].as_u64().unwrap());
    assert_eq!(opened.root, digest(&newest["root"]));

    let proof = server.get(&format!("{AUDIT}/proof?entry=3")).await.json();
    let checked = merkle::check_inclusion(
        &digest(&proof["leaf"]),
        3,
        opened.size,
        &digests(&proof["proof"]),
        &opened.root,
    );
    assert_eq!(checked, Ok(()));
    let size = older["size"].as_u64().unwrap();
    let proof = server.get(&format!("{AUDIT}/consistency?from={size}&to={}", opened.size)).await;
    let proof = proof.json();
    let checked = merkle::check_consistency(
        size,
        opened.size,
        &digest(&older["root"]),
        &opened.root,
        &digests(&proof["proof"]),
    );
    assert_eq!(checked, Ok(()));
    let then = server.get(&format!("{AUDIT}/checkpoint?size={size}")).await.json();
    assert_eq!(then["root"], older["root"]);
    // The operator's log has its own.
    let operators = server.get_as(&server.operator, "/v1/audit/checkpoint").await.json();
    assert_eq!(operators["log"], "operator");
    let proof = server.get_as(&server.operator, "/v1/audit/proof?entry=0&size=1").await.json();
    assert_eq!((proof["leaf"].clone(), proof["size"].clone()), (proof["root"].clone(), json!(1)));
    let same = server.get_as(&server.operator, "/v1/audit/consistency?from=1&to=1").await.json();
    assert_eq!(same["proof"], json!([]));
}

#[tokio::test]
async fn an_export_is_audited_and_verifies() {
    let server = Server::start().await;
    employees(&server, 0, 5).await;
    let export = server.get(&format!("{AUDIT}/export")).await;
    assert_eq!(
        (export.status.as_u16(), export.header("content-type")),
        (200, "application/x-ndjson")
    );
    let checkpoint = server.get(&format!("{AUDIT}/checkpoint")).await;
    let text = std::str::from_utf8(&checkpoint.bytes).unwrap().to_owned();
    let checkpoint = Checkpoint::open(&text, &key(&server).await).unwrap();
    let report = verify_export(export.bytes.as_ref(), &checkpoint, None).unwrap();
    assert_eq!(report.entries, checkpoint.size);
    let last = export.lines().pop().unwrap();
    assert_eq!(last["action"], "audit.exported");
    let operators = server.get_as(&server.operator, "/v1/audit/export").await;
    assert_eq!(
        operators.lines()[0]["origin"].as_str().unwrap().rsplit('/').next(),
        Some("operator")
    );
}

#[tokio::test]
async fn entries_are_filtered_and_paged() {
    let server = Server::start().await;
    employees(&server, 0, 7).await;
    let of = |query: &str| format!("{AUDIT}?{query}");
    let written = server.get(&of("action=employee.&limit=3")).await.json();
    assert_eq!(written["entries"].as_array().unwrap().len(), 3);
    let mut found = Vec::new();
    let mut query = "action=employee.&limit=3".to_owned();
    loop {
        let page = server.get(&of(&query)).await.json();
        found.extend(page["entries"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => query = format!("action=employee.&limit=3&cursor={next}"),
            None => break,
        }
    }
    let sequences: Vec<_> = found.iter().map(|entry| entry["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences.len(), 7);
    assert!(sequences.is_sorted_by(|before, after| before + 1 == *after), "{sequences:?}");
    let time = found[4]["recorded_at"].as_str().unwrap();
    let since = server.get(&of(&format!("from={time}"))).await.json();
    assert_eq!(since["entries"].as_array().unwrap().len(), 3);
    let until = server.get(&of(&format!("to={time}&subject=employee"))).await.json();
    assert!(until["entries"].as_array().unwrap().len() >= 4);
    let actor = found[0]["actor"]["subject"].as_str().unwrap();
    let by = server.get(&of(&format!("actor={actor}&employee=e6"))).await.json();
    assert_eq!(by["entries"].as_array().unwrap().len(), 1);
}

/// Numbers of the entries of an export in which one of the digests stands.
fn standing(export: &Answer, digests: &[&Value]) -> Vec<u64> {
    let stands = |entry: &Value| {
        let of = entry["employees"].as_array();
        of.is_some_and(|of| of.iter().any(|digest| digests.contains(&digest)))
    };
    let entries = export.lines().into_iter().filter(stands);
    entries.map(|entry| entry["sequence"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn an_employee_is_found_in_an_export_by_who_knows_the_identifier() {
    let server = Server::start().await;
    employees(&server, 0, 3).await;
    employees(&server, 1, 2).await;
    let export = server.get(&format!("{AUDIT}/export")).await;
    let text = std::str::from_utf8(&export.bytes).unwrap();
    assert!(!text.contains("\"e1\"") && !text.contains("30000"), "{text}");
    let digests = server.get(&format!("{AUDIT}/employees/e1")).await;
    assert_eq!(digests.status, 200);
    let digests = digests.json();
    let found = standing(&export, &[&digests["record"], &digests["results"]]);
    let listed = server.get(&format!("{AUDIT}?employee=e1")).await.json();
    let listed = listed["entries"].as_array().unwrap().iter();
    let listed: Vec<_> = listed.map(|entry| entry["sequence"].as_u64().unwrap()).collect();
    assert_eq!((found.len(), &found), (2, &listed));

    server.get(&format!("{AUDIT}/employees/nobody")).await.problem(404, "not-found");
    server.get(&format!("{AUDIT}/employees/not%20one")).await.problem(404, "not-found");
    let blind = server.token("acme", &[TokenScope::EmployeesRead]).await;
    let path = format!("{AUDIT}/employees/e1");
    server.get_as(&blind, &path).await.problem(403, "missing-scope");
    server.get("/v1/tenants/other/audit/employees/e1").await.problem(404, "not-found");

    let erasure = "/v1/tenants/acme/employees/e1/erasure";
    let erased = server.json_with("POST", erasure, &[], &json!({})).await.json();
    assert_eq!(erased["complete"], true, "{erased}");
    server.get(&path).await.problem(404, "not-found");
    let export = server.get(&format!("{AUDIT}/export")).await;
    let text = std::str::from_utf8(&export.bytes).unwrap();
    assert!(!text.contains("\"e1\""), "{text}");
    assert_eq!(standing(&export, &[&digests["record"]]), found, "what was said stays as it was");
    // The record of the erasure says when it was.
    let listed = server.get(&format!("{AUDIT}?employee=e1&action=employee.erased")).await.json();
    assert_eq!(listed["entries"].as_array().unwrap().len(), 1, "{listed}");
}

#[tokio::test]
async fn what_is_not_in_the_log_is_refused_by_name() {
    let server = Server::start().await;
    employees(&server, 0, 2).await;
    for (query, pointer) in [
        ("proof?entry=99", "?entry"),
        ("proof?entry=0&size=99", "?size"),
        ("checkpoint?size=99", "?size"),
        ("consistency?from=2&to=1", "?from"),
        ("consistency?from=1&to=99", "?to"),
        ("consistency?from=99", "?from"),
    ] {
        let problem =
            server.get(&format!("{AUDIT}/{query}")).await.problem(400, "malformed-request");
        assert_eq!(pointers(&problem), [pointer], "{query}: {problem}");
    }
    for query in ["proof", "proof?entry=-1", "proof?entry=x", "consistency", "checkpoint?sizes=1"] {
        server.get(&format!("{AUDIT}/{query}")).await.problem(400, "malformed-request");
    }
    let problem = server.get(&format!("{AUDIT}?from=yesterday")).await;
    assert_eq!(pointers(&problem.problem(400, "malformed-request")), ["?from"]);
}

#[tokio::test]
async fn a_tenant_sees_its_own_log_only() {
    let server = Server::start().await;
    for path in ["", "/checkpoint", "/proof?entry=0", "/consistency?from=0", "/export"] {
        let others = format!("/v1/tenants/other/audit{path}");
        server.get(&others).await.problem(404, "not-found");
        server.get(&format!("/v1/audit{path}")).await.problem(403, "missing-scope");
        let nobodys = format!("/v1/tenants/nobody/audit{path}");
        server.get_as(&server.operator, &nobodys).await.problem(404, "not-found");
        assert_eq!(server.get(&format!("{AUDIT}{path}")).await.status, 200, "{path}");
    }
    let blind = server.token("acme", &[TokenScope::Calculate]).await;
    for path in ["", "/checkpoint", "/proof?entry=0", "/consistency?from=0", "/export"] {
        server.get_as(&blind, &format!("{AUDIT}{path}")).await.problem(403, "missing-scope");
    }
    // The key is for whoever may ask anything.
    assert_eq!(server.get_as(&blind, "/v1/audit/key").await.status, 200);
}

/// A server on maps in which acme's third entry was damaged while nothing ran.
struct Damaged {
    router: axum::Router,
    operator: String,
    acme: String,
    other: String,
}

impl Damaged {
    async fn start() -> Damaged {
        let memory = Memory::default();
        let open = async || {
            let store = MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap();
            let store = Arc::new(Door::new(store).unwrap());
            Runtime::with_store(store, Settings::default()).await.unwrap()
        };
        let runtime = open().await;
        let mut tokens = Vec::new();
        for tenant in ["acme", "other"] {
            let id = TenantId::new(tenant).unwrap();
            runtime.create_tenant(&Actor::console(), id, tenant).await.unwrap();
        }
        for tenant in [None, Some("acme"), Some("other"), Some("acme"), Some("acme")] {
            let draft = TokenDraft {
                tenant: tenant.map(|tenant| TenantId::new(tenant).unwrap()),
                name: "test".to_owned(),
                scopes: TokenScope::ALL
                    .iter()
                    .copied()
                    .filter(|scope| tenant.is_none() || *scope != TokenScope::Operator)
                    .collect(),
                subject: None,
            };
            let (_, secret) = runtime.create_token(&Actor::console(), draft).await.unwrap();
            tokens.push(secret.reveal().to_owned());
        }
        let mut key = b"acme\0".to_vec();
        key.extend_from_slice(&2_u64.to_be_bytes());
        let mut value = memory.get(Tree::Audit, &key).unwrap().unwrap();
        value[50] ^= 4;
        memory.write(vec![Write { tree: Tree::Audit, key, value: Some(value) }]).unwrap();
        let router = router(Application::new(open().await, Limits::default())).unwrap();
        let mut tokens = tokens.into_iter();
        let mut next = || tokens.next().unwrap();
        Damaged { router, operator: next(), acme: next(), other: next() }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    async fn get(&self, token: &str, path: &str) -> Answer {
        self.send(request("GET", path, token).body(Body::empty()).unwrap()).await
    }

    async fn put_employee(&self, token: &str, tenant: &str) -> Answer {
        let path = format!("/v1/tenants/{tenant}/employees/e1");
        let body = json!({ "attributes": { "n": [{ "from": "2020-01-01", "value": 1 }] } });
        let request = request("PUT", &path, token).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

#[tokio::test]
async fn a_damaged_log_costs_its_own_changes_and_says_from_which_entry_on() {
    let server = Damaged::start().await;
    let ready = server.get(&server.acme, "/readyz").await;
    assert_eq!(ready.status, 200, "others are served");
    let ready = ready.json();
    let said = ready["detail"].as_str().unwrap();
    assert!(said.contains("a tenant's audit log") && said.contains("entry 2"), "{said}");
    assert_eq!(server.get(&server.acme, "/healthz").await.status, 200);

    let refused = server.put_employee(&server.acme, "acme").await.problem(503, "read-only");
    assert_eq!((&refused["log"], &refused["entry"]), (&json!("tenants/acme"), &json!(2)));
    assert!(refused["detail"].as_str().unwrap().contains("tenants/acme"), "{refused}");
    let export = server.get(&server.acme, &format!("{AUDIT}/export")).await;
    export.problem(503, "read-only");
    // Another tenant's changes are taken.
    assert_eq!(server.put_employee(&server.other, "other").await.status, 201);
    // What can be proven is served.
    let page = server.get(&server.acme, AUDIT).await.json();
    assert_eq!(page["entries"].as_array().unwrap().len(), 2);
    assert_eq!((&page["damaged_from"], &page["next"]), (&json!(2), &Value::Null));
    let checkpoint = server.get(&server.acme, &format!("{AUDIT}/checkpoint")).await.json();
    assert_eq!(checkpoint["size"], 2);
    assert_eq!(server.get(&server.acme, &format!("{AUDIT}/proof?entry=1")).await.status, 200);
    let beyond = server.get(&server.acme, &format!("{AUDIT}/proof?entry=2&size=3")).await;
    let problem = beyond.problem(500, "damaged-log");
    assert_eq!((&problem["log"], &problem["entry"]), (&json!("tenants/acme"), &json!(2)));
    let others = server.get(&server.other, "/v1/tenants/other/audit").await.json();
    assert_eq!(others["entries"].as_array().unwrap().len(), 2);
    assert!(others.get("damaged_from").is_none());
    let operators = server.get(&server.operator, "/v1/audit").await.json();
    assert_eq!(operators["entries"].as_array().unwrap().len(), 3);
}
