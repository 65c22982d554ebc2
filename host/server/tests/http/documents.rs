//! The description of the API, and what the operator reads.

use serde_json::Value;

use crate::support::{Server, request};

async fn description(server: &Server) -> Value {
    let answer = server.get("/openapi.json").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    answer.json()
}

#[tokio::test]
async fn every_described_operation_exists() {
    let server = Server::start().await;
    let description = description(&server).await;
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut operations = 0;
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|name| *name != "parameters") {
            operations += 1;
            let path = path
                .replace("{tenant}", "acme")
                .replace("{name}", "cn/payroll")
                .replace("{version}", "1.0.0")
                .replace("{id}", "e-1")
                .replace("{report}", "r-1")
                .replace("{token}", "t");
            let method = method.to_uppercase();
            let asked = request(&method, &path, "stele_unknown").body(Default::default()).unwrap();
            let answer = server.send(asked).await;
            let status = answer.status.as_u16();
            // Without a valid token, everything but the operator's pages is refused as such.
            let expected = if path.starts_with("/v1/") { 401 } else { 200 };
            assert_eq!(status, expected, "{method} {path}");
        }
    }
    assert!(operations >= 37, "{operations} operations are described");
}

#[tokio::test]
async fn every_operation_describes_its_problems_and_every_reference_leads_somewhere() {
    let server = Server::start().await;
    let description = description(&server).await;
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["responses"]["default"].is_object(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
    let mut references = Vec::new();
    collect_references(&description, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let kinds = &description["components"]["schemas"]["Problem"]["properties"]["type"]["enum"];
    assert!(kinds.as_array().is_some_and(|kinds| kinds.len() > 20), "{kinds}");
    assert!(description["components"]["securitySchemes"]["token"].is_object());
}

fn collect_references<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| collect_references(member, references));
        }
        Value::Array(elements) => {
            elements.iter().for_each(|element| collect_references(element, references));
        }
        _ => {}
    }
}

#[tokio::test]
async fn what_is_answered_has_the_members_that_are_described() {
    let server = Server::with_bonus().await;
    let description = description(&server).await;
    let schema = |name: &str| {
        let properties = description["components"]["schemas"][name]["properties"].as_object();
        let properties = properties.unwrap_or_else(|| panic!("no schema {name}"));
        properties.keys().cloned().collect::<Vec<_>>()
    };
    let all_described = |name: &str, value: &Value| {
        let described = schema(name);
        for member in value.as_object().unwrap().keys() {
            assert!(described.contains(member), "{name} has {member}, which is not described");
        }
    };
    let ask = serde_json::json!({
        "slot": "bonus", "date": "2021-06-30", "facts": { "number": 1 }, "explain": true,
    });
    let result = server.post("/v1/tenants/acme/calculations", &ask).await.json();
    all_described("Calculation", &result);
    all_described("Line", &result["lines"][0]);
    all_described("Finding", &result["findings"][0]);
    all_described("Receipt", &result["receipt"]);
    let activations = server.get("/v1/tenants/acme/activations").await.json();
    all_described("ActivationList", &activations);
    all_described("Activation", &activations["activations"][0]);
    let versions = server.get("/v1/tenants/acme/rulesets/test/bonus").await.json();
    all_described("Version", &versions["versions"][0]);
    let audit = server.get("/v1/tenants/acme/audit").await.json();
    all_described("AuditList", &audit);
    all_described("AuditEntry", &audit["entries"][0]);
    let of_audit =
        async |rest: &str| server.get(&format!("/v1/tenants/acme/audit/{rest}")).await.json();
    all_described("Checkpoint", &of_audit("checkpoint").await);
    all_described("InclusionProof", &of_audit("proof?entry=0").await);
    all_described("ConsistencyProof", &of_audit("consistency?from=0").await);
    let employee = "/v1/tenants/acme/employees/e-1";
    let draft =
        serde_json::json!({ "attributes": { "number": [{ "from": "2020-01-01", "value": 1 }] } });
    server.json_with("PUT", employee, &[], &draft).await;
    let history = server.get(&format!("{employee}/history")).await.json();
    all_described("EmployeeHistory", &history);
    all_described("HistoryRevision", &history["revisions"][0]);
    all_described("HistoryChange", &history["revisions"][0]["changes"][0]);
    let file = "id,from,number\ne-1,2021-01-01,1\n";
    let path = "/v1/tenants/acme/employees/import";
    let report = server.post_as(&server.acme, path, "text/csv", file).await.json();
    all_described("ImportReport", &report);
    all_described("ChangedValues", &report["values"]);
    all_described("ImportedEmployee", &report["employees"][0]);
    all_described("ValueChange", &report["employees"][0]["changes"][0]);
    let tokens = server.get_as(&server.operator, "/v1/tokens").await.json();
    all_described("Token", &tokens["tokens"][0]);
    let tenants = server.get_as(&server.operator, "/v1/tenants").await.json();
    all_described("Tenant", &tenants["tenants"][0]);
}

#[tokio::test]
async fn the_documentation_is_rendered_without_the_internet() {
    let server = Server::start().await;
    let page = server.get("/docs/").await;
    assert_eq!(page.status, 200);
    let html = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(!html.contains("http://") && !html.contains("https://"), "{html}");
    for file in ["swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js"] {
        assert_eq!(server.get(&format!("/docs/{file}")).await.status, 200, "{file}");
    }
    let start = server.get("/docs/swagger-initializer.js").await;
    let start = String::from_utf8(start.bytes.to_vec()).unwrap();
    assert!(start.contains("/openapi.json"), "{start}");
}

#[tokio::test]
async fn metrics_count_requests_by_route_and_what_engine_and_store_do() {
    let server = Server::with_bonus().await;
    let ask =
        serde_json::json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": 1 } });
    server.post("/v1/tenants/acme/calculations", &ask).await;
    let metrics = String::from_utf8(server.get("/metrics").await.bytes.to_vec()).unwrap();
    for series in [
        "stele_http_requests_total{route=\"/v1/tenants/{tenant}/calculations\",method=\"POST\",status=\"200\"}",
        "stele_http_request_seconds_bucket{route=\"/v1/tenants/{tenant}/calculations\"",
        "stele_engine_evaluations_total",
        "stele_engine_fuel_total",
        "stele_engine_pool_waiting",
        "stele_store_commits_total",
        "stele_store_flushes_total",
    ] {
        assert!(metrics.contains(series), "{series} is not in\n{metrics}");
    }
    assert!(!metrics.contains("acme"), "a metric names a tenant");
}

#[tokio::test]
async fn the_server_says_that_it_is_alive_and_ready() {
    let server = Server::start().await;
    assert_eq!(server.get("/healthz").await.json()["status"], "alive");
    assert_eq!(server.get("/readyz").await.json()["status"], "ready");
}
