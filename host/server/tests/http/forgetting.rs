//! Erasure over HTTP: what was answered under a key goes too.

use serde_json::json;
use stele_runtime::Runtime;

use crate::support::{Server, request};

/// A number that nothing else is.
const SALARY: i64 = 731_094_587;

#[tokio::test]
async fn an_erased_employee_is_in_no_remembered_answer_and_in_no_byte_of_the_folder() {
    let server = Server::with_bonus().await;
    let attributes =
        json!({ "attributes": { "number": [{ "from": "2020-01-01", "value": SALARY }] } });
    let path = "/v1/tenants/acme/employees/e-1";
    assert_eq!(server.json_with("PUT", path, &[], &attributes).await.status, 201);
    let ask = async || {
        let body =
            json!({ "slot": "bonus", "date": "2020-06-30", "employee": "e-1", "record": true });
        let headers = [("idempotency-key", "k-1")];
        server.json_with("POST", "/v1/tenants/acme/calculations", &headers, &body).await
    };
    let answer = ask().await;
    assert_eq!(answer.json()["lines"][0]["amount"], (SALARY + 10).to_string());
    assert_eq!(ask().await.bytes, answer.bytes, "the first answer, made of what was recorded");

    let erase = request("POST", &format!("{path}/erasure"), &server.acme)
        .header("idempotency-key", "k-2")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(server.send(erase).await.json()["complete"], true);
    ask().await.problem(410, "erased");

    let data = server.stop();
    let before = holding(data.path(), &SALARY.to_string());
    assert!(before > 0, "the database keeps old values: else nothing is shown");
    Runtime::settle(data.path(), std::time::Duration::from_secs(600)).unwrap();
    for text in [SALARY.to_string(), (SALARY + 10).to_string()] {
        assert_eq!(holding(data.path(), &text), 0, "{text}");
    }
}

/// How many files below a folder contain the text.
fn holding(folder: &std::path::Path, text: &str) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let held = entries.map(|path| match path.is_dir() {
        true => holding(&path, text),
        false => {
            let bytes = std::fs::read(&path).unwrap();
            usize::from(bytes.windows(text.len()).any(|part| part == text.as_bytes()))
        }
    });
    held.sum()
}
