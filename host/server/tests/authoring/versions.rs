//! Versions as files: signed, verified, looked into and compared.

use std::process::Stdio;

use crate::support::{change, command, json, refused, said, text, with_points};

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
fn what_a_version_leaves_out_is_shown_with_what_touches_it() {
    let place = with_points();
    let manifest = place.path().join("points/ruleset.toml");
    let left_out = "\n[[leaves_out]]\nname = \"courses\"\nwhat = \"A course is not examined.\"\n\
                    when = { fact = \"courses_completed\" }\n";
    let before = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, before + left_out).unwrap();
    let shown = said(place.path(), &["ruleset", "inspect", "points"]);
    for word in ["Left out (1)", "A course is not examined.", "courses_completed"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let facts = ["--fact", "period_start=2026-03-01", "--fact", "period_end=2026-03-31"];
    let run = [&["ruleset", "run", "points", "--date", "2026-03-31"][..], &facts].concat();
    let codes = |arguments: &[&str]| {
        let result = json(place.path(), arguments);
        let findings = result["findings"].as_array().unwrap().iter();
        findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Every value of a first draft is unconfirmed.
    assert_eq!(codes(&run), ["unconfirmed_parameter"]);
    let touched = [&run[..], &["--fact", "courses_completed=1"]].concat();
    assert_eq!(codes(&touched), ["not_covered", "unconfirmed_parameter"]);
}

#[test]
fn why_a_version_holds_for_no_longer_is_shown() {
    let place = with_points();
    let manifest = place.path().join("points/ruleset.toml");
    assert!(said(place.path(), &["ruleset", "inspect", "points"]).contains("source     not said"));
    change(&manifest, "[validity]", "[validity]\nsource = \"Agreement of 2025, section 9\"");
    let shown = said(place.path(), &["ruleset", "inspect", "points"]);
    assert!(shown.contains("source     Agreement of 2025, section 9"), "{shown}");
}

#[test]
fn a_table_keeps_to_the_width_that_is_stated() {
    let place = with_points();
    let widest = |columns: Option<&str>| {
        let mut command = command(place.path(), &["ruleset", "inspect", "points"]);
        match columns {
            Some(columns) => command.env("COLUMNS", columns),
            None => command.env_remove("COLUMNS"),
        };
        let shown = text(&command.stdin(Stdio::null()).output().unwrap().stdout);
        let tables = shown.lines().filter(|line| line.starts_with(['│', '┌', '├', '└']));
        tables.map(|line| line.chars().count()).max().unwrap()
    };
    assert!(widest(Some("100")) <= 100);
    assert!(widest(Some("60")) <= 60);
    // A pipe has no width: whoever filters lines gets each row in one.
    assert!(widest(None) > 100);
    assert!(widest(Some("wide")) > 100);
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
