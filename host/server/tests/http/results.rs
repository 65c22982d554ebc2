//! Recorded results over HTTP.

use axum::body::Body;
use serde_json::{Value, json};
use stele_ruleset::Package;
use stele_runtime::TokenScope;

use crate::support::{Answer, Files, Server, honest, request, with};

const PATH: &str = "/v1/tenants/acme/calculations";

fn body(number: i64) -> Value {
    json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": number }, "record": true })
}

async fn recorded(server: &Server) -> String {
    let answer = server.post(PATH, &body(1)).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.json()["receipt"]["result"].as_str().unwrap().to_owned()
}

fn of(id: &str, rest: &str) -> String {
    format!("/v1/tenants/acme/results/{id}{rest}")
}

async fn with_employee(server: &Server) {
    let attributes = json!({ "attributes": {
        "number": [{ "from": "2020-01-01", "value": 4 }],
    }});
    let put = request("PUT", "/v1/tenants/acme/employees/e-1", &server.acme)
        .header("content-type", "application/json")
        .body(Body::from(attributes.to_string()))
        .unwrap();
    assert_eq!(server.send(put).await.status, 201);
}

#[tokio::test]
async fn a_recorded_result_can_be_read_and_replayed() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    let result = server.get(&of(&id, "")).await.json();
    assert_eq!(result["lines"][0]["amount"], "11");
    assert_eq!(result["facts"], json!({ "number": "1" }));
    assert_eq!(result["origins"], json!({ "number": { "from": "given" } }));
    let replay = server.post(&of(&id, "/replay"), &json!({})).await.json();
    assert_eq!(replay["identical"], true, "{replay}");
    assert_eq!(replay["differences"], json!([]));
    // Without `record` nothing is kept.
    let mut plain = body(1);
    plain["record"] = json!(false);
    assert!(server.post(PATH, &plain).await.json()["receipt"].get("result").is_none());
}

#[tokio::test]
async fn what_was_paid_is_found_in_pages_by_what_is_known_of_it() {
    let server = Server::with_bonus().await;
    with_employee(&server).await;
    let mut ids = Vec::new();
    for month in 1..=3 {
        let date = format!("2020-0{month}-28");
        let asked = json!({ "slot": "bonus", "date": date, "employee": "e-1", "record": true });
        let id = server.post(PATH, &asked).await.json()["receipt"]["result"].clone();
        ids.push(id);
        recorded(&server).await;
    }
    let list = async |query: &str| {
        let page = server.get(&format!("/v1/tenants/acme/results?{query}")).await.json();
        let found: Vec<Value> =
            page["results"].as_array().unwrap().iter().map(|found| found["id"].clone()).collect();
        (found, page)
    };
    let (found, page) = list("employee=e-1&from=2020-02-01&ruleset=test/bonus@1.0.0").await;
    assert_eq!((found.as_slice(), &page["next"]), (&ids[1..], &Value::Null));
    let first = &page["results"][0];
    let named = ["employee", "slot", "kind", "ruleset", "version", "date"].map(|name| &first[name]);
    assert_eq!(named, ["e-1", "bonus", "points", "test/bonus", "1.0.0", "2020-02-28"]);
    let (found, page) = list("slot=bonus&to=2020-03-31&limit=2").await;
    assert_eq!(found, ids[..2]);
    let next = page["next"].as_str().unwrap();
    let (found, page) = list(&format!("slot=bonus&to=2020-03-31&limit=2&cursor={next}")).await;
    assert_eq!((found.as_slice(), &page["next"]), (&ids[2..], &Value::Null));
    assert_eq!(list("").await.0.len(), 6);

    for (query, pointer) in [
        ("slot=No%20Slot", "?slot"),
        ("employee=a%20b", "?employee"),
        ("employment=a%20b", "?employment"),
        ("from=31.01.2020", "?from"),
        ("from=2020-02-01&to=2020-01-31", "?to"),
        ("limit=0", "?limit"),
        ("cursor=x", "?cursor"),
    ] {
        let refused = server.get(&format!("/v1/tenants/acme/results?{query}")).await;
        let problem = refused.problem(400, "malformed-request");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}: {problem}");
    }
    let unknown = server.get("/v1/tenants/acme/results?day=2020-01-31").await;
    unknown.problem(400, "malformed-request");
    let token = server.token("acme", &[TokenScope::Calculate]).await;
    let refused = server.get_as(&token, "/v1/tenants/acme/results").await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "results:read");
    let elsewhere = server.get_as(&server.other, "/v1/tenants/other/results").await.json();
    assert_eq!(elsewhere["results"], json!([]));
}

