//! The promises of `stele ruleset` to those who write, sign and compare rulesets, through the
//! binary and without a server. The rules are built by `cargo xtask rules`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A command that works in this folder, with the repository's rules.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
    for variable in ["STELE_SERVER", "STELE_TOKEN", "STELE_DATA"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).args(arguments);
    command
}

fn stele(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a command says that does its work.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = stele(folder, arguments);
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {error}{out}");
    out
}

/// What a command says that refuses, with this exit code.
fn refused(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = stele(folder, arguments);
    let said = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&said(folder, &[arguments, &["--json"]].concat())).unwrap()
}

/// A folder in which `target/rules` is found.
fn workplace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rules = repository().join("target/rules").canonicalize().unwrap();
    std::fs::create_dir(folder.path().join("target")).unwrap();
    std::os::unix::fs::symlink(rules, folder.path().join("target/rules")).unwrap();
    folder
}

const NEW: [&str; 10] = [
    "ruleset",
    "new",
    "acme/points",
    "--data-only",
    "--component",
    "points",
    "--from",
    "2026-01-01",
    "--dir",
    "points",
];

/// A workplace with the ruleset `acme/points` in the folder `points`.
fn with_points() -> TempDir {
    let place = workplace();
    said(place.path(), &NEW);
    place
}

fn change(file: &Path, from: &str, to: &str) {
    let before = std::fs::read_to_string(file).unwrap();
    assert!(before.contains(from), "{}: {before}", file.display());
    std::fs::write(file, before.replace(from, to)).unwrap();
}

#[test]
fn every_ready_made_component_starts_with_a_ruleset_that_works() {
    for component in ["points", "performance", "labor-law"] {
        let place = workplace();
        let arguments = ["ruleset", "new", "acme/first", "--data-only", "--component", component];
        let made = json(place.path(), &[&arguments[..], &["--language", "en", "zh"]].concat());
        assert_eq!(made["report"]["passed"], true, "{component}: {made}");
        assert_eq!(made["report"]["cases"].as_array().unwrap().len(), 1);
        let folder = place.path().join("rulesets/acme/first");
        assert!(folder.join("README.md").is_file());
        assert!(said(place.path(), &["ruleset", "test", "rulesets/acme/first"]).contains("passed"));
    }
}

#[test]
fn a_copy_of_a_ruleset_works_under_its_new_name() {
    let place = workplace();
    let like = repository().join("rulesets/acme/probation").display().to_string();
    let made = json(place.path(), &["ruleset", "new", "acme/trial", "--like", &like]);
    assert_eq!(made["report"]["passed"], true, "{made}");
    let manifest = place.path().join("rulesets/acme/trial/ruleset.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    assert!(manifest.contains("name = \"acme/trial\""), "{manifest}");
}

#[test]
fn nothing_is_made_where_something_is_wrong() {
    let place = with_points();
    assert!(refused(place.path(), &NEW, 2).contains("exists"));
    let new = |arguments: &[&str]| {
        refused(place.path(), &[&["ruleset", "new"][..], arguments].concat(), 2)
    };
    assert!(new(&["Acme", "--data-only", "--component", "points"]).contains("NAME"));
    assert!(new(&["acme/x", "--data-only"]).contains("--component"));
    assert!(new(&["acme/x", "--data-only", "--component", "nothing"]).contains("--like"));
    assert!(new(&["acme/x"]).contains("inside a clone"));
    let currency = new(&["acme/x", "--data-only", "--component", "points", "--currency", "euro"]);
    assert!(currency.contains("ISO 4217"), "{currency}");
    assert!(!place.path().join("rulesets").exists());
}

#[test]
fn a_language_without_texts_is_filled_and_refused_until_they_are_written() {
    let place = with_points();
    let manifest = place.path().join("points/ruleset.toml");
    change(&manifest, "languages = [\"en\"]", "languages = [\"en\", \"de\"]");
    let filled = json(place.path(), &["ruleset", "fill", "points"]);
    assert_eq!(filled["languages"][0]["added"].as_array().unwrap().len(), 0);
    assert!(filled["languages"][1]["added"].as_array().unwrap().len() > 20, "{filled}");
    let german = place.path().join("points/texts/de.toml");
    assert!(std::fs::read_to_string(&german).unwrap().contains("balance = \"TO BE WRITTEN: "));
    assert!(refused(place.path(), &["ruleset", "test", "points"], 1).contains("TO BE WRITTEN"));
    let written = std::fs::read_to_string(&german).unwrap().replace("TO BE WRITTEN: ", "");
    std::fs::write(&german, written).unwrap();
    said(place.path(), &["ruleset", "test", "points"]);
}

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

