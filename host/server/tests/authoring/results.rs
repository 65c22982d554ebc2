//! One result in full, for whoever writes the ruleset.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{command, json, refused, said, stele, with_points};

#[test]
fn one_result_is_shown_in_full_without_a_server() {
    let place = with_points();
    let at = place.path();
    let facts = r#"{"period_start": "2026-03-01", "period_end": "2026-03-31",
                    "full_attendance_months": 1, "courses_completed": 1}"#;
    std::fs::write(at.join("march.json"), facts).unwrap();
    let run = ["ruleset", "run", "points", "--date", "2026-03-31", "--facts"];
    let from_file = [&run[..], &["march.json"]].concat();
    let result = json(at, &from_file);
    assert_eq!((&result["date"], &result["language"]), (&"2026-03-31".into(), &"en".into()));
    assert!(result["lines"].as_array().unwrap().iter().any(|line| line["code"] == "granted"));
    assert!(!result["steps"].as_array().unwrap().is_empty(), "{result}");
    let receipt = &result["receipt"];
    assert_eq!(
        (&receipt["ruleset"], &receipt["version"]),
        (&"acme/points".into(), &"1.0.0".into())
    );
    assert_eq!(receipt["outcome_digest"].as_str().unwrap().len(), 64);

    let shown = said(at, &from_file);
    for word in ["acme/points 1.0.0 on 2026-03-31", "Granted", "First draft of acme/points"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    // Facts from standard input, a single one over them, and a package in place of the folder.
    said(at, &["ruleset", "package", "points", "--output", "p.stele"]);
    let piped = ["ruleset", "run", "p.stele", "--date", "2026-03-31", "--json", "--facts", "-"];
    let mut piped = command(at, &[&piped[..], &["--fact", "courses_completed=2"]].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    piped.stdin.take().unwrap().write_all(facts.as_bytes()).unwrap();
    let piped = piped.wait_with_output().unwrap();
    let other: Value = serde_json::from_slice(&piped.stdout).unwrap();
    assert_eq!(other["receipt"]["digest"], receipt["digest"]);
    assert_ne!(other["receipt"]["outcome_digest"], receipt["outcome_digest"]);
}

#[test]
fn why_there_is_no_result_is_said_for_every_fact_at_once() {
    let place = with_points();
    let run = ["ruleset", "run", "points", "--date"];
    let wrong = [&run[..], &["2026-03-31", "--fact", "courses_completed=many"]].concat();
    let shown = refused(place.path(), &wrong, 1);
    for pointer in ["/courses_completed: expected", "/period_start: expected"] {
        assert!(shown.contains(pointer), "{pointer}: {shown}");
    }
    let document = stele(place.path(), &[&wrong[..], &["--json"]].concat());
    let document: Value = serde_json::from_slice(&document.stdout).unwrap();
    assert!(document["errors"].as_array().unwrap().len() >= 2, "{document}");
    let early = refused(place.path(), &[&run[..], &["2025-12-31"]].concat(), 1);
    assert!(early.contains("holds from 2026-01-01"), "{early}");
    refused(place.path(), &[&run[..], &["yesterday"]].concat(), 2);
}