/// The package of `test/bonus` 1.0.0 that leaves something out for every number but zero.
fn leaving_out() -> Vec<u8> {
    let manifest = r#"
        [[leaves_out]]
        name = "grand_total"
        what = "The number is not added to those of other months."
        when = { fact = "number" }
    "#;
    let text = |files: &Files, path: &str| String::from_utf8(files[path].clone()).unwrap();
    let files = honest();
    let manifest = text(&files, "ruleset.toml") + manifest;
    let chinese =
        text(&files, "texts/zh.toml") + "[leaves_out]\ngrand_total = \"不含其他月份。\"\n";
    let files = with(with(files, "ruleset.toml", &manifest), "texts/zh.toml", &chinese);
    Package::from_files(files).unwrap().write().unwrap()
}

#[tokio::test]
async fn what_a_version_leaves_out_is_shown_with_it_and_said_by_each_result_that_it_touches() {
    let server = Server::start().await;
    server.publish_and_activate(&leaving_out()).await;
    let version = "/v1/tenants/acme/rulesets/test/bonus/versions/1.0.0";
    assert_eq!(
        server.get(version).await.json()["leaves_out"],
        json!([{
            "name": "grand_total",
            "what": "The number is not added to those of other months.",
            "when": [{ "fact": "number" }],
        }])
    );
    assert_eq!(server.post(PATH, &body(0)).await.json()["findings"], json!([]));
    let result = server.post(PATH, &body(1)).await.json();
    let finding = &result["findings"][0];
    assert_eq!(finding["code"], "not_covered");
    assert_eq!(
        (&finding["subject"], &finding["severity"]),
        (&json!("grand_total"), &json!("warning"))
    );
    assert_eq!(finding["message"], "The number is not added to those of other months.");
    let id = result["receipt"]["result"].as_str().unwrap();
    assert_eq!(&server.get(&of(id, "")).await.json()["findings"][0], finding);
    let chinese = [("accept-language", "zh")];
    let read = server.json_with("GET", &of(id, ""), &chinese, &json!({})).await.json();
    assert_eq!(read["findings"][0]["message"], "不含其他月份。");
    let explained = server.get(&of(id, "/explanation")).await.json();
    assert_eq!(explained["findings"][0]["message"], finding["message"]);
    let replay = server.post(&of(id, "/replay"), &json!({})).await.json();
    assert_eq!(replay["identical"], true, "{replay}");
}

#[tokio::test]
async fn the_same_request_under_one_key_is_recorded_once() {
    let server = Server::with_bonus().await;
    let ask = async || server.json_with("POST", PATH, &[("idempotency-key", "k")], &body(1)).await;
    let (first, second) = (ask().await, ask().await);
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(server.runtime.verify().await.unwrap().results, 1);
}

