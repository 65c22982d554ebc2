//! What a version would change, over HTTP.

use serde_json::{Value, json};
use stele_runtime::TokenScope;
use stele_server::limits::Limits;

use crate::support::{Server, package_with_bonus, pointers};

const PATH: &str = "/v1/tenants/acme/impact-reports";
const PACKAGE: &str = crate::support::PACKAGE;

/// A server with 1.0.0 in force, 2.0.0 published with one more, and two employees.
async fn server() -> Server {
    server_with(Limits::default()).await
}

async fn server_with(limits: Limits) -> Server {
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&crate::support::package()).await;
    let package = package_with_bonus("2.0.0", 11);
    let published =
        server.post_as(&server.acme, "/v1/tenants/acme/rulesets", PACKAGE, package).await;
    assert_eq!(published.status, 201);
    for (id, number) in [("e-1", 5), ("e-2", 6)] {
        let body =
            json!({ "attributes": { "number": [{ "from": "2020-01-01", "value": number }] } });
        let path = format!("/v1/tenants/acme/employees/{id}");
        let put = server.json_with("PUT", &path, &[], &body).await;
        assert_eq!(put.status, 201, "{}", String::from_utf8_lossy(&put.bytes));
    }
    server
}

fn asking() -> Value {
    json!({
        "slot": "bonus",
        "candidate": { "ruleset": "test/bonus", "version": "2.0.0" },
        "population": { "all": true },
        "dates": ["2020-02-29", "2020-01-31"],
    })
}

