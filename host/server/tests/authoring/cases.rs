//! Cases: tested, watched, and brought up to date by whoever agrees.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::{change, command, refused, said, stele, text, with_points};

#[test]
fn a_case_that_does_not_hold_is_updated_only_where_somebody_agrees() {
    let place = with_points();
    let case = place.path().join("points/cases/a-month.toml");
    let before = std::fs::read_to_string(&case).unwrap();
    let parameters = place.path().join("points/parameters.toml");
    change(&parameters, "points = \"5\"", "points = \"6\"");
    let shown = refused(place.path(), &["ruleset", "test", "points"], 1);
    assert!(shown.contains("- expected  15\n") && shown.contains("+ found     16  (1 more)"));
    assert!(!shown.contains('\u{1b}'), "no colours where no terminal is");

    let update = ["ruleset", "test", "points", "--update"];
    refused(place.path(), &update, 1);
    assert_eq!(std::fs::read_to_string(&case).unwrap(), before, "no answer is a no");
    let mut asked = command(place.path(), &update)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    asked.stdin.take().unwrap().write_all(b"y\n").unwrap();
    let asked = asked.wait_with_output().unwrap();
    assert!(asked.status.success(), "{}", text(&asked.stderr));
    assert!(text(&asked.stderr).contains("[y/N]"));
    let after = before.replace("\"15\"", "\"16\"").replace("balance = \"10\"", "balance = \"11\"");
    assert_eq!(std::fs::read_to_string(&case).unwrap(), after, "comments stay");

    change(&parameters, "points = \"6\"", "points = \"7\"");
    said(place.path(), &[&update[..], &["--yes"]].concat());
}

#[test]
fn every_line_that_a_case_does_not_list_is_offered_apart_from_what_does_not_hold() {
    let place = with_points();
    let case = place.path().join("points/cases/a-month.toml");
    let written = std::fs::read_to_string(&case).unwrap();
    let (head, _) = written.split_once("[expect").unwrap();
    // An author who begins has facts and does not know yet what comes out.
    std::fs::write(&case, format!("{head}[expect]\n")).unwrap();
    let update = ["ruleset", "test", "points", "--update"];
    let output = stele(place.path(), &update);
    assert!(output.status.success(), "it holds, as far as it goes: {}", text(&output.stderr));
    let offered = text(&output.stderr);
    assert!(offered.contains("+ found     15"), "{offered}");
    assert!(offered.contains("add what the case does not list? [y/N]"), "{offered}");
    assert!(offered.contains("left as it is"), "{offered}");

    said(place.path(), &[&update[..], &["--yes"]].concat());
    let now = std::fs::read_to_string(&case).unwrap();
    assert!(now.starts_with(head) && now.contains("granted = \"15\""), "{now}");
    assert!(now.contains("balance = \"10\""), "{now}");
    let again = stele(place.path(), &update);
    assert!(!text(&again.stderr).contains("[y/N]"), "everything is listed");
}

#[test]
fn a_watched_ruleset_is_tested_again_after_a_change() {
    let place = with_points();
    let mut watching = command(place.path(), &["ruleset", "test", "points", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut notes) = (
        BufReader::new(watching.stdout.take().unwrap()).lines(),
        BufReader::new(watching.stderr.take().unwrap()).lines(),
    );
    let mut until = |wanted: &str| loop {
        let line = out.next().unwrap().unwrap();
        if line.contains(wanted) {
            break;
        }
    };
    until("passed: 1 of 1 cases hold");
    assert!(notes.next().unwrap().unwrap().contains("Ctrl-C"));
    change(&place.path().join("points/parameters.toml"), "points = \"5\"", "points = \"6\"");
    until("+ found     16");
    until("FAILED: 0 of 1 cases hold");
    watching.kill().unwrap();
    watching.wait().unwrap();
}
