//! A recorded result from the command line: shown, run again, explained, and taken away as a file
//! that proves it without the server, on any machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use stele_end_to_end::{Server, binary, repository};

/// `stele replay FILE --json`, with no server to ask.
fn replay(file: &Path) -> Output {
    Command::new(binary().unwrap())
        .args(["replay", "--json"])
        .arg(file)
        .env_remove("STELE_SERVER")
        .env_remove("STELE_TOKEN")
        .output()
        .unwrap()
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr));
    })
}

/// The first month of the published example of cumulative withholding, recorded with its steps.
const JANUARY: [&str; 19] = [
    "calculate",
    "--slot",
    "cn/payroll",
    "--date",
    "2026-01-31",
    "--record",
    "--explain",
    "--fact",
    "income_kind=wages",
    "--fact",
    "tax_residence=resident",
    "--fact",
    "gross=30000",
    "--fact",
    "months_employed=1",
    "--fact",
    "employee_contributions=4500",
    "--fact",
    "additional_deductions=2000",
];

#[tokio::test]
async fn a_recorded_result_is_shown_run_again_explained_and_proven_from_the_command_line() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let acme = server.tenant(&operator, "acme").await.unwrap();
    let folder = repository().join("rulesets/cn/payroll");
    server.publish_and_activate(&operator, &acme, &folder, "cn/payroll").await.unwrap();

    let calculated = server.command(&acme, &JANUARY).unwrap();
    let scopes = ["results:read", "results:replay"];
    let auditor = server.credential(&operator, "acme", &scopes).await.unwrap();
    let result = calculated["receipt"]["result"].as_str().unwrap();
    let shown = server.command(&auditor, &["result", "show", result]).unwrap();
    assert_eq!(shown["receipt"], calculated["receipt"]);
    let tax = |of: &Value| {
        let lines = of["lines"].as_array().unwrap();
        lines.iter().find(|line| line["code"] == "income_tax").unwrap()["amount"].clone()
    };
    assert_eq!((tax(&shown), tax(&calculated)), ("555.00".into(), "555.00".into()));

    let replayed = server.command(&auditor, &["result", "replay", result]).unwrap();
    assert_eq!(
        (&replayed["identical"], &replayed["differences"]),
        (&true.into(), &Value::Array(vec![]))
    );

    let files = tempfile::tempdir().unwrap();
    let path = |name: &str| files.path().join(name).to_str().unwrap().to_owned();
    let page = path("explanation.html");
    let asked =
        ["result", "explain", "--format", "html", "--language", "zh", "--output", &page, result];
    server.shown(&auditor, &asked).unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("lang=\"zh\"") && page.contains("555.00"), "{page}");

    let file = path("january.stele-evidence");
    server.shown(&auditor, &["result", "evidence", "--output", &file, result]).unwrap();
    drop(server);
    let checked = report(&replay(Path::new(&file)));
    assert_eq!((&checked["holds"], &checked["problems"]), (&true.into(), &Value::Array(vec![])));
    let parts = checked["parts"].as_array().unwrap();
    for part in ["proposal.json", "activation.json", "audit/entry.json", "audit/inclusion.json"] {
        assert!(parts.contains(&part.into()), "{part} is missing: {parts:?}");
    }
    // Both ran on an evaluator of their own: the same work takes the same fuel.
    let (recorded, again) = (&checked["replay"]["recorded"], &checked["replay"]["replayed"]);
    assert_eq!(recorded, again);

    // One byte, anywhere in the file, and it proves nothing any more.
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert!(!replay(Path::new(&file)).status.success());
}

/// Evidence that was made on 2026-11-27 on another machine (x86-64, Linux) by the commands of the
/// test above. It is not made anew by any test: what was recorded then must come out the same with
/// each later version of this program, wherever it runs.
fn from_elsewhere() -> PathBuf {
    repository().join("tests/end-to-end/tests/evidence/january-2026.stele-evidence")
}

#[test]
fn evidence_that_another_machine_made_comes_out_the_same_here() {
    let output = replay(&from_elsewhere());
    let checked = report(&output);
    assert!(output.status.success() && checked["holds"] == true, "{checked:#}");
    let replay = &checked["replay"];
    assert_eq!(replay["identical"], true, "{checked:#}");
    // Fuel is no part of it: since then the host asks the rule for memory less often.
}
