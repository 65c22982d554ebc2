//! Employees: one by one, in lists, and from files.

use axum::body::Body;
use serde_json::{Value, json};
use stele_runtime::TokenScope;

use crate::support::{Answer, Server, pointers, request};

const EMPLOYEE: &str = "/v1/tenants/acme/employees/e-1";
const IMPORT: &str = "/v1/tenants/acme/employees/import";

fn numbers(value: Value) -> Value {
    json!({ "attributes": { "number": [{ "from": "2020-01-01", "value": value }] } })
}

#[tokio::test]
async fn an_employee_is_changed_only_by_who_knows_the_latest_revision() {
    let server = Server::start().await;
    let put = async |headers: &[(&str, &str)], value: i64| {
        server.json_with("PUT", EMPLOYEE, headers, &numbers(json!(value))).await
    };
    put(&[("if-match", "\"1\"")], 0).await.problem(412, "precondition-failed");
    let created = put(&[("if-none-match", "*")], 1).await;
    assert_eq!((created.status.as_u16(), created.header("etag")), (201, "\"1\""));
    put(&[("if-none-match", "*")], 2).await.problem(412, "precondition-failed");

    assert_eq!(put(&[("if-match", "\"1\"")], 3).await.header("etag"), "\"2\"");
    let late = put(&[("if-match", "\"1\"")], 4).await;
    late.problem(412, "precondition-failed");
    assert_eq!(late.header("etag"), "\"2\"");

    let read = server.get(EMPLOYEE).await;
    assert_eq!(read.json()["attributes"]["number"][0]["value"], 3);
    let same = request("GET", EMPLOYEE, &server.acme).header("if-none-match", "\"2\"");
    assert_eq!(server.send(same.body(Body::empty()).unwrap()).await.status, 304);
}

#[tokio::test]
async fn a_deleted_employee_is_gone_but_known_as_before() {
    let server = Server::start().await;
    let written = server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await.json();
    let delete = || request("DELETE", EMPLOYEE, &server.acme).body(Body::empty()).unwrap();
    assert_eq!(server.send(delete()).await.status, 204);
    server.get(EMPLOYEE).await.problem(404, "not-found");
    server.send(delete()).await.problem(404, "not-found");
    let known_at = written["recorded_at"].as_str().unwrap();
    let before = server.get(&format!("{EMPLOYEE}?known_at={known_at}")).await;
    assert_eq!((before.status.as_u16(), before.json()["revision"].clone()), (200, json!(1)));
}

#[tokio::test]
async fn attributes_of_the_wrong_form_or_type_are_named_all_at_once() {
    let server = Server::with_bonus().await;
    let body = json!({ "attributes": {
        "number": [{ "from": "2020-01-01", "value": "many" }],
    }});
    let problem = server.json_with("PUT", EMPLOYEE, &[], &body).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/attributes/number/0/value"]);

    let body = json!({ "attributes": {
        "a": 1, "b": [1, { "from": "x", "value": 1 }, { "from": "2020-01-01", "extra": 1 }],
    }});
    let problem = server.json_with("PUT", EMPLOYEE, &[], &body).await.problem(422, "invalid-body");
    assert_eq!(
        pointers(&problem),
        [
            "/attributes/a",
            "/attributes/b/0",
            "/attributes/b/1/from",
            "/attributes/b/2/value",
            "/attributes/b/2/extra",
        ]
    );
    server.get(EMPLOYEE).await.problem(404, "not-found");
}

#[tokio::test]
async fn an_identifier_that_is_none_is_refused() {
    let server = Server::start().await;
    let path = "/v1/tenants/acme/employees/a%20b";
    server.json_with("PUT", path, &[], &numbers(json!(1))).await.problem(422, "invalid-body");
    server.get(path).await.problem(404, "not-found");
}

#[tokio::test]
async fn nobody_new_has_the_name_of_a_file() {
    let server = Server::start().await;
    for word in ["export", "import"] {
        // Written out, and as only a path that is decoded has it.
        for path in [word.to_owned(), word.replacen('e', "%65", 1).replacen('i', "%69", 1)] {
            let path = format!("/v1/tenants/acme/employees/{path}");
            let refused = server.json_with("PUT", &path, &[], &numbers(json!(1))).await;
            let problem = refused.problem(422, "invalid-body");
            let said = problem["errors"][0]["message"].as_str().unwrap();
            assert!(said.contains("export") && said.contains("import"), "{said}");
        }
        let file = format!("id,from,number\n{word},2020-01-01,1\n");
        let refused = server.post_as(&server.acme, IMPORT, "text/csv", file).await;
        let problem = refused.problem(422, "import-refused");
        let error = &problem["errors"][0];
        assert_eq!((&error["line"], &error["pointer"]), (&json!(2), &json!("/id")));
        let said = error["message"].as_str().unwrap();
        assert!(said.contains("export") && said.contains("import"), "{said}");
    }
    assert_eq!(server.get("/v1/tenants/acme/employees").await.json()["employees"], json!([]));
    // A part of a name is nobody's.
    let path = "/v1/tenants/acme/employees/export-1";
    assert_eq!(server.json_with("PUT", path, &[], &numbers(json!(1))).await.status, 201);
}

