//! A ruleset of formulas from nothing, without a compiler and without a server.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{change, command, json, refused, said, text};

const NEW: [&str; 8] =
    ["ruleset", "new", "ke/allowances", "--formulas", "--currency", "KES", "--dir", "allowances"];

#[test]
fn a_ruleset_of_formulas_works_where_no_rule_was_ever_built() {
    let place = tempfile::tempdir().unwrap();
    let made = json(place.path(), &NEW);
    assert_eq!(made["component"], "ke-allowances");
    let checks = made["report"]["checks"].as_array().unwrap();
    let passed = |check: &Value| check["state"] == "passed";
    assert!(!checks.is_empty() && checks.iter().all(passed), "{made}");

    let facts = ["--fact", "hourly_wage=30.00", "--fact", "overtime_hours=40", "--facts", "-"];
    let case = place.path().join("allowances/cases/ten-hours.toml");
    let case = std::fs::read_to_string(case).unwrap();
    let date = case.lines().find_map(|line| line.strip_prefix("date = ")).unwrap();
    let arguments = [&["ruleset", "run", "allowances", "--json", "--date", date][..], &facts];
    let mut run = command(place.path(), &arguments.concat());
    let mut run = run.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut run.stdin.take().unwrap(), b"{}").unwrap();
    let output = run.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["lines"][0]["label"], "Overtime pay");
    assert_eq!(answer["lines"][0]["amount"], "1800.00");
    assert_eq!(answer["findings"][0]["code"], "too_much_overtime");
}

#[test]
fn what_is_wrong_with_a_formula_is_underlined_where_it_stands() {
    let place = tempfile::tempdir().unwrap();
    said(place.path(), &NEW);
    let formulas = place.path().join("allowances/formulas.toml");
    change(&formulas, "round half up(hourly_wage *", "round half up(hourly_wages *");
    change(&formulas, "when = \"overtime_hours > maximum", "when = \"hourly_wage > maximum");
    let shown = refused(place.path(), &["ruleset", "test", "allowances"], 1);
    assert!(shown.contains("formulas.toml: 2 errors"), "{shown}");
    assert!(shown.contains("did you mean `hourly_wage`?"), "{shown}");
    assert!(shown.contains("^^^^^^^^^^^^"), "{shown}");

    let output = command(place.path(), &["ruleset", "test", "allowances", "--json"]);
    let output = { output }.stdin(Stdio::null()).output().unwrap();
    let document: Value = serde_json::from_str(&text(&output.stdout)).unwrap();
    let error = &document["errors"][0];
    let lines = std::fs::read_to_string(&formulas).unwrap();
    let line = lines.lines().nth(error["start"]["line"].as_u64().unwrap() as usize - 1).unwrap();
    let column = |place: &str| error[place]["column"].as_u64().unwrap() as usize - 1;
    assert_eq!(&line[column("start")..column("end")], "hourly_wages");
    assert_eq!(error["near"], "hourly_wage");
}

#[test]
fn the_formulas_of_a_law_wait_for_its_numbers_and_its_citations() {
    let place = tempfile::tempdir().unwrap();
    let law = [&NEW[..], &["--jurisdiction", "KE", "--kind", "payroll"]].concat();
    let shown = refused(place.path(), &law, 1);
    assert!(shown.contains("TO BE WRITTEN"), "{shown}");
    assert!(place.path().join("allowances/formulas.toml").is_file());
}

#[test]
fn a_copy_of_formulas_is_a_ruleset_of_its_own_name() {
    let place = tempfile::tempdir().unwrap();
    said(place.path(), &NEW);
    let like = ["ruleset", "new", "ug/allowances", "--like", "allowances", "--dir", "copy"];
    let made = json(place.path(), &like);
    assert_eq!(made["component"], "ug-allowances");
    assert_eq!(made["report"]["passed"], true);
}
