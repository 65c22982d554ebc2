//! Who is paid in which employment over HTTP, and what is said where it does not simply run.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Server, pointers, request};

const PATH: &str = "/v1/tenants/acme/calculations";

/// A server whose tenant has said how it is organized.
async fn organized() -> Server {
    let server = Server::with_bonus().await;
    put(&server, "organization", &json!({ "organization": {} })).await;
    server
}

async fn put(server: &Server, path: &str, body: &Value) {
    let put = request("PUT", &format!("/v1/tenants/acme/{path}"), &server.acme)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = server.send(put).await;
    assert!(answer.status.is_success(), "{}", String::from_utf8_lossy(&answer.bytes));
}

fn dated(values: &[(&str, Value)]) -> Value {
    values.iter().map(|(from, value)| json!({ "from": from, "value": value })).collect()
}

/// An employee with one employment, whose number is 1, with these statuses.
async fn with_statuses(server: &Server, statuses: &[(&str, &str)]) {
    let statuses: Vec<_> = statuses.iter().map(|(from, is)| (*from, json!(is))).collect();
    let number = dated(&[("2020-01-01", json!(1))]);
    let record = json!({ "attributes": { "number": number, "status": dated(&statuses) } });
    put(server, "employees/e-1", &record).await;
}

fn on(date: &str) -> Value {
    json!({ "slot": "bonus", "date": date, "employee": "e-1" })
}

/// The findings of a calculation: code, severity, day, sentence.
async fn findings(server: &Server, asked: &Value) -> Vec<[String; 4]> {
    let answer = server.post(PATH, asked).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    of(&answer.json())
}

fn of(result: &Value) -> Vec<[String; 4]> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let findings = result["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| ["code", "severity", "on", "message"].map(|name| text(finding, name)))
        .collect()
}

fn warning(code: &str, day: &str, message: &str) -> [String; 4] {
    [code, "warning", day, message].map(str::to_owned)
}

#[tokio::test]
async fn whoever_left_is_paid_for_the_month_with_a_warning_and_for_no_later_one() {
    let server = organized().await;
    with_statuses(&server, &[("2020-01-01", "active"), ("2020-03-16", "ended")]).await;
    assert_eq!(findings(&server, &on("2020-03-15")).await, [] as [[String; 4]; 0]);
    let ended = warning(
        "employment_ended",
        "2020-03-16",
        "The employment had ended before the date of this calculation: its status has been \
         “ended” since March 16, 2020.",
    );
    assert_eq!(findings(&server, &on("2020-03-31")).await, std::slice::from_ref(&ended));

    for later in ["2020-04-01", "2021-01-31"] {
        let problem = server.post(PATH, &on(later)).await.problem(422, "invalid-body");
        assert_eq!(pointers(&problem), ["/date"]);
        let said = problem["errors"][0]["message"].as_str().unwrap();
        for part in ["in which the employment runs", "`outside_employment`", later] {
            assert!(said.contains(part), "{said}");
        }
        assert!(said.contains("the employee is ended since 2020-03-16"), "{said}");
    }
    // Holiday pay after leaving is lawful, and whoever pays it says so.
    let mut holiday_pay = on("2020-04-30");
    holiday_pay["outside_employment"] = json!(true);
    assert_eq!(findings(&server, &holiday_pay).await, [ended]);
    // Who says it of an employment that runs is paid as ever.
    let mut needless = on("2020-02-29");
    needless["outside_employment"] = json!(true);
    assert_eq!(findings(&server, &needless).await, [] as [[String; 4]; 0]);
}