#[test]
fn a_package_is_signed_by_several_people_and_verified_with_their_keys() {
    let place = with_points();
    let at = place.path();
    said(at, &["ruleset", "package", "points", "--output", "p.stele"]);
    let plain = std::fs::read(at.join("p.stele")).unwrap();
    for key in ["a.key", "b.key", "c.key"] {
        said(at, &["ruleset", "key", key]);
    }
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(at.join("a.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a secret is its owner's");
    assert!(refused(at, &["ruleset", "key", "a.key"], 2).contains("never overwritten"));

    let verify = ["ruleset", "verify", "p.stele", "--key"];
    let both = [&verify[..], &["a.key.pub", "b.key.pub"]].concat();
    assert!(refused(at, &both, 1).contains("is not signed"));
    said(at, &["ruleset", "sign", "p.stele", "--key", "a.key"]);
    assert!(refused(at, &both, 1).contains("MISSING"));
    let signed = json(at, &["ruleset", "sign", "p.stele", "--key", "b.key"]);
    assert_eq!(signed["signatures"], 2);
    let verified = json(at, &both);
    assert_eq!((&verified["verified"], &verified["digest"]), (&true.into(), &signed["digest"]));
    assert!(refused(at, &[&verify[..], &["c.key.pub"]].concat(), 1).contains("MISSING"));
    assert!(refused(at, &[&verify[..], &["a.key"]].concat(), 2).contains("private key"));
    assert!(
        refused(at, &["ruleset", "sign", "p.stele", "--key", "a.key.pub"], 2).contains("PKCS#8")
    );

    // Another order gives the same file; without signatures it is what it was.
    std::fs::write(at.join("q.stele"), plain).unwrap();
    for key in ["b.key", "a.key"] {
        said(at, &["ruleset", "sign", "q.stele", "--key", key]);
    }
    let [p, q] = ["p.stele", "q.stele"].map(|file| std::fs::read(at.join(file)).unwrap());
    assert_eq!(p, q);
}

#[test]
fn what_is_inside_of_a_version_is_shown() {
    let place = with_points();
    let at = place.path();
    said(at, &["ruleset", "package", "points", "--output", "p.stele"]);
    said(at, &["ruleset", "key", "a.key"]);
    let key = json(at, &["ruleset", "sign", "p.stele", "--key", "a.key"])["key_id"].clone();
    let inside = json(at, &["ruleset", "inspect", "p.stele"]);
    assert_eq!(inside["ruleset"], "acme/points");
    assert_eq!(inside["component"]["name"], "points");
    assert_eq!(inside["signatures"][0]["key_id"], key);
    assert_eq!(inside["cases"][0]["title"], "Full attendance and a course, late once");
    assert_eq!(inside["parameters"][0]["values"][0]["from"], "2026-01-01");
    let from_folder = json(at, &["ruleset", "inspect", "points"]);
    assert_eq!(from_folder["digest"], inside["digest"]);
    let shown = said(at, &["ruleset", "inspect", "p.stele"]);
    for word in ["Facts (", "full_attendance_months", "2026-01-01", "First draft of acme/points"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    // What can be read of a version with a mistake is shown, and the mistake is said.
    change(&at.join("points/parameters.toml"), "points = \"5\"", "points = \"five\"");
    let wrong = refused(at, &["ruleset", "inspect", "points"], 1);
    assert!(wrong.contains("five") && wrong.contains("acme/points"), "{wrong}");
    assert!(refused(at, &["ruleset", "inspect", "nowhere"], 2).contains("name@version"));
}

#[test]
fn what_changed_is_shown_value_by_value() {
    let place = with_points();
    let at = place.path();
    said(at, &["ruleset", "package", "points", "--output", "old.stele"]);
    assert!(said(at, &["ruleset", "diff", "old.stele", "points"]).contains("The same content"));
    change(&at.join("points/ruleset.toml"), "1.0.0", "1.1.0");
    change(&at.join("points/parameters.toml"), "points = \"5\"", "points = \"6\"");
    change(&at.join("points/cases/a-month.toml"), "granted = \"15\"", "granted = \"16\"");
    let difference = json(at, &["ruleset", "diff", "old.stele", "points"]);
    let [value] = difference["values"].as_array().unwrap().as_slice() else {
        panic!("{difference}")
    };
    assert_eq!(value["key"], "event = course_completed, applies_from = 2026-01-01");
    assert_eq!(value["old"]["value"]["points"], "5");
    assert_eq!(value["new"]["value"]["points"], "6");
    assert_eq!(difference["component_changed"], false);
    assert_eq!(difference["cases"][0]["properties"][0]["name"], "expect.lines.granted");
    let shown = said(at, &["ruleset", "diff", "old.stele", "points"]);
    for word in ["--- acme/points 1.0.0", "+++ acme/points 1.1.0", "points 6", "15 -> 16"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
}