/// Follows the report to its end; the events as name and data.
async fn followed(server: &Server, location: &str) -> Vec<(String, Value)> {
    let events = server.get(&format!("{location}/events")).await;
    assert_eq!((events.status.as_u16(), events.header("content-type")), (200, "text/event-stream"));
    let text = String::from_utf8(events.bytes.to_vec()).unwrap();
    let events = text.split("\n\n").filter(|event| event.starts_with("event:"));
    events
        .map(|event| {
            let field = |name: &str| {
                let line = event.lines().find_map(|line| line.strip_prefix(name));
                line.unwrap_or_default().trim().to_owned()
            };
            (field("event:"), serde_json::from_str(&field("data:")).unwrap())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_is_longer_than_it_may_be_is_not_answered() {
    let server = server_with(Limits { document_bytes: 1500, ..Limits::default() }).await;
    let location = server.post(PATH, &asking()).await.header("location").to_owned();
    assert_eq!(followed(&server, &location).await.last().unwrap().0, "finished");
    let problem = server.get(&location).await.problem(422, "answer-too-large");
    assert_eq!((&problem["limit"], &problem["most"]), (&json!("document_bytes"), &json!(1500)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_asked_for_followed_and_read() {
    let server = server().await;
    let asked = server.post(PATH, &asking()).await;
    assert_eq!(asked.status, 202, "{}", String::from_utf8_lossy(&asked.bytes));
    assert_eq!(asked.json()["state"], "running");
    let location = asked.header("location").to_owned();
    assert_eq!(location, format!("{PATH}/{}", asked.json()["id"].as_str().unwrap()));

    let events = followed(&server, &location).await;
    let (last, report) = events.last().unwrap();
    assert_eq!((last.as_str(), &report["state"]), ("finished", &json!("finished")));
    assert!(events[..events.len() - 1].iter().all(|(name, _)| name == "progress"));

    let report = server.get(&location).await;
    assert_eq!(report.header("content-language"), "en");
    let report = report.json();
    assert_eq!((&report["state"], &report["dates"][0]), (&json!("finished"), &json!("2020-01-31")));
    let content = &report["content"];
    assert_eq!((&content["differences"], &content["affected"]), (&json!("some"), &json!(2)));
    let item = &content["items"][0];
    assert_eq!((&item["code"], &item["label"]), (&json!("answer"), &json!("Answer")));
    let sums = ["before", "after", "difference"].map(|name| item[name].as_str().unwrap());
    assert_eq!(sums, ["62", "66", "4"]);
    let bucket = json!({ "from": "1", "to": "10", "calculations": 4 });
    assert_eq!(item["histogram"], json!([bucket]));
    let change = &content["largest"][0];
    assert_eq!(
        (&change["employee"], &change["in_force"]["lines"][0]["amount"]),
        (&json!("e-1"), &json!("15"))
    );
    assert!(content.get("salt").is_none(), "{content}");

    let chinese =
        server.json_with("GET", &location, &[("accept-language", "zh")], &json!({})).await;
    assert_eq!(chinese.header("content-language"), "zh");
    assert_eq!(chinese.json()["content"]["items"][0]["label"], "结果");

    let list = server.get(PATH).await.json();
    assert_eq!((&list["reports"][0]["id"], &list["next"]), (&report["id"], &Value::Null));
    assert!(list["reports"][0].get("content").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_twice_makes_one_report() {
    let server = server().await;
    let headers = [("idempotency-key", "k-1")];
    let first = server.json_with("POST", PATH, &headers, &asking()).await;
    let second = server.json_with("POST", PATH, &headers, &asking()).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (202, 202));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(server.get(PATH).await.json()["reports"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn every_wrong_field_of_a_request_is_named() {
    let server = server().await;
    let refused = async |body: Value| {
        let problem = server.post(PATH, &body).await.problem(422, "invalid-body");
        pointers(&problem).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let with = |name: &str, value: Value| {
        let mut body = asking();
        body[name] = value;
        body
    };
    let found = refused(json!({
        "slot": "Bonus",
        "candidate": { "ruleset": 7, "tag": "x" },
        "population": { "facts": [{ "id": "a", "facts": {} }, { "id": "b" }, { "id": "c d" }] },
        "dates": ["2020-01-31", "31.01.2020", 7],
        "date": "2020-01-31",
    }))
    .await;
    let expected = [
        "/slot",
        "/candidate/ruleset",
        "/candidate/version",
        "/candidate/tag",
        "/population/facts/1/facts",
        "/population/facts/2/id",
        "/population/facts/2/facts",
        "/dates/1",
        "/dates/2",
        "/date",
    ];
    assert_eq!(found, expected);
    assert_eq!(refused(with("population", json!({}))).await, ["/population"]);
    let two = json!({ "all": true, "employees": ["e-1"] });
    assert_eq!(refused(with("population", two)).await, ["/population"]);
    assert_eq!(refused(with("population", json!({ "all": false }))).await, ["/population/all"]);
    let unknown = json!({ "employees": ["e-1", "nobody"] });
    assert_eq!(refused(with("population", unknown)).await, ["/population/employees/1"]);
    let candidate = json!({ "ruleset": "test/bonus", "version": "9.9.9" });
    assert_eq!(refused(with("candidate", candidate)).await, ["/candidate/version"]);
    assert_eq!(refused(with("dates", json!(["2019-12-31"]))).await, ["/dates/0"]);
    assert_eq!(refused(with("dates", json!([]))).await, ["/dates"]);
    let mut of_results =
        with("population", json!({ "results": { "from": "2020-02-01", "to": "2020-01-01" } }));
    of_results["facts"] = json!({ "number": 1 });
    assert_eq!(refused(of_results).await, ["/dates", "/population/results/to", "/facts"]);
    // There are no pay runs to compare, and the answer says so.
    let problem = server.post(PATH, &with("runs", json!(["r-1"]))).await;
    let problem = problem.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/runs"]);
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("no pay runs"));
    assert!(server.get(PATH).await.json()["reports"].as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_over_what_was_paid_is_asked_for_by_slot_and_dates() {
    let server = server().await;
    for (employee, date) in [("e-1", "2020-01-31"), ("e-2", "2020-01-31"), ("e-1", "2020-02-29")] {
        let asked = json!({ "slot": "bonus", "date": date, "employee": employee, "record": true });
        let paid = server.post("/v1/tenants/acme/calculations", &asked).await;
        assert_eq!(paid.status, 200);
    }
    let asking = json!({
        "slot": "bonus",
        "candidate": { "ruleset": "test/bonus", "version": "2.0.0" },
        "population": { "results": { "from": "2020-02-01", "to": "2020-02-29" } },
    });
    // Who may not read results is not shown them by a report.
    let planner = server.token("acme", &[TokenScope::ImpactWrite, TokenScope::ImpactRead]).await;
    let refused = server.post_as(&planner, PATH, "application/json", asking.to_string()).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "results:read");
    let location = server.post(PATH, &asking).await.header("location").to_owned();
    followed(&server, &location).await;
    let report = server.get(&location).await.json();
    let filter = json!({ "slot": "bonus", "from": "2020-02-01", "to": "2020-02-29" });
    assert_eq!((&report["population"], &report["results"]), (&json!("results"), &filter));
    assert_eq!(report["dates"], json!(["2020-02-29"]));
    let content = &report["content"];
    assert_eq!((&content["employees"], &content["results"]), (&json!(1), &filter));
    let item = &content["items"][0];
    assert_eq!((&item["before"], &item["after"]), (&json!("15"), &json!("16")));
    assert_eq!(content["dates"][0]["in_force"]["version"], "1.0.0");
    assert_eq!(content["largest"][0]["in_force"]["lines"][0]["amount"], "15");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_seen_by_its_tenant_and_with_its_scope_only() {
    let server = server().await;
    let location = server.post(PATH, &asking()).await.header("location").to_owned();
    followed(&server, &location).await;
    let elsewhere = location.replace("/acme/", "/other/");
    for path in [elsewhere.clone(), format!("{elsewhere}/events")] {
        server.get_as(&server.other, &path).await.problem(404, "not-found");
    }
    server.get_as(&server.other, &location).await.problem(404, "not-found");
    server.get(&format!("{PATH}/no-uuid")).await.problem(404, "not-found");
    let token = server.token("acme", &[TokenScope::ActivationsRead, TokenScope::ImpactRead]).await;
    assert_eq!(server.get_as(&token, &location).await.status, 200);
    let body = asking().to_string();
    let refused = server.post_as(&token, PATH, "application/json", body).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "impact:write");
    let token = server.token("acme", &[TokenScope::ActivationsRead]).await;
    let refused = server.get_as(&token, &location).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "impact:read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_has_the_members_that_are_described() {
    let server = server().await;
    let location = server.post(PATH, &asking()).await.header("location").to_owned();
    followed(&server, &location).await;
    let description = server.get("/openapi.json").await.json();
    let described = |name: &str, value: &Value| {
        let schema = &description["components"]["schemas"][name];
        let properties = schema["properties"].as_object();
        let members = properties.unwrap_or_else(|| panic!("no schema {name}"));
        for member in value.as_object().unwrap().keys() {
            assert!(members.contains_key(member), "{name} has {member}, which is not described");
        }
    };
    let list = server.get(PATH).await.json();
    described("ImpactReportList", &list);
    described("ImpactReport", &list["reports"][0]);
    let content = &server.get(&location).await.json()["content"];
    described("ImpactContent", content);
    described("ImpactDate", &content["dates"][0]);
    described("ImpactTotals", &content["dates"][0]["items"][0]);
    described("ImpactChange", &content["largest"][0]);
    described("ImpactLine", &content["largest"][0]["lines"][0]);
    described("ImpactFailures", &content["newly_failing"]);
    described("ImpactReasons", &content["failing"]["candidate"]);
    described("ImpactBucket", &content["items"][0]["histogram"][0]);
}