#[tokio::test]
async fn a_batch_records_the_lines_that_ask_for_it_in_order_and_in_few_commits() {
    let server = Server::with_bonus().await;
    let mut lines = String::new();
    for number in 0..600 {
        let mut line = body(number);
        if number % 3 == 1 {
            line["record"] = json!(false);
        }
        if number % 100 == 50 {
            line["facts"] = json!({ "number": "many" });
        }
        lines.push_str(&format!("{line}\n"));
    }
    let path = "/v1/tenants/acme/calculations/batch";
    let answer = server.post_as(&server.acme, path, "application/x-ndjson", lines).await;
    let answers = answer.lines();
    assert_eq!(answers.len(), 600);
    let mut recorded = 0;
    for (number, answer) in answers.iter().enumerate() {
        if number % 100 == 50 {
            assert_eq!((&answer["status"], &answer["line"]), (&json!(422), &json!(number + 1)));
            continue;
        }
        assert_eq!(answer["lines"][0]["amount"], (number + 10).to_string());
        let id = answer["receipt"]["result"].as_str();
        assert_eq!(id.is_some(), number % 3 != 1, "{answer}");
        if let Some(id) = id {
            recorded += 1;
            if number % 60 == 0 {
                let result = server.get(&of(id, "")).await.json();
                assert_eq!(result["lines"][0]["amount"], (number + 10).to_string());
            }
        }
    }
    assert_eq!(server.runtime.verify().await.unwrap().results, recorded);
    let entries = server.get("/v1/tenants/acme/audit?limit=1000").await.json();
    let commits = entries["entries"].as_array().unwrap().iter();
    let commits = commits.filter(|entry| entry["action"] == "result.recorded").count();
    assert!(commits < 20, "{commits} commits for {recorded} results");

    let all = server.post("/v1/tenants/acme/replays", &json!({ "slot": "bonus" })).await.lines();
    let summary =
        json!({ "replayed": recorded, "identical": recorded, "different": 0, "erased": 0 });
    assert_eq!(all, [json!({ "summary": summary })]);
    let wrong = json!({ "from": "2026-02-01", "to": "2026-01-01" });
    server.post("/v1/tenants/acme/replays", &wrong).await.problem(422, "invalid-body");
}

#[tokio::test]
async fn an_explanation_is_json_for_programs_and_a_page_for_people() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    let path = of(&id, "/explanation");
    let json = server.json_with("GET", &path, &[("accept-language", "zh")], &json!({})).await;
    assert_eq!(json.header("content-type"), "application/json");
    assert_eq!(json.header("content-language"), "zh");
    assert_eq!(json.json()["lines"][0]["label"], "结果");
    let page = async |language: &str| -> Answer {
        let headers = [("accept", "text/html"), ("accept-language", language)];
        server.json_with("GET", &path, &headers, &json!({})).await
    };
    for (language, heading) in [("en", "How to have it checked"), ("zh", "如何核查")] {
        let page = page(language).await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        let html = String::from_utf8(page.bytes.to_vec()).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
        assert!(html.contains(heading) && html.contains(&id), "{html}");
        for forbidden in ["http://", "https://", "<script", "<link", "src=", "@import", "url("] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
    }
}

#[tokio::test]
async fn what_people_wrote_never_becomes_markup() {
    let server = Server::start().await;
    let texts = "title = \"<script>alert(1)</script>\"\n[facts]\nnumber = \"<b>Number\"\n\
                 [items]\nanswer = \"<img src=x>\"\nother_answer = \"o\"\n";
    let files = crate::support::with(crate::support::honest(), "texts/en.toml", texts);
    let package = stele_ruleset::Package::from_files(files).unwrap().write().unwrap();
    server.publish_and_activate(&package).await;
    let id = recorded(&server).await;
    let headers = [("accept", "text/html"), ("accept-language", "en")];
    let page = server.json_with("GET", &of(&id, "/explanation"), &headers, &json!({})).await;
    let html = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"), "{html}");
}

#[tokio::test]
async fn evidence_is_a_file_that_holds_alone() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    let answer = server.get(&of(&id, "/evidence")).await;
    assert_eq!(answer.header("content-type"), "application/vnd.stele.evidence");
    assert!(answer.header("content-disposition").contains(&id));
    let engine = server.runtime.engine();
    let report = stele_runtime::evidence::check(engine, &answer.bytes).await.unwrap();
    assert!(report.holds, "{report:?}");
}