#[tokio::test]
async fn a_whole_record_takes_away_no_fact_that_a_ruleset_requires() {
    let server = Server::with_bonus().await;
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await;
    let later = json!({ "attributes": { "number": [{ "from": "2021-01-01", "value": 1 }] } });
    let without = json!({ "attributes": { "city": [{ "from": "2020-01-01", "value": "Ulm" }] } });
    for record in [&later, &without] {
        let refused = server.json_with("PUT", EMPLOYEE, &[], record).await;
        let problem = refused.problem(422, "invalid-body");
        assert_eq!(pointers(&problem), ["/attributes/number"]);
        let said = problem["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains("test/bonus 1.0.0") && said.contains("on 2020-01-01"), "{said}");
    }
    // Who does not know the latest revision is told that first.
    let late = server.json_with("PUT", EMPLOYEE, &[("if-match", "\"7\"")], &without).await;
    late.problem(412, "precondition-failed");
    assert_eq!(server.get(EMPLOYEE).await.json()["revision"], 1);
    // What was never known is not missed.
    let path = "/v1/tenants/acme/employees/e-2";
    assert_eq!(server.json_with("PUT", path, &[], &without).await.status, 201);
    // Values in another order than that of their dates are no hole.
    let earlier = json!({ "attributes": { "number": [
        { "from": "2022-01-01", "value": 3 }, { "from": "2019-01-01", "value": 2 },
    ] } });
    assert_eq!(server.json_with("PUT", EMPLOYEE, &[], &earlier).await.status, 200);
}

#[tokio::test]
async fn a_list_is_read_in_pages_to_its_end() {
    let server = Server::start().await;
    let file: String = (0..25)
        .map(|number| format!("{{\"id\": \"e-{number:02}\", \"attributes\": {{}}}}\n"))
        .collect();
    let imported = server.post_as(&server.acme, IMPORT, "application/x-ndjson", file).await;
    assert_eq!(imported.json()["created"], 25);
    let mut seen = Vec::new();
    let mut path = "/v1/tenants/acme/employees?limit=10".to_owned();
    loop {
        let page = server.get(&path).await.json();
        for employee in page["employees"].as_array().unwrap() {
            seen.push(employee["id"].as_str().unwrap().to_owned());
        }
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/tenants/acme/employees?limit=10&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<_> = (0..25).map(|number| format!("e-{number:02}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_file_with_one_bad_line_imports_nothing_and_names_line_and_field() {
    let server = Server::with_bonus().await;
    let mut lines: Vec<String> = (1..=800)
        .map(|number| json!({ "id": format!("e-{number}"), "attributes": { "number": [{ "from": "2020-01-01", "value": number }] } }).to_string())
        .collect();
    lines[730] = lines[730].replace(":731}", ":\"many\"}");
    let refused =
        server.post_as(&server.acme, IMPORT, "application/x-ndjson", lines.join("\n")).await;
    let problem = refused.problem(422, "import-refused");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem}");
    let error = &problem["errors"][0];
    assert_eq!(
        (&error["line"], &error["pointer"]),
        (&json!(731), &json!("/attributes/number/0/value"))
    );
    assert_eq!(error["meaning"], "A number.", "what the rule says that the fact is: {error}");
    let listed = server.get("/v1/tenants/acme/employees").await.json();
    assert_eq!(listed["employees"], json!([]));
}

#[tokio::test]
async fn csv_is_imported_by_its_header() {
    let server = Server::with_bonus().await;
    let file = "id,from,number\ne-1,2020-01-01,1\ne-2,2020-01-01,2\ne-1,2020-07-01,5\n";
    let imported = server.post_as(&server.acme, IMPORT, "text/csv; charset=utf-8", file).await;
    assert_eq!((imported.status.as_u16(), imported.json()["rows"].clone()), (200, json!(2)));
    let read = server.get(EMPLOYEE).await.json();
    assert_eq!(read["attributes"]["number"][1], json!({ "from": "2020-07-01", "value": "5" }));

    let bad = "id,from,number\ne-1,2020-13-01,1\n";
    let refused = server.post_as(&server.acme, IMPORT, "text/csv", bad).await;
    assert_eq!(refused.problem(422, "import-refused")["errors"][0]["line"], 2);
}

#[tokio::test]
async fn an_import_adds_unless_replacing_is_asked_for() {
    let server = Server::with_bonus().await;
    let import = async |query: &str, file: &str| {
        server.post_as(&server.acme, &format!("{IMPORT}{query}"), "text/csv", file.to_owned()).await
    };
    let all = "id,from,number,city\ne-1,2020-01-01,1,Ulm\ne-2,2020-01-01,1,Bonn\n";
    assert_eq!(import("", all).await.json()["created"], 2);
    let raise = "id,from,number\ne-1,2021-01-01,5\ne-2,2020-01-01,1\n";
    let tried = import("?dry_run=true", raise).await.json();
    assert_eq!(
        (&tried["dry_run"], &tried["updated"], &tried["unchanged"]),
        (&json!(true), &json!(1), &json!(1))
    );
    assert_eq!(server.get(EMPLOYEE).await.json()["revision"], 1);
    let report = import("", raise).await.json();
    assert_eq!(report["values"], json!({ "added": 1, "changed": 0, "ended": 0, "dropped": 0 }));
    assert_eq!(report["employees"][0]["changes"][0]["change"], "added");
    let read = server.get(EMPLOYEE).await.json();
    assert_eq!(read["attributes"]["city"][0]["value"], "Ulm");
    assert_eq!(read["attributes"]["number"].as_array().unwrap().len(), 2);

    let refused = import("?mode=replace", "id,from,city\ne-1,2021-01-01,Ulm\n").await;
    let problem = refused.problem(422, "import-refused");
    assert_eq!(
        problem["detail"],
        "1 error in 1 employee, the first on line 2; nothing was imported."
    );
    let error = &problem["errors"][0];
    assert_eq!((&error["line"], &error["pointer"]), (&json!(2), &json!("/number")));
    assert!(error["message"].as_str().unwrap().contains("test/bonus 1.0.0"), "{error}");
    let replaced = import("?mode=replace", "id,from,number\ne-1,2020-01-01,7\n").await.json();
    assert_eq!(replaced["values"], json!({ "added": 0, "changed": 1, "ended": 0, "dropped": 2 }));
    import("?mode=wipe", raise).await.problem(400, "malformed-request");
    import("?dryrun=true", raise).await.problem(400, "malformed-request");
}

#[tokio::test]
async fn a_file_is_read_with_the_decimal_mark_that_is_named() {
    let server = Server::with_bonus().await;
    let path = format!("{IMPORT}?decimal=comma");
    let file = "id;from;number\r\ne-1;2020-01-01;1.000,0\r\ne-2;2020-01-01;1.5\r\n";
    let refused = server.post_as(&server.acme, &path, "text/csv", file).await;
    let problem = refused.problem(422, "import-refused");
    assert_eq!(problem["errors"][0]["line"], 3);
    assert_eq!(problem["errors"][0]["expected"], "a number such as 1234,56 or 1.234,56");
    let file = file.replace("1.5", "1,0");
    assert_eq!(server.post_as(&server.acme, &path, "text/csv", file).await.json()["created"], 2);
    assert_eq!(server.get(EMPLOYEE).await.json()["attributes"]["number"][0]["value"], "1000.0");
    let lines = server.post_as(&server.acme, &path, "application/x-ndjson", "").await;
    assert_eq!(pointers(&lines.problem(400, "malformed-request")), ["?decimal"]);
}

const PATCH: &str = "application/merge-patch+json";

async fn patch(server: &Server, headers: &[(&str, &str)], body: &Value) -> Answer {
    let mut asked = request("PATCH", EMPLOYEE, &server.acme);
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    server.send(asked.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_merge_patch_changes_what_it_names() {
    let server = Server::with_bonus().await;
    let raise = json!({ "attributes": { "number": { "2021-01-01": "5" } } });
    let kind = ("content-type", PATCH);
    patch(&server, &[kind], &raise).await.problem(404, "not-found");
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await;
    let done = patch(&server, &[kind, ("if-match", "\"1\"")], &raise).await;
    assert_eq!((done.status.as_u16(), done.header("etag")), (200, "\"2\""));
    let done = done.json();
    assert_eq!(
        done["changes"],
        json!([{ "attribute": "number", "from": "2021-01-01", "change": "added" }])
    );
    assert_eq!(done["attributes"]["number"][0]["value"], 1);
    let late = patch(&server, &[kind, ("if-match", "\"1\"")], &raise).await;
    late.problem(412, "precondition-failed");
    assert_eq!(late.header("etag"), "\"2\"");
    // The same again is no change.
    assert_eq!(patch(&server, &[kind], &raise).await.header("etag"), "\"2\"");

    let vanishing = json!({ "attributes": { "number": null }, "name": 1 });
    let problem = patch(&server, &[kind], &vanishing).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/name"]);
    let vanishing = json!({ "attributes": { "number": null } });
    let problem = patch(&server, &[kind], &vanishing).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/attributes/number"]);
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("test/bonus 1.0.0"));
    let json = patch(&server, &[("content-type", "application/json")], &raise).await;
    json.problem(415, "unsupported-media-type");
    assert_eq!(json.header("accept-patch"), PATCH);
}

#[tokio::test]
async fn who_may_only_write_reads_nobody_by_a_patch() {
    let server = Server::with_bonus().await;
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await;
    let writer = server.token("acme", &[TokenScope::EmployeesWrite]).await;
    let asked = request("PATCH", EMPLOYEE, &writer).header("content-type", PATCH);
    let refused = server.send(asked.body(Body::from("{}")).unwrap()).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "employees:read");
}

#[tokio::test]
async fn who_may_only_write_learns_nobodys_values_by_trying_an_import() {
    let server = Server::with_bonus().await;
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await;
    let writer = server.token("acme", &[TokenScope::EmployeesWrite]).await;
    let guess = "id,from,number\ne-1,2020-01-01,1\n";
    let path = format!("{IMPORT}?dry_run=true");
    let refused = server.post_as(&writer, &path, "text/csv", guess).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "employees:read");
    let scopes = [TokenScope::EmployeesWrite, TokenScope::EmployeesRead];
    let reader = server.token("acme", &scopes).await;
    let tried = server.post_as(&reader, &path, "text/csv", guess).await.json();
    assert_eq!(tried["unchanged"], 1);
    // Who may write may import what was not tried.
    let raise = "id,from,number\ne-1,2021-01-01,5\n";
    let imported = server.post_as(&writer, IMPORT, "text/csv", raise).await.json();
    assert_eq!(imported["updated"], 1);
}

#[tokio::test]
async fn the_same_patch_under_the_same_key_is_answered_again_and_done_once() {
    let server = Server::with_bonus().await;
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await;
    let raise = json!({ "attributes": { "number": { "2021-01-01": "5" } } });
    let headers = [("content-type", PATCH), ("idempotency-key", "k-1")];
    let first = patch(&server, &headers, &raise).await;
    server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(7))).await;
    let second = patch(&server, &headers, &raise).await;
    assert_eq!((second.status.as_u16(), second.header("idempotency-replayed")), (200, "true"));
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(server.get(EMPLOYEE).await.json()["revision"], 3);
}

