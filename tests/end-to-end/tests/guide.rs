//! `docs/writing-a-ruleset.md` is true: every command in it runs, in its order, in a clone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::os::unix::fs::symlink;
use std::path::Path;

use stele_end_to_end::{Guide, Ran, repository, rules};

/// Folders of the sources that a rule's build does not need.
const LEFT_OUT: [&str; 4] = ["target", ".git", "data", "stele-data"];

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
    let guide = Guide::open("writing-a-ruleset.md").unwrap();
    let Ran { succeeded, said, did } = guide.run(clone.path()).unwrap();
    assert!(succeeded, "{did}\n{said}");
    // What the reader is told to expect.
    assert!(said.contains("+ found     16"), "the change shows in the case: {said}");
    assert!(did.contains("written"), "the case was brought up to date: {did}");
    assert!(said.contains("texts are TO BE WRITTEN"), "{said}");
    assert!(said.contains("acme/loyalty 1.0.0 is published"), "{said}");
    assert!(said.contains("acme/loyalty 1.1.0 is published"), "{said}");
    assert!(said.contains("Values of the law"), "the difference shows the value: {said}");
    assert!(said.contains("acme/overtime 1.0.0 is published"), "{said}");
}