#[tokio::test]
async fn an_erased_result_is_gone_and_says_so() {
    let server = Server::with_bonus().await;
    with_employee(&server).await;
    let ask = json!({ "slot": "bonus", "date": "2020-06-30", "employee": "e-1", "record": true });
    let id = server.post(PATH, &ask).await.json()["receipt"]["result"].as_str().unwrap().to_owned();
    let listed = server.get("/v1/tenants/acme/employees/e-1/results").await.json();
    assert_eq!(listed["results"][0]["id"], *id);
    let erasure = "/v1/tenants/acme/employees/e-1/erasure";
    server.get(erasure).await.problem(404, "not-found");
    let answer = server.json_with("POST", erasure, &[("idempotency-key", "e")], &json!({})).await;
    let erased = answer.json();
    assert_eq!((&erased["complete"], &erased["erased"]), (&json!(true), &json!([id])), "{erased}");
    assert_eq!(erased["attributes"], json!({ "state": "erased" }));
    assert_eq!(server.get(erasure).await.json(), erased);
    let again = server.json_with("POST", erasure, &[("idempotency-key", "e")], &json!({})).await;
    assert_eq!((again.header("idempotency-replayed"), again.json()), ("true", erased));
    for rest in ["", "/explanation", "/evidence"] {
        let problem = server.get(&of(&id, rest)).await.problem(410, "erased");
        assert!(problem["erased_at"].is_string() && problem["digest"].is_string(), "{problem}");
    }
    server.post(&of(&id, "/replay"), &json!({})).await.problem(410, "erased");
    let nobody = "/v1/tenants/acme/employees/nobody/erasure";
    server.post(nobody, &json!({})).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_is_not_there_or_not_ones_own_is_not_found() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    for wrong in ["nonsense", "0199f2a4-7e4c-7d2e-9a55-2f7d6a2f3a10.0", &format!("{id}0")] {
        for rest in ["", "/explanation", "/evidence"] {
            server.get(&of(wrong, rest)).await.problem(404, "not-found");
        }
        server.post(&of(wrong, "/replay"), &json!({})).await.problem(404, "not-found");
    }
    server.get_as(&server.other, &of(&id, "")).await.problem(404, "not-found");
    let path = format!("/v1/tenants/other/results/{id}");
    server.get_as(&server.other, &path).await.problem(404, "not-found");
}

#[tokio::test]
async fn each_door_has_its_scope() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    let token = server.token("acme", &[TokenScope::Calculate]).await;
    for rest in ["", "/explanation", "/evidence"] {
        let problem = server.get_as(&token, &of(&id, rest)).await.problem(403, "missing-scope");
        assert_eq!(problem["scope"], "results:read");
    }
    for (path, scope) in [
        (of(&id, "/replay"), "results:replay"),
        ("/v1/tenants/acme/replays".to_owned(), "results:replay"),
        ("/v1/tenants/acme/employees/e-1/erasure".to_owned(), "employees:erase"),
    ] {
        let answer = server.post_as(&token, &path, "application/json", "{}").await;
        assert_eq!(answer.problem(403, "missing-scope")["scope"], scope);
    }
}

#[tokio::test]
async fn what_is_answered_about_results_is_described() {
    let server = Server::with_bonus().await;
    let id = recorded(&server).await;
    let description = server.get("/openapi.json").await.json();
    let described = |name: &str, value: &Value| {
        let properties = description["components"]["schemas"][name]["properties"].as_object();
        let properties = properties.unwrap_or_else(|| panic!("no schema {name}"));
        for member in value.as_object().unwrap().keys() {
            assert!(properties.contains_key(member), "{name} has {member}, not described");
        }
    };
    described("RecordedResult", &server.get(&of(&id, "")).await.json());
    let replay = server.post(&of(&id, "/replay"), &json!({})).await.json();
    described("Replay", &replay);
    described("Ran", &replay["recorded"]);
    let explanation = server.get(&of(&id, "/explanation")).await.json();
    described("Explanation", &explanation);
    described("ExplainedLine", &explanation["lines"][0]);
    described("ExplainedStep", &explanation["lines"][0]["steps"][0]);
    with_employee(&server).await;
    let erasure = server.post("/v1/tenants/acme/employees/e-1/erasure", &json!({})).await.json();
    described("Erasure", &erasure);
}