#[tokio::test]
async fn what_is_exported_is_imported_by_another_tenant() {
    let server = Server::start().await;
    let file: String = (0..150)
        .map(|number| {
            let value = json!([{ "from": "2020-01-01", "value": number % 2 == 0 }]);
            format!("{}\n", json!({ "id": format!("e-{number:03}"), "attributes": { "a": value } }))
        })
        .collect();
    server.post_as(&server.acme, IMPORT, "application/x-ndjson", file.clone()).await;
    for accept in ["application/x-ndjson", "text/csv"] {
        let asked = request("GET", "/v1/tenants/acme/employees/export", &server.acme);
        let asked = asked.header("accept", accept).body(Body::empty()).unwrap();
        let exported = server.send(asked).await;
        assert_eq!((exported.status.as_u16(), exported.header("content-type")), (200, accept));
        assert!(exported.header("content-disposition").starts_with("attachment"));
        if accept == "application/x-ndjson" {
            let said: Vec<Value> =
                file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(exported.lines(), said);
        }
        let path = "/v1/tenants/other/employees/import";
        let report = server.post_as(&server.other, path, accept, exported.bytes).await.json();
        let (created, unchanged) = if accept == "text/csv" { (0, 150) } else { (150, 0) };
        assert_eq!(
            (&report["created"], &report["unchanged"]),
            (&json!(created), &json!(unchanged))
        );
    }
    let reader = server.token("acme", &[TokenScope::EmployeesWrite]).await;
    let path = "/v1/tenants/acme/employees/export";
    server.get_as(&reader, path).await.problem(403, "missing-scope");
    server.get_as(&server.other, path).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_history_has_both_clocks_and_who_it_was() {
    let server = Server::with_bonus().await;
    let path = format!("{EMPLOYEE}/history");
    server.get(&path).await.problem(404, "not-found");
    for number in 1..=5 {
        server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(number))).await;
    }
    let page = server.get(&format!("{path}?limit=3")).await.json();
    let revisions = page["revisions"].as_array().unwrap();
    assert_eq!((revisions.len(), &revisions[0]["revision"]), (3, &json!(5)));
    let change = &revisions[0]["changes"][0];
    assert_eq!(
        *change,
        json!({ "attribute": "number", "from": "2020-01-01", "change": "changed", "before": 4, "after": 5 })
    );
    assert_eq!(revisions[0]["recorded_by"]["name"], "test");
    let next = page["next"].as_str().unwrap();
    let page = server.get(&format!("{path}?limit=3&cursor={next}")).await.json();
    assert_eq!((page["revisions"].as_array().unwrap().len(), &page["next"]), (2, &Value::Null));
}
