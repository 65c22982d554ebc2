//! `docs/writing-a-ruleset.md` is true: every command in it runs, in its order, in a clone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use stele_end_to_end::{binary, repository, rules};

/// Where the guide's server listens; another port is taken here.
const ADDRESS: &str = "127.0.0.1:8080";

/// Folders of the sources that a rule's build does not need.
const LEFT_OUT: [&str; 4] = ["target", ".git", "data", "stele-data"];

/// The commands of the guide: everything in fenced blocks of `sh`.
fn commands() -> String {
    let guide = std::fs::read_to_string(repository().join("docs/writing-a-ruleset.md")).unwrap();
    let mut commands = String::new();
    let mut inside = false;
    for line in guide.lines() {
        match line.trim_end() {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => commands.push_str(&match line.strip_prefix("! ") {
                // The shell would let it pass if it succeeded.
                Some(refused) => format!("if {refused}; then exit 99; fi\n"),
                None => format!("{line}\n"),
            }),
            _ => {}
        }
    }
    assert!(commands.contains("stele ruleset new"), "the guide has commands");
    commands
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        let kind = entry.file_type().unwrap();
        if LEFT_OUT.iter().any(|name| entry.file_name() == *name) || kind.is_symlink() {
            continue;
        }
        match kind.is_dir() {
            true => copy(&entry.path(), &target),
            false => {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}

/// A clone: the sources as they are here, the rules as they are built, and room for a build that
/// shares what this one has compiled already.
fn clone() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&repository(), root);
    std::fs::create_dir_all(root.join("target/rules")).unwrap();
    for rule in std::fs::read_dir(rules()).unwrap() {
        let rule = rule.unwrap();
        std::fs::copy(rule.path(), root.join("target/rules").join(rule.file_name())).unwrap();
    }
    for shared in ["rule-build", "guide"] {
        let shared = repository().join("target").join(shared);
        std::fs::create_dir_all(&shared).unwrap();
        let shared = shared.canonicalize().unwrap();
        let name = match shared.file_name().unwrap() == "guide" {
            true => "debug",
            false => "rule-build",
        };
        symlink(&shared, root.join("target").join(name)).unwrap();
    }
    folder
}

#[test]
fn the_guide_leads_from_nothing_to_a_rule_in_force() {
    let clone = clone();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let commands = commands();
    assert!(commands.contains(ADDRESS), "the guide's server listens on {ADDRESS}");
    let commands = commands.replace(ADDRESS, &format!("127.0.0.1:{port}"));
    // Echoed, so that a failure shows where; a command that fails ends it, and the server goes
    // with it.
    let script = format!("set -euxo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n{commands}");
    let binary = binary().unwrap();
    let path = std::env::var("PATH").unwrap();
    let ran = Command::new("bash")
        .args(["-c", &script])
        .current_dir(clone.path())
        .env("PATH", format!("{}:{path}", binary.parent().unwrap().display()))
        .env_remove("STELE_TOKEN")
        .env_remove("STELE_SERVER")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (said, did) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{did}\n{said}");
    // What the reader is told to expect.
    assert!(said.contains("+ found     16"), "the change shows in the case: {said}");
    assert!(did.contains("written"), "the case was brought up to date: {did}");
    assert!(said.contains("texts are TO BE WRITTEN"), "{said}");
    assert!(said.contains("acme/loyalty 1.0.0 is published"), "{said}");
    assert!(said.contains("acme/loyalty 1.1.0 is published"), "{said}");
    assert!(said.contains("Values of the law"), "the difference shows the value: {said}");
    assert!(said.contains("acme/overtime 1.0.0 is published"), "{said}");
}