#[tokio::test]
async fn who_has_not_begun_is_on_leave_or_between_two_employments_is_told_apart() {
    let server = organized().await;
    let statuses = [
        ("2020-02-10", "active"),
        ("2020-04-20", "on_leave"),
        ("2020-05-02", "on_leave"),
        ("2020-06-01", "active"),
        ("2020-07-01", "ended"),
        ("2020-10-12", "active"),
    ];
    with_statuses(&server, &statuses).await;
    let not_begun = |day: &str, written: &str| {
        let message = format!(
            "The employment had not begun on the date of this calculation: it begins on {written}."
        );
        warning("employment_not_begun", day, &message)
    };
    let on_leave = warning(
        "employment_on_leave",
        "2020-04-20",
        "The employment was on leave on the date of this calculation: its status has been “on \
         leave” since April 20, 2020.",
    );
    let ended = warning(
        "employment_ended",
        "2020-07-01",
        "The employment had ended before the date of this calculation: its status has been \
         “ended” since July 1, 2020.",
    );
    for (date, said) in [
        ("2020-02-01", Some(not_begun("2020-02-10", "February 10, 2020"))),
        ("2020-02-10", None),
        ("2020-04-20", Some(on_leave.clone())),
        ("2020-05-31", Some(on_leave)),
        ("2020-06-30", None),
        // Rehired within the month.
        ("2020-10-01", Some(ended)),
        ("2020-10-12", None),
    ] {
        let expected: Vec<_> = said.into_iter().collect();
        assert_eq!(findings(&server, &on(date)).await, expected, "{date}");
    }
    for (date, found) in [
        ("2020-01-31", "begins on 2020-02-10"),
        ("2020-07-31", "is ended since 2020-07-01"),
        ("2020-09-30", "is ended since 2020-07-01"),
    ] {
        let problem = server.post(PATH, &on(date)).await.problem(422, "invalid-body");
        let said = problem["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains(found), "{date}: {said}");
    }
}

#[tokio::test]
async fn a_named_employment_that_has_ended_is_paid_no_more_and_says_what_runs_instead() {
    let server = organized().await;
    let number = |number: i64| dated(&[("2020-01-01", json!(number))]);
    let (active, ended) = (("2020-01-01", json!("active")), ("2020-04-01", json!("ended")));
    let employments = json!({
        "first": { "attributes": {
            "number": number(1), "status": dated(&[active.clone(), ended]) } },
        "second": { "attributes": { "number": number(2), "status": dated(&[active]) } },
    });
    put(&server, "employees/e-1", &json!({ "attributes": {}, "employments": employments })).await;
    let mut asked = on("2020-06-30");
    assert_eq!(server.post(PATH, &asked).await.json()["receipt"]["employment"], "second");
    asked["employment"] = json!("first");
    let problem = server.post(PATH, &asked).await.problem(422, "invalid-body");
    let said = problem["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("the employment first is ended since 2020-04-01"), "{said}");
    assert!(problem["detail"].as_str().unwrap().contains("name another employment"), "{problem}");
    asked["outside_employment"] = json!(true);
    let paid = server.post(PATH, &asked).await.json();
    assert_eq!(paid["receipt"]["standing"], json!({ "status": "ended", "since": "2020-04-01" }));
    assert_eq!(of(&paid)[0][0], "employment_ended");
}

#[tokio::test]
async fn what_was_said_of_an_employment_is_recorded_and_said_again_whatever_is_known_later() {
    let server = organized().await;
    with_statuses(&server, &[("2020-01-01", "active"), ("2020-03-16", "ended")]).await;
    let mut asked = on("2020-03-31");
    asked["record"] = json!(true);
    let lines = format!("{asked}\n{}\n", on("2020-05-31"));
    let path = "/v1/tenants/acme/calculations/batch";
    let batch = server.post_as(&server.acme, path, "application/x-ndjson", lines).await.lines();
    assert_eq!(of(&batch[0])[0][0], "employment_ended");
    assert_eq!(
        (&batch[1]["status"], &batch[1]["errors"][0]["pointer"]),
        (&json!(422), &json!("/date"))
    );

    // Who left was on leave, as it turns out.
    let said = of(&batch[0]);
    with_statuses(&server, &[("2020-01-01", "active"), ("2020-03-16", "on_leave")]).await;
    let id = batch[0]["receipt"]["result"].as_str().unwrap();
    let result = format!("/v1/tenants/acme/results/{id}");
    assert_eq!(of(&server.get(&result).await.json()), said);
    let replay = server.post(&format!("{result}/replay"), &json!({})).await.json();
    assert_eq!(replay["identical"], true, "{replay}");
    let chinese = request("GET", &format!("{result}/explanation"), &server.acme)
        .header("accept-language", "zh")
        .body(Body::empty())
        .unwrap();
    let explained = server.send(chinese).await.json();
    assert_eq!(
        explained["findings"][0]["message"],
        "劳动关系在本次计算的日期之前已经结束：其状态自2020年3月16日起为“已结束”。"
    );
}

#[tokio::test]
async fn a_tenant_that_has_said_nothing_of_its_organization_has_no_statuses() {
    let server = Server::with_bonus().await;
    with_statuses(&server, &[("2020-01-01", "ended")]).await;
    assert_eq!(findings(&server, &on("2020-06-30")).await, [] as [[String; 4]; 0]);
}

#[tokio::test]
async fn results_of_two_employments_are_told_apart_wherever_they_are_shown() {
    let server = organized().await;
    let number = |number: i64| {
        let number = dated(&[("2020-01-01", json!(number))]);
        let status = dated(&[("2020-01-01", json!("active"))]);
        json!({ "attributes": { "number": number, "status": status } })
    };
    let two =
        json!({ "attributes": {}, "employments": { "first": number(1), "second": number(2) } });
    put(&server, "employees/e-1", &two).await;
    let mut ids = Vec::new();
    for employment in ["first", "second"] {
        let mut asked = on("2020-06-30");
        asked["record"] = json!(true);
        asked["employment"] = json!(employment);
        let answer = server.post(PATH, &asked).await.json();
        assert_eq!(
            (&answer["employee"], &answer["employment"]),
            (&json!("e-1"), &json!(employment))
        );
        ids.push(answer["receipt"]["result"].as_str().unwrap().to_owned());
    }
    for path in ["results", "employees/e-1/results"] {
        let page = server.get(&format!("/v1/tenants/acme/{path}")).await.json();
        let listed = page["results"].as_array().unwrap().iter();
        let listed: Vec<_> = listed.map(|one| (&one["employee"], &one["employment"])).collect();
        let (who, first, second) = (json!("e-1"), json!("first"), json!("second"));
        assert_eq!(listed, [(&who, &first), (&who, &second)], "{path}");
    }
    let second = format!("/v1/tenants/acme/results/{}", ids[1]);
    assert_eq!(server.get(&second).await.json()["employment"], "second");
    let explained = server.get(&format!("{second}/explanation")).await.json();
    assert_eq!(explained["result"]["employment"], "second");
    let page = request("GET", &format!("{second}/explanation"), &server.acme)
        .header("accept", "text/html")
        .body(Body::empty())
        .unwrap();
    let page = String::from_utf8(server.send(page).await.bytes.to_vec()).unwrap();
    assert!(page.contains("<dt>Employment</dt><dd>second</dd>"), "{page}");
    // Of somebody whose employments are not told apart none is named.
    put(&server, "employees/e-2", &number(3)).await;
    let mut asked = on("2020-06-30");
    asked["employee"] = json!("e-2");
    let answer = server.post(PATH, &asked).await.json();
    assert!(answer.get("employment").is_none(), "{answer}");
}
